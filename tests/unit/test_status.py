"""How far each language is: what is counted, what comes first, what changed since, and what is printed."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.util.matching import Matcher

from sphinx_hub import cli
from sphinx_hub.catalogs.baseline import HistoryError, UnknownRevisionError, read_baseline
from sphinx_hub.catalogs.patterns import is_excluded
from sphinx_hub.catalogs.progress import language_progress
from sphinx_hub.catalogs.status import Changes, site_status, status_json
from sphinx_hub.catalogs.status_table import TableOptions, status_table
from sphinx_hub.catalogs.views import page_views
from sphinx_hub.problems import ProblemsError
from sphinx_hub.settings import load_settings

if TYPE_CHECKING:
    from sphinx_hub.catalogs.status import LanguageStatus
    from sphinx_hub.settings import Settings

TODAY = date(2026, 11, 14)
ROOT = Path(__file__).resolve().parents[1] / "roots" / "test-status"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the small site: Simplified Chinese is complete, Traditional Chinese has begun."""
    shutil.copytree(ROOT, tmp_path / "site")
    return tmp_path / "site"


def po(site: Path, domain: str, locale: str = "zh_CN") -> Path:
    return site / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def outdate(site: Path, domain: str, msgid: str, day: str = "2026-11-20", locale: str = "zh_CN") -> None:
    """Make one translation outdated: its source had a word less before."""
    former = f'# outdated since {day}\n#, fuzzy\n#| msgid "{msgid[:-1]}"\nmsgid "{msgid}"'
    edit(po(site, domain, locale), f'msgid "{msgid}"', former)


def of(settings: Settings, locale: str) -> LanguageStatus:
    (status,) = site_status(settings, [settings.language(locale)])
    return status


# ---- what is counted ----


def test_each_state_is_counted_in_messages_and_words(site: Path) -> None:
    outdate(site, "index", "A site in three languages.")
    edit(po(site, "index"), 'msgstr "欢迎"', 'msgstr ""')
    total = of(load_settings(site), "zh_CN").total
    assert (total.messages, total.current, total.outdated, total.untranslated) == (15, 13, 1, 1)
    assert (total.outdated_words, total.untranslated_words, total.left_words) == (5, 1, 6)
    assert total.since == "2026-11-20"


def test_a_guess_is_never_counted_as_done(site: Path) -> None:
    edit(po(site, "index"), 'msgid "Welcome"', '#, fuzzy\n#| msgid "Welcome back"\nmsgid "Welcome"')
    total = of(load_settings(site), "zh_CN").total
    assert (total.current, total.outdated, total.untranslated) == (14, 0, 1)
    assert total.percent < 100


def test_a_page_without_a_catalog_counts_as_untranslated(site: Path) -> None:
    status = of(load_settings(site), "zh_TW")
    (first,) = [catalog for catalog in status.catalogs if catalog.domain == "guide/first"]
    assert not first.has_file
    assert (first.progress.messages, first.progress.untranslated, first.progress.percent) == (4, 4, 0)


def test_what_a_language_excludes_or_is_written_in_is_not_counted(site: Path) -> None:
    assert po(site, "guide/second", "zh_TW").is_file()
    settings = load_settings(site)
    assert "guide/second" not in {catalog.domain for catalog in of(settings, "zh_TW").catalogs}
    assert "native" not in {catalog.domain for catalog in of(settings, "zh_CN").catalogs}
    # The page that is written in Chinese is what there is to translate into English.
    assert [catalog.domain for catalog in of(settings, "en").catalogs] == ["native"]


def test_the_language_of_the_sources_has_no_status_where_nothing_is_written_in_another(site: Path) -> None:
    (site / "docs" / "native.md").unlink()
    po(site, "native", "zh_TW").unlink()
    settings = load_settings(site)
    assert [status.language.locale for status in site_status(settings, settings.languages)] == [
        "zh_CN",
        "zh_TW",
    ]


def test_a_language_that_has_not_begun_is_not_complete(site: Path) -> None:
    shutil.rmtree(site / "locale" / "zh_TW")
    total = of(load_settings(site), "zh_TW").total
    assert (total.percent, total.current, total.untranslated) == (0, 0, 11)


