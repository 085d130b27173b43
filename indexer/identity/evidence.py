"""What speaks for and against two records of one name being one person, weighed, with reasons for people to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from indexer.extract import places
from indexer.identity.facts import Facts, Held, Level, divisions, level
from indexer.identity.rarity import masked, rarity

#: From this score on two records are one person; from the lower one on they are perhaps.
JOIN, PERHAPS = 4.0, 1.5
#: A reason of this weight or less forbids joining, whatever else speaks for it.
FORBIDS = -5.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: `kind` for programs, `text` in Chinese for people; a negative weight speaks against."""

    kind: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found, the weightiest first. `score` is the sum of the weights."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def joins(self) -> bool:
        """Whether it is clear that both are one person."""
        return self.score >= JOIN and not self.forbids

    @property
    def forbids(self) -> bool:
        """Whether it is clear that they are not."""
        return any(reason.weight <= FORBIDS for reason in self.reasons)


NOTHING = Evidence(0.0, ())


@lru_cache(maxsize=200_000)
def compare(name: str, one: Facts, other: Facts) -> Evidence:
    """The evidence for and against two records of `name` being one person. It does not depend on their order."""
    if masked(name):
        return NOTHING
    reasons = [reason for rule in _RULES if (reason := rule(one, other)) is not None]
    if any(reason.weight > 0 for reason in reasons) and (rare := rarity(name)) > 0:
        reasons.append(Reason("rare_name", "姓名少见", rare))
    reasons.sort(key=lambda reason: (-abs(reason.weight), reason.kind))
    return Evidence(round(sum(reason.weight for reason in reasons), 2), tuple(reasons))


def _same_passage(one: Facts, other: Facts) -> Reason | None:
    return Reason("reprint", "同一段文字", 6.0) if one.passages & other.passages else None


def _same_matter(one: Facts, other: Facts) -> Reason | None:
    shared = one.matters & other.matters
    return Reason("case_number", f"同一案号 {min(shared)}", 6.0) if shared else None


def _same_note(one: Facts, other: Facts) -> Reason | None:
    if not (one.notes and other.notes):
        return None
    if one.notes & other.notes:
        return Reason("note", f"同样注明“{min(one.notes & other.notes)}”", 3.0)
    noted = "和".join(f"“{note}”" for note in sorted((min(one.notes), min(other.notes))))
    return Reason("note", f"分别注明{noted}", -10.0)


def _note_and_post(one: Facts, other: Facts) -> Reason | None:
    """A note that says where somebody serves, beside posts that say it in full: 方明（云岭）, 云岭省省长方明."""
    found = [
        f"注明的“{note}”与{post.org}{post.title}相合"
        for noted, posted in ((one, other), (other, one))
        for note in noted.notes
        for post in posted.posts
        if places.full(note) in divisions(post.org) or post.org.startswith(note)
    ]
    return Reason("note", min(found), 3.0) if found else None


def _birth(one: Facts, other: Facts) -> Reason | None:
    if not (one.born and other.born):
        return None
    apart = min(abs(a - b) for a in one.born for b in other.born)
    if apart == 0:
        return Reason("birth_year", f"同为{min(one.born & other.born)}年出生", 2.0)
    years = "和".join(f"{year}年" for year in sorted((min(one.born), min(other.born))))
    return Reason("birth_year", f"出生年份不同（{years}）", -2.0 if apart == 1 else -10.0)


def _origin(one: Facts, other: Facts) -> Reason | None:
    if not (one.origins and other.origins):
        return None
    if one.origins & other.origins:
        return Reason("origin", f"籍贯同为{min(one.origins & other.origins)}", 2.0)
    if any(_lies_in(a, b) or _lies_in(b, a) for a in one.origins for b in other.origins):
        return Reason("origin", "籍贯相合", 1.0)
    return Reason("origin", f"籍贯不同（{'、'.join(sorted((min(one.origins), min(other.origins))))}）", -5.0)


def _lies_in(one: str, other: str) -> bool:
    return one.startswith(other) or other in places.upward(one)


def _post(one: Facts, other: Facts) -> Reason | None:
    """The nearest that two posts come to each other."""
    found = [reason for a in sorted(one.posts) for b in sorted(other.posts) if (reason := _posts(a, b)) is not None]
    return max(found, key=lambda reason: (reason.weight, reason.text), default=None)


@lru_cache(maxsize=500_000)
def _posts(one: Held, other: Held) -> Reason | None:
    low, high = sorted((one, other), key=lambda post: (len(post.org), post))
    if low.org and high.org.endswith(low.org) and low.title == high.title:
        return _same_post(low, high)
    if low.telling and high.telling and _one_line(low.org, high.org):
        return Reason("agency", f"同一单位：{low.org}", 5.0)
    if level(one) == level(other) == Level.NATIONAL:
        return Reason("level", "同为党和国家领导人职务", 5.0)
    if where := _common_place(divisions(low.org), divisions(high.org)):
        return Reason("place", f"同在{where}任职", 2.5 if places.parent(where) else 1.0)
    if level(one) == level(other) == Level.PROVINCIAL:
        return Reason("level", "同为省部级职务", 1.0)
    return None


def _same_post(short: Held, full: Held) -> Reason:
    """A post that is printed twice, once perhaps without the beginning of its organisation's name."""
    called = f"{full.org}{full.title}"
    if short.telling:
        return Reason("post", f"职务相同：{called}", 6.0)
    return Reason("post", f"职务相近：{called}", 2.0 if short.org == full.org else 3.0)


def _one_line(short: str, long: str) -> bool:
    """Whether one organisation is the other or a part of it: 云岭大学, 云岭大学附属医院; not a place and its bureau."""
    if places.end(short, 0) == len(short):
        return False
    return long.startswith(short) or long.endswith(short)


def _common_place(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """The smallest division that both lie in; "" for none."""
    return next((place for place in one if place in other), "")


def _called(one: Facts, other: Facts) -> Reason | None:
    best = max((len(_common_end(a, b)) for a in one.called for b in other.called), default=0)
    if best < 5:
        return None
    shared = max((_common_end(a, b) for a in one.called for b in other.called), key=lambda end: (len(end), end))
    return Reason("called", f"称呼相同：{shared}", 5.0 if best >= 7 else 3.0)


def _common_end(one: str, other: str) -> str:
    pairs = zip(reversed(one), reversed(other), strict=False)
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return one[len(one) - length :]


def _bodies(one: Facts, other: Facts) -> Reason | None:
    """A body near the one name that is the other's own, or that stands near both."""
    ours, theirs = ({post.org for post in facts.posts if post.telling} for facts in (one, other))
    own = (ours & other.bodies) | (theirs & one.bodies)
    if own - (ours & theirs):
        return Reason("near", f"都提到{max(own, key=lambda org: (len(org), org))}", 3.0)
    placed = [body for body in one.bodies & other.bodies if divisions(body)]
    if placed and not (ours and theirs):
        return Reason("near", f"都提到{max(placed, key=lambda org: (len(org), org))}", 1.5)
    return None


def _beside(one: Facts, other: Facts) -> Reason | None:
    shared = sorted(one.beside & other.beside)
    if not shared:
        return None
    weight = sum(1.4 + 0.4 * rarity(name) for name in shared[:6])
    some = "、".join(shared[:3]) + ("等" if len(shared) > 3 else "")
    return Reason("beside", f"同时提到{some}（{len(shared)}人）", min(round(weight, 2), 5.0))


def _dealt(one: Facts, other: Facts) -> Reason | None:
    return Reason("discipline", "都在执纪执法材料中", 1.5) if one.dealt and other.dealt else None


def _elsewhere(one: Facts, other: Facts) -> Reason | None:
    """Posts held in the same year at places of different provinces."""
    ours, theirs = (_by_year(facts) for facts in (one, other))
    for year in sorted(ours.keys() & theirs.keys()):
        if not ours[year] & theirs[year]:
            where = "和".join(sorted((min(ours[year]), min(theirs[year]))))
            return Reason("elsewhere", f"{year}年分别在{where}任职", -4.0)
    return None


def _by_year(facts: Facts) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for seat in facts.seats:
        year, _, where = seat.partition(" ")
        found.setdefault(year, set()).add(where)
    return found


_RULES: tuple[Callable[[Facts, Facts], Reason | None], ...] = (
    _same_passage,
    _same_matter,
    _same_note,
    _note_and_post,
    _birth,
    _origin,
    _post,
    _called,
    _bodies,
    _beside,
    _dealt,
    _elsewhere,
)
