"""Amounts of money in a text: what is printed, what it comes to in yuan, and what it is an amount of."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from corpus.numerals import CHINESE, number
from indexer.extract.extraction import Amount, Span
from indexer.extract.lexicons import alternation, entries
from indexer.fold import SPACE, fold

#: Characters before an amount, in its sentence, in which the words that say what it is an amount of are looked for.
REACH = 80
#: The same for a figure that bears no unit of money (受贿500万): there they must stand close.
NEAR = 14

# Marks one of which stands in every amount.
_TRIGGERS = ("元", "圆", "圓", "币", "幣", "万", "萬", "亿", "億", "块钱", "镑", "美金", "¥", "￥", "$")
_NUMERAL = rf"[0-9{CHINESE}](?:[0-9{CHINESE}万亿余多来]|\.(?=\d)|(?<=\d),(?=\d{{3}}(?!\d))|{SPACE}(?=[百千万亿余多]))*"
_SIGNS = {"rmb": "CNY", "usd": "USD", "hkd": "HKD", "eur": "EUR", "¥": "CNY", "$": "USD", "€": "EUR", "£": "GBP"}
# 3元素, 二元结构, 1月1日元旦 are no money.
_NO_MONEY = r"(?!旦|宵|素|器件|化|论|结构|体制|方程|[一二三]次|复始|里[桥村街]|村|期权)"
_LINK = re.compile(r"[至到~、和或及-]{1,2}|以及")
_AFTER = re.compile(rf"$|[,;:!?。、\"')\]》…{SPACE}]|的")
_BREAK = re.compile(rf"[。;!?]|{SPACE}{SPACE}")
_FINE = re.compile(r"罚金|罚款")
_SUMMED = re.compile(
    r"决定执行|数罪并罚|共计|合计|总计|累计|上述|前述|该|这|退缴|退还|清退|上缴|追缴|没收|扣押|[。\n].*[。\n]",
    re.DOTALL,
)
# 收受甲公司5万元、乙公司5万元
_LISTED = re.compile("[、和及][^，。；将把该这]{1,16}")
_ANOTHER = re.compile(r"[年月节]|又|再次|另|此外|分别")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A numeral in the folded text, and its currency's ISO code, or "" where none is printed."""

    span: Span
    value: Decimal
    currency: str


def find(text: str) -> tuple[Amount, ...]:
    """Return every amount of money in `text`, in order, repeated ones too.

    The text of an amount goes from its first numeral through its unit; where a range or list shares one unit
    (5万至10万元), the earlier figure ends with its scale. A vague sum (数百万元) is none.
    """
    if not any(mark in text for mark in _TRIGGERS):
        return ()
    folded = fold(text)
    found: list[_Figure] = []
    for figure in reversed(list(_figures(folded))):
        currency = figure.currency or (found and _shared(folded, figure, found[-1])) or _implied(folded, figure)
        if currency:
            found.append(replace(figure, currency=currency))
    return tuple(_as_amount(text, folded, figure) for figure in reversed(found))


