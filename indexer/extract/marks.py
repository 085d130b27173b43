"""A text with one form of each punctuation mark, of the same length, so that one pattern reads all prints."""

from functools import lru_cache

_FORMS = str.maketrans(",:;()?!．〔〕﹑［］", "，：；（）？！.（）、（）")


@lru_cache(maxsize=8)  # every component of the pipeline asks for the same text
def even(text: str) -> str:
    """`text` with full-width commas, colons, semicolons and brackets; offsets do not change."""
    return text.translate(_FORMS)
