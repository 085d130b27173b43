"""How high a post is: 国家, 省部, 厅局, 县处, 乡科, 村社区, or 企事业 where only the kind of employer tells."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.extract.extraction import Subject
from indexer.matter.lexicons import rules

#: From high to low; 企事业 stands apart.
LEVELS = ("国家", "省部", "厅局", "县处", "乡科", "村社区")
#: Within how many characters of the facts the subject is introduced.
_INTRODUCTION = 120


def level(subjects: Iterable[Subject], facts: str) -> str | None:
    """The level of the highest post of the subjects; where they have none, what their introduction suggests."""
    posts = [f"{post.org or ''}{post.title}" for subject in subjects for post in subject.posts]
    found = {_level_of(post) for post in posts} - {None} or {_level_of(facts[:_INTRODUCTION])} - {None}
    return min(found, key=lambda name: LEVELS.index(name) if name in LEVELS else len(LEVELS)) if found else None


def _level_of(post: str) -> str | None:
    return next((name for name, pattern in rules("level") if pattern.search(post)), None)
