"""Invented matters for measuring speed: a library of cases written straight into its tables and its index.

A text is a few sentences that tell of conduct, between words of jieba's dictionary, as common there as in its corpus.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from time import time_ns

import jieba

from corpus.document import Document, MetaValue, Page, document_id
from corpus.records import FileRecord, Folder, Kept
from corpus.store import Store
from indexer import cases, indexes
from indexer.entry import Entry
from indexer.matter import labels, traits
from indexer.matter.matter import Matter, Outcome, Trait
from indexer.segment import stock_phrases
from indexer.streams import chars, folded, grams
from library import INDEXES, Library
from search.engines import open_engine

#: Sentences that the lexicons know, each told of one case in so many.
_TOLD = (
    "多次收受管理和服务对象所送礼品礼金", "接受可能影响公正执行公务的宴请", "赴外地打高尔夫球，费用由私营企业主支付",
    "酒后驾驶机动车被公安机关查获", "借儿子结婚之机大操大办并收取下属礼金", "用公款购买烟酒并用于个人接待",
    "违规发放津贴补贴", "将公车用于接送子女上学", "虚列支出套取资金设立小金库", "为他人承揽工程提供帮助并收受财物",
    "向下属和企业主借款并收取高额利息", "通过低价购房的形式收受好处", "在项目中持有干股并分红",
    "挪用扶贫资金用于个人炒股", "违规经商办企业", "工作中失职失责造成重大损失", "收受购物卡", "参与赌博",
)  # fmt: skip
_SANCTIONS = ("党内警告", "党内严重警告", "撤销党内职务", "开除党籍", "政务记过", "开除公职", "判处刑罚")
_LEVELS = ("厅局", "县处", "乡科", "村社区", None)
_CHARACTERS = 300
_BATCH = 2_000
_FOLDER = "资料"


@dataclass(frozen=True, slots=True)
class Invented:
    """The text of a case and what it is compared by."""

    text: str
    matter: Matter


def invented(seed: int) -> Iterator[Invented]:
    """Cases without end, the same for the same seed."""
    chance = random.Random(seed)
    words, weights = _words()
    while True:
        told = chance.sample(_TOLD, 3)
        parts: list[str] = []
        length = sum(map(len, told))
        while length < _CHARACTERS:
            more = chance.choices(words, cum_weights=weights, k=8)
            parts += more
            length += sum(map(len, more))
        third = len(parts) // 3
        sentences = [f"{''.join(parts[third * i : third * (i + 1)])}。{told[i]}。" for i in range(3)]
        text = "".join(sentences)[:_CHARACTERS]
        yield Invented(text, _matter(parts, told, chance))


def _matter(parts: list[str], told: list[str], chance: random.Random) -> Matter:
    found = tuple(trait for sentence in told for trait in _traits(sentence))
    common = Counter([*parts, *(word for sentence in told for word in _cut(sentence))])
    return Matter(
        words=dict(common),
        violations=labels.violations((), found),
        traits=found,
        level=chance.choice(_LEVELS),
        amounts=(chance.randrange(1, 500) * 10_000,),
        years=(2012, chance.randrange(2013, 2026)),
        outcome=Outcome((chance.choice(_SANCTIONS),), "sanctioned"),
    )


@cache
def _cut(sentence: str) -> tuple[str, ...]:
    return tuple(word for word in jieba.cut_for_search(sentence) if len(word) > 1)


@cache
def _traits(sentence: str) -> tuple[Trait, ...]:
    return traits.find(sentence, 0)


@cache
def _words() -> tuple[list[str], list[int]]:
    """Words of two characters or more, and the running sums of how common they are."""
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" ") for line in lines]
    known = [(word, int(count)) for word, count, *_ in rows if len(word) > 1 and int(count) > 5]
    return [word for word, _ in known], list(accumulate(count for _, count in known))


def fill(library: Library, count: int, seed: int = 1) -> None:
    """Put `count` invented cases, each a document of its own, into an empty library and its index of cases."""
    engine_name = library.chosen_engine
    folder = indexes.next_folder(library.path / INDEXES, indexes.CASES, engine_name)
    engine = open_engine(engine_name, library.path / INDEXES / folder)
    with library.store.begin() as writing:
        writing.add_folder(Folder(_FOLDER, library.path / _FOLDER))
        indexes.put_in_force(writing, indexes.CASES, folder)
    coming, done = invented(seed), 0
    while done < count:
        batch = [
            (_document(done + i, one.text), one) for i, one in enumerate(islice(coming, min(_BATCH, count - done)))
        ]
        _keep(library.store, batch)
        with engine.batch() as put:
            for document, one in batch:
                put.put(_entry(document, one))
        done += len(batch)
    engine.close()


def _keep(store: Store, batch: list[tuple[Document, Invented]]) -> None:
    with store.begin() as writing:
        kept = [
            Kept(FileRecord(_FOLDER, one.source, len(one.text), time_ns(), one.content_hash, one.reader), (one,))
            for one, _ in batch
        ]
        writing.put_files(kept)
        cases.put(writing, {document.id: (one.matter,) for document, one in batch})


def _document(number: int, text: str) -> Document:
    source = f"{number}.txt"
    meta = {"date": MetaValue(f"{2012 + number % 14}-05-06", "text"), "kind": MetaValue("通报", "rule")}
    return Document(
        document_id(_FOLDER, source), source, str(number), f"通报 {number}", text, (Page(0),), meta, "text/1"
    )


def _entry(document: Document, one: Invented) -> Entry:
    text = folded(document.text)
    return Entry(
        id=cases.case_id(document.id, 1),
        tokens={
            "words": " ".join(word for word, count in one.matter.words.items() for _ in range(count)),
            "grams": grams(text.codes),
            "chars": chars(text.codes),
            "stock": stock_phrases(text.text),
            "title_words": " ".join(cases.labels(one.matter)),
            "title_grams": "",
            "title_chars": "",
            "title_stock": "",
        },
        keys={"sanction": one.matter.outcome.sanctions, "kind": ("通报",)},
        numbers={"date": (int(document.meta["date"].value.replace("-", "")),)},
    )
