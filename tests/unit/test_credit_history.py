"""Who translated what, as git knows it, in repositories that are made here."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from sphinx_hub.catalogs.credits import Role
from sphinx_hub.catalogs.history import read_history
from sphinx_hub.catalogs.people import CatalogCredits, KnownPerson, Volunteer, site_credits
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sphinx_hub.catalogs.people import SiteCredits

HEADER: Final = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: x\\n"\n"Language: zh_CN\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
)
PYPROJECT: Final = """
[tool.sphinx-hub]
{settings}
[[tool.sphinx-hub.languages]]
locale = "en"
path = "en"
tag = "en"
name = "English"
[[tool.sphinx-hub.languages]]
locale = "zh_CN"
path = "zh-cn"
tag = "zh-Hans"
name = "简体中文"
"""
ZHANG: Final = "张三 <zhang@example.org>"
LI: Final = "Li Si <li@example.org>"
WANG: Final = "Wang Wu <wang@example.org>"


def po(*entries: tuple[str, str], head: str = "") -> str:
    return (
        head
        + HEADER
        + "".join(f'\n#: docs/a.md:1\nmsgid "{msgid}"\nmsgstr {msgstr}\n' for msgid, msgstr in entries)
    )


@dataclass
class Repository:
    root: Path

    def write(self, name: str, text: str) -> Path:
        path = self.root / "locale/zh_CN/LC_MESSAGES" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def git(self, *arguments: str, year: int = 2024) -> None:
        day = f"{year}-06-01T12:00:00+08:00"
        subprocess.run(
            ["git", "-c", "user.name=C", "-c", "user.email=c@example.org", *arguments],
            cwd=self.root,
            env={**os.environ, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day},
            check=True,
            capture_output=True,
        )

    def commit(self, author: str, *trailers: str, year: int = 2024) -> None:
        self.git("add", "-A")
        message = "\n".join(["Change", "", *trailers])
        self.git("commit", "-q", "--allow-empty", f"--author={author}", "-m", message, year=year)

    def credited(self) -> dict[str, list[str]]:
        """Path -> who is credited there, reviewers with a question mark."""
        history = read_history(self.root / "locale")
        assert history.missing == ""
        found: dict[str, list[str]] = {}
        for path, credit in history.credits:
            name = credit.name + ("?" if credit.role is Role.REVIEWER else "")
            found.setdefault(path.removeprefix("zh_CN/LC_MESSAGES/"), []).append(name)
        return found

    def site(self, settings: str = "", known: Sequence[KnownPerson] = ()) -> SiteCredits:
        (self.root / "pyproject.toml").write_text(PYPROJECT.format(settings=settings), "utf-8")
        (self.root / "docs").mkdir(exist_ok=True)
        return site_credits(load_settings(self.root), known=known)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "hub")
    made.root.mkdir()
    made.git("init", "-q", "-b", "main")
    return made


def test_the_author_of_a_translation_is_credited(repository: Repository) -> None:
    repository.write("a.po", po(("One", '""'), ("Two", '""')))
    repository.commit("Someone Else <else@example.org>")
    repository.write("a.po", po(("One", '"一"'), ("Two", '""')))
    repository.commit(ZHANG)
    repository.write("a.po", po(("One", '"一"'), ("Two", '""\n"二"\n"二"')))
    repository.commit(LI)
    assert repository.credited() == {"a.po": ["张三", "Li Si"]}


def test_a_line_within_a_long_translation_is_enough(repository: Repository) -> None:
    lines = [f'"第{number}行"' for number in range(40)]
    repository.write("a.po", po(("One", "\n".join(['""', *lines]))))
    repository.commit(ZHANG)
    lines[20] = '"改了的一行"'
    repository.write("a.po", po(("One", "\n".join(['""', *lines]))))
    repository.commit(LI)
    assert repository.credited() == {"a.po": ["张三", "Li Si"]}


def test_co_authors_have_translated_and_reviewers_reviewed(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"')))
    repository.commit(
        ZHANG, f"Co-authored-by: {LI}", f"co-authored-by: {WANG}", "Reviewed-by: 赵六 <z@example.org>"
    )
    assert repository.credited() == {"a.po": ["张三", "Li Si", "Wang Wu", "赵六?"]}


def _rewrapped(text: str) -> str:
    return text.replace('"一二"', '""\n"一"\n"二"')


def _obsolete(text: str) -> str:
    return text.replace('msgid "One"', '#~ msgid "One"').replace('msgstr "一二"', '#~ msgstr "一二"')


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("docs/a.md:1", "docs/a.md:7"),
        lambda text: text.replace('msgid "One"', 'msgid "One more"'),
        lambda text: text.replace('msgid "One"', '#, fuzzy\n#| msgid "One"\nmsgid "One more"'),
        lambda text: text.replace('"Language: ', '"Last-Translator: L <l@example.org>\\n"\n"Language: '),
        lambda text: "# 李四, 2024.\n" + text,
        lambda text: text + '\n#, fuzzy\nmsgid "New"\nmsgstr "一种猜测"\n',
        lambda text: text + '\nmsgid "Same"\nmsgstr "一二"\n',
        lambda text: text + '\nmsgid "Untranslated"\nmsgstr ""\n',
        _rewrapped,
        _obsolete,
    ],
)  # fmt: skip
def test_an_update_translates_nothing(repository: Repository, change: object) -> None:
    assert callable(change)
    text = po(("Zero", '"零"'), ("One", '"一二"'), ("Two", '""'))
    repository.write("a.po", text)
    repository.commit(ZHANG)
    repository.write("a.po", change(text))
    repository.commit("The Updater <updater@example.org>")
    # And back again: what is restored is no new translation either.
    repository.write("a.po", text)
    repository.commit("The Reverter <reverter@example.org>")
    assert repository.credited() == {"a.po": ["张三"]}


def test_a_catalog_that_moves_takes_its_people_along(repository: Repository) -> None:
    old = repository.write("a.po", po(*((f"Text {number}", f'"文{number}"') for number in range(9))))
    repository.commit(ZHANG)
    text = old.read_text("utf-8").replace("docs/a.md", "docs/new/a b.md")
    old.unlink()
    repository.write("new/a b.po", text)
    repository.commit("The Mover <mover@example.org>")
    repository.write("new/a b.po", text.replace("文8", "文八"))
    repository.commit(LI)
    assert repository.credited() == {"new/a b.po": ["张三", "Li Si"]}


def test_programs_and_groups_that_commit_are_no_people(repository: Repository) -> None:
    for number, author in enumerate(
        [
            "Hub maintainers <m@example.org>",
            "github-actions[bot] <a@example.org>",
            "Somebody <noreply@example.org>",
        ]
    ):
        repository.write("a.po", po(("One", f'"文{number}"')))
        repository.commit(author, "Co-authored-by: Weblate <noreply@weblate.org>")
    assert repository.credited() == {}


def test_a_project_below_the_top_of_its_repository(repository: Repository) -> None:
    inner = Repository(repository.root / "site")
    inner.write("a.po", po(("One", '"一"')))
    repository.write("a.po", po(("Other", '"别的"')))
    repository.commit(ZHANG)
    assert inner.credited() == {"a.po": ["张三"]}


def test_without_a_history_nothing_is_known_and_it_is_said_why(
    repository: Repository, tmp_path: Path
) -> None:
    assert "no git repository" in read_history(repository.root).missing
    repository.write("a.po", po(("One", '"一"')))
    repository.commit(ZHANG)
    repository.commit(LI)
    shallow = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", f"file://{repository.root}", str(shallow)],
        check=True,
        capture_output=True,
    )
    history = read_history(shallow / "locale")
    assert (history.credits, "unshallow" in history.missing) == ((), True)
    outside = tmp_path / "outside"
    outside.mkdir()
    assert "no git repository" in read_history(outside).missing


def test_git_that_is_not_there_is_no_error(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.root))
    assert read_history(repository.root).missing


def test_the_answer_is_kept_until_a_commit_comes(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = repository.root.parent / "credits.json"
    repository.write("a.po", po(("One", '"一"')))
    repository.commit(ZHANG)
    first = read_history(repository.root / "locale", stored)
    content = stored.read_bytes()
    asked: list[Sequence[str]] = []
    popen = subprocess.Popen

    def noted(command: list[str], **options: object) -> object:
        asked.append(command)
        return popen(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("sphinx_hub.catalogs.history.subprocess.Popen", noted)
    assert read_history(repository.root / "locale", stored) == first
    assert [command for command in asked if "rev-parse" in command]
    assert not [command for command in asked if "log" in command]
    monkeypatch.undo()
    repository.write("a.po", po(("One", '"壹"')))
    repository.commit(LI)
    assert len(read_history(repository.root / "locale", stored).credits) == 2
    stored.write_text("[]")
    assert len(read_history(repository.root / "locale", stored).credits) == 2
    assert content != stored.read_bytes()


def test_one_person_has_one_name(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"')))
    repository.commit("zhangsan <zhang@example.org>")
    repository.write("a.po", po(("One", '"壹"')))
    repository.commit("zhangsan <zhang@home.example>", year=2022)
    repository.write(
        "a.po", po(("One", '"壹"'), head="# 张三 <ZHANG@example.org>, 2025.\n# Reviewer: 张三\n")
    )
    repository.commit(LI)
    site = repository.site()
    assert site.catalogs == {"zh_CN": {"a": CatalogCredits(translators=("张三",), reviewers=("张三",))}}
    assert site.volunteers == {"zh_CN": (Volunteer(name="张三", translated=("a",), reviewed=("a",)),)}


def test_a_mailmap_puts_names_together(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"'), head="# Xiaoyu, 2025.\n"))
    repository.commit("x <lin@old.example>")
    (repository.root / ".mailmap").write_text("林小雨 <lin@example.org> <lin@old.example>\n", "utf-8")
    repository.write("b.po", po(("Two", '"二"'), head="# Lin <lin@example.org>, 2025.\n"))
    repository.commit("林小雨 <lin@example.org>")
    assert repository.site().catalogs["zh_CN"] == {
        "a": CatalogCredits(translators=("Xiaoyu", "林小雨")),
        "b": CatalogCredits(translators=("林小雨",)),
    }


def test_people_come_in_the_order_of_their_first_contribution(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"')))
    repository.commit("New One <new@example.org>", year=2026)
    repository.write("b.po", po(("Two", '"二"')))
    repository.commit("Old One <old@example.org>", year=2021)
    repository.write(
        "a.po", po(("One", '"一"'), head="# From Head <head@example.org>, 2023.\n# No Year <n@example.org>\n")
    )
    repository.commit("Nobody <noreply@example.org>", year=2026)
    site = repository.site()
    assert site.catalogs["zh_CN"]["a"].translators == ("From Head", "No Year", "New One")
    assert [person.name for person in site.volunteers["zh_CN"]] == [
        "Old One",
        "From Head",
        "New One",
        "No Year",
    ]


def test_a_name_brings_no_invisible_marks_along(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"'), head="# \u202eZhang\u200b  San\u202c, 2025.\n"))
    repository.commit("- <dash@example.org>")
    repository.write("a.po", po(("One", '"壹"'), head="# \u202eZhang\u200b  San\u202c, 2025.\n"))
    repository.commit("نازنین\u200cزهرا \u2066<nazanin@example.org>")
    assert repository.site().catalogs["zh_CN"]["a"].translators == ("Zhang San", "نازنین\u200cزهرا")


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ("", ("From Head", "张三")),
        ('credits = "both"', ("From Head", "张三")),
        ('credits = "header"', ("From Head",)),
        ('credits = "git"', ("张三",)),
        ('credits-without = ["ZHANG@example.org"]', ("From Head",)),
        ('credits-without = ["from head", "张三"]', ()),
    ],
)
def test_the_project_decides_where_names_come_from(
    repository: Repository, settings: str, names: tuple[str, ...]
) -> None:
    repository.write("a.po", po(("One", '"一"'), head="# From Head <head@example.org>, 2023.\n"))
    repository.commit(ZHANG)
    site = repository.site(settings)
    assert site.catalogs == ({"zh_CN": {"a": CatalogCredits(translators=names)}} if names else {})
    assert set(site.volunteers) == ({"zh_CN"} if names else set())


def test_turned_off_nobody_is_looked_for(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"'), head="# Translater: 张三\n"))
    repository.commit(ZHANG)
    assert repository.site('credits = "off"') == site_credits(load_settings(repository.root))
    assert not repository.site('credits = "off"').catalogs


def known(name: str, *names: str) -> KnownPerson:
    return KnownPerson(id=name.casefold().replace(" ", "-"), names=(name, *names), name=name)


def test_all_spellings_of_a_record_are_one_person_under_its_name(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"'), head="# 林  小雨, 2025.\n# Reviewer: LIN <x@old.example>\n"))
    repository.commit("xiaoyu <x@old.example>")
    repository.write("a.po", po(("One", '"壹"'), head="# 林  小雨, 2025.\n# Reviewer: LIN <x@old.example>\n"))
    repository.commit(LI)
    site = repository.site(known=[known("Lin Xiaoyu", "林 小雨", "Lin")])
    assert site.catalogs["zh_CN"]["a"] == CatalogCredits(
        translators=("Lin Xiaoyu", "Li Si"), reviewers=("Lin Xiaoyu",)
    )


def test_an_address_that_two_records_share_keeps_them_apart(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"'), head="# Ann <team@example.org>, 2025.\n"))
    repository.write("b.po", po(("One", '"一"'), head="# Bob <team@example.org>, 2025.\n"))
    site = repository.site(known=[known("Ann"), known("Bob")])
    assert [site.catalogs["zh_CN"][name].translators for name in ("a", "b")] == [("Ann",), ("Bob",)]


def test_a_record_names_nobody_who_does_not_want_it(repository: Repository) -> None:
    repository.write("a.po", po(("One", '"一"'), head="# Ann, 2025.\n"))
    assert not repository.site('credits-without = ["ann"]', [known("Ann")]).catalogs


def test_the_day_of_a_catalog_is_that_of_its_last_translation(repository: Repository) -> None:
    repository.write("a.po", po(("One", '""'), ("Two", '""')))
    repository.commit(ZHANG, year=2020)
    assert read_history(repository.root / "locale").changed == {}
    repository.write("a.po", po(("One", '"一"'), ("Two", '""')))
    repository.commit(ZHANG, year=2021)
    # An update moves lines, adds messages, and moves the file.
    repository.write("b.po", po(("New", '""'), ("One", '"一"'), ("Two", '""'), head="# Moved.\n"))
    (repository.root / "locale/zh_CN/LC_MESSAGES/a.po").unlink()
    repository.commit(LI, year=2022)
    stored = repository.root / "kept.json"
    for _time in range(2):
        history = read_history(repository.root / "locale", stored)
        assert history.changed == {"zh_CN/LC_MESSAGES/b.po": "2021-06-01"}
    repository.write("b.po", po(("New", '""'), ("One", '"壹"'), ("Two", '""')))
    repository.commit(LI, year=2023)
    changed = read_history(repository.root / "locale", stored).changed
    assert changed == {"zh_CN/LC_MESSAGES/b.po": "2023-06-01"}
