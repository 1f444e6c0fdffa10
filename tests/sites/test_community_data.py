"""What the records of a small site are for others: links, index, JSON, catalogs, other builders."""

from __future__ import annotations

import filecmp
import json
import re
from typing import Any

import pytest
from sphinx.util.inventory import InventoryFile


def one(soup: Any, selector: str) -> Any:
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def structured_data(built: Any, name: str) -> Any:
    scripts = built.page(name).select('script[type="application/ld+json"]')
    assert len(scripts) <= 1
    return json.loads(scripts[0].string or "") if scripts else None


# ---- roles, index, inventory ----


def test_roles_show_names_and_link_home(english: Any, chinese: Any) -> None:
    links = english.page("guide/roles").select("article a.internal")
    assert [(link.text, link["href"]) for link in links] == [
        ("PaddlePaddle", "../partners.html#partner-paddlepaddle"),
        ("PaddlePaddle", "../partners.html#partner-paddlepaddle"),
        ("the LoRA event", "../events.html#collaboration-lora-hackathon"),
        ("ChatGLM-6B", "../achievements.html#achievement-chatglm"),
        ("partner-datawhale", "../partners.html#partner-datawhale"),
    ]
    links = chinese.page("guide/roles").select("article a.internal")
    assert [link.text for link in links][:3] == ["飞桨", "飞桨", "LoRA 活动"]
    untranslated = one(links[3], "span")
    assert (untranslated.text, untranslated["lang"]) == ("ChatGLM-6B", "en")


def test_the_index_lists_every_record_by_kind(chinese: Any) -> None:
    soup = chinese.page("hub-records")
    assert one(soup, "h1").text.startswith("社区记录")
    headings = [heading.text for heading in soup.select("tr.cap strong")]
    assert headings == ["合作伙伴", "合作", "成果", "渠道"]
    partners = [link.text for link in soup.select('a[href^="partners.html#"]')]
    assert partners == ["百姓 AI", "Datawhale", "飞桨"]
    assert len(soup.select('table a[href*=".html#"]')) == 12


def test_other_projects_can_link_to_records(chinese: Any) -> None:
    inventory = InventoryFile.loads((chinese.output / "objects.inv").read_bytes(), uri="https://h.example/")
    found = {kind: sorted(names) for kind, names in inventory.data.items() if kind.startswith("hub:")}
    assert found == {
        "hub:partner": ["baixing-ai", "datawhale", "paddlepaddle"],
        "hub:collaboration": ["jax-meetup", "llm-course", "lora-hackathon"],
        "hub:achievement": ["baai", "chatglm", "ernie"],
        "hub:channel": ["bilibili", "wechat", "zhihu"],
    }
    item = inventory["hub:partner", "paddlepaddle"]
    assert (item.uri, item.display_name) == ("https://h.example/partners.html#partner-paddlepaddle", "飞桨")


# ---- data for others ----


def test_json_holds_the_records_in_the_language_of_the_site(chinese: Any) -> None:
    data = json.loads(chinese.text("data/partners.json"))
    assert data["language"] == "zh-Hans"
    row = data["partners"][0]
    expected = {
        "id": "paddlepaddle",
        "name": "飞桨",
        "source_name": "PaddlePaddle",
        "summary": "百度于 2016 年开源的深度学习框架。",
        "page": "partners.html#partner-paddlepaddle",
        "status": "active",
        "verified": "2024-05-01",
    }
    assert {key: row[key] for key in expected} == expected
    assert sorted(path.name for path in (chinese.output / "data").iterdir()) == [
        "achievements.json",
        "channels.json",
        "collaborations.ics",
        "collaborations.json",
        "partners.json",
        "people.json",
    ]


