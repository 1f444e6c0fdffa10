"""All catalogs of a language at once: what moves between pages, comes and goes, and that nothing is lost."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_hub.building.catalog_update import update_catalogs
from sphinx_hub.catalogs.compiled import mo_bytes
from sphinx_hub.catalogs.entries import State, entries_of
from sphinx_hub.catalogs.language_update import Catalogs, LanguageUpdate, update_language
from sphinx_hub.catalogs.merge import Known, Rules
from sphinx_hub.catalogs.po_files import PoEntry, PoFile, parse_po, read_po
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

DAY = date(2026, 11, 25)
HEADER = 'msgid ""\nmsgstr ""\n"POT-Creation-Date: 2026-11-25 10:00+0000\\n"\n'
HEADER += '"Content-Type: text/plain; charset=UTF-8\\n"\n'

FIRST = "Volunteers translate every page of this hub, and reviewers read what they wrote."
SECOND = "Whoever wants to help needs a browser and an account, and nothing else at all."
THIRD = "Partners bring models and courses, and the hub says what they did together."
FOURTH = "The glossary names one word for one thing, so that all pages speak alike."


TABLE = """[tool.sphinx-hub]
source = "docs"
catalogs = "locale"
output = "_build/html"

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


def template(domain: str, texts: Sequence[str]) -> PoFile:
    return parse_po(pot(domain, texts))


def pot(domain: str, texts: Sequence[str]) -> bytes:
    entries = "".join(
        "\n".join(("", f"#: docs/{domain}.md:{line}", *PoEntry(msgid=text).written(), ""))
        for line, text in enumerate(texts, 1)
    )
    return (HEADER + entries).encode()


@dataclass
class Hub:
    """Pages and the catalogs of one language, in memory."""

    pages: dict[str, list[str]]
    active: dict[str, bytes] = field(default_factory=dict)
    retired: dict[str, bytes] = field(default_factory=dict)
    day: date = DAY
    keep_days: int = 0

    def update(self, proposals: Mapping[str, Mapping[str, object]] | None = None) -> LanguageUpdate:
        assert proposals is None
        result = update_language(
            {domain: template(domain, texts) for domain, texts in self.pages.items()},
            Catalogs(active=self.active, retired=self.retired),
            Rules(locale="zh_CN", day=self.day, keep_days=self.keep_days),
        )
        self.active = {domain: merged.content for domain, merged in result.merged.items()}
        self.retired = result.retired
        return result

    def entry(self, domain: str, text: str) -> Known:
        (po,) = (po for po in parse_po(self.active[domain]).entries if po.msgid == text)
        return Known.of(po)

    def obsolete(self, domain: str) -> dict[str, str]:
        return {po.msgid: po.strings[0] for po in parse_po(self.active[domain]).obsolete}

    def translate(self, domain: str, text: str, string: str, *, fuzzy: bool = False) -> None:
        """As Poedit does: the translation is written, the doubt and the former text are taken away."""
        file = parse_po(self.active[domain])
        blocks = [file.header.lines] if file.header else []
        for po in (*file.entries, *file.obsolete):
            if po.msgid == text and not po.obsolete:
                flags = ("fuzzy",) if fuzzy else ()
                previous = po.previous if fuzzy else ""
                done = replace(po, strings=(string,), flags=flags, previous=previous, string_lines=())
                blocks.append(done.written())
            else:
                blocks.append(po.lines)
        self.active[domain] = ("\n\n".join("\n".join(block) for block in blocks) + "\n").encode()


@pytest.fixture
def hub() -> Hub:
    """Two pages, wholly translated."""
    hub = Hub({"a": ["Title of a", FIRST, "Notes"], "b": ["Title of b", SECOND, "End of b"]})
    hub.update()
    for domain, texts in hub.pages.items():
        for number, text in enumerate(texts):
            hub.translate(domain, text, f"{domain}{number}译")
    hub.update()
    return hub


def test_a_text_that_moves_to_another_page_takes_its_translation_along(hub: Hub) -> None:
    hub.active["a"] = hub.active["a"].replace(
        b"#: docs/a.md:2", "# 校对时请注意语气\n#: docs/a.md:2".encode()
    )
    hub.pages["a"].remove(FIRST)
    hub.pages["b"].insert(1, FIRST)
    result = hub.update()
    moved = hub.entry("b", FIRST)
    assert (moved.state, moved.po.strings, moved.po.comments) == (
        State.CURRENT,
        ("a1译",),
        ("# 校对时请注意语气",),
    )
    assert moved.po.locations == (("docs/b.md", 2),)
    assert hub.obsolete("a") == {}
    assert (result.merged["b"].moved, result.merged["b"].outdated) == (1, 0)


