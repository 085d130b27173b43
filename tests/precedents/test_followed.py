"""What followed in comparable cases: counted once each, never of too few, and never a recommendation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.matter.matter import Label, Matter, Outcome
from search.precedents.followed import KINDS, LEAST, NEAREST, NOTE, Followed, combined, comparable, distribution, yuan
from search.precedents.sentences import RANGES, prison

GIFTS = Matter(words={}, violations=(Label("违规收受礼品礼金", 0.8),))
GOLF = Matter(words={}, violations=(Label("违规接受旅游娱乐健身活动安排", 0.8),))
PARTY = ("党内警告", "党内严重警告", "撤销党内职务", "留党察看", "开除党籍")


def followed(
    number: int, *sanctions: str, of: Matter = GIFTS, amounts: tuple[int, ...] = (), prison: str = ""
) -> Followed:
    matter = Matter(words=of.words, violations=of.violations, amounts=amounts)
    return Followed((f"{number}-1",), matter, Outcome(sanctions, "sanctioned" if sanctions else None), prison)


def test_only_those_with_shared_conduct_are_comparable() -> None:
    found = [followed(1, "党内警告"), followed(2, "开除党籍", of=GOLF), followed(3)]
    assert [one.cases[0] for one in comparable(GIFTS, found)] == ["1-1", "3-1"]
    assert comparable(Matter(words={}), found) == found


def test_only_the_nearest_are_comparable() -> None:
    assert len(comparable(GIFTS, [followed(number) for number in range(3 * NEAREST)])) == NEAREST


def test_bars_go_from_light_to_heavy_and_open_their_cases() -> None:
    found = [
        followed(1, "开除党籍", "开除公职", "判处刑罚", prison="有期徒刑十年以上"),
        followed(2, "党内警告", "诫勉"),
        followed(3, "党内警告"),
        followed(4, "开除党籍"),
        followed(5, "政务记过"),
        followed(6),
    ]
    told = distribution(GIFTS, 60, found)
    assert told.told == 5
    assert [(bar.kind, bar.name, bar.case_ids) for bar in told.bars] == [
        ("党纪处分", "党内警告", ("2-1", "3-1")),
        ("党纪处分", "开除党籍", ("1-1", "4-1")),
        ("政务处分", "政务记过", ("5-1",)),
        ("政务处分", "开除公职", ("1-1",)),
        ("组织处理和其他措施", "诫勉", ("2-1",)),
        ("刑事", "判处刑罚", ("1-1",)),
        ("刑期", "有期徒刑十年以上", ("1-1",)),
        ("所到阶段", "处分", ("1-1", "2-1", "3-1", "4-1", "5-1")),
    ]
    assert told.note == NOTE
    assert "不是处理建议" in told.note
    assert told.basis.startswith(f"最相近的 {NEAREST} 起案件中")


@pytest.mark.parametrize("number", range(LEAST))
def test_too_few_are_not_counted_out(number: int) -> None:
    told = distribution(GIFTS, 9, [followed(n, "党内警告", amounts=(5,)) for n in range(number)] + [followed(9)])
    assert (told.bars, told.amounts, told.told) == ((), None, number)
    assert f"不足 {LEAST} 起" in told.note
    assert "不是处理建议" in told.note


def test_the_range_of_amounts_takes_the_largest_of_each_case() -> None:
    sums = [(10_000, 30_000), (50_000,), (20_000,), (), (4_000,), (1_200_000,)]
    told = distribution(GIFTS, 9, [followed(n, "党内警告", amounts=some) for n, some in enumerate(sums)])
    assert told.amounts
    assert str(told.amounts) == "5 起写明金额，最低 4,000元，中位数 3万元，最高 120万元（每案取最大的一笔）"


def test_amounts_of_too_few_cases_are_not_told() -> None:
    found = [followed(n, "党内警告", amounts=(5_000,) if n else ()) for n in range(LEAST)]
    assert distribution(GIFTS, 9, found).amounts is None


def test_what_all_reports_of_a_matter_tell_is_put_together() -> None:
    reports = [
        Outcome((), "investigated"),
        Outcome(("开除党籍",), "sanctioned"),
        Outcome(("开除党籍", "判处刑罚"), "tried"),
    ]
    matters = [Matter(words={}, outcome=outcome) for outcome in reports]
    assert combined(matters) == Outcome(("开除党籍", "判处刑罚"), "tried")


@given(st.lists(st.lists(st.sampled_from(PARTY), unique=True, max_size=3), max_size=12))
def test_every_bar_counts_cases_that_had_it_and_every_sanction_has_a_bar(given_: list[list[str]]) -> None:
    found = [followed(number, *names) for number, names in enumerate(given_)]
    told = distribution(GIFTS, len(found), found)
    if told.told >= LEAST:
        bars = {bar.name: set(bar.case_ids) for bar in told.bars if bar.kind == KINDS[0]}
        assert bars == {
            name: {f"{number}-1" for number, names in enumerate(given_) if name in names}
            for names in given_
            for name in names
        }


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("法院以受贿罪判处其有期徒刑十一年六个月，并处罚金一百万元。", "有期徒刑十年以上"),
        ("被判处有期徒刑3年，缓刑4年。", "有期徒刑三年以上不满十年"),
        ("判处有期徒刑二年；犯贪污罪，判处有期徒刑九年，决定执行有期徒刑十年。", "有期徒刑十年以上"),
        ("一审获刑有期徒刑十个月。", "有期徒刑不满三年"),
        ("判处拘役四个月。", "拘役或管制"),
        ("判处无期徒刑，剥夺政治权利终身。", "无期徒刑"),
        ("判处死刑，缓期二年执行。", "死刑缓期执行"),
        ("公诉机关建议判处有期徒刑五年。", ""),
        ("该罪处三年以上有期徒刑，可以判处有期徒刑五年以上。", ""),
        ("曾因盗窃被判处有期徒刑一年。", ""),
        ("受到党内警告处分。", ""),
    ],
)
def test_prison_terms_are_read_by_range(text: str, range_: str) -> None:
    assert prison(text) == range_
    assert not range_ or range_ in RANGES


@pytest.mark.parametrize(
    ("amount", "told"),
    [(900, "900元"), (9_999, "9,999元"), (10_000, "1万元"), (255_300, "25.53万元"), (10**9, "10亿元")],
)
def test_amounts_are_told_as_people_say_them(amount: int, told: str) -> None:
    assert yuan(amount) == told