def test_structured_data_stands_on_the_home_of_records(english: Any, chinese: Any) -> None:
    graph = structured_data(chinese, "events")["@graph"]
    assert graph[0]["inLanguage"] == "zh-Hans"
    assert [thing["@type"] for thing in graph] == ["WebPage", "Event", "Event", "EducationEvent"]
    hackathon = graph[1]
    assert hackathon["name"] == "LoRA 微调黑客松"
    assert (hackathon["startDate"], hackathon["endDate"]) == ("2023-02-28", "2023-05-20")
    assert hackathon["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert hackathon["organizer"][0]["name"] == "飞桨"
    assert graph[2]["location"] == {"@type": "Place", "name": "谷歌北京办公室"}
    accounts = structured_data(english, "channels")["@graph"][-1]
    assert accounts["sameAs"] == [
        "https://www.zhihu.com/org/huggingface",
        "https://space.bilibili.com/1740664937/",
    ]
    assert structured_data(english, "overview") is None
    assert structured_data(english, "plain") is None


# ---- other builders ----


@pytest.mark.parametrize(("builder", "file"), [("text", "{}.txt"), ("epub", "{}.xhtml")])
def test_books_and_terminals_get_the_facts(community: Any, builder: str, file: str) -> None:
    built = community.build("en", "-W", "--keep-going", builder=builder)
    built.clean()
    if builder == "text":
        for name in ("partners", "channels", "events", "overview"):
            assert not re.search(r"\[image|<svg|logo\.svg|QR code|Suggest", built.text(f"{name}.txt"))
    for fact in ("PaddlePaddle", "飞桨", "Platform", "https://www.paddlepaddle.org.cn/", "May 1, 2024"):
        assert fact in built.text(file.format("partners"))
    assert "https://www.zhihu.com/org/huggingface" in built.text(file.format("channels"))
    assert not (built.output / "data").exists()


def test_latex_and_man_can_follow_links(community: Any) -> None:
    latex = community.build("en", "-W", "--keep-going", builder="latex")
    latex.clean()
    text = next(latex.output.glob("*.tex")).read_text("utf-8")
    place = r"\label{\detokenize{partners:partner-paddlepaddle}}"
    assert text.count(place) == 1
    assert r"\hyperref[\detokenize{partners:partner-paddlepaddle}]" in text
    assert r"\sphinxhref{https://www.paddlepaddle.org.cn/}{Website}" in text
    manual = community.build("en", "-W", "--keep-going", builder="man")
    manual.clean()
    assert "PaddlePaddle" in (manual.output / "hub.7").read_text("utf-8")


# ---- catalogs ----


def test_every_text_is_extracted_once_with_its_line(community: Any) -> None:
    built = community.build("en", "-W", "--keep-going", builder="gettext")
    built.clean()
    pot = built.text("_data/partners.pot")
    found = re.findall(r"#: (\S+):(\d+)\nmsgid \"(.+)\"\n", pot)
    lines = (community.root / "docs/_data/partners.yaml").read_text("utf-8").splitlines()
    assert len(found) == 6
    for path, line, message in found:
        assert path.endswith("docs/_data/partners.yaml")
        assert message.split()[0] in lines[int(line) - 1]
    page_catalog = built.text("partners.pot")
    assert re.findall(r'^msgid "(.+)"$', page_catalog, re.MULTILINE) == ["Partners", "All of them"]
    messages = [
        message
        for path in built.output.rglob("*.pot")
        for message in re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
    ]
    assert messages.count("An open community of people who learn AI together.") == 1


def test_parallel_reading_changes_nothing(community: Any, chinese: Any) -> None:
    parallel = community.build("zh_CN", "-W", "--keep-going", "-j", "2", name="parallel")
    parallel.clean()
    names = {path.relative_to(chinese.output) for path in chinese.output.rglob("*") if path.is_file()}
    assert names == {
        path.relative_to(parallel.output) for path in parallel.output.rglob("*") if path.is_file()
    }
    _, different, failed = filecmp.cmpfiles(chinese.output, parallel.output, map(str, names), shallow=False)
    assert (different, failed) == ([], [])
