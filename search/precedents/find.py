"""The one door to precedents: a matter goes in; the cases like it, and what followed in them, come out."""

from __future__ import annotations

import gc
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.document import Document
from corpus.store import Store
from indexer import cases, extractions
from indexer.cases import of_document
from indexer.extract.extraction import Extraction, Span
from indexer.matter.matter import Matter
from indexer.segment import Segmenter
from search import duplicates, vocabulary
from search import match as m
from search.compile import Words, compile_query
from search.crossref.sources import sentence
from search.engine import Engine
from search.expansion import Rules, expand
from search.match import Match
from search.parse import Problem, parse
from search.precedents.asking import Asked, named, span_of
from search.precedents.candidates import MOST, RAISED, candidates
from search.precedents.explain import Statement, differs, why
from search.precedents.followed import Followed, combined, comparable, distribution
from search.precedents.found import Comparison, Precedent, Precedents, Reprint, Sentence, merged
from search.precedents.known import known
from search.precedents.rank import Ranked, rank
from search.precedents.sameness import Report, conduct, full_names, of_query, once, reports
from search.precedents.sentences import prison
from search.precedents.statistics import Statistics
from search.precedents.weights import learned

#: The sanction of which a report may tell the years.
_PRISON = "判处刑罚"


@contextmanager
def _unswept() -> Iterator[None]:
    """Without Python's search for garbage in cycles.

    Hundreds of matters are tens of thousands of objects, none of them in a cycle: looking through them, and now and
    then through all that the program holds, would take as long as comparing them.
    """
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Finder:
    """A library opened for seeking precedents; `engine` is that of its index of cases."""

    store: Store
    engine: Engine
    segmenter: Segmenter
    rules: Rules

    @_unswept()
    def find(
        self,
        asked: Asked,
        *,
        filters: str = "",
        since: int | None = None,
        like: str | None = None,
        limit: int = 10,
        today: date | None = None,
    ) -> Precedents:
        """The `limit` cases that are most like a matter. Raises what the engine and the store raise.

        `filters` is a query as in a search, which a case or its document must answer; `since` a year from which its
        document must date; `like` one of `weights.LIKE`. The matter itself, and what reports it, is never found.
        """
        began = time.perf_counter()
        understood, within, problems = self._within(filters, since, today)
        common = known(self.store, [asked.matter])
        gathered = candidates(self.engine, asked.matter, common, within, RAISED if like else MOST)
        held = cases.fetch(self.store, gathered)
        found = {case: held[case] for case in gathered if case in held}
        told = self._reports(asked, found)
        own = {asked.case_id, *of_query(told.query, told.reports)}.intersection(found)
        matters = {case: matter for case, matter in found.items() if case not in own}
        common = known(self.store, [asked.matter, *matters.values()])
        ranked = rank(asked.matter, matters, common, learned(), like)
        groups = once([one.case_id for one in ranked], told.reports)
        outcomes = [
            Followed(tuple(group), matters[group[0]], combined([matters[case] for case in group])) for group in groups
        ]
        by_id = {one.case_id: one for one in ranked}
        shown = [(by_id[one.cases[0]], one) for one in outcomes[:limit]]
        alike = self._sentenced(comparable(asked.matter, outcomes))
        return Precedents(
            asked=asked,
            hits=_Side(self.store, asked, common).hits(shown),
            total=len(groups),
            distribution=distribution(asked.matter, len(groups), alike),
            like=like,
            since=since,
            filters=understood,
            notes=(*self._emptiness(), *_notes(asked, own - {asked.case_id})),
            problems=problems,
            took_ms=round((time.perf_counter() - began) * 1000, 3),
        )

    def _emptiness(self) -> tuple[str, ...]:
        if self.engine.count():
            return ()
        return ("资料库里还没有可以比对的案件。请先运行：anjian reindex",)

    def _sentenced(self, alike: Sequence[Followed]) -> list[Followed]:
        """The matters with the prison terms that their reports tell of."""
        wanted = [case for one in alike if _PRISON in one.outcome.sanctions for case in one.cases]
        texts = cases.told(self.store, wanted)
        return [replace(one, prison=prison("\n".join(texts.get(case, "") for case in one.cases))) for one in alike]

    def _within(self, filters: str, since: int | None, today: date | None) -> tuple[str, Match, tuple[Problem, ...]]:
        """Which cases may be found at all."""
        parsed = parse(filters, today=today)
        words = Words(
            matching=lambda pattern: vocabulary.matching(self.store, pattern),
            alike=lambda word: vocabulary.alike(self.store, word),
        )
        tree, _ = expand(parsed.query.tree, self.rules)
        compiled = compile_query(tree, self.segmenter, words)
        parts = [compiled.match] if filters.strip() else []
        if since is not None:
            parts.append(m.Range("date", since * 10_000))
        problems = (*parsed.problems, *(Problem(0, len(filters), message) for message in compiled.problems))
        return str(parsed.query) if filters.strip() else "", m.All(tuple(parts)), problems

    def _reports(self, asked: Asked, found: dict[str, Matter]) -> _Told:
        """The cases found as reports, and the matter itself."""
        if asked.case_id:
            told = reports(self.store, {**found, asked.case_id: asked.matter})
            query = told[asked.case_id]
            return _Told(query, {case: report for case, report in told.items() if case in found})
        return _Told(Report(asked.matter, names=full_names(asked.names)), reports(self.store, found))


@dataclass(frozen=True, slots=True)
class _Told:
    query: Report
    reports: dict[str, Report]


@dataclass(slots=True)
class _Side:
    """Puts cases beside the matter: what is alike and what differs, with the sentences of both."""

    store: Store
    asked: Asked
    common: Statistics
    _documents: dict[str, Document] = field(default_factory=dict, init=False)
    _extractions: dict[str, Extraction] = field(default_factory=dict, init=False)

    def hits(self, shown: Sequence[tuple[Ranked, Followed]]) -> tuple[Precedent, ...]:
        ids = list(dict.fromkeys(of_document(case)[0] for _, one in shown for case in one.cases))
        self._documents = self.store.fetch(ids)
        self._extractions = extractions.fetch(self.store, ids)
        copies = duplicates.copies(self.store, ids)
        return tuple(
            self._hit(ranked, one, copies.get(of_document(ranked.case_id)[0], ()))
            for ranked, one in shown
            if of_document(ranked.case_id)[0] in self._documents
        )

    def _hit(self, ranked: Ranked, one: Followed, copies: Sequence[duplicates.Copy]) -> Precedent:
        key, number = of_document(ranked.case_id)
        document, extraction = self._documents[key], self._extractions.get(key)
        start, end = span_of(document, extraction, number)
        stated = document.meta.get("date")
        again = [self._reprint(case) for case in one.cases[1:] if of_document(case)[0] in self._documents]
        listed = {reprint.document_id for reprint in again}
        again += [Reprint("", copy.id, copy.source, copy.title) for copy in copies if copy.id not in listed]
        return Precedent(
            case_id=ranked.case_id,
            document_id=key,
            source=document.source,
            title=document.title,
            date=stated.value if stated and stated.value else None,
            page=document.page_number(start),
            score=ranked.score,
            signals=dict(ranked.parts),
            why=merged(self._beside(said, document) for said in why(self.asked.matter, one.matter, self.common)),
            differs=merged(self._beside(said, document) for said in differs(self.asked.matter, one.matter)),
            matter=one.matter,
            sanctions=one.outcome.sanctions,
            stage=one.outcome.stage,
            text=document.text[start:end].strip(),
            reprints=tuple(again),
            names=named(extraction) if extraction else one.matter.subjects,
        )

    def _reprint(self, case: str) -> Reprint:
        document = self._documents[of_document(case)[0]]
        return Reprint(case, document.id, document.source, document.title)

    def _beside(self, said: Statement, document: Document) -> Comparison:
        ours = tuple(dict.fromkeys(Sentence(_sentence(self.asked.text, span)) for span in said.query))
        theirs = (Sentence(_sentence(document.text, span), document.page_number(span[0])) for span in said.candidate)
        return Comparison(said.text, ours, tuple(dict.fromkeys(theirs)))


def _sentence(text: str, span: Span) -> str:
    start, end = sentence(text, span)
    return " ".join(text[start:end].split())


def _notes(asked: Asked, own: Collection[str]) -> list[str]:
    notes = []
    if not asked.case_id and asked.within > 1:
        notes.append(f"所给材料里有 {asked.within} 起案件，按一起整体查找；要分别查找，请逐起粘贴，或写案件编号。")
    if own:
        notes.append(f"资料库中有 {len(own)} 起案件就是本案或本案的其他报道，没有列入：{'、'.join(sorted(own)[:5])}。")
    if not conduct(asked.matter):
        notes.append("从所给材料里没有识别出问题类型和手段，只按用语查找；写明做了什么、怎么做的，结果会更准。")
    return notes
