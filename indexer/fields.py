"""The fields of an index entry: one table that the analyser fills and every engine builds its schema from."""

from __future__ import annotations

from enum import StrEnum


class Stream(StrEnum):
    """What an engine keeps of the tokens of a field, besides which documents hold them."""

    SET = "set"  # nothing more
    FREQUENCIES = "frequencies"  # how often, for ranking
    POSITIONS = "positions"  # how often and where, for phrases


#: Token fields. `words` rank; `grams` (overlapping pairs of characters, at consecutive positions) and `chars`
#: (single characters) make every quoted string exact; `stock` (phrases kept whole) answers the commonest at once. The
#: same four for the title.
TOKENS: dict[str, Stream] = {
    "words": Stream.FREQUENCIES,
    "grams": Stream.POSITIONS,
    "chars": Stream.SET,
    "stock": Stream.FREQUENCIES,
    "title_words": Stream.FREQUENCIES,
    "title_grams": Stream.POSITIONS,
    "title_chars": Stream.SET,
    "title_stock": Stream.FREQUENCIES,
}

#: Key fields: whole strings of up to KEY_LENGTH characters, any number a document, countable as facets.
#: `source` is the publisher (来源), `path` the file's path in the indexed folder, `collection` its top folder.
#: `text_source` tells where the text of the pages comes from: "text", "ocr", or both.
_STATED = ("collection", "path", "kind", "year", "source", "format", "text_source")
#: The key fields of what was extracted (`indexer.keys`). Their values are folded.
EXTRACTED: tuple[str, ...] = (
    *("official", "agency", "post", "sanction", "violation", "offence", "article", "sector", "stage"),
)
KEYS: tuple[str, ...] = (*_STATED, *EXTRACTED)
KEY_LENGTH = 256

#: Number fields: integers of 64 bits. A document has any number of each; a sort takes the largest.
#: `date` is written 20230605 (days and months unknown are 00).
#: `amount` is in yuan, `conduct_year` each year of the conduct that a case is about.
NUMBERS: tuple[str, ...] = ("date", "amount", "conduct_year")
