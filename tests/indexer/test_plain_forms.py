"""What was made fast gives what its plain form gives: the plain forms stand here."""

from __future__ import annotations

import re
from collections import Counter
from copy import copy
from hashlib import blake2b
from itertools import pairwise
from math import isclose, log1p
from struct import pack

from hypothesis import given
from hypothesis import strategies as st

from corpus import frontmatter, likelihood
from indexer import signature
from indexer.entry import Entry
from indexer.extract import kind
from indexer.fold import SPACE, fold
from indexer.segment import _OTHER, Segmenter
from indexer.signature import clauses, sign
from indexer.streams import chars, codes, folded, grams
from search.engines import spelling
from tests.indexer.test_duplicates import NOTICE

_PIECES = (
    *(
        "2023年6月5日",
        "二〇二三年",
        "3.5%",
        "134万余元",
        "第十二条",
        "案。",
        "问题。",
        "受贿",
        "开除党籍",
        "审查调查",
        "组织",
    ),
    *("甲", "乙", "廉", "abc", "Ab_c", "x1", "١٢", "㎡", "ß", "〇", "𠮷", "\U000323af", "龦", "\ud800", "\U0010ffff"),
    *(
        "，",
        "。",
        "；",
        "：",
        ":",
        ".",
        "..",
        "|",
        "、",
        "“",
        "（",
        "％",
        "%",
        "_",
        "__",
        "#",
        ">",
        "*",
        " ",
        "\t",
        "\u3000",
    ),
    *("\n", "\n\n", "\ufeff", "\xa0", "\u2028", "作者：高明", "时间：2023-06-05", "发布时间 2023年6月5日"),
)
like_documents = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)
texts = st.one_of(st.text(), like_documents, st.builds(str.__add__, st.just(NOTICE), like_documents))


@given(texts)
def test_grams_and_chars(text: str) -> None:
    assert grams(codes(text)) == " ".join(map("".join, pairwise(text)))
    assert chars(codes(text)) == " ".join(sorted(set(text)))


@given(texts)
def test_folding_a_whole_text(text: str) -> None:
    whole = folded(text)
    assert whole.text == fold(text)
    assert whole.codes.tolist() == list(map(ord, whole.text))


@given(texts.map(fold))
def test_the_stream_of_words(text: str) -> None:
    segmenter = Segmenter()
    assert segmenter.stream(text) == " ".join(segmenter.words(text))


@given(texts.map(fold))
def test_words_that_are_not_segmented(folded: str) -> None:
    plain = r"[a-z0-9]+|[\u3007\u3400-\u4dbf\u9fd6-\u9fff\U00020000-\U000323af]|[^\W\u4e00-\u9fd5_]+"
    assert _OTHER.findall(folded) == re.findall(plain, folded)


def _clauses(text: str) -> list[str]:
    marks = signature._MARKS
    found: list[str] = []
    for piece in re.split(rf"[{marks}]+|\.(?!\d)", re.sub(rf"[^\w.%{SPACE}{marks}]+|_+", "", fold(text))):
        found += piece.split(SPACE) if len(piece) > 60 else [piece.replace(SPACE, "")]
    return [clause for clause in dict.fromkeys(found) if clause]


def _bands(found: list[str]) -> list[int]:
    from rensa import RMinHash

    minhash = RMinHash(80, 1)
    minhash.update([clause[at : at + 8] for clause in found for at in range(0, max(len(clause) - 7, 1), 4)])
    digest = minhash.digest()
    bands = [bytes([band]) + pack("<4I", *digest[4 * band : 4 * band + 4]) for band in range(20)]
    return [int.from_bytes(blake2b(band, digest_size=8).digest(), "little", signed=True) for band in bands]


@given(texts.filter(lambda text: not re.search("[\ud800-\udfff]", text)))
def test_signatures(text: str) -> None:
    found = _clauses(text)
    assert clauses(text) == found
    keys = signature.read_keys(sign(text).keys)
    assert list(keys[1:]) == (_bands(found) if keys[1:] else [])
    frames = {re.sub(r"\d+|[〇零一二三四五六七八九十百]+(?=[年月日届次期号])", "", clause) for clause in found}
    assert {signature._FIGURE.sub("", clause) for clause in found} == frames


@given(st.one_of(st.just(""), like_documents), texts)
def test_cues_of_kinds(title: str, text: str) -> None:
    body = text[: len(title) + kind.BODY].removeprefix(title)
    lead, fallen = body[: kind.LEAD], kind._FALL.search(body)
    plain: dict[str, float] = {}
    for group, cues in kind._cues().items():
        if group in kind._OF_A_FALL and not fallen:
            continue
        if total := sum(map(body.count, cues)):
            plain[f"body:{group}"] = log1p(total * 1000 / (len(body) + 300))
        if opening := sum(cue in lead for cue in cues):
            plain[f"lead:{group}"] = min(opening, 3) / 3
        if any(cue in title for cue in cues):
            plain[f"title:{group}"] = 1.0
    found = kind.features(title, text)
    assert {
        name: value for name, value in found.items() if name.partition(":")[0] in {"body", "lead", "title"}
    } == plain
    problems = min(len(kind._PROBLEM.findall(body)), 6) / 6
    assert found.get("form:problems", 0) == problems


@given(texts, st.integers(0, 40), st.integers(0, 400))
def test_lines_without_markup(text: str, begin: int, end: int) -> None:
    plain = []
    place = begin
    while place < min(end, len(text)):
        line = text[place:].partition("\n")[0]
        bare = re.sub(r"^[#>*_\s\u3000\ufeff]+|[*_\s\u3000]+$", "", line)
        if bare:
            start = text.index(bare, place)
            plain.append((start, start + len(bare)))
        place += len(line) + 1
    assert list(frontmatter._lines(text, begin, end)) == plain


@given(texts)
def test_likelihood(text: str) -> None:
    plain = sum(likelihood._weigh(character) * count for character, count in Counter(text).items())
    assert isclose(likelihood.likelihood(text), plain, abs_tol=1e-6)


@given(texts)
def test_spelling_in_an_index(text: str) -> None:
    assert spelling.written(text) == spelling._UNBEARABLE.sub(spelling._replace, text)


@given(texts)
def test_what_passes_between_processes(text: str) -> None:
    entry = Entry("0123", {"grams": grams(codes(text))}, {"kind": (text,)}, {"date": (20230605,)})
    signed = sign(NOTICE)
    assert copy(entry) == entry  # made by the call that pickles it
    assert copy(signed) == signed
