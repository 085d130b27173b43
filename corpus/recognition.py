"""What it means that the text of a page is recognised from its picture: when, by what, and with which result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from importlib.util import find_spec

from corpus.document import Reason

#: Goes up with every change of what is recognised. History: 1 first.
VERSION = 1


class Ocr(StrEnum):
    """When the text of pictures is recognised: in this run, in a later one, or not at all."""

    NOW = "now"
    LATER = "later"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What recognition made of a page's picture: its text and quality (0 to 1), or the reason why there is none.

    A page without text that has no `reason` is blank. `run_on` is that of a leaf.
    """

    text: str = ""
    quality: float = 1.0
    run_on: bool = False
    reason: Reason | None = None


Lookup = Callable[[str, int], Recognised | None]
"""Gives what was recognised before, by content hash and number of the page from 1; None where nothing was."""

OFF = Recognised(quality=0.0, reason=Reason.NO_TEXT)


def nothing(_content_hash: str, _page: int) -> None:
    """The lookup before anything was recognised."""


def lacking() -> str:
    """Which packages recognition lacks on this machine, in Chinese; empty where it can be done."""
    missing = [name for name in ("rapidocr", "onnxruntime") if find_spec(name) is None]
    return f"没有安装 {'、'.join(missing)}" if missing else ""


def engine() -> str:
    """What recognises on this machine, with its versions: what it depends on besides the picture. Empty for nothing."""
    return "" if lacking() else f"rapidocr {version('rapidocr')}/{VERSION}"