def test_a_catalog_that_cannot_be_read_stops_only_its_own_language(site: Path) -> None:
    edit(po(site, "index", "zh_TW"), 'msgstr "歡迎"', 'msgstr "歡迎')
    settings = load_settings(site)
    assert of(settings, "zh_CN").total.complete
    with pytest.raises(ProblemsError, match=r"index\.po:\d+: CAT003"):
        of(settings, "zh_TW")


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
@pytest.mark.parametrize("seed", range(5))
def test_the_counts_are_those_of_msgfmt(site: Path, seed: int) -> None:
    rng = random.Random(seed)
    text = po(site, "index").read_text("utf-8").split("\n\n", 1)[0]
    marks = ("", '# outdated since 2026-11-01\n#, fuzzy\n#| msgid "old"\n', "#, fuzzy\n")
    for number in range(60):
        mark, done = rng.choice(marks), rng.random() < 0.7
        text += f'\n\n{mark}msgid "Text {number}"\nmsgstr "{"译文" if done else ""}"'
    text += '\n\nmsgctxt "a"\nmsgid "Text 1"\nmsgstr "又一条"'
    text += '\n\nmsgid "%s page"\nmsgid_plural "%s pages"\nmsgstr[0] "%s 页"'
    text += '\n\n#~ msgid "Gone"\n#~ msgstr "没了"\n'
    po(site, "index").write_text(text, "utf-8")
    count = language_progress(load_settings(site), load_settings(site).language("zh_CN"))["index"]
    translated, fuzzy, untranslated = msgfmt(po(site, "index"))
    assert count.current == translated
    # What is fuzzy there is outdated or a guess here, and a guess counts as untranslated.
    assert count.outdated + count.untranslated == fuzzy + untranslated
    assert count.outdated == text.count("# outdated") - len(
        re.findall(r'# outdated[^\n]*\n.*\n.*\nmsgid "Text \d+"\nmsgstr ""', text)
    )


def msgfmt(path: Path) -> tuple[int, int, int]:
    """Translated, fuzzy and untranslated messages, as gettext counts them."""
    run = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    found = {
        kind: int(number) for number, kind in re.findall(r"(\d+) (translated|fuzzy|untrans)", run.stderr)
    }
    return found.get("translated", 0), found.get("fuzzy", 0), found.get("untrans", 0)


@pytest.mark.parametrize(
    "pattern",
    ["guide/first.md", "guide/*", "**/first.md", "*.md", "guide/f?rst.md", "guide/[fs]*", "guide/[!f]*", "**",
     "a/**/b.md", "guide/[", "gu.de/*", "[^x]uide/*"],
)  # fmt: skip
@pytest.mark.parametrize(
    "source", ["guide/first.md", "guide/second.md", "first.md", "a/x/y/b.md", "index.md"]
)
def test_patterns_mean_what_they_mean_to_sphinx(pattern: str, source: str) -> None:
    assert is_excluded(source, [pattern]) == Matcher([pattern])(source)


def test_a_pattern_of_a_folder_means_what_is_in_it() -> None:
    assert is_excluded("drafts/deep/page.md", ["drafts"])
    assert not is_excluded("drafts-of-old/page.md", ["drafts"])


# ---- what comes first ----


def test_what_is_near_the_home_page_comes_first_and_the_shortest_on_demand(site: Path) -> None:
    status = of(load_settings(site), "zh_TW")
    assert [catalog.domain for catalog in status.to_do("most-read")] == ["index", "status", "guide/first"]
    edit(po(site, "status", "zh_TW"), 'msgid "State of the translations"\nmsgstr ""',
         'msgid "State of the translations"\nmsgstr "翻譯狀態"')  # fmt: skip
    edit(po(site, "index", "zh_TW"), 'msgstr "三種語言的網站。"', 'msgstr ""')
    status = of(load_settings(site), "zh_TW")
    assert [catalog.domain for catalog in status.to_do("shortest")] == ["status", "index", "guide/first"]


