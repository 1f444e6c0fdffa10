"""The hub: what it holds, how it is asked, and where its texts stand."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from sphinx_hub.problems import Code
from sphinx_hub.records import KINDS, Hub, Partner, load_hub

if TYPE_CHECKING:
    from pathlib import Path

PARTNERS = """\
# A comment, and an empty line.

- id: paddlepaddle
  name: PaddlePaddle
  native_name: 飞桨
  aliases: [Paddle]
  kind: platform
  summary: A platform.
  sources: [https://example.org/]
- kind: community
  summary: >-
    A community
    of learners.
  name: |
    Datawhale
  sources:
    - https://example.org/
  id: datawhale
- id: broken
  name: Broken
  kind: planet
  summary: Text of a record with a problem.
  sources: [https://example.org/]
"""
COLLABORATIONS = """\
- id: course
  title: A   course
  native_title: 课程
  partners: [datawhale, broken]
  kind: course
  place: "a room
    in Beijing"
  summary: A course.
  sources: [https://example.org/]
- id: sprint
  title: Sprint
  partners: [paddlepaddle, datawhale]
  kind: sprint
  summary: A sprint.
  outcome: Forty models.
  sources: [https://example.org/]
"""
ACHIEVEMENTS = """\
- id: model
  name: Model
  kind: model
  area: Model Hub
  organisation: Somebody
  licence: Apache-2.0
  url: https://example.org/
  partners: [paddlepaddle]
  recognition: It is good.
  sources: [https://example.org/]
"""
CHANNELS = """\
- id: video
  name: Video
  kind: video
  home: https://www.bilibili.com/
  account: https://space.bilibili.com/1/
  qr: true
  languages: [zh-Hans, zh-Hant-TW, en]
  region: "NO"
  summary: Videos.
  checked: 2024-02
  sources:
    - https://example.org/?id=1&p=2
"""
PEOPLE = """\
- id: team
  name: The team
  native_name: 团队
  kind: team
  roles: [translator, reviewer]
  bio: It looks after everything.
- id: zhang-san
  name: Zhang San
  native_name: 张三
  aliases: [zhangsan]
  links: [https://github.com/zhangsan]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs" / "_data"
    folder.mkdir(parents=True)
    for plural, text in zip(KINDS, (PARTNERS, COLLABORATIONS, ACHIEVEMENTS, CHANNELS, PEOPLE), strict=True):
        (folder / f"{plural}.yaml").write_text(text, "utf-8")
    return folder


@pytest.fixture
def hub(folder: Path) -> Hub:
    return load_hub(folder)[0]


def test_records_stand_in_the_order_of_the_file_without_those_with_problems(folder: Path) -> None:
    hub, problems = load_hub(folder)
    assert list(hub.partners) == ["paddlepaddle", "datawhale"]
    assert list(hub.collaborations) == ["course", "sprint"]
    assert [(problem.line, problem.code) for problem in problems] == [(21, Code.RECORD_TYPE)]


def test_relations_name_only_records_of_the_hub(hub: Hub) -> None:
    assert hub.collaborations["course"].partners == ("datawhale",)
    assert hub.collaborations["sprint"].partners == ("paddlepaddle", "datawhale")


def test_values_are_read(hub: Hub) -> None:
    channel = hub.channels["video"]
    assert channel.qr is True
    assert channel.region == "NO"
    assert channel.languages == ("zh-Hans", "zh-Hant-TW", "en")
    assert str(channel.checked) == "2024-02"
    assert channel.login is False
    assert hub.partners["datawhale"].summary == "A community of learners."
    assert hub.collaborations["course"].title == "A course"


def test_of_kind(hub: Hub) -> None:
    assert hub.of_kind("channels") == hub.channels
    with pytest.raises(KeyError):
        hub.of_kind("posts")


@pytest.mark.parametrize(
    ("kind_name", "name", "wanted"),
    [
        ("partner", "paddlepaddle", "paddlepaddle"),
        ("partner", "PaddlePaddle", "paddlepaddle"),
        ("partner", "PADDLE", "paddlepaddle"),
        ("partner", "Ｐａｄｄｌｅ", "paddlepaddle"),
        ("partner", "飞桨", "paddlepaddle"),
        ("partner", " datawhale ", "datawhale"),
        ("collaboration", "课程", "course"),
        ("collaboration", "a course", "course"),
        ("channel", "paddlepaddle", None),
        ("partner", "", None),
        ("post", "paddlepaddle", None),
    ],
)
def test_resolve(kind_name: str, name: str, wanted: str | None, hub: Hub) -> None:
    record = hub.resolve(kind_name, name)
    assert (record.id if record else None) == wanted


def test_place_is_the_first_line_of_the_record(hub: Hub, folder: Path) -> None:
    assert hub.place(hub.partners["paddlepaddle"]) == (folder / "partners.yaml", 3)
    assert hub.place(hub.partners["datawhale"]) == (folder / "partners.yaml", 10)
    assert hub.place(hub.collaborations["sprint"]) == (folder / "collaborations.yaml", 10)


def test_place_of_a_stranger(hub: Hub) -> None:
    stranger = Partner.model_validate(
        {"id": "x", "name": "X", "kind": "lab", "summary": "X.", "sources": ("https://example.org/",)}
    )
    with pytest.raises(KeyError):
        hub.place(stranger)


def test_texts_of_partners_with_the_lines_of_blocks(hub: Hub, folder: Path) -> None:
    path = folder / "partners.yaml"
    assert hub.texts("partners") == (
        ("PaddlePaddle", path, 4),
        ("A platform.", path, 8),
        ("Datawhale", path, 15),
        ("A community of learners.", path, 12),
    )


def test_texts_of_other_kinds(hub: Hub) -> None:
    assert [(text.msgid, text.line) for text in hub.texts("collaborations")] == [
        ("A course", 2),
        ("a room in Beijing", 6),
        ("A course.", 8),
        ("Sprint", 11),
        ("A sprint.", 14),
        ("Forty models.", 15),
    ]
    assert [text.msgid for text in hub.texts("achievements")] == [
        "Model",
        "Somebody",
        "Apache-2.0",
        "It is good.",
    ]
    assert [text.msgid for text in hub.texts("channels")] == ["Video", "Videos."]


def test_the_name_of_a_team_is_translated_and_that_of_a_person_is_not(hub: Hub) -> None:
    assert [(text.msgid, text.line) for text in hub.texts("people")] == [
        ("The team", 2),
        ("It looks after everything.", 6),
    ]


def test_a_person_is_found_by_every_spelling(hub: Hub) -> None:
    for name in ("zhang-san", "ZHANG  SAN", "张三", "ZhangSan"):
        assert hub.resolve("person", name) is hub.people["zhang-san"]


def test_every_text_is_in_the_line_that_it_names(hub: Hub) -> None:
    for plural in KINDS:
        for text in hub.texts(plural):
            line = text.path.read_text("utf-8").splitlines()[text.line - 1]
            assert text.msgid.split()[0] in line


def test_relations_from_the_other_end(hub: Hub) -> None:
    assert [record.id for record in hub.collaborations_of("datawhale")] == ["course", "sprint"]
    assert [record.id for record in hub.achievements_of("paddlepaddle")] == ["model"]
    assert hub.achievements_of("datawhale") == ()


def test_files_are_there_also_when_the_folder_is_not(tmp_path: Path) -> None:
    hub, _ = load_hub(tmp_path / "_data")
    assert [path.name for path in hub.files] == [f"{plural}.yaml" for plural in KINDS]
    assert hub.texts("partners") == ()


def test_hub_goes_through_pickle(hub: Hub) -> None:
    hub.resolve("partner", "Paddle")
    assert pickle.loads(pickle.dumps(hub)) == hub  # noqa: S301 our own


def test_icons_can_be_given(folder: Path) -> None:
    path = folder / "channels.yaml"
    path.write_text(f"{CHANNELS}  icon: mine\n", "utf-8")
    _, problems = load_hub(folder, frozenset({"mine"}))
    assert [problem.path.name for problem in problems] == ["partners.yaml"]
    _, problems = load_hub(folder, frozenset())
    assert [problem.code for problem in problems] == [Code.RECORD_VALUE, Code.RECORD_TYPE]
