"""jieba as peers use it: the Python package, with its own dictionary."""

from __future__ import annotations

import logging
from typing import cast

import jieba

jieba.setLogLevel(logging.ERROR)  # it greets on stderr


def search_words(text: str) -> list[str]:
    """The words of a text in search mode, blanks left out."""
    return [word for word in cast("list[str]", jieba.lcut_for_search(text)) if not word.isspace()]