def views(site: Path, text: str | bytes) -> Settings:
    edit(site / "pyproject.toml", "[tool.sphinx-hub]\n", '[tool.sphinx-hub]\nviews = "views.csv"\n')
    (site / "views.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(site)


def test_page_views_decide_what_comes_first(site: Path) -> None:
    settings = views(
        site,
        "\ufeffDate,Version,Path,Views\n"
        "2026-11-01,latest,/guide/first.html,40\n"
        '2026-11-01,latest,/zh-cn/latest/guide/first.html?q=a#b,"1,002"\n\n'
        "2026-11-01,latest,/en/,7\n"
        "2026-11-01,latest,/zh-tw/status,3\n"
        "2026-11-01,latest,/gone/index.html,9000\n",
    )
    status = of(settings, "zh_TW")
    assert {catalog.domain: catalog.views for catalog in status.catalogs} == {
        "_site": 0, "guide/first": 1042, "index": 7, "native": 0, "status": 3,
    }  # fmt: skip
    assert [catalog.domain for catalog in status.to_do("most-read")] == ["guide/first", "index", "status"]


def test_every_bad_line_of_page_views_is_told_with_its_place(site: Path) -> None:
    settings = views(site, "page,views\nindex,12\nindex,many\nindex\n,4\nindex,-1\n")
    with pytest.raises(ProblemsError) as error:
        page_views(settings, {"index"})
    assert [f"{problem.line}: {problem.code}" for problem in error.value.problems] == [
        "3: STA002", "4: STA002", "5: STA002", "6: STA002",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"Page,Hits\nindex,3\n", b"page,views\n\xff,3\n"])
def test_a_file_of_page_views_that_is_none_is_told(site: Path, content: bytes) -> None:
    with pytest.raises(ProblemsError, match=r"views\.csv:1: STA001"):
        of(views(site, content), "zh_CN")


def test_a_file_of_page_views_that_is_not_there_is_told(site: Path) -> None:
    settings = views(site, "")
    (site / "views.csv").unlink()
    with pytest.raises(ProblemsError, match=r"views\.csv:1: STA001 cannot be read"):
        of(settings, "zh_CN")


# ---- what changed since ----


