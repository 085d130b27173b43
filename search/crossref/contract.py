"""Dossiers as the JSON that users script against; the names of its fields do not change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from indexer.extract.extraction import Article
from search.crossref.agency import AgencyDossier
from search.crossref.article import ArticleDossier, Citation
from search.crossref.company import CoNamed
from search.crossref.graph import Graph
from search.crossref.lifecycle import Lifecycle, Reached, Sum
from search.crossref.official import Dossier
from search.crossref.posts import Held
from search.crossref.sources import Evidence


def official_json(dossier: Dossier) -> dict[str, Any]:
    """The dossier of an official as plain values."""
    return {
        "id": dossier.id,
        "name": dossier.name,
        "names": list(dossier.names),
        "born": list(dossier.born),
        "origins": list(dossier.origins),
        "posts": [_post(post) for post in dossier.posts],
        "cases": [_case(case) for case in dossier.cases],
        "stages": [_reached("stage", stage) for stage in dossier.stages],
        "sanctions": [_reached("sanction", sanction) for sanction in dossier.sanctions],
        "amounts": [_sum(amount) for case in dossier.cases for amount in case.amounts],
        "documents": list(dossier.documents),
        "co_named": [_co_named(one) for one in dossier.co_named],
        "agencies": [{"name": name, "count": count} for name, count in dossier.agencies],
        "perhaps_same": [asdict(one) for one in dossier.perhaps_same],
        "conflicts": list(dossier.conflicts),
        "timeline": [
            {"date": event.date, "what": event.what, "evidence": evidence_json([event.evidence])}
            for event in dossier.timeline
        ],
        "unread": dossier.unread,
    }


def agency_json(dossier: AgencyDossier) -> dict[str, Any]:
    """The dossier of an agency as plain values."""
    return {
        "name": dossier.name,
        "names": list(dossier.names),
        "aliases": list(dossier.aliases),
        "place": dossier.place,
        "parent": dossier.parent,
        "renamed": [
            {"from": step.before, "to": step.after, "date": step.date, "kind": step.kind.value, "source": step.source}
            for step in dossier.renamed
        ],
        "officials": [
            {"id": one.id, "name": one.name, "posts": [_post(post) for post in one.posts]} for one in dossier.officials
        ],
        "cases": [
            {
                "official": case.official or None,
                "name": case.name,
                "date": case.date,
                **_case(case.matter),
                "evidence": evidence_json([case.evidence]),
            }
            for case in dossier.cases
        ],
        "cases_by_year": dict(dossier.by_year),
        "cases_by_violation": dict(dossier.by_violation),
        "circulars": [
            {
                "document": one.document,
                "title": one.title,
                "date": one.date,
                "doc_number": one.number,
                "evidence": evidence_json([one.evidence]),
            }
            for one in dossier.circulars
        ],
        "documents": list(dossier.documents),
        "unread": dossier.unread,
    }


def article_json(dossier: ArticleDossier) -> dict[str, Any]:
    """The dossier of an article as plain values."""
    return {
        **_article(dossier.asked),
        "laws": list(dossier.laws),
        "documents": dossier.documents,
        "by_sanction": dict(dossier.by_sanction),
        "editions": [
            {
                "edition": edition.year,
                "by_sanction": dict(edition.by_sanction),
                "citations": [_citation(one) for one in edition.citations],
                "cases": [
                    {
                        "case": case.id,
                        "subjects": list(case.subjects),
                        "sanctions": list(case.sanctions),
                        "violations": list(case.violations),
                        "evidence": evidence_json([case.citation.evidence]),
                    }
                    for case in edition.cases
                ],
            }
            for edition in dossier.editions
        ],
        "unread": dossier.unread,
    }


def graph_json(graph: Graph) -> dict[str, Any]:
    """The graph as plain values: ties are seen from `one`."""
    return {
        "nodes": [asdict(node) for node in graph.nodes],
        "edges": [
            {
                "one": edge.one,
                "other": edge.other,
                "weight": edge.weight,
                "count": edge.count,
                "how": dict(edge.how),
                "evidence": evidence_json(edge.evidence),
            }
            for edge in graph.edges
        ],
        "centre": list(graph.centre),
        "paths": [{"kind": path.kind, "people": list(path.people)} for path in graph.paths],
        "cut": graph.cut,
    }


def evidence_json(evidence: Iterable[Evidence]) -> list[Mapping[str, Any]]:
    """Where facts stand: document, source, page from 1, the sentence, and its place in the document's text."""
    return [asdict(one) for one in evidence]


def _post(post: Held) -> dict[str, Any]:
    return {
        "org": post.org,
        "title": post.title,
        "from": post.first,
        "to": post.last,
        "former": post.former,
        "seen": list(post.seen),
        "agency": post.agency,
        "evidence": evidence_json(post.evidence),
    }


def _case(case: Lifecycle) -> dict[str, Any]:
    return {
        "cases": list(case.cases),
        "stages": [_reached("stage", stage) for stage in case.stages],
        "sanctions": [_reached("sanction", sanction) for sanction in case.sanctions],
        "violations": list(case.violations),
        "offences": list(case.offences),
        "amounts": [_sum(amount) for amount in case.amounts],
        "conduct_from": case.conduct_from,
        "conduct_to": case.conduct_to,
    }


def _reached(kind: str, reached: Reached) -> dict[str, Any]:
    return {kind: reached.name, "date": reached.date, "evidence": evidence_json(reached.evidence)}


def _sum(amount: Sum) -> dict[str, Any]:
    return {"text": amount.text, "yuan": amount.yuan, "of": amount.of, "evidence": evidence_json(amount.evidence)}


def _co_named(one: CoNamed) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "count": one.count,
        "how": dict(one.how),
        "evidence": evidence_json(one.evidence),
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "law": article.law,
        "article": article.article,
        "inserted": article.inserted,
        "paragraph": article.paragraph,
        "item": article.item,
    }


def _citation(one: Citation) -> dict[str, Any]:
    return {
        **_article(one.article),
        "document": one.document,
        "kind": one.kind,
        "date": one.date,
        "edition": one.edition,
        "edition_stated": one.stated,
        "evidence": evidence_json([one.evidence]),
    }
