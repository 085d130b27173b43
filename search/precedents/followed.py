"""What followed in comparable cases: how often each sanction, stage and sentence, and between which amounts.

It tells what happened, never what should: fewer cases than LEAST are no distribution at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from indexer.keys import STAGES
from indexer.matter.matter import Matter, Outcome
from search.precedents.sameness import conduct
from search.precedents.sentences import RANGES

#: Fewer comparable cases are not counted out.
LEAST = 5
#: Of so many of the matters found, the most alike, those with shared conduct are comparable.
NEAREST = 50
#: Said with every distribution.
NOTE = (
    "以上只是资料库中可比案件的实际处理情况，供参考比对，不是处理建议；资料库不是全部案件，个案应当依据事实和规定处理。"
)

#: The kinds of measures, each with its members from light to heavy (党纪处分条例第八条, 公职人员政务处分法第七条).
#: What is in none is an organisational measure.
_LADDERS = {
    "党纪处分": ("党内警告", "党内严重警告", "撤销党内职务", "留党察看", "开除党籍"),
    "政务处分": ("政务警告", "政务记过", "政务记大过", "政务降级", "政务撤职", "开除公职"),
    "刑事": ("移送检察机关", "判处刑罚"),
}
_MEASURES, _PRISON, _STAGE = "组织处理和其他措施", "刑期", "所到阶段"
#: The kinds of bars in the order in which they are shown.
KINDS = ("党纪处分", "政务处分", _MEASURES, "刑事", _PRISON, _STAGE)


@dataclass(frozen=True, slots=True)
class Followed:
    """A matter that was found, with all its reports: their ids, the first of them compared, and all outcomes.

    `prison` is the sentence in one of `sentences.RANGES`, "" where none is told.
    """

    cases: tuple[str, ...]
    matter: Matter
    outcome: Outcome
    prison: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A sanction or stage of a kind, and the cases in which it followed."""

    kind: str
    name: str
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amounts:
    """The range of the largest amounts of so many cases, in yuan."""

    cases: int
    least: int
    median: int
    most: int

    def __str__(self) -> str:
        """One line in Chinese."""
        return (
            f"{self.cases} 起写明金额，最低 {yuan(self.least)}，中位数 {yuan(self.median)}，"
            f"最高 {yuan(self.most)}（每案取最大的一笔）"
        )


@dataclass(frozen=True, slots=True)
class Distribution:
    """What followed. `case_ids` are the comparable cases, one a matter; `told` is of how many an outcome is known.

    `basis` says in Chinese which cases are comparable. Without LEAST of them there are no bars, and `note` says so.
    """

    basis: str
    case_ids: tuple[str, ...]
    told: int
    bars: tuple[Bar, ...]
    amounts: Amounts | None
    note: str


def yuan(amount: int) -> str:
    """An amount of money as people say it: 120万元, 5,000元."""
    if amount >= 100_000_000:
        return f"{amount / 100_000_000:.4g}亿元"
    return f"{amount / 10_000:.6g}万元" if amount >= 10_000 else f"{amount:,}元"


def combined(matters: Sequence[Matter]) -> Outcome:
    """What followed by all reports of one matter."""
    sanctions = dict.fromkeys(name for matter in matters for name in matter.outcome.sanctions)
    stages = [matter.outcome.stage for matter in matters if matter.outcome.stage]
    return Outcome(tuple(sanctions), max(stages, key=list(STAGES).index, default=None))


def comparable(query: Matter, found: Sequence[Followed]) -> list[Followed]:
    """Of the NEAREST of the matters found, best first, those that share conduct with the query, where it has any."""
    wanted = conduct(query)
    return [one for one in found[:NEAREST] if not wanted or wanted & conduct(one.matter)]


def distribution(query: Matter, nearest: int, comparable: Sequence[Followed]) -> Distribution:
    """What followed in the comparable matters of so many that were looked at."""
    about = "与本案有同类问题或同样手段的" if conduct(query) else "（本案没有识别出问题类型，未作筛选）"
    basis = f"最相近的 {min(nearest, NEAREST)} 起案件中，{about}共 {len(comparable)} 起；同一案件的多次报道只计一次"
    told = [one for one in comparable if one.outcome.sanctions or one.outcome.stage]
    ids = tuple(one.cases[0] for one in comparable)
    if len(told) < LEAST:
        note = f"写明处理结果的可比案件只有 {len(told)} 起，不足 {LEAST} 起，不作统计；请逐案查看。{NOTE}"
        return Distribution(basis, ids, len(told), (), None, note)
    return Distribution(basis, ids, len(told), tuple(_bars(told)), _amounts(comparable), NOTE)


def _bars(told: Sequence[Followed]) -> Iterable[Bar]:
    names = {name for one in told for name in one.outcome.sanctions}
    listed = [name for ladder in _LADDERS.values() for name in ladder]
    groups: dict[str, Collection[str]] = {
        **_LADDERS, _MEASURES: sorted(names.difference(listed)), _PRISON: RANGES, _STAGE: STAGES,
    }  # fmt: skip
    for kind in KINDS:
        bars = [Bar(kind, STAGES.get(name, name), _with(told, kind, name)) for name in groups[kind]]
        if kind == _MEASURES:
            bars.sort(key=lambda bar: (-len(bar.case_ids), bar.name))
        yield from (bar for bar in bars if bar.case_ids)


def _with(told: Sequence[Followed], kind: str, name: str) -> tuple[str, ...]:
    return tuple(one.cases[0] for one in told if name in _reached(one, kind))


def _reached(one: Followed, kind: str) -> Collection[str | None]:
    if kind == _PRISON:
        return (one.prison,)
    return (one.outcome.stage,) if kind == _STAGE else one.outcome.sanctions


def _amounts(comparable: Sequence[Followed]) -> Amounts | None:
    sums = sorted(max(one.matter.amounts) for one in comparable if one.matter.amounts)
    return Amounts(len(sums), sums[0], round(median(sums)), sums[-1]) if len(sums) >= LEAST else None