def git(folder: Path, *arguments: str, day: str = "2026-11-10T12:00:00Z") -> str:
    who = {"NAME": "A", "EMAIL": "a@example.org", "DATE": day}
    environment = {
        f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()
    }
    run = subprocess.run(
        ["git", "-c", "commit.gpgsign=false", *arguments],
        cwd=folder,
        env={**environment, "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


@pytest.fixture
def history(site: Path) -> Path:
    """The small site in a folder of a repository, committed on two days, and changed since."""
    top = site.parent
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "first", day="2026-11-10T23:30:00Z")
    git(top, "tag", "start")
    edit(po(site, "index"), 'msgstr "欢迎"', 'msgstr ""')
    git(top, "commit", "-q", "-a", "-m", "second", day="2026-11-12T00:30:00Z")
    outdate(site, "guide/first", "Open the file and read it.")
    po(site, "guide/second").unlink()
    return site


@pytest.mark.parametrize(
    ("since", "current", "outdated", "untranslated"),
    [
        ("start", -6, 1, 5),
        ("HEAD", -5, 1, 4),
        ("2026-11-11", -6, 1, 5),
        ("2026-11-12", -6, 1, 5),
        ("2026-11-13", -5, 1, 4),
        ("3 days", -6, 1, 5),
        ("1 day", -5, 1, 4),
    ],
)
def test_what_changed_since_a_revision_or_a_day(
    history: Path, since: str, current: int, outdated: int, untranslated: int
) -> None:
    settings = load_settings(history)
    languages = [settings.language("zh_CN")]
    baseline = read_baseline(settings, since, TODAY)
    (status,) = site_status(settings, languages)
    change = Changes(baseline).of(status)
    assert change is not None
    assert (change.current, change.outdated, change.untranslated) == (current, outdated, untranslated)


def test_before_the_first_commit_everything_is_new(history: Path) -> None:
    settings = load_settings(history)
    baseline = read_baseline(settings, "2026-11-10", TODAY)
    assert baseline.revision == ""
    change = Changes(baseline).of(of(settings, "zh_CN"))
    assert change is not None
    assert change.messages == of(settings, "zh_CN").total.messages


@pytest.mark.parametrize(
    ("since", "message"),
    [("no-such-branch", "neither a day"), ("--help", "neither a day"), ("2026-02-30", "no day 2026-02-30")],
)
def test_what_git_does_not_know_is_told(history: Path, since: str, message: str) -> None:
    settings = load_settings(history)
    with pytest.raises(UnknownRevisionError, match=message):
        read_baseline(settings, since, TODAY)


def test_a_shallow_clone_says_that_it_does_not_reach_back(history: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{history.parent}", "shallow")
    settings = load_settings(tmp_path / "shallow" / "site")
    for since in ("2026-11-11", "3 days", "start"):
        with pytest.raises(HistoryError, match="--unshallow") as error:
            read_baseline(settings, since, TODAY)
        assert not isinstance(error.value, UnknownRevisionError)


def test_without_a_repository_the_former_state_is_not_known(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site.parent))
    settings = load_settings(site)
    with pytest.raises(HistoryError, match="no git repository"):
        read_baseline(settings, "HEAD", TODAY)


def test_a_former_catalog_that_cannot_be_read_is_named_and_left_out(history: Path) -> None:
    edit(po(history, "index"), 'msgstr ""', 'msgstr "')
    git(history, "commit", "-q", "-a", "-m", "broken")
    settings = load_settings(history)
    baseline = read_baseline(settings, "HEAD", TODAY)
    assert [problem.path.name for problem in baseline.unreadable] == ["index.po"]
    known = {catalog.domain: catalog for catalog in baseline.statuses["zh_CN"].catalogs}
    assert not known["index"].has_file
    assert known["guide/first"].has_file


# ---- what is printed ----


def test_the_table_names_what_is_not_complete_and_what_comes_next(site: Path) -> None:
    outdate(site, "guide/first", "Open the file and read it.")
    settings = load_settings(site)
    lines = status_table(site_status(settings, [settings.language("zh_CN")]), TableOptions()).splitlines()
    assert lines[0].split() == ["messages", "of", "words", "current", "outdated", "untranslated"]
    assert lines[1].split() == ["zh_CN", "91", "%", "14", "1", "0", "简体中文"]
    assert lines[2].split() == ["guide/first", "73", "%", "3", "1", "0"]
    assert lines[3].strip() == "4 complete"
    assert lines[5] == "Next in zh_CN, what is read most first:"
    assert lines[6].split()[:2] == ["6", "words"]
    assert lines[6].endswith("locale/zh_CN/LC_MESSAGES/guide/first.po")


def test_the_table_counts_words_and_shows_the_whole_on_demand(site: Path) -> None:
    outdate(site, "guide/first", "Open the file and read it.")
    settings = load_settings(site)
    statuses = site_status(settings, [settings.language("zh_CN")])
    lines = status_table(statuses, TableOptions(unit="words", whole=True, take_next=0)).splitlines()
    assert lines[1].split()[:6] == ["zh_CN", "91", "%", "67", "6", "0"]
    assert len(lines) == 2 + 5


def test_the_table_says_what_changed(history: Path) -> None:
    settings = load_settings(history)
    languages = [settings.language("zh_CN")]
    baseline = read_baseline(settings, "2026-11-13", TODAY)
    table = status_table(site_status(settings, languages), TableOptions(take_next=0), baseline)
    (line,) = [line for line in table.splitlines() if line.startswith("  guide/first")]
    assert line.endswith("-1 current, +1 outdated")
    assert f"Compared with 2026-11-13, commit {baseline.revision[:12]}." in table


def hub(site: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(site)
    return cli.main(["status", *arguments])


def test_the_json_has_the_form_that_the_docs_describe(
    history: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hub(history, monkeypatch, "zh_CN", "--format", "json", "--since", "start", "--next", "1") == 0
    data = json.loads(capsys.readouterr().out)
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "json.md"
    blocks = re.findall(r"```json\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    (example,) = [json.loads(block) for block in blocks if '"catalogs"' in block]
    assert shape(data) == shape(example)
    (language,) = data["languages"]
    assert language["next"] == ["index"]
    for numbers in (language, *language["catalogs"]):
        for unit in ("messages", "words"):
            counts = dict(numbers[unit])
            assert counts.pop("total") == sum(counts.values())
    assert language["messages"]["outdated"] == 1


def shape(data: Any) -> Any:
    """The keys of an object in their order, and the form of the first row of a list of objects."""
    if isinstance(data, dict):
        return {key: shape(value) for key, value in data.items()}
    return [shape(data[0])] if isinstance(data, list) and data and isinstance(data[0], dict) else None


def test_without_a_former_state_the_json_says_so(site: Path) -> None:
    settings = load_settings(site)
    data = status_json(settings, site_status(settings, settings.languages), order="shortest", take_next=5)
    assert data["since"] is None
    assert {language["change"] for language in data["languages"]} == {None}


def test_a_revision_that_git_does_not_know_is_wrong_use(
    history: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hub(history, monkeypatch, "--since", "nothing") == cli.WRONG_USE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "'nothing' is neither a day" in printed.err


def test_problems_come_as_json_where_json_was_asked_for(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    views(site, "page,views\nindex,x\n")
    assert hub(site, monkeypatch, "--format", "json") == cli.PROBLEMS
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)] == ["STA002"]
