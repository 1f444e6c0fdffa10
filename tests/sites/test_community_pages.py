"""What the community extension puts on the pages of a small site, in two languages."""

from __future__ import annotations

import re
from typing import Any

import pytest


def one(soup: Any, selector: str) -> Any:
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


# ---- cards ----


def test_every_record_has_its_anchor_once_on_its_home(english: Any, chinese: Any) -> None:
    for built in (english, chinese):
        for name, anchors in {
            "partners": ["partner-paddlepaddle", "partner-datawhale", "partner-baixing-ai"],
            "events": [
                "collaboration-llm-course",
                "collaboration-jax-meetup",
                "collaboration-lora-hackathon",
            ],
        }.items():
            found = [element["id"] for element in built.page(name).select(".hub-card[id]")]
            assert found == anchors
            for anchor in anchors:
                assert built.text(f"{name}.html").count(f'id="{anchor}"') == 1


def test_a_partner_is_named_in_the_language_of_the_page(chinese: Any) -> None:
    card = chinese.one("partners", "#partner-paddlepaddle")
    assert one(card, "h3.hub-title").find(string=True) == "飞桨"
    other = one(card, ".hub-other-names span")
    assert (other.text, other["lang"]) == ("PaddlePaddle", "en")


def test_the_native_name_has_its_language_on_other_pages(english: Any) -> None:
    other = english.one("partners", "#partner-paddlepaddle .hub-other-names span")
    assert (other.text, other["lang"]) == ("飞桨", "zh-Hans")


def test_what_is_not_translated_is_marked_with_the_language_of_the_source(chinese: Any) -> None:
    summary = chinese.one("partners", "#partner-baixing-ai .sd-card-body > p > span")
    assert (summary["lang"], summary.text) == ("en", "A company that builds with language models.")


def test_a_name_that_stays_the_same_in_translation_is_not_marked(chinese: Any) -> None:
    assert not chinese.page("partners").select("#partner-datawhale [lang]")


def test_both_ends_of_a_relation_show_it(english: Any) -> None:
    partner = english.one("partners", "#partner-paddlepaddle")
    links = [link["href"] for link in partner.select(".hub-facts a")]
    assert links == [
        "events.html#collaboration-lora-hackathon",
        "events.html#collaboration-llm-course",
        "achievements.html#achievement-ernie",
    ]
    event = english.one("events", "#collaboration-lora-hackathon")
    assert [link["href"] for link in event.select(".hub-facts a")] == ["partners.html#partner-paddlepaddle"]
    achievement = english.one("achievements", "#achievement-ernie")
    assert [link["href"] for link in achievement.select(".hub-facts a")] == [
        "partners.html#partner-paddlepaddle",
        "#achievement-chatglm",
    ]


def test_links_say_whose_they_are(english: Any) -> None:
    links = english.page("partners").select("#partner-paddlepaddle .hub-links a")
    assert [(link.text, link["aria-label"]) for link in links] == [
        ("Website", "Website: PaddlePaddle"),
        ("Hugging Face", "Hugging Face: PaddlePaddle"),
    ]


def test_a_correction_starts_at_the_record_s_line(english: Any, community: Any) -> None:
    href = english.one("partners", "#partner-datawhale .hub-footer a")["href"]
    address, line = re.fullmatch(r"(.*)\?plain=1#L(\d+)", href).groups()  # type: ignore[union-attr]
    assert address == "https://github.com/example/small-hub/blob/main/docs/_data/partners.yaml"
    lines = (community.root / "docs/_data/partners.yaml").read_text("utf-8").splitlines()
    assert lines[int(line) - 1] == "- id: datawhale"


def test_the_day_of_the_last_check_is_written_as_the_language_does(english: Any, chinese: Any) -> None:
    times = [built.one("partners", "#partner-paddlepaddle .hub-footer time") for built in (english, chinese)]
    assert [(time["datetime"], time.text) for time in times] == [
        ("2024-05-01", "May 1, 2024"),
        ("2024-05-01", "2024年5月1日"),
    ]


def test_logos_follow_the_colours_of_the_page(english: Any) -> None:
    images = english.page("partners").select("#partner-baixing-ai img")
    assert [(image["class"], image["alt"]) for image in images] == [
        (["hub-logo", "only-light"], ""),
        (["hub-logo", "only-dark"], ""),
    ]
    assert all((english.output / image["src"]).is_file() for image in images)


def test_icons_and_monograms_are_hidden_from_screen_readers(english: Any) -> None:
    icon, monogram = english.page("partners").select(".hub-mark")
    assert (icon.name, icon["aria-hidden"]) == ("svg", "true")
    assert (monogram.name, monogram["alt"]) == ("img", "")
    assert monogram["src"].startswith("data:image/svg+xml,")


def test_a_permalink_says_where_it_leads(english: Any) -> None:
    link = english.one("partners", "#partner-datawhale a.headerlink")
    assert (link["href"], link["title"]) == ("#partner-datawhale", "Link to this partner")


def test_the_rank_of_a_heading_follows_from_its_section(english: Any) -> None:
    assert len(english.page("partners").select("h3.hub-title")) == 3
    assert len(english.page("events").select("h2.hub-title")) == 3


def test_no_style_attribute_is_needed(english: Any) -> None:
    for name in ("partners", "events", "achievements", "channels", "overview"):
        assert not english.page(name).select(".hub-records [style]")


# ---- timeline ----


