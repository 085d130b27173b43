"""The places a document is about, which complete the names that it prints without theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus.document import Document
from indexer.extract.extraction import Extraction
from indexer.register import divisions
from indexer.register.divisions import Chain

#: What a document says of itself outweighs what its text mentions this many times.
_OWN = 3


def about(document: Document, extraction: Extraction) -> tuple[Chain, ...]:
    """The chains of divisions that the document names, the most telling first.

    They come from its agencies, the posts of those dealt with, its title and its source.
    """
    counts: Counter[Chain] = Counter()
    for name, weight in _names(document, extraction):
        if chain := divisions.cut(name)[0]:
            counts[chain] += weight
    printed = tuple(chain for chain, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    full: Counter[Chain] = Counter()
    for chain in printed:
        full[divisions.complete(chain, tuple(other for other in printed if other != chain))] += counts[chain]
    return tuple(chain for chain, _ in sorted(full.items(), key=lambda item: (-item[1], -len(item[0]), item[0])))


def _names(document: Document, extraction: Extraction) -> Iterator[tuple[str, int]]:
    for agency in extraction.agencies:
        yield agency.normal or agency.name, len(agency.spans)
    for case in extraction.cases:
        for subject in case.subjects:
            yield from ((post.org, 1) for post in subject.posts if post.org)
    yield document.title, _OWN
    if source := document.meta.get("source"):
        yield source.value, _OWN
