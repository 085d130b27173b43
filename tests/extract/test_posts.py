"""Posts: organisation, title and 原, read from the introduction of a person."""

from __future__ import annotations

import pytest

from indexer.extract import introductions, marks
from tests.extract.tables import rows


@pytest.mark.parametrize(("text", "name", "expected", "about"), rows("posts", 4))
def test_posts_of_an_introduction(text: str, name: str, expected: str, about: str) -> None:
    found = introductions.find(marks.even(text)).introductions
    person = next(one for one in found if one.name == name and one.posts)
    printed = [f"{post.org or '-'}/{post.title}{'*' if post.former else ''}" for post in person.posts]
    assert printed == expected.split(" | "), about


@pytest.mark.parametrize(("text", "about"), [(row[0], row[3]) for row in rows("posts", 4)])
def test_the_places_of_posts_hold_their_titles(text: str, about: str) -> None:
    even = marks.even(text)
    for one in introductions.find(even).introductions:
        assert even[slice(*one.at)] == one.name, about
        for post in one.posts:
            start, end = post.span
            assert 0 <= start < end <= len(text), about
            assert post.title[-2:] in even[start:end], about
