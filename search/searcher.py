"""The one door to searching a library: a query string goes in, Results come out."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.store import Store
from indexer.fold import fold
from indexer.register import aliases
from indexer.segment import Segmenter
from search import duplicates, vocabulary
from search import match as m
from search.compile import Compiled, Words, compile_query, exact
from search.corrections import corrections, soundings
from search.duplicates import Shown
from search.edit import selected
from search.engine import MAX_WINDOW, Ask, Engine, Page, Row, Signal, Sort
from search.expansion import Expansion, Rules, expand
from search.facets import FACETS, facet_values, unchosen
from search.highlight import highlight
from search.lineage import offer
from search.parse import Problem, parse
from search.query import Order, Query, Tree
from search.ranking import rank
from search.relax import relax
from search.results import FacetValue, Hit, Results

_SORTS: Mapping[Order, Sort | None] = {
    Order.RELEVANCE: None,
    Order.NEWEST: Sort("date", descending=True),
    Order.OLDEST: Sort("date", descending=False),
}


@dataclass(frozen=True, slots=True)
class Searcher:
    """A library opened for searching."""

    store: Store
    engine: Engine
    segmenter: Segmenter
    rules: Rules

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        offset: int = 0,
        today: date | None = None,
        all_copies: bool = False,
        explain: bool = True,
    ) -> Results:
        """Answer a query as the user typed it. Raises only what the engine and the store raise.

        `offset` counts documents, shown or not; `offset + limit` may not pass `engine.MAX_WINDOW`. `today` is what
        近一年 counts from. Of documents that are copies of one another the first is shown, with `all_copies` each.
        Without `explain` hits come without `signals`, which take as many searches more as there are.
        """
        began = time.perf_counter()
        parsed = parse(text, today=today)
        query = asked = parsed.query
        compiled, applied = self._compile(query.tree)
        page, shown = self._ask(compiled, query.order, limit, offset, all_copies)
        relaxed = None if page.total else relax(query, self._total, self._telling)
        if relaxed:
            asked = relaxed.query
            compiled, _ = self._compile(asked.tree)
            page, shown = self._ask(compiled, asked.order, limit, offset, all_copies)
        missing = relaxed.missing if relaxed else () if page.total else (query.tree,)
        return Results(
            query=str(query),
            total=page.total,
            hits=self._hits(shown.rows, compiled, explain=explain),
            folded=shown.end - offset - len(shown.rows),
            next_offset=shown.end if shown.more else None,
            facets=self._facets(asked, page),
            problems=(*parsed.problems, *(Problem(0, len(text), message) for message in compiled.problems)),
            relaxed=relaxed.message if relaxed else None,
            expansions=tuple((item.word, item.meaning) for item in applied),
            suggestions=corrections(query, missing, lambda word: vocabulary.alike(self.store, word)),
            sounding=soundings(query, lambda letters: vocabulary.sounding(self.store, letters)),
            offers=offer(query, aliases.judged(self.store)),
            took_ms=round((time.perf_counter() - began) * 1000, 3),
        )

    def among(self, text: str, ids: Collection[str], today: date | None = None) -> frozenset[str]:
        """Those of these documents (at most `engine.MAX_WINDOW`) that answer a query exactly: nothing is relaxed."""
        compiled, _ = self._compile(parse(text, today=today).query.tree)
        return frozenset(row.id for row in self._rows(compiled, ids))

    def look(self, text: str, ids: Collection[str], today: date | None = None) -> tuple[Hit, ...]:
        """What `among` finds, as hits in order of their ids, without scores."""
        compiled, _ = self._compile(parse(text, today=today).query.tree)
        return self._hits(self._rows(compiled, ids), compiled, explain=False)

    def _rows(self, compiled: Compiled, ids: Collection[str]) -> Sequence[Row]:
        these = m.Key("id", frozenset(ids))
        return self.engine.search(Ask(m.All((compiled.match, these)), limit=len(ids))).rows

    def suggest(self, beginning: str, limit: int = 5) -> tuple[str, ...]:
        """What the user may be about to type: titles with these characters, then words that begin with them."""
        folded = fold(beginning.strip())
        if not folded:
            return ()
        titled = self.engine.search(Ask(exact(folded, "title_"), limit=limit)).rows
        titles = [document.title for document in self.store.fetch([row.id for row in titled]).values()]
        words = [known.word for known in vocabulary.starting(self.store, folded, limit)]
        return tuple(dict.fromkeys(titles + words))

    def _compile(self, tree: Tree) -> tuple[Compiled, Sequence[Expansion]]:
        expanded, applied = expand(tree, self.rules)
        words = Words(
            matching=lambda pattern: vocabulary.matching(self.store, pattern),
            alike=lambda word: vocabulary.alike(self.store, word),
        )
        return compile_query(expanded, self.segmenter, words), applied

    def _ask(self, compiled: Compiled, order: Order, limit: int, offset: int, all_copies: bool) -> tuple[Page, Shown]:
        """The engine's answer from the best row on, and the rows of it to show.

        A page needs all rows before it, to know which copies were shown, and some after it, in place of its own.
        """
        sort = _SORTS[order]
        signals = () if sort else rank(compiled.evidence)
        window = offset + limit
        while True:
            window = max(offset + limit, min(2 * window + 1, MAX_WINDOW))
            page = self.engine.search(Ask(compiled.match, window, 0, signals, sort, count=FACETS))
            groups = {} if all_copies else duplicates.groups(self.store, [row.id for row in page.rows])
            shown = duplicates.one_a_group(page.rows, groups, limit, offset)
            if shown.more or len(page.rows) < window or window >= MAX_WINDOW:
                return page, shown

    def _total(self, tree: Tree) -> int:
        compiled, _ = self._compile(tree)
        return self.engine.search(Ask(compiled.match, limit=0)).total

    def _telling(self, text: str) -> list[str]:
        return [known.word for known in vocabulary.rarest(self.store, self.segmenter.words(fold(text)))]

    def _hits(self, rows: Sequence[Row], compiled: Compiled, *, explain: bool) -> tuple[Hit, ...]:
        ids = [row.id for row in rows]
        documents = self.store.fetch(ids)
        copies = duplicates.copies(self.store, ids)
        scored = explain and any(row.score for row in rows)
        signals = self._signals(ids, rank(compiled.evidence)) if scored else {}
        hits = []
        for row in rows:
            if row.id not in documents:
                continue  # forgotten by the store a moment ago; the index will forget it too
            document = documents[row.id]
            fragments = highlight(document, compiled.needles)
            meta = {name: value.value for name, value in document.meta.items()}
            hits.append(
                Hit(
                    id=row.id,
                    source=document.source,
                    title=document.title,
                    kind=meta.get("kind", "other"),
                    date=meta.get("date"),
                    page=fragments[0].page,
                    score=round(row.score, 4),
                    signals=signals.get(row.id, {}),
                    fragments=fragments,
                    duplicates=copies.get(row.id, ()),
                )
            )
        return tuple(hits)

    def _signals(self, ids: Sequence[str], ranked: Sequence[Signal]) -> dict[str, dict[str, float]]:
        """The part of each signal in the score of each id: each asked by itself of these few entries."""
        parts: dict[str, dict[str, float]] = {key: {} for key in ids}
        these = m.Key("id", frozenset(ids))
        for signal in ranked:
            for row in self.engine.search(Ask(these, limit=len(ids), rank=(signal,))).rows:
                if row.score:
                    parts[row.id][signal.name] = round(row.score, 4)
        return parts

    def _facets(self, query: Query, page: Page) -> dict[str, tuple[FacetValue, ...]]:
        """Each facet counted over the hits; one that was chosen from, as if it had not been, to offer its others."""
        facets = {}
        for field in FACETS:
            counts = page.counts[field]
            if selected(query, field):
                compiled, _ = self._compile(unchosen(query, field).tree)
                counts = self.engine.search(Ask(compiled.match, limit=0, count=(field,))).counts[field]
            facets[field] = facet_values(query, field, counts)
        return facets