def test_an_outdated_text_stays_outdated_when_it_moves(hub: Hub) -> None:
    changed = FIRST.replace("every page", "each page")
    hub.pages["a"][1] = changed
    hub.update()
    hub.pages["a"].remove(changed)
    hub.pages["b"].append(changed)
    hub.update()
    moved = hub.entry("b", changed)
    assert (moved.state, moved.entry.previous, moved.entry.since) == (State.OUTDATED, FIRST, "2026-11-25")


def test_a_text_that_comes_back_on_another_page_finds_its_obsolete_translation(hub: Hub) -> None:
    hub.pages["a"].remove(FIRST)
    hub.update()
    assert hub.obsolete("a") == {FIRST: "a1译"}
    hub.pages["b"].append(FIRST)
    hub.update()
    assert hub.entry("b", FIRST).state is State.CURRENT
    assert hub.obsolete("a") == {}


def test_a_text_that_is_on_both_pages_is_only_suggested(hub: Hub) -> None:
    hub.pages["b"].append("Notes")
    result = hub.update()
    copied = hub.entry("b", "Notes")
    assert copied.state is State.UNTRANSLATED
    assert (copied.po.strings, copied.po.flags) == (("a2译",), ("fuzzy",))
    assert copied.po.comments == ("# suggested from: the same text in a.po",)
    assert hub.entry("a", "Notes").state is State.CURRENT
    assert result.merged["b"].suggested == 1
    # So it is to a build and to the progress, and to programs that read compiled catalogs.
    catalog = read_po(hub.active["b"], "zh_CN")
    assert {entry.msgid: entry.state for entry in entries_of(catalog)}["Notes"] is State.UNTRANSLATED
    assert "a2译".encode() not in mo_bytes(catalog)


def test_a_text_that_moves_in_two_steps_takes_its_translation_along(hub: Hub) -> None:
    hub.pages["b"].append("Notes")
    hub.update()
    hub.pages["a"].remove("Notes")
    hub.update()
    moved = hub.entry("b", "Notes")
    assert (moved.state, moved.po.strings, moved.po.comments) == (State.CURRENT, ("a2译",), ())
    assert hub.obsolete("a") == {}


def test_a_suggestion_that_was_changed_or_refused_is_not_overwritten(hub: Hub) -> None:
    hub.pages["b"] += ["Notes", "Title of a"]
    hub.update()
    hub.translate("b", "Notes", "")
    hub.translate("b", "Title of a", "在写", fuzzy=True)
    del hub.pages["a"]
    hub.update()
    assert hub.entry("b", "Notes").po.strings == ("",)
    assert hub.entry("b", "Title of a").po.strings == ("在写",)


def test_who_translated_a_page_that_is_gone_is_named_where_its_texts_are(hub: Hub) -> None:
    credit = "# Lin Xiaoyu <lin@example.org>, 2025, 2026.\n"
    hub.active["a"] = f"# Translations of the hub.\n{credit}#\n".encode() + hub.active["a"]
    hub.active["b"] = b"# Wang Wei, 2026.\n#\n" + hub.active["b"]
    hub.pages["b"] += hub.pages.pop("a")
    hub.update()
    assert hub.active["b"].startswith(f"# Wang Wei, 2026.\n{credit}#\nmsgid".encode())
    once = hub.active["b"]
    hub.update()
    assert (hub.active["b"], hub.retired) == (once, {})


def test_a_suggestion_that_was_accepted_is_current_and_says_nothing_more(hub: Hub) -> None:
    hub.pages["b"].append("Notes")
    hub.update()
    hub.translate("b", "Notes", "注释")
    hub.update()
    assert hub.entry("b", "Notes").state is State.CURRENT
    assert hub.entry("b", "Notes").po.comments == ()


def test_a_suggestion_that_was_refused_is_not_made_again(hub: Hub) -> None:
    hub.pages["b"].append("Notes")
    hub.update()
    hub.translate("b", "Notes", "")
    hub.update()
    assert hub.entry("b", "Notes").po.strings == ("",)


