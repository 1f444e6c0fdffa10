"""The calendar of a small site: its events, the links to it, and what changes it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

# 1 June 2024 and 1 February 2030: before and during the course of the data.
BEFORE, DURING = "1717200000", "1896134400"
CALENDAR = "data/collaborations.ics"
DATA = "docs/_data/collaborations.yaml"
LINK = f'a[href="{CALENDAR}"]'


def calendar_of(built: Any) -> icalendar.Calendar:
    """The calendar, after making sure that the parser had nothing to forgive."""
    calendar = icalendar.Calendar.from_ical((built.output / CALENDAR).read_bytes())
    assert isinstance(calendar, icalendar.Calendar)
    for component in calendar.walk():
        assert component.errors == []
        assert set(component.required) <= set(component)
    return calendar


def events_of(built: Any) -> dict[str, Any]:
    """The events by the anchors that their addresses have."""
    return {str(event["url"]).partition("#collaboration-")[2]: event for event in calendar_of(built).events}


@pytest.fixture
def changing(small_site: Callable[..., Any]) -> Any:
    return small_site("test-community", SOURCE_DATE_EPOCH=BEFORE)


# ---- events ----


def test_an_event_is_told_in_the_language_of_the_site(english: Any, chinese: Any) -> None:
    event, other = events_of(english)["lora-hackathon"], events_of(chinese)["lora-hackathon"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2023, 2, 28), date(2023, 5, 21))
    assert event["url"] == "https://hub.example.org/en/events.html#collaboration-lora-hackathon"
    assert event["dtstamp"].dt.date() == date(2024, 5, 1)
    told = [
        [str(each["summary"]), str(each["location"]), str(each["categories"].cats[0])]
        for each in (event, other)
    ]
    assert told == [
        ["LoRA fine-tuning hackathon", "Online", "Hackathon"],
        ["LoRA 微调黑客松", "线上", "黑客松"],
    ]
    assert str(other["description"]).splitlines() == [
        "参与者用 LoRA 微调扩散模型。",
        "The winners showed their models in Spaces.",
        "公告：https://aistudio.baidu.com/aistudio/competition/detail/860/0/introduction",
    ]
    names = ("summary", "description", "location", "categories")
    assert [other[name].params["LANGUAGE"] for name in names] == ["zh-Hans"] * 4
    assert events_of(chinese)["llm-course"]["description"].params["LANGUAGE"] == "en"


def test_an_event_of_which_the_month_is_known_claims_no_day(english: Any, chinese: Any) -> None:
    event = events_of(english)["jax-meetup"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2023, 4, 1), date(2023, 5, 1))
    assert event["status"] == "TENTATIVE"
    assert event["location"] == "Google's office in Beijing"
    assert str(event["description"]).endswith("\nDates as far as they are known: April 2023")
    assert str(events_of(chinese)["jax-meetup"]["description"]).endswith("\n目前所知的日期：2023年4月")
    exact = events_of(english)["lora-hackathon"]
    assert exact["status"] == "CONFIRMED"
    assert "known" not in exact["description"]


def test_names_are_the_same_in_every_language_and_under_every_address(
    community: Any, english: Any, chinese: Any
) -> None:
    moved = community.build("en", "-D", "html_baseurl=", "-D", "project=Moved", name="moved").clean()
    uids = [[str(event["uid"]) for event in calendar_of(built).events] for built in (english, chinese, moved)]
    assert uids[0] == uids[1] == uids[2]
    assert len(set(uids[0])) == 3
    assert calendar_of(english)["uid"] != calendar_of(chinese)["uid"]
    # No address may be relative.
    assert not {"URL", "SOURCE"} & set(calendar_of(moved))
    assert not [event for event in calendar_of(moved).events if "URL" in event]


def test_without_a_repository_names_come_from_the_project_as_it_is_written(changing: Any) -> None:
    catalog = changing.root / "locale/zh_CN/LC_MESSAGES/_site.po"
    header = (catalog.parent / "index.po").read_text("utf-8").split("\n\n")[0]
    catalog.write_text(f'{header}\n\nmsgid "Small hub"\nmsgstr "小站"\n', "utf-8")
    changing.edit("pyproject.toml", 'repository = "https://github.com/example/small-hub"\n', "")
    built = [changing.build(locale).clean() for locale in ("en", "zh_CN")]
    assert "小站" in str(calendar_of(built[1])["name"])
    uids = [[str(event["uid"]) for event in calendar_of(each).events] for each in built]
    assert uids[0] == uids[1]
    changing.edit("conf.py", 'project = "Small hub"', 'project = "Another hub"')
    other = [str(event["uid"]) for event in calendar_of(changing.build("en").clean()).events]
    assert not set(other) & set(uids[0])


def test_the_calendar_is_the_same_whenever_it_is_built(community: Any, english: Any) -> None:
    later = community.build("en", name="calendar-later", environment={"SOURCE_DATE_EPOCH": DURING}).clean()
    assert (later.output / CALENDAR).read_bytes() == (english.output / CALENDAR).read_bytes()


# ---- links ----


def test_the_home_of_the_events_leads_to_the_calendar(english: Any, chinese: Any) -> None:
    for built, text, hint in (
        (english, "Calendar (.ics)", "To subscribe, copy this link into your calendar app."),
        (chinese, "日历（.ics）", "要订阅，把这个链接复制到日历应用中即可。"),
    ):
        link = built.one("events", LINK)
        assert (link.text, link["type"]) == (text, "text/calendar")
        assert link.parent is not None
        assert hint in link.parent.text
        # It stands before the list.
        assert link.find_next("ol", class_="hub-timeline") is not None
        head = built.one("events", 'head link[rel="alternate"][type="text/calendar"]')
        assert head["href"] == CALENDAR
        assert head["title"] == str(calendar_of(built)["name"])
        for page in ("overview", "partners", "plain"):
            assert CALENDAR not in built.text(f"{page}.html")


def test_a_page_with_two_lists_has_one_link(changing: Any) -> None:
    changing.edit(
        "docs/events.md",
        "```{collaboration-timeline}\n:sort: date\n```",
        "```{collaboration-timeline}\n:status: upcoming\n```\n\n"
        "```{collaboration-timeline}\n:status: completed, unknown, ongoing\n```",
    )
    built = changing.build("en", "-W").clean()
    assert built.one("events", LINK).find_previous("ol", class_="hub-timeline") is None


@pytest.mark.parametrize(
    ("builder", "page", "href"),
    [("dirhtml", "events/index", f"../{CALENDAR}"), ("singlehtml", "index", CALENDAR)],
)
def test_links_hold_under_builders_with_other_addresses(
    community: Any, builder: str, page: str, href: str
) -> None:
    built = community.build("en", "-W", builder=builder).clean()
    assert built.one(page, f'a[href="{href}"]')["type"] == "text/calendar"
    assert built.one(page, 'head link[type="text/calendar"]')["href"] == href
    address = str(events_of(built)["llm-course"]["url"])
    folder = address.removeprefix("https://hub.example.org/en/").partition("#")[0]
    assert (built.output / folder / ("index.html" if builder == "dirhtml" else "")).exists()


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "xml", "epub", "json", "gettext"])
def test_what_is_no_website_has_no_calendar(community: Any, builder: str) -> None:
    built = community.build("en", "-W", builder=builder).clean()
    found = [path for path in built.output.rglob("*") if path.suffix == ".ics"]
    assert found == []
    for path in built.output.rglob("*"):
        if path.suffix in {".txt", ".7", ".tex", ".texi", ".xml", ".xhtml", ".fjson", ".pot"}:
            text = path.read_text("utf-8")
            assert "Calendar (.ics)" not in text
            assert "collaborations.ics" not in text
            assert "calendar_note" not in text


# ---- changes ----


def test_the_calendar_follows_the_data_and_its_translations(changing: Any) -> None:
    first = changing.build("zh_CN", "-W").clean()
    before = (first.output / CALENDAR).read_bytes()
    time = (first.output / CALENDAR).stat().st_mtime_ns
    again = changing.build("zh_CN", "-W").clean()
    assert (again.output / CALENDAR).stat().st_mtime_ns == time

    changing.edit(DATA, "end: 2030-03-01", "end: 2030-03")
    event = events_of(changing.build("zh_CN", "-W").clean())["llm-course"]
    assert event["dtend"].dt == date(2030, 4, 1)
    assert event["status"] == "TENTATIVE"

    catalog = "locale/zh_CN/LC_MESSAGES/_data/collaborations.po"
    changing.edit(catalog, 'msgstr "大语言模型课程"', 'msgstr "大模型课程"')
    built = changing.build("zh_CN", "-W").clean()
    assert events_of(built)["llm-course"]["summary"] == "大模型课程"
    changing.edit(catalog, 'msgstr "大模型课程"', 'msgstr "大语言模型课程"')
    changing.edit(DATA, "end: 2030-03\n", "end: 2030-03-01\n")
    assert (changing.build("zh_CN", "-W").clean().output / CALENDAR).read_bytes() == before


def test_another_language_in_the_same_folder_is_another_calendar(changing: Any) -> None:
    assert events_of(changing.build("zh_CN", name="one").clean())["llm-course"]["summary"] == "大语言模型课程"
    built = changing.build("en", name="one").clean()
    assert events_of(built)["llm-course"]["summary"] == "A course on large language models"
    assert built.one("events", LINK).text == "Calendar (.ics)"


def test_without_a_date_there_is_neither_calendar_nor_link(changing: Any) -> None:
    built = changing.build("en", "-W", "-j", "2").clean()
    assert built.page("events").select(LINK)
    data = changing.root / DATA
    whole = data.read_text("utf-8")
    lines = [line for line in whole.splitlines() if "start: 20" not in line and "end: 20" not in line]
    data.write_text("\n".join([*lines, "  start: 2031", ""]), "utf-8")
    built = changing.build("en", "-W", "-j", "2").clean()
    assert not (built.output / CALENDAR).exists()
    assert CALENDAR not in built.text("events.html")
    data.write_text(whole, "utf-8")
    built = changing.build("en", "-W", "-j", "2").clean()
    assert len(calendar_of(built).events) == 3
    assert built.page("events").select(LINK)


# ---- the order on the page ----


def test_what_is_current_stands_on_top(changing: Any) -> None:
    changing.edit("docs/events.md", ":sort: date", ":sort: status")
    record = """\
