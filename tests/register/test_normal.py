"""Normal names of agencies: full forms by the place of the document, short forms, parts and parents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, MetaValue, Page
from indexer.extract.extraction import Extraction, Named
from indexer.register.context import about
from indexer.register.divisions import Level
from indexer.register.normal import read
from indexer.register.parents import parents
from indexer.register.tables import rows

WANGTING = (("云岭省", "墨阳市", "望汀区"),)


@pytest.mark.parametrize(
    ("printed", "normal", "about_it"),
    [
        ("区审计局", "墨阳市望汀区审计局", "the district of the document"),
        ("省发改委", "云岭省发展和改革委员会", "the province of the district"),
        ("市委", "墨阳市委", "the committee of the city"),
        ("云岭省墨阳市望汀区审计局", "墨阳市望汀区审计局", "no province before a city"),
        ("望汀区审计局", "墨阳市望汀区审计局", "a district completed from the document"),
        ("大祥区审计局", "邵阳市大祥区审计局", "a district completed from the table"),
        ("黑龙江省绥滨县审计局", "鹤岗市绥滨县审计局", "the city between is put in"),
        ("湘西州公安局", "湘西土家族苗族自治州公安局", "a short autonomous prefecture"),
        ("墨阳市市监局", "墨阳市市场监督管理局", "a short field of work"),
        ("墨阳市卫生健康委", "墨阳市卫生健康委员会", "委"),
        ("墨阳市人力资源社会保障局", "墨阳市人力资源和社会保障局", "without 和"),
        ("墨阳市公安局交警支队", "墨阳市公安局交通警察支队", "a part written short"),
        ("墨阳市国土局望汀分局", "墨阳市国土资源局望汀分局", "a branch keeps its name"),
        ("望汀区纪委", "墨阳市望汀区纪委监委", "one office"),
        ("望汀区监委", "墨阳市望汀区纪委监委", "two names"),
        ("中共墨阳市纪律检查委员会", "墨阳市纪委监委", "the full name of the same"),
        ("墨阳市纪律检查委员会监察委员会", "墨阳市纪委监委", "both names at once"),
        ("省纪委监委驻省教育厅纪检监察组", "云岭省纪委监委驻省教育厅纪检监察组", "a group is part of its commission"),
        ("国家监察委员会", "中央纪委国家监委", "also at the centre"),
        ("墨阳市公安局纪委", "墨阳市公安局纪委", "a bureau's own commission is another"),
        ("青石镇纪委", "青石镇纪委", "so is a town's"),
        ("中共墨阳市委员会", "墨阳市委", "the Party committee in full"),
        ("墨阳市编办", "墨阳市委机构编制委员会办公室", "a department of the committee"),
        ("墨阳市委编办", "墨阳市委机构编制委员会办公室", "named with its committee"),
        ("自治区党委", "自治区党委", "no place is known"),
        ("望汀区青石镇政府", "墨阳市望汀区青石镇人民政府", "a town"),
        ("墨阳市政协", "墨阳市政协", "市政 is no word here"),
        ("中国人民政治协商会议墨阳市委员会", "墨阳市政协", "the full name of the same"),
        ("国家税务总局墨阳市税务局", "墨阳市税务局", "the centre before a branch"),
        ("墨阳银保监分局", "墨阳市银保监分局", "a regulator names its place bare"),
        ("国家金融监督管理总局墨阳监管分局", "墨阳市金融监管分局", "and in full"),
        ("海南大学", "海南大学", "a name of its own keeps its place as it is"),
        ("大祥区人民医院", "邵阳市大祥区人民医院", "unless that is printed in full"),
        ("国家发改委", "国家发展和改革委员会", "of the centre"),
        ("墨阳市交警支队", "墨阳市公安局交通警察支队", "a part of the police named without it"),
        ("审计局", "审计局", "nobody's"),
        ("市监局", "市场监督管理局", "市 is no level here"),
    ],
)
def test_normal_form(printed: str, normal: str, about_it: str) -> None:
    assert [agency.normal for agency in read(printed, WANGTING)] == [normal], about_it


@pytest.mark.parametrize(
    ("printed", "normals"),
    [
        ("区公检法", ["墨阳市望汀区公安局", "墨阳市望汀区人民检察院", "墨阳市望汀区人民法院"]),
        ("区委区政府", ["墨阳市望汀区委", "墨阳市望汀区人民政府"]),
    ],
)
def test_a_word_for_several(printed: str, normals: list[str]) -> None:
    assert [agency.normal for agency in read(printed, WANGTING)] == normals


@pytest.mark.parametrize(
    ("printed", "level", "place", "certain"),
    [
        ("云岭省教育厅", Level.PROVINCE, ("云岭省",), True),
        ("墨阳市教育局", Level.CITY, ("墨阳市",), True),
        ("昆山市教育局", Level.COUNTY, ("江苏省", "苏州市", "昆山市"), True),
        ("北京市教育委员会", Level.PROVINCE, ("北京市",), True),
        ("望汀区教育局", Level.COUNTY, ("望汀区",), True),
        ("青石镇人民政府", Level.TOWN, ("青石镇",), True),
        ("区教育局", Level.COUNTY, (), False),
        ("公安部经济犯罪侦查局", Level.NATION, (), True),
        ("教育局", None, (), False),
        ("国资委", None, (), False),
    ],
)
def test_level_and_place(printed: str, level: Level | None, place: tuple[str, ...], certain: bool) -> None:
    (agency,) = read(printed)
    assert (agency.level, agency.place, agency.certain) == (level, place, certain)


@pytest.mark.parametrize(
    ("normal", "expected"),
    [
        ("墨阳市公安局交通警察支队", ["墨阳市公安局", "墨阳市人民政府"]),
        ("墨阳市望汀区财政局党组", ["墨阳市望汀区财政局", "墨阳市望汀区人民政府", "墨阳市人民政府"]),
        ("邵阳市大祥区审计局", ["邵阳市大祥区人民政府", "邵阳市人民政府", "湖南省人民政府"]),
        ("墨阳市委组织部", ["墨阳市委"]),
        ("墨阳市望汀区纪委监委", ["墨阳市望汀区委", "墨阳市委"]),
        ("西藏自治区纪委监委", ["西藏自治区党委"]),
        ("邵阳市税务局", ["湖南省税务局"]),
        ("云岭省纪委监委驻省教育厅纪检监察组", ["云岭省纪委监委", "云岭省委"]),
        ("墨阳市中级人民法院", []),
        ("墨阳市云岭水务有限公司", []),
        ("区审计局", []),
    ],
)
def test_what_an_agency_belongs_to(normal: str, expected: list[str]) -> None:
    assert list(parents(normal)) == expected


PLACES = [
    "",
    "云岭省",
    "墨阳市",
    "云岭省墨阳市望汀区",
    "大祥区",
    "昆山市",
    "北京市朝阳区",
    "市",
    "区",
    "青石镇",
    "湖南",
]
STEMS = [stem + ending for stem, _ in rows("stems") for ending in ("局", "委", "办公室")]
BODIES = [*(row[0] for name in ("bodies", "party") for row in rows(name)), "财政局", "公安局", "委", *STEMS]
PARTS = ["", "党组", "办公室", "交警支队", "望汀分局", "纪委"]


@given(st.sampled_from(PLACES), st.sampled_from(BODIES), st.sampled_from(PARTS))
def test_a_normal_name_is_read_as_itself(place: str, body: str, part: str) -> None:
    for agency in read(place + body + part, WANGTING):
        assert [again.normal for again in read(agency.normal)] == [agency.normal]


@given(st.text("省市县区委局纪监政府中共国家党组办公室墨阳望汀云岭镇驻、（）", max_size=14))
def test_any_text_is_read_and_its_normal_name_as_itself(text: str) -> None:
    for agency in read(text, WANGTING):
        (once, *_) = read(agency.normal)
        (twice, *_) = read(once.normal)
        assert twice.normal == once.normal


def test_the_places_of_a_document_come_from_its_agencies_its_title_and_its_source() -> None:
    agencies = (Named("望汀区审计局", ((0, 6),)), Named("墨阳市望汀区财政局", ((9, 18), (20, 29))))
    meta = {"source": MetaValue("石门县纪委监委", "text")}
    document = Document("1", "1.txt", "", "通报", "", (Page(0),), meta)
    known = about(document, Extraction("circular", 1.0, agencies=agencies))
    assert [chain[-1] for chain in known] == ["石门县", "望汀区"]
    assert known[1] == ("墨阳市", "望汀区")