def test_both_halves_of_a_split_paragraph_are_offered_the_whole_translation(hub: Hub) -> None:
    whole = f"{THIRD} {FOURTH}"
    hub.pages["a"] = ["Title of a", whole, "Notes"]
    hub.update()
    hub.translate("a", whole, "整段的译文")
    hub.pages["a"][1:2] = [THIRD, FOURTH]
    hub.update()
    halves = [hub.entry("a", text) for text in (THIRD, FOURTH)]
    assert [half.po.strings[0] for half in halves] == ["整段的译文"] * 2
    # The one that is most like the former paragraph is that paragraph, changed; readers see it with a mark.
    assert sorted(half.state.value for half in halves) == ["outdated", "untranslated"]
    (suggested,) = (half for half in halves if half.state is State.UNTRANSLATED)
    assert suggested.po.comments == ("# suggested from: a text that was split",)
    assert suggested.po.previous == whole


def test_joined_paragraphs_are_offered_both_translations(hub: Hub) -> None:
    hub.pages["a"] = ["Title of a", THIRD, FOURTH, "Notes"]
    hub.update()
    hub.translate("a", FOURTH, "第二段。")
    hub.translate("a", THIRD, "第一段。")
    # Somewhere else on the page, so that neither is taken for its former text.
    hub.pages["a"] = ["Title of a", "Notes", "Something else entirely", f"{THIRD} {FOURTH}"]
    hub.update()
    joined = hub.entry("a", f"{THIRD} {FOURTH}")
    assert joined.state is State.UNTRANSLATED
    assert joined.po.strings == ("第一段。第二段。",)
    assert joined.po.comments == ("# suggested from: texts that were joined",)
    assert hub.obsolete("a") == {FIRST: "a1译", THIRD: "第一段。", FOURTH: "第二段。"}


def test_a_text_that_is_like_none_gets_no_suggestion(hub: Hub) -> None:
    hub.pages["a"] = ["Title of a", "Notes", "Install the package with pip and run it once."]
    result = hub.update()
    assert hub.entry("a", hub.pages["a"][2]).po.strings == ("",)
    assert result.merged["a"].suggested == 0


def test_a_page_with_another_name_keeps_its_catalog(hub: Hub) -> None:
    hub.active["a"] = b"# Lin Xiaoyu <lin@example.org>, 2026.\n" + hub.active["a"]
    before = hub.active["a"]
    texts = hub.pages.pop("a")
    hub.pages["guide/a"] = [*texts, "A text that is new"]
    result = hub.update()
    assert result.renamed == {"guide/a": "a"}
    assert result.gone == ()
    assert hub.active["guide/a"].startswith(before[:40])
    assert [hub.entry("guide/a", text).state for text in texts] == [State.CURRENT] * 3
    assert hub.retired == {}


def test_the_catalog_of_a_removed_page_is_retired_and_comes_back(hub: Hub) -> None:
    before, texts = hub.active["a"], hub.pages.pop("a")
    result = hub.update()
    assert (result.gone, list(hub.retired)) == (("a",), ["a"])
    assert hub.retired["a"] == b"# retired since 2026-11-25\n" + before
    hub.update()
    assert hub.retired["a"] == b"# retired since 2026-11-25\n" + before
    hub.pages["a"] = texts
    result = hub.update()
    assert (result.returned, hub.retired) == (("a",), {})
    assert hub.active["a"] == before


def test_a_removed_page_comes_back_under_another_name(hub: Hub) -> None:
    texts = hub.pages.pop("a")
    hub.update()
    hub.pages["again"] = texts
    assert hub.update().returned == ("again",)
    assert hub.retired == {}


def test_a_page_without_any_translation_leaves_nothing_behind(hub: Hub) -> None:
    hub.pages["empty"] = ["Nobody has translated this"]
    hub.update()
    del hub.pages["empty"]
    assert hub.update().gone == ("empty",)
    assert hub.retired == {}


def test_catalogs_of_other_programs_are_left_alone(hub: Hub) -> None:
    foreign = HEADER.encode() + b'\n#: src/app.py:1\nmsgid "Quit"\nmsgstr "q"\n'
    hub.active |= {"app": foreign, "sphinx": HEADER.encode() + b'\nmsgid "Search"\nmsgstr "s"\n'}
    assert hub.update().gone == ()


def test_what_is_obsolete_expires_after_its_days_and_not_before(hub: Hub) -> None:
    hub.keep_days = 30
    hub.pages["a"].remove(FIRST)
    texts = hub.pages.pop("b")
    hub.update()
    hub.day = DAY + timedelta(days=30)
    hub.update()
    assert hub.obsolete("a") == {FIRST: "a1译"}
    assert list(hub.retired) == ["b"]
    hub.day = DAY + timedelta(days=31)
    result = hub.update()
    assert (result.merged["a"].expired, result.expired) == (1, ("b",))
    assert hub.obsolete("a") == {}
    assert hub.retired == {}
    hub.pages["b"] = texts
    hub.update()
    assert hub.entry("b", SECOND).state is State.UNTRANSLATED


