from __future__ import annotations

import gettext
import io
import shutil
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

import sphinx_hub
from sphinx_hub.catalogs.interface import DOMAIN, extract_interface

PACKAGE = Path(sphinx_hub.__file__).parent
LOCALES = ("zh_CN", "zh_TW")


def po(package: Path, locale: str) -> Path:
    return package / "locale" / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package with one string in code and one in a template, and a catalog of an earlier time."""
    folder = tmp_path / "small"
    (folder / "templates").mkdir(parents=True)
    (folder / "code.py").write_text('_("Hello")\nngettext("%d page", "%d pages", n)\n__("Log")\n', "utf-8")
    (folder / "templates" / "a.html").write_text("{{ _('World') }}{% trans %}Bye{% endtrans %}", "utf-8")
    po(folder, "zh_CN").parent.mkdir(parents=True)
    po(folder, "zh_CN").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Hello"\nmsgstr "你好"\n\nmsgid "Worlds"\nmsgstr "世界"\n',
        "utf-8",
    )
    return folder


def test_new_strings_come_in_and_old_ones_go(package: Path) -> None:
    path = po(package, "zh_CN")
    assert extract_interface(package) == (path,)
    catalog = read_po(io.BytesIO(path.read_bytes()))
    assert {message.id: message.string for message in catalog if message.id} == {
        "Hello": "你好",
        ("%d page", "%d pages"): ("",),
        "World": "",
        "Bye": "",
    }
    assert [message.id for message in catalog.obsolete.values()] == ["Worlds"]
    assert not any(message.fuzzy for message in catalog if message.id)
    assert (package / "locale" / f"{DOMAIN}.pot").is_file()


def test_with_nothing_new_the_catalog_keeps_its_bytes(package: Path) -> None:
    extract_interface(package)
    before = po(package, "zh_CN").read_bytes()
    (package / "code.py").write_text('\n\n\n_("Hello")\nngettext("%d page", "%d pages", n)\n', "utf-8")
    assert extract_interface(package) == ()
    assert po(package, "zh_CN").read_bytes() == before


def test_a_broken_catalog_is_refused_and_left_alone(package: Path) -> None:
    path = po(package, "zh_CN")
    path.write_text('msgid "Hello"\nmsgstr "你好"\nnonsense\n', "utf-8")
    with pytest.raises(PoFileError):
        extract_interface(package)
    assert path.read_text("utf-8") == 'msgid "Hello"\nmsgstr "你好"\nnonsense\n'


@pytest.mark.parametrize("locale", LOCALES)
def test_the_interface_is_translated_whole(locale: str, tmp_path: Path) -> None:
    copy = tmp_path / "sphinx_hub"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "*.pot"))
    # An update in a fresh clone must leave nothing to commit, not even another order.
    assert extract_interface(copy) == ()
    catalog = read_po(io.BytesIO(po(copy, locale).read_bytes()), locale=locale)
    untranslated = [
        message.id
        for message in catalog
        if message.id and (message.fuzzy or not message.string or not all(message.string))
    ]
    assert untranslated == []
    assert not catalog.obsolete


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_holds_the_same_placeholders(locale: str) -> None:
    catalog = read_po(io.BytesIO(po(PACKAGE, locale).read_bytes()), locale=locale)
    wrong = [(message.id, list(message.check())) for message in catalog if message.id]
    assert [entry for entry in wrong if entry[1]] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_catalog_compiles(locale: str) -> None:
    buffer = io.BytesIO()
    write_mo(buffer, read_po(io.BytesIO(po(PACKAGE, locale).read_bytes()), locale=locale))
    buffer.seek(0)
    assert gettext.GNUTranslations(buffer).gettext("Skip to content") != "Skip to content"