def distinct(text: str, amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """Return the amounts of one case, each once: a figure told again is dropped, a second fact of the same figure kept.

    A second fact is a fine beside another sum, or the same figure again in the same or the next sentence without a
    word of summing up. What the headline says gives way to the body: 受贿836万 to 836.30156万元.
    """
    headline = min((end for mark in "。\n" if (end := text.find(mark)) >= 0), default=0)
    kept: list[Amount] = []
    for amount in amounts:
        same = [other for other in kept if _alike(other, amount)]
        if all(_second_fact(text, other, amount) for other in same):
            kept.append(amount)
        elif same[0].span[0] < headline and same[0].text != amount.text:
            kept[kept.index(same[0])] = amount
    return tuple(amount for amount in kept if not any(_rounds(amount, other) for other in kept))


@cache
def _currencies() -> dict[str, str]:
    """The printed names of currencies and their codes."""
    return dict(line.split("\t") for line in entries("currencies"))


@cache
def _pattern() -> re.Pattern[str]:
    names = [name for name in _currencies() if name not in {"元", "圆", "块钱"}]
    signs = "|".join(re.escape(sign) for sign in _SIGNS)
    return re.compile(
        rf"(?:(?P<prefix>{alternation(names)}|{signs}){SPACE}?)?(?<![0-9.第])(?P<numeral>{_NUMERAL})"
        rf"(?:{SPACE}?(?P<unit>{alternation(_currencies())}){_NO_MONEY}(?:[0-9{CHINESE}]角(?:[0-9{CHINESE}]分)?)?)?"
        rf"(?={SPACE}?\(?(?P<suffix>{alternation(names)})?)"
    )


@cache
def _purpose() -> re.Pattern[str]:
    acts, things = alternation(entries("amount_acts")), alternation(entries("amount_things"))
    return re.compile(rf"(?P<things>(?:{acts})?(?:{things})(?:[、和及](?:{things}))*)|(?:{acts})")


def _figures(folded: str) -> Iterator[_Figure]:
    """Yield what may be an amount: numerals that bear money, and those that end with 万 or 亿."""
    for match in _pattern().finditer(folded):
        unit, prefix = match["unit"], match["prefix"]
        numeral = match["numeral"] if unit else match["numeral"].rstrip(f".,来{SPACE}")
        if not unit and not prefix and numeral.rstrip("余多")[-1] not in "万亿":
            continue
        stop = match.start("numeral") + len(numeral)
        value = _value(numeral)
        while value is None and (joint := re.search("[,.]", numeral)):
            # A comma that belongs to the sentence: 先后3,5000元.
            numeral = numeral[joint.end() :]
            value = _value(numeral) if numeral else None
        start = stop - len(numeral)
        if value and not _vague(folded, start, prefix):
            yield _Figure((start, match.end() if unit else stop), value, _currency(unit, prefix, match["suffix"]))


def _value(numeral: str) -> Decimal | None:
    return number(re.sub(f"[余多来{SPACE}]", "", numeral))


def _vague(folded: str, start: int, prefix: str | None) -> bool:
    """Whether a numeral says no number: 数百万, 几十万, 百元大钞; 近百万 and 过百亿 say one."""
    before = folded[start - 1 : start]
    if folded[start] in "十百千" and before and before in "数几":
        return True
    return folded[start] in "百千" and not prefix and (not before or before not in "近上超逾过达约破")


def _currency(unit: str | None, prefix: str | None, suffix: str | None) -> str:
    """The code of a currency; the more exact name wins: 港币30万元, 30万元港币."""
    codes = _currencies() | _SIGNS
    told = [codes[name] for name in (unit, prefix, suffix if unit else None) if name]
    return next((code for code in told if code != "CNY"), "CNY" if told else "")


def _shared(folded: str, figure: _Figure, following: _Figure) -> str:
    """The currency of a figure that shares the unit of the one after it: 5万至10万元, 1万、2万元."""
    return following.currency if _LINK.fullmatch(folded, figure.span[1], following.span[0]) else ""


def _implied(folded: str, figure: _Figure) -> str:
    """The currency of a figure without any unit, where the words right before it speak of money: 受贿500万."""
    start, end = figure.span
    clause = re.split("[,。;!?]", folded[max(0, start - NEAR) : start])[-1]
    return "CNY" if _AFTER.match(folded, end) and _purpose().search(clause) else ""


def _as_amount(text: str, folded: str, figure: _Figure) -> Amount:
    start, end = figure.span
    yuan = int(figure.value.quantize(Decimal(1), ROUND_HALF_UP)) if figure.currency == "CNY" else None
    currency = None if figure.currency == "CNY" else figure.currency
    return Amount(text[start:end], yuan, figure.span, currency, _of(text, folded, figure.span))


def _of(text: str, folded: str, span: Span) -> str | None:
    """What an amount is an amount of: the noun right after it, or the last words that tell before it."""
    if (told := _purpose().match(folded, span[1] + folded.startswith("的", span[1]))) and told["things"]:
        return text[told.start() : told.end()]
    start = max(0, span[0] - REACH)
    for match in _BREAK.finditer(folded, start, span[0]):
        start = match.end()
    last = next(iter(deque(_purpose().finditer(folded, start, span[0]), maxlen=1)), None)
    if (
        last is None
        and (last := _purpose().search(folded, span[1], span[1] + 10))
        and (not last["things"] or _AFTER.search(folded, span[1], last.start()))
    ):
        return None
    return text[last.start() : last.end()] if last else None


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two amounts are the same figure, perhaps written differently: 1600余万元, 1,600余万元."""
    if one.yuan is None:
        return (one.text, one.currency) == (other.text, other.currency)
    return one.yuan == other.yuan


def _second_fact(text: str, earlier: Amount, later: Amount) -> bool:
    if bool(_FINE.search(earlier.of or "")) != bool(_FINE.search(later.of or "")):
        return True
    between = text[earlier.span[1] : later.span[0]]
    if _LISTED.fullmatch(between):
        return True
    return _ANOTHER.search(between) is not None and _SUMMED.search(between) is None


def _rounds(amount: Amount, exact: Amount) -> bool:
    """Whether an amount without its unit is a headline's short form of an exact one: 836万 of 836.30156万元."""
    if amount.yuan is None or exact.yuan is None or amount.text.rstrip("余多")[-1] not in "万亿" or amount == exact:
        return False
    short, full = str(amount.yuan).rstrip("0"), str(exact.yuan)
    return exact.text.endswith("元") and len(full) == len(str(amount.yuan)) and full.startswith(short)