def test_what_has_no_day_yet_is_kept_from_today(hub: Hub) -> None:
    hub.keep_days = 1
    hub.active["a"] += '\n#~ msgid "From long ago"\n#~ msgstr "旧译"\n'.encode()
    hub.update()
    assert hub.obsolete("a") == {"From long ago": "旧译"}
    assert b"# obsolete since 2026-11-25\n#~ msgid" in hub.active["a"]


def test_twins_of_a_merge_become_one_and_keep_both_translations(hub: Hub) -> None:
    hub.active["a"] += '\n#~ msgid "Notes"\n#~ msgstr "另一个译法"\n'.encode()
    hub.update()
    notes = hub.entry("a", "Notes")
    assert (notes.state, notes.po.strings) == (State.CURRENT, ("a2译",))
    assert notes.po.comments == ("# another translation: 另一个译法",)
    assert hub.obsolete("a") == {}
    once = hub.active["a"]
    hub.update()
    assert hub.active["a"] == once


WORDS = (
    *("hub", "page", "course", "partner", "reader", "volunteer", "catalog"),
    *("message", "review", "site", "link", "term", "bold", "card"),
)


class Play:
    """A sequence of edits by writers and translators, after each of which every translation is looked for."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.hub = Hub({name: [self._text() for _ in range(self.random.randint(2, 5))] for name in "abc"})
        self.written: dict[str, str] = {}
        """Translation -> the text that it was written for."""
        self._count = 0

    def run(self, steps: int, *, gently: bool = False) -> None:
        self._update()
        for _ in range(steps):
            if not gently or self.random.random() < 0.3:
                self._translate()
            for _ in range(self.random.randint(1, 2)):
                self._edit()
            if self.random.random() < 0.2:
                self._merge_branches()
            self._update()

    def _text(self) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.choice([1, 2, 4, 9, 14]))).capitalize() + "."

    def _word(self, text: str) -> str:
        self._count += 1
        word = f"译{self._count}"
        self.written[word] = text
        return word

    def _translate(self) -> None:
        for domain, content in list(self.hub.active.items()):
            for po in parse_po(content).entries:
                known = Known.of(po)
                if known.state is State.CURRENT or self.random.random() < 0.4:
                    continue
                # What a translator writes in the place of a translation of this entry replaces it.
                for old in po.strings:
                    if known.state is State.OUTDATED or self.written.get(old) == po.msgid:
                        self.written.pop(old, None)
                fuzzy = self.random.random() < 0.15
                text = known.source.msgid if fuzzy else po.msgid
                self.hub.translate(domain, po.msgid, self._word(text), fuzzy=fuzzy)

    def _merge_branches(self) -> None:
        """As git does when each of two branches has the text, one of them as obsolete."""
        domain = self.random.choice(list(self.hub.active))
        po = parse_po(self.hub.active[domain])
        texts = {entry.msgid for entry in po.entries} - {entry.msgid for entry in po.obsolete}
        if texts:
            text = self.random.choice(sorted(texts))
            twin = PoEntry(msgid=text, strings=(self._word(text),), obsolete=True)
            self.hub.active[domain] += "\n".join(("", *twin.written(), "")).encode()

    def _edit(self) -> None:
        pages, chance = self.hub.pages, self.random
        name = chance.choice(list(pages))
        texts = pages[name]
        place = chance.randrange(len(texts))
        other = pages[chance.choice(list(pages))]
        match chance.randrange(10):
            case 0:
                words = texts[place].split()
                words[chance.randrange(len(words))] = chance.choice(WORDS)
                texts[place] = " ".join(words)
            case 1 if len(texts) > 1:
                other.insert(chance.randrange(len(other) + 1), texts.pop(place))
            case 2:
                words = texts[place].split()
                texts[place : place + 1] = [" ".join(words[:1]), " ".join(words[1:])] if words[1:] else words
            case 3 if place:
                texts[place - 1 : place + 1] = [f"{texts[place - 1]} {texts[place]}"]
            case 4 if len(texts) > 1:
                texts.pop(place)
            case 5 if self.written:
                texts.insert(place, chance.choice(list(self.written.values())))  # a revert
            case 6 if len(pages) > 1:
                del pages[name]
            case 7:
                pages[f"page{chance.randrange(6)}"] = pages.pop(name)
            case 8:
                pages[chance.choice("abc")] = [self._text(), *(text for text in self.written.values())][:4]
            case _:
                texts.insert(place, self._text())

    def _update(self) -> None:
        hub = self.hub
        hub.day += timedelta(days=1)
        hub.pages = {name: list(dict.fromkeys(texts)) for name, texts in hub.pages.items() if texts}
        hub.update()
        before = dict(hub.active), dict(hub.retired)
        hub.update()
        assert (hub.active, hub.retired) == before, "a second update changes no byte"
        found: set[str] = set()
        for content in (*hub.active.values(), *hub.retired.values()):
            po = parse_po(content)
            for entry in (*po.entries, *po.obsolete):
                found.update(entry.strings)
                found.update(line.rpartition(" ")[2] for line in entry.comments)
                self._is_true(Known.of(entry))
        for domain, texts in hub.pages.items():
            po = parse_po(hub.active[domain])
            assert [entry.msgid for entry in po.entries] == texts
            assert not set(texts) & {entry.msgid for entry in po.obsolete}
            assert len({entry.msgid for entry in po.obsolete}) == len(po.obsolete)
        assert self.written.keys() <= found, f"lost: {self.written.keys() - found}"

    def _is_true(self, known: Known) -> None:
        """A translation that readers see was written for the text that it says it is of."""
        if known.state is not State.UNTRANSLATED:
            assert self.written.get(known.entry.msgstr, known.source.key) == known.source.key


@pytest.mark.parametrize("block", range(10))
def test_in_a_thousand_sequences_nothing_is_lost_and_nothing_untrue_is_shown(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        Play(seed).run(5)


@pytest.mark.parametrize("seed", [43, 2166, 2389, 2495, 2849])
def test_sequences_in_which_much_stays_untranslated(seed: int) -> None:
    # Of three thousand, those in which a translation once was lost, or a second update had more to do.
    Play(seed).run(8, gently=True)


class Disk(Hub):
    """The same in files, where an update only reads what changed; held against one that looks at all."""

    root: Path
    skipped: int = 0
    """How often an update looked at fewer catalogs than there are."""
    _time: int = 1_700_000_000

    def update(self, proposals: Mapping[str, Mapping[str, object]] | None = None) -> LanguageUpdate:
        for domain, texts in self.pages.items():
            self._write(self.root / "gettext" / f"{domain}.pot", pot(domain, texts))
        self._remove(self.root / "gettext", set(self.pages), ".pot")
        for name, contents in (("LC_MESSAGES", self.active), ("retired", self.retired)):
            for domain, content in contents.items():
                self._write(self.root / "locale" / "zh_CN" / name / f"{domain}.po", content)
            self._remove(self.root / "locale" / "zh_CN" / name, set(contents), ".po")
        settings = load_settings(self.root)
        language = settings.language("zh_CN")
        seconds = (self.day - date(1970, 1, 1)).total_seconds()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))
            merges: list[int] = []

            def counting(templates: Mapping[str, PoFile], *args: Any, **kwargs: Any) -> LanguageUpdate:
                merges.append(len(templates))
                return update_language(templates, *args, **kwargs)

            patch.setattr("sphinx_hub.building.catalog_update.update_language", counting)
            update_catalogs(settings, [language], self.root / "gettext")
        self.skipped += sum(merged < len(self.pages) for merged in merges)
        result = super().update(proposals)
        for name, contents in (("LC_MESSAGES", self.active), ("retired", self.retired)):
            folder = self.root / "locale" / "zh_CN" / name
            found = {path.stem: path.read_bytes() for path in folder.glob("*.po")}
            assert found == contents
        return result

    def _write(self, path: Path, content: bytes) -> None:
        """As an editor does, a while after the last change: the clock of a disk is coarse."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            self._time += 1
            os.utime(path, (self._time, self._time))

    def _remove(self, folder: Path, domains: set[str], suffix: str) -> None:
        for path in folder.glob(f"*{suffix}"):
            if path.stem not in domains:
                path.unlink()


@pytest.mark.parametrize("block", range(4))
def test_an_update_that_reads_what_changed_does_what_one_that_reads_all_does(
    tmp_path: Path, block: int
) -> None:
    skipped = 0
    for seed in range(block * 10, block * 10 + 10):
        root = tmp_path / str(seed)
        (root / "docs").mkdir(parents=True)
        (root / "pyproject.toml").write_text(TABLE, "utf-8")
        play = Play(seed)
        play.hub = disk = Disk(play.hub.pages)
        disk.root = root
        play.run(8, gently=True)
        skipped += disk.skipped
    assert skipped > 100
