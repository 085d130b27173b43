"""What was recognised takes the place of pictures, and is kept by the content of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Reason
from corpus.ocr_cache import RecognisedPage, Recognitions
from corpus.readers.contract import Leaf, Reading
from corpus.readers.pictured import complete
from corpus.recognition import OFF, Recognised, nothing
from corpus.store import StoreFailed

SCAN = Leaf("", quality=0.0, pictured=True)
STAMPED = Leaf("档案 31", quality=0.9, pictured=True)
TEXT = Leaf("通报", quality=1.0)
FOUND = Recognised("经查", 0.93, run_on=True)


@pytest.mark.parametrize(
    ("leaf", "found", "expected", "reason"),
    [
        (TEXT, FOUND, TEXT, None),
        (SCAN, FOUND, Leaf("经查", source="ocr", quality=0.93, run_on=True), None),
        (STAMPED, FOUND, Leaf("经查", source="ocr", quality=0.93, run_on=True), None),
        (STAMPED, Recognised(), Leaf("档案 31", quality=0.9), None),
        (SCAN, Recognised(), Leaf("", source="ocr", quality=1.0), None),
        (SCAN, None, SCAN, Reason.OCR_PENDING),
        (STAMPED, None, STAMPED, Reason.OCR_PENDING),
        (SCAN, OFF, Leaf("", quality=0.0), Reason.NO_TEXT),
        (SCAN, Recognised(reason=Reason.TIMED_OUT), Leaf("", quality=0.0), Reason.TIMED_OUT),
    ],
)
def test_a_leaf_with_what_was_recognised(
    leaf: Leaf, found: Recognised | None, expected: Leaf, reason: Reason | None
) -> None:
    reading = complete(Reading("a.pdf", (TEXT, leaf)), "00", lambda _hash, page: found if page == 2 else None)
    assert reading.leaves == (TEXT, expected)
    assert [(skip.reason, skip.page) for skip in reading.skips] == ([(reason, 2)] if reason else [])


def test_running_lines_of_recognised_pages_are_left_out() -> None:
    bodies = ["经查，周维岱违规接受宴请。", "第二页", "给予开除党籍处分。"]
    found = {
        number: Recognised(f"怀渚市纪委 内部资料\n{body}\n第{number}页 共3页") for number, body in enumerate(bodies, 1)
    }
    reading = complete(Reading("a.pdf", (SCAN, SCAN, SCAN, TEXT)), "00", lambda _hash, page: found[page])
    assert [leaf.text for leaf in reading.leaves] == [*bodies, "通报"]


def test_lines_that_come_twice_are_text() -> None:
    found = Recognised("一、问题\n经查")
    reading = complete(Reading("a.pdf", (SCAN, SCAN)), "00", lambda _hash, _page: found)
    assert [leaf.text for leaf in reading.leaves] == [found.text] * 2


def test_pages_that_wait_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.recognition.find_spec", lambda name: None if name == "rapidocr" else name)
    (skip,) = complete(Reading("a.pdf", (SCAN,)), "00", nothing).skips
    assert "没有安装 rapidocr" in str(skip)


def test_kept_pages_are_found_again(tmp_path: Path) -> None:
    kept = Recognitions(tmp_path / "ocr.db", "engine 1")
    assert kept("aa", 1) is None
    failed = Recognised(quality=0.0, reason=Reason.CRASHED)
    kept.keep([RecognisedPage("aa", 1, FOUND), RecognisedPage("aa", 2, failed)])
    assert kept("aa", 1) == FOUND
    assert kept("aa", 2) == failed
    assert kept("bb", 1) is None
    kept.forget_failures()
    assert (kept("aa", 1), kept("aa", 2)) == (FOUND, None)


def test_a_damaged_file_knows_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    kept = Recognitions(tmp_path / "ocr.db", "engine 1")
    kept.path.write_bytes(b"not a database" * 100)
    assert kept("aa", 1) is None
    with pytest.raises(StoreFailed, match="重新识别"):
        kept.keep([RecognisedPage("aa", 1, FOUND)])


def test_another_version_knows_nothing_of_them(tmp_path: Path) -> None:
    Recognitions(tmp_path / "ocr.db", "engine 1").keep([RecognisedPage("aa", 1, FOUND)])
    assert Recognitions(tmp_path / "ocr.db", "engine 2", otherwise=OFF)("aa", 1) is OFF


def test_where_nothing_recognises_what_was_recognised_is_not_lost(tmp_path: Path) -> None:
    Recognitions(tmp_path / "ocr.db", "engine 1").keep([RecognisedPage("aa", 1, FOUND)])
    assert Recognitions(tmp_path / "ocr.db", "")("aa", 1) == FOUND
