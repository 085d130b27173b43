"""A text with one form of each punctuation mark, of the same length, so that one pattern reads all prints."""

_FORMS = str.maketrans(",:;()?!．〔〕﹑［］", "，：；（）？！.（）、（）")


def even(text: str) -> str:
    """`text` with full-width commas, colons, semicolons and brackets; offsets do not change."""
    return text.translate(_FORMS)
