"""The spaCy pipeline: plain functions on text, registered as components, run in one order over a blank Chinese model.

Every component is a function that takes the text, and what the components it needs have found, and returns a tuple of
frozen values that know their spans. spaCy gives them names, an order and the document to write into: the values stand
in `doc._.found`, their spans in `doc.spans`. One token is one character, so offsets into text and tokens agree.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from indexer.extract import assembly
from indexer.extract.extraction import Extraction, Mention, Span
from indexer.extract.gate import may_name
from indexer.extract.kind import Kind, classify

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Goes up with every change of what any component makes of a text. History: 1 first, 2 everyone named, 3 agencies told
#: from the ends of their names, and no names looked for where a surname is part of a word.
VERSION = 3


@dataclass(frozen=True, slots=True)
class Component:
    """A component: its name, where its function stands ("module:function"), and what it needs after the text.

    `needs` are names of earlier components, or "title" or "kind"; their values are passed in that order. A `gated` one
    finds nothing in texts that the gate keeps from it.
    """

    name: str
    function: str
    needs: tuple[str, ...] = ()
    gated: bool = False


COMPONENTS: tuple[Component, ...] = (
    Component("amounts", "indexer.extract.amounts:find"),
    Component("articles", "indexer.extract.articles:find", ("title",)),
    Component("offences", "indexer.extract.offences:find"),
    Component("references", "indexer.extract.references:find"),
    Component("sectors", "indexer.extract.sectors:find"),
    Component("disciplines", "indexer.extract.disciplines:find"),
    Component("sanctions", "indexer.extract.sanctions:find"),
    Component("stages", "indexer.extract.stages:find"),
    Component("terms", "indexer.extract.terms:find"),
    Component("violations", "indexer.extract.violations:find"),
    Component("everyone", "indexer.extract.everyone:find"),  # asks the tagger for nearly all that the next ask for
    Component("officials", "indexer.extract.officials:find", gated=True),
    Component("agencies", "indexer.extract.agencies:find", ("title",), gated=True),
    Component("cases", "indexer.extract.cases:find_cases", ("title", "kind")),
)


def extract(text: str, title: str = "") -> Extraction:
    """Return everything found in the canonical `text` of a document titled `title` ("" where it has no title)."""
    kind = classify(title, text)
    return assembly.assemble(text, kind, analyse(text, title, kind)._.found)


def analyse(text: str, title: str, kind: Kind) -> Doc:
    """Return the spaCy document of `text`, with what each component found in `._.found` and `.spans`."""
    language = pipeline()
    doc = language.make_doc(text)
    # The text goes along: spaCy would put it together from its tokens each time it is asked.
    doc._.found = {"text": text, "title": title, "kind": kind.label}
    for _, component in language.pipeline:
        doc = component(doc)
    return doc


@cache
def pipeline() -> Language:
    """The pipeline, built once a process: spaCy and the modules of the components are imported when it is."""
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc

    language = spacy.blank("zh")
    language.tokenizer = _Characters(language.vocab)
    language.max_length = sys.maxsize  # spaCy's limit is for parsers; a document's size is limited where it is read
    if not Doc.has_extension("found"):
        Doc.set_extension("found", default=None)
    for component in COMPONENTS:
        factory = f"anjian_{component.name}"
        if not Language.has_factory(factory):
            Language.component(factory, func=_in_spacy(component))
        language.add_pipe(factory)
    return language


class _Characters:
    """A tokenizer that makes every character a token, blanks and line ends too."""

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


def _in_spacy(component: Component) -> Callable[[Doc], Doc]:
    """The function of a component as spaCy calls it: from document to document."""
    module, _, name = component.function.partition(":")
    function: Callable[..., tuple[Any, ...]] = getattr(import_module(module), name)

    def run(doc: Doc) -> Doc:
        found: dict[str, Any] = doc._.found
        needed = (found[need] for need in component.needs)
        idle = component.gated and not may_name(found["text"], found["kind"])
        values = () if idle else function(found["text"], *needed)
        found[component.name] = values
        doc.spans[component.name] = [doc[start:end] for value in values for start, end in spans_of(value)]
        return doc

    return run


def spans_of(value: Any) -> Sequence[Span]:
    """The spans of a found value: a Mention's, an Amount's, all those of a Named."""
    if isinstance(value, Mention):
        return ((value.start, value.end),)
    spans: Sequence[Span] = value.spans if hasattr(value, "spans") else (value.span,)
    return spans
