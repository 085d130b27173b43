"""From what a person says of an extraction to judgements that fit it, or one sentence that says why they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from indexer.extract import lexicons
from indexer.extract.extraction import Case, Extraction, Named, Span, Subject
from indexer.judgements import Judgement, Kind, apply, new_subject

#: What may be said, with what must and what may be said along with it. The names are those of the command's options.
SAID: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "not_official": (frozenset(), frozenset({"at"})),
    "not_agency": (frozenset(), frozenset({"at"})),
    "agency": (frozenset({"is"}), frozenset()),
    "sanction": (frozenset({"of"}), frozenset({"from", "case"})),
    "no_sanction": (frozenset({"of"}), frozenset({"case"})),
    "violation": (frozenset(), frozenset({"case"})),
    "no_violation": (frozenset(), frozenset({"case"})),
}


class CorrectionRefused(Exception):
    """What was said does not fit the extraction; the message says what would."""


@cache
def labels(lexicon: str) -> tuple[str, ...]:
    """The closed list of labels of a lexicon, "sanctions" or "violations"."""
    return tuple(dict.fromkeys(row.partition("\t")[0].rstrip("?") for row in lexicons.entries(lexicon)))


def judge(extraction: Extraction, said: Mapping[str, str]) -> tuple[Judgement, ...]:
    """What was said, by the names of SAID and of what goes along, as judgements. `at` is an offset, `case` from 1.

    Raises CorrectionRefused.
    """
    verb = _verb(said)
    kind, value = Kind(verb), said[verb]
    made: tuple[Judgement, ...]
    match kind:
        case Kind.NOT_OFFICIAL:
            made = (Judgement(kind, _known("人员", value, extraction.officials), span=_place(value, said)),)
        case Kind.NOT_AGENCY:
            made = (Judgement(kind, _known("机构", value, extraction.agencies), span=_place(value, said)),)
        case Kind.AGENCY:
            made = (Judgement(kind, _known("机构", value, extraction.agencies), said["is"]),)
        case Kind.SANCTION:
            made = _given(extraction, _label("处分", "sanctions", value), said)
        case Kind.VIOLATION:
            label = _label("问题", "violations", value)
            made = (Judgement(kind, "", label, _one_case(extraction, said, extraction.cases)),)
        case _:
            what, lexicon = ("处分", "sanctions") if kind is Kind.NO_SANCTION else ("问题", "violations")
            case_span = _span_of(extraction, said["case"]) if "case" in said else None
            made = (Judgement(kind, said.get("of", ""), _label(what, lexicon, value), case_span),)
    if apply(extraction, made) == extraction:
        raise CorrectionRefused(
            "没有可改的：提取的结果里没有您要改的，或者本来就是这样。请用 anjian show 编号 --extracted --json 查看。"
        )
    return made


def _verb(said: Mapping[str, str]) -> str:
    verbs = [verb for verb in SAID if verb in said]
    if len(verbs) != 1:
        raise CorrectionRefused(f"一次改一处，请写其中一个：{_options(list(SAID))}。")
    (verb,) = verbs
    needed, allowed = SAID[verb]
    if missing := needed - said.keys():
        raise CorrectionRefused(f"{_options([verb])} 还要写上 {_options(sorted(missing))}。")
    if extra := said.keys() - needed - allowed - {verb}:
        raise CorrectionRefused(f"{_options([verb])} 不能同 {_options(sorted(extra))} 一起用。")
    return verb


def _options(names: Sequence[str]) -> str:
    return "、".join(f"--{name.replace('_', '-')}" for name in names)


def _known(what: str, name: str, named: Sequence[Named]) -> str:
    names = [one.name for one in named]
    if name not in names:
        raise CorrectionRefused(f"这份文件里没有提取到{what}“{name}”；提取到的是：{'、'.join(names) or '（无）'}。")
    return name


def _label(what: str, lexicon: str, label: str) -> str:
    if label not in labels(lexicon):
        raise CorrectionRefused(f"{what}没有“{label}”这一项，应是其中之一：{'、'.join(labels(lexicon))}。")
    return label


def _place(name: str, said: Mapping[str, str]) -> Span | None:
    if "at" not in said:
        return None
    start = int(said["at"])
    return start, start + len(name)


def _given(extraction: Extraction, label: str, said: Mapping[str, str]) -> tuple[Judgement, ...]:
    """A sanction for somebody, taken from somebody else where that is said."""
    name, giver = said["of"], said.get("from")
    cases = [case for case in extraction.cases if new_subject(extraction, case, name) or _subjects(case, name)]
    if giver == name:
        raise CorrectionRefused(f"--of 和 --from 写的都是“{name}”，应是不同的人。")
    if not cases:
        named = (*extraction.officials, *extraction.agencies)
        raise CorrectionRefused(
            f"提取到的案件里没有“{name}”；提取到的人员和机构是：{'、'.join(one.name for one in named) or '（无）'}。"
        )
    if giver:
        cases = [case for case in cases if any(label in subject.sanctions for subject in _subjects(case, giver))]
        if not cases:
            raise CorrectionRefused(f"有“{name}”的案件里，“{giver}”名下没有“{label}”。")
    elif "case" not in said:
        cases = [case for case in cases if _subjects(case, name)] or cases
    span = _one_case(extraction, said, cases)
    given = Judgement(Kind.SANCTION, name, label, span)
    return (given, Judgement(Kind.NO_SANCTION, giver, label, span)) if giver else (given,)


def _subjects(case: Case, name: str) -> tuple[Subject, ...]:
    return tuple(subject for subject in case.subjects if subject.name == name)


def _one_case(extraction: Extraction, said: Mapping[str, str], cases: Sequence[Case]) -> Span:
    """The span of the one case that may be meant, among those given."""
    if "case" in said:
        span = _span_of(extraction, said["case"])
        if all(case.span != span for case in cases):
            raise CorrectionRefused(f"“{said['of']}”不在第 {said['case']} 个案件里。")
        return span
    if len(cases) != 1:
        numbers = "、".join(str(extraction.cases.index(case) + 1) for case in cases)
        raise CorrectionRefused(
            f"可能是第 {numbers} 个案件，请用 --case 写明是哪一个。" if cases else "这份文件里没有提取到案件。"
        )
    return cases[0].span


def _span_of(extraction: Extraction, number: str) -> Span:
    """The span of a case by its number, from 1."""
    if not 1 <= int(number) <= len(extraction.cases):
        raise CorrectionRefused(f"没有第 {number} 个案件：这份文件里提取到 {len(extraction.cases)} 个。")
    return extraction.cases[int(number) - 1].span
