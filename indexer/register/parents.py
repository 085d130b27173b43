"""What an agency belongs to."""

from __future__ import annotations

from indexer.register import divisions
from indexer.register.divisions import Level
from indexer.register.normal import COMMITTEE, AgencyName, one
from indexer.register.tables import rows

#: Bodies that belong to the body of their kind in the division above.
_LIKE_ABOVE = frozenset({"人民政府", COMMITTEE, "税务局", "国家税务局"})


def parent(agency: AgencyName) -> str | None:
    """The normal name of what the agency belongs to: a part to its body, a department to its government.

    A government and a Party committee belong to those of the division above. None where that is not known, and for
    those that belong to nobody in this sense: courts, procuratorates, congresses, enterprises, universities.
    """
    if len(agency.bodies) > 1:
        place = agency.normal.removesuffix(agency.body)
        return place + "".join(agency.bodies[:-1])
    if not agency.place or agency.normal == agency.body or not agency.bodies:
        return None
    place, (body,) = divisions.text(agency.place), agency.bodies
    if body in _LIKE_ABOVE:
        above = divisions.text(agency.place[:-1])
        return above + body if above else None
    kind = next((kind for ending, kind in rows("organs") if body.endswith(ending)), None)
    if kind == "政府" and place:
        return place + "人民政府"
    if kind == "党委" and place:
        return place + _committee(agency)
    return None


def _committee(agency: AgencyName) -> str:
    return "党委" if agency.place[-1].endswith("自治区") or agency.level is Level.TOWN else COMMITTEE


def parents(normal: str) -> tuple[str, ...]:
    """Everything that the agency of a normal name belongs to, from the nearest on."""
    found: list[str] = []
    step = parent(one(normal))
    while step is not None and step not in found:
        found.append(step)
        step = parent(one(step))
    return tuple(found)
