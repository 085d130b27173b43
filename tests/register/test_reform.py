"""Reforms of agencies, in both directions and over several steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.register import reform
from indexer.register.names import aliases, known_as
from indexer.register.normal import one, read
from indexer.register.reform import Kind, Period, line, predecessors, same_line, successors
from indexer.register.tables import rows


@pytest.mark.parametrize(
    ("name", "kind", "after", "date"),
    [
        ("墨阳市国土资源局", Kind.RENAMED, "墨阳市自然资源局", "2018-03-17"),
        ("云岭省国土资源厅", Kind.RENAMED, "云岭省自然资源厅", "2018-03-17"),
        ("国土资源部", Kind.MERGED, "自然资源部", "2018-03-17"),
        ("墨阳市卫生局", Kind.MERGED, "墨阳市卫生和计划生育局", "2013-03-14"),
        ("墨阳市卫生和计划生育局", Kind.RENAMED, "墨阳市卫生健康局", "2018-03-17"),
        ("墨阳市工商行政管理局", Kind.MERGED, "墨阳市市场监督管理局", "2018-03-17"),
        ("墨阳市银保监分局", Kind.RENAMED, "墨阳市金融监管分局", "2023-03-10"),
        ("云岭省安全生产监督管理局", Kind.RENAMED, "云岭省应急管理厅", "2018-03-17"),
        ("北京市环境保护局", Kind.RENAMED, "北京市生态环境局", "2018-03-17"),
        ("墨阳市监察局", Kind.MERGED, "墨阳市纪委监委", "2018-03-11"),
        ("铁道部", Kind.SPLIT, "国家铁路局", "2013-03-14"),
        ("墨阳市民政局", Kind.PARTLY, "墨阳市退役军人事务局", "2018-03-17"),
        ("墨阳市扶贫开发办公室", Kind.RENAMED, "墨阳市乡村振兴局", "2021-02-25"),
        ("墨阳市乡村振兴局", Kind.MERGED, "墨阳市农业农村局", "2023-03-10"),
        ("墨阳市国土资源局望汀分局", Kind.RENAMED, "墨阳市自然资源局望汀分局", "2018-03-17"),
        ("墨阳市卫生局党组", Kind.MERGED, "墨阳市卫生和计划生育局党组", "2013-03-14"),
    ],
)
def test_a_reform_is_told_from_both_sides(name: str, kind: Kind, after: str, date: str) -> None:
    (step,) = (step for step in successors(name) if step.after == after)
    assert (step.before, step.kind, step.date) == (name, kind, date)
    assert step in predecessors(after)
    assert step.source


@pytest.mark.parametrize(
    ("name", "names"),
    [
        (
            "墨阳市卫生健康局",
            {"墨阳市卫生局", "墨阳市人口和计划生育委员会", "墨阳市人口和计划生育局", "墨阳市卫生和计划生育委员会",
             "墨阳市卫生和计划生育局", "墨阳市卫生健康局"},
        ),
        ("墨阳市银监分局", {"墨阳市银监分局", "墨阳市银保监分局", "墨阳市金融监管分局"}),
        ("墨阳市金融监管分局", {"墨阳市银监分局", "墨阳市保监分局", "墨阳市银保监分局", "墨阳市金融监管分局"}),
        ("墨阳市民政局", {"墨阳市民政局"}),
        ("墨阳市退役军人事务局", {"墨阳市退役军人事务局"}),
        ("墨阳市工商行政管理局稽查队", {"墨阳市工商行政管理局稽查队"}),
        ("云岭省自然资源厅", {"云岭省国土资源厅", "云岭省自然资源厅"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_line_of_an_agency(name: str, names: set[str]) -> None:
    assert {period.name for period in line(name)} == names


def test_a_line_tells_from_when_until_when() -> None:
    periods = {period.name: period for period in line("墨阳市卫生健康局")}
    assert periods["墨阳市卫生局"] == Period("墨阳市卫生局", None, "2013-03-14")
    assert periods["墨阳市卫生和计划生育局"] == Period("墨阳市卫生和计划生育局", "2013-03-14", "2018-03-17")
    assert line("墨阳市卫生健康局")[-1] == Period("墨阳市卫生健康局", "2018-03-17", None)
    assert Period("墨阳市司法局", None, None) in line("墨阳市司法局"), "it was there before it took in another"


def test_the_same_line() -> None:
    assert same_line("墨阳市卫生局", "墨阳市卫生健康局")
    assert same_line("墨阳市卫生健康局", "墨阳市卫生局")
    assert not same_line("墨阳市卫生局", "望汀区卫生健康局")
    assert not same_line("墨阳市工商行政管理局", "墨阳市质量技术监督局")


def bodies(where: str) -> list[str]:
    return sorted({
        body for edge in reform._edges() if edge.national is (where == "国家") for body in (edge.before, edge.after)
    })  # fmt: skip


PLACES = ["墨阳市", "云岭省", "北京市", "墨阳市望汀区", ""]
LOCAL = st.builds(str.__add__, st.sampled_from(PLACES), st.sampled_from(bodies("地方")))


@given(LOCAL | st.sampled_from(bodies("国家")))
def test_successors_of_predecessors_hold_the_agency_itself(name: str) -> None:
    normal = one(name).normal
    for step in predecessors(normal):
        assert normal in {after.after for after in successors(step.before)}
    for step in successors(normal):
        assert normal in {before.before for before in predecessors(step.after)}


@given(LOCAL | st.sampled_from(bodies("国家")))
def test_a_line_is_of_normal_names_and_holds_its_agency(name: str) -> None:
    normal = one(name).normal
    names = [period.name for period in line(normal)]
    assert normal in names
    assert len(names) == len(set(names))
    assert [one(other).normal for other in names] == names


def test_every_row_of_the_table_has_its_parts() -> None:
    for row in rows("reforms"):
        date, kind, _, _, where, source = row
        assert (Kind(kind), where in {"国家", "地方"}, len(date), bool(source)) == (kind, True, 10, True)


@pytest.mark.parametrize(
    ("normal", "printed"),
    [
        ("墨阳市望汀区人力资源和社会保障局", "望汀区人社局"),
        ("墨阳市纪委监委", "墨阳市纪律检查委员会"),
        ("墨阳市委", "中共墨阳市委员会"),
        ("墨阳市委机构编制委员会办公室", "墨阳市编办"),
        ("邵阳市大祥区审计局", "湖南省邵阳市大祥区审计局"),
        ("墨阳市公安局交通警察支队", "墨阳市公安局交警支队"),
        ("墨阳市金融监管分局", "国家金融监督管理总局墨阳监管分局"),
        ("国家发展和改革委员会", "国家发改委"),
    ],
)
def test_printed_forms_stand_for_their_agency(normal: str, printed: str) -> None:
    assert printed in aliases(normal)
    assert aliases(normal)[0] == normal
    known = (one(normal).place,)
    assert {agency.normal for form in aliases(normal) for agency in read(form, known)} == {normal}


def test_what_people_judged_is_another_name_in_both_directions() -> None:
    judged = {"墨阳市城市建设投资有限公司": ["墨阳市城投公司"]}
    assert "墨阳市城投公司" in aliases("墨阳市城市建设投资有限公司", judged)
    assert known_as("墨阳市城投公司", judged) == ("墨阳市城投公司", "墨阳市城市建设投资有限公司")
