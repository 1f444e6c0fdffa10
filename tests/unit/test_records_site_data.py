"""The records of this site, and the addresses and tags that records may have."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from sphinx_hub.problems import format_problems
from sphinx_hub.records import KINDS, Hub, collaboration_status, load_hub, packaged_icons
from sphinx_hub.records.addresses import https_url, registrable_domain, tracking_parameters

ROOT = Path(__file__).parents[2]
ICONS = ROOT / "extensions" / "sphinx_hub" / "community" / "icons"


@pytest.fixture(scope="module")
def hub() -> Hub:
    hub, problems = load_hub(ROOT / "docs" / "_data")
    assert format_problems(problems) == ""
    return hub


def test_all_records_are_there(hub: Hub) -> None:
    assert [len(hub.of_kind(plural)) for plural in KINDS] == [4, 5, 9, 9, 1]


def test_both_names_lead_to_a_record(hub: Hub) -> None:
    for kind_name, name, wanted in (
        ("partner", "DataWhale", "datawhale"),
        ("channel", "OS China", "oschina"),
        ("achievement", "Chuanhu GPT", "chuanhu"),
        ("achievement", "GPT Academy", "gpt-academic"),
        ("collaboration", "机器人黑客松", "prompt-hackathon"),
    ):
        record = hub.resolve(kind_name, name)
        assert record is not None
        assert record.id == wanted


def test_events_of_2023_are_over_and_the_course_without_dates_is_unknown(hub: Hub) -> None:
    day = date(2024, 1, 1)
    statuses = {name: collaboration_status(record, day) for name, record in hub.collaborations.items()}
    assert statuses.pop("chatgpt-course") == "unknown"
    assert set(statuses.values()) == {"completed"}


def test_texts_are_english(hub: Hub) -> None:
    han = re.compile("[\u4e00-\u9fff]")
    assert [text for plural in KINDS for text in hub.texts(plural) if han.search(text.msgid)] == []


def test_icons_are_drawings_that_the_notice_names(hub: Hub) -> None:
    notice = (ICONS / "NOTICE.md").read_text("utf-8")
    assert packaged_icons() == set(re.findall(r"`(\w+)\.svg`", notice))
    for slug in packaged_icons():
        drawing = (ICONS / f"{slug}.svg").read_text("utf-8")
        assert drawing.startswith("<svg ")
        assert 'viewBox="0 0 24 24"' in drawing
    used = {channel.icon for channel in hub.channels.values() if channel.icon}
    assert used == {"bilibili", "csdn", "juejin", "wechat", "zhihu"}


def test_records_import_neither_sphinx_nor_docutils() -> None:
    code = (
        "import sys, sphinx_hub.records as records, pathlib;"
        "records.load_hub(pathlib.Path('docs/_data'));"
        "print(sorted({name.partition('.')[0] for name in sys.modules}"
        " & {'sphinx', 'docutils', 'myst_parser', 'jinja2'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://EXAMPLE.org:8443/a/b.html?id=1&ref=main#part",
        "https://xn--fiq228c.example.org/%E4%B8%AD?q=a+b",
        "https://github.com/huggingface/blog/blob/main/zh/_events.yml",
        "https://mp.weixin.qq.com/s/byR2n-5QJmy34Jq0W3ECDg",
        "https://example.org/?fromage=1&spmx=2&sharedby=3",
        "https://example.org/from=here",
    ],
)
def test_good_address(url: str) -> None:
    assert https_url(url) == url


@pytest.mark.parametrize(
    "url",
    ["", "https://", "https:///a", "https://a..org/", "https://-a.org/", "https://a.org:/", "https://[::1]/",
     "HTTPS://example.org/", "https://example.org/<b>", "https://example.1/", "//example.org/"],
)  # fmt: skip
def test_bad_address(url: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        https_url(url)
    assert caught.value.type == "REC013"


def test_tracking_parameters_in_their_order() -> None:
    url = "https://example.org/?b=1&vd_source=2&utm_campaign&a=3&share_source=4#x?gclid=5"
    assert tracking_parameters(url) == ("vd_source", "utm_campaign", "share_source", "gclid")


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://huggingface.blog.csdn.net/", "csdn.net"),
        ("https://my.oschina.net/HuggingFace", "oschina.net"),
        ("https://www.paddlepaddle.org.cn/", "paddlepaddle.org.cn"),
        ("https://org.cn/", "org.cn"),
    ],
)
def test_registrable_domain(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain
