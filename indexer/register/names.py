"""The names of one agency: as it is printed, and as it was called before and after reforms.

What people judged to be another name of an agency comes in as a mapping `judged` from normal name to normal names,
which holds in both directions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from indexer.extract import lexicons
from indexer.register import divisions, reform
from indexer.register.normal import COMMITTEE, DISCIPLINE, AgencyName, one
from indexer.register.tables import rows

Judged = Mapping[str, Collection[str]]

_NONE: Judged = {}
_OFFICES = (DISCIPLINE, "纪委", "监委", "纪律检查委员会", "监察委员会")
_SHORT_ENDINGS = {"委员会": "委", "办公室": "办"}
_ENDINGS = ("部", "厅", "局", "委员会", "办公室")


def aliases(normal: str, judged: Judged = _NONE) -> tuple[str, ...]:
    """The printed forms that stand for the agency of a normal name, itself first: 墨阳市环境保护局, 墨阳市环保局.

    Names before and after reforms are others (`known_as`).
    """
    agency = one(normal)
    found = [normal]
    if agency.place and normal != agency.body:
        found += [place + body for place in _places(agency) for body in _bodies(agency)]
        found += _formal(agency)
    else:
        found += _bodies(agency) if normal == agency.body else []
    return tuple(dict.fromkeys([*found, *_judged(normal, judged)]))


def known_as(normal: str, judged: Judged = _NONE) -> tuple[str, ...]:
    """The normal names under which documents speak of the agency: through reforms and judgements, itself first."""
    found = dict.fromkeys((normal, *_judged(normal, judged)))
    for name in tuple(found):
        found |= dict.fromkeys(period.name for period in reform.line(name))
    return tuple(found)


def _judged(normal: str, judged: Judged) -> Iterator[str]:
    yield from judged.get(normal, ())
    yield from (name for name, others in judged.items() if normal in others)


def _places(agency: AgencyName) -> tuple[str, ...]:
    """How the place is printed: 邵阳市大祥区, 湖南省邵阳市大祥区, 大祥区."""
    return tuple(dict.fromkeys((divisions.text(agency.place), "".join(agency.place), agency.place[-1])))


def _bodies(agency: AgencyName) -> list[str]:
    """How the body is printed: its parts short or full."""
    if agency.bodies[:1] == (DISCIPLINE,):
        return [name + "".join(agency.bodies[1:]) for name in _OFFICES]
    found = [""]
    for body in agency.bodies:
        forms = (body,) if body == COMMITTEE else (body, *_shorts().get(body, ()), *_stemmed(body))
        found = [before + form for before in found for form in forms]
    if agency.bodies[0] == COMMITTEE and len(agency.bodies) > 1:
        found += [form.removeprefix(COMMITTEE) for form in found]
    return found


def _formal(agency: AgencyName) -> Iterator[str]:
    """Names that put the place inside: 中共墨阳市委员会, 国家税务总局墨阳市税务局."""
    place = divisions.text(agency.place)
    match agency.bodies:
        case ("委",):
            yield f"中共{place}委员会"
        case ("政协",):
            yield f"中国人民政治协商会议{place}委员会"
        case ("纪委监委",):
            yield f"中共{place}纪律检查委员会"
        case ("税务局",):
            yield f"国家税务总局{place}税务局"
        case (("金融监管局" | "金融监管分局") as body,):
            bare = place.removesuffix("市").removesuffix("省")
            yield f"国家金融监督管理总局{bare}{body.removeprefix('金融')}"
            yield bare + body
        case (("银保监局" | "银保监分局" | "银监局" | "银监分局" | "保监局" | "保监分局") as body,):
            yield place.removesuffix("市").removesuffix("省") + body
        case _:
            pass


def _stemmed(body: str) -> Iterator[str]:
    """The short forms of a department by its field of work: 住房和城乡建设局 -> 住建局."""
    for ending in _ENDINGS:
        if body.endswith(ending):
            for short in _stems().get(body.removesuffix(ending), ()):
                yield short + _SHORT_ENDINGS.get(ending, ending)


@cache
def _shorts() -> dict[str, tuple[str, ...]]:
    """The short forms of each body that is written in several."""
    spelled = (row.split("\t") for row in lexicons.entries("abbreviations"))
    return _inverted([*((row[0], row[1]) for row in spelled), *((row[0], row[1]) for row in rows("bodies"))])


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    return _inverted([(row[0], row[1]) for row in rows("stems")])


def _inverted(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for short, full in pairs:
        if short != full and "、" not in full:
            found.setdefault(full, {})[short] = None
    return {full: tuple(shorts) for full, shorts in found.items()}