def test_the_timeline_is_an_ordered_list_with_the_newest_first(english: Any) -> None:
    items = english.page("events").select("ol.hub-timeline > li")
    assert [one(item, ".hub-card")["id"] for item in items] == [
        "collaboration-llm-course",
        "collaboration-jax-meetup",
        "collaboration-lora-hackathon",
    ]


@pytest.mark.parametrize(
    ("anchor", "dates", "line"),
    [
        ("llm-course", ["2030-01-01", "2030-03-01"], "2030年1月1日至3月1日 · 课程 · 即将开始"),
        ("jax-meetup", ["2023-04"], "2023年4月 · 聚会 · 已结束"),
        ("lora-hackathon", ["2023-02-28", "2023-05-20"], "2023年2月28日至5月20日 · 黑客松 · 已结束"),
    ],
)
def test_dates_and_status_are_text(chinese: Any, anchor: str, dates: list[str], line: str) -> None:
    card = chinese.one("events", f"#collaboration-{anchor}")
    kind = one(card, ".hub-kind")
    assert [time["datetime"] for time in kind.select("time")] == dates
    # CLDR 48, in Babel 2.19, has a dash for the word between two dates.
    assert kind.text.replace("\u2009–\u2009", "至") == line


# ---- channels ----


def test_accounts_are_linked_as_ours(english: Any) -> None:
    links = english.page("channels").select("h2.hub-title > a.external")
    assert [(link.text, link["rel"]) for link in links] == [
        ("Bilibili", ["me", "noopener"]),
        ("Zhihu", ["me", "noopener"]),
    ]


def test_names_are_sorted_by_pinyin_in_chinese(english: Any, chinese: Any) -> None:
    def names(built: Any) -> list[str]:
        return [card["id"] for card in built.page("channels").select(".hub-card")]

    assert names(english) == ["channel-bilibili", "channel-wechat", "channel-zhihu"]
    assert names(chinese) == ["channel-bilibili", "channel-wechat", "channel-zhihu"]
    cards = [card["id"] for card in chinese.page("achievements").select(".hub-card")]
    assert cards == ["achievement-baai", "achievement-chatglm", "achievement-ernie"]


def test_a_login_is_announced(english: Any) -> None:
    soup = english.page("channels")
    assert one(soup, "#channel-zhihu .hub-badge--login").text == "Needs login"
    assert not soup.select("#channel-bilibili .hub-badge--login")


def test_languages_are_named_in_the_language_of_the_page(chinese: Any) -> None:
    facts = chinese.one("channels", "#channel-bilibili .hub-facts dd")
    assert facts.text.strip() == "简体中文和英语"


def test_a_qr_code_has_a_text_alternative(english: Any) -> None:
    soup = english.page("channels")
    code = one(soup, "#channel-zhihu details.hub-qr svg")
    assert code["role"] == "img"
    assert code["aria-label"] == "QR code that opens Zhihu at https://www.zhihu.com/org/huggingface"
    image = one(soup, "#channel-wechat details.hub-qr img")
    assert image["alt"] == "QR code that opens WeChat official account"
    assert not soup.select("#channel-bilibili details.hub-qr")


def test_the_page_asks_no_other_site_for_anything(english: Any) -> None:
    soup = english.page("channels")
    fetched = [element.get("src") or element.get("href") for element in soup.select("[src], link[href]")]
    loaded = [address for address in fetched if not address.startswith("data:")]
    assert not [address for address in loaded if "//" in address and "hub.example.org" not in address]


def test_a_line_of_channels_reads_as_one(english: Any, chinese: Any) -> None:
    def line(built: Any) -> str:
        paragraph = built.one("overview", ".hub-channels-inline")
        for mark in paragraph.select("svg"):
            mark.decompose()
        text: str = paragraph.get_text()
        return text

    assert line(english) == "Zhihu, Bilibili, and WeChat official account"
    assert line(chinese) == "知乎、哔哩哔哩和微信公众号"
    home = chinese.page("overview").select(".hub-channels-inline a")[2]
    assert home["href"] == "channels.html#channel-wechat"


# ---- options ----


def test_no_index_makes_no_anchor_and_links_home(english: Any) -> None:
    soup = english.page("overview")
    assert not soup.select(".hub-card[id]")
    titles = [title["href"] for title in soup.select(".hub-card--partner .hub-title a")]
    assert titles == ["partners.html#partner-paddlepaddle", "partners.html#partner-baixing-ai"]
    assert not soup.select(".hub-title a.headerlink")


def test_filters_limit_and_columns(english: Any) -> None:
    soup = english.page("overview")
    events = soup.select("ol.hub-timeline > li")
    assert len(events) == 1
    assert "sd-row-cols-lg-2" in one(soup, "ol.hub-timeline")["class"]
    assert "sd-row-cols-lg-1" in soup.select(".sd-row")[0]["class"]


def test_ids_give_the_order(english: Any) -> None:
    cards = english.page("overview").select(".hub-card--channel .hub-title")
    assert [card.text for card in cards] == ["Zhihu", "Bilibili"]


def test_a_link_that_worked_is_told_from_facts_that_were_read(english: Any, chinese: Any) -> None:
    for built, label, day in (
        (english, "Link last seen working", "May 1, 2024"),
        (chinese, "最近一次确认链接可用", "2024年5月1日"),
    ):
        dated = {
            term.text: term.find_next("dd").text.strip()
            for term in built.page("channels").select(".hub-facts dt")
        }
        assert dated[label] == day