- id: {name}
  title: {name}
  kind: sprint
  start: {start}
  end: {end}
  summary: Volunteers translated a course.
  sources: [https://example.org/sprint]
"""
    added = [
        ("long-sprint", "2022-01", "2024-12"),
        ("later-sprint", "2031-01-01", "2031-02-01"),
        ("next-sprint", "2024-07-01", "2024-07-02"),
        ("last-sprint", "2024-05-01", "2024-05-02"),
    ]
    with (changing.root / DATA).open("a", encoding="utf-8") as file:
        file.writelines(record.format(name=name, start=start, end=end) for name, start, end in added)

    def order(built: Any) -> list[str]:
        cards = built.page("events").select(".hub-card[id]")
        return [str(card["id"]).removeprefix("collaboration-") for card in cards]

    past = ["last-sprint", "jax-meetup", "lora-hackathon"]
    current = ["long-sprint", "next-sprint", "llm-course", "later-sprint"]
    assert order(changing.build("en", "-W").clean()) == [*current, *past]
    # When the day has come, the page is read anew and puts them in another order.
    during = changing.build("en", "-W", environment={"SOURCE_DATE_EPOCH": DURING}).clean()
    assert order(during) == [
        *("llm-course", "later-sprint", "next-sprint", "last-sprint"),
        *("jax-meetup", "lora-hackathon", "long-sprint"),
    ]
