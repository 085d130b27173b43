"""What other tools do with the same texts and the same questions. One file a tool, one line a tool here."""

from __future__ import annotations

from benchmarks.peers import fts5, lucene, tantivy_jieba, whoosh_jieba
from benchmarks.peers.contract import Peer

PEERS: tuple[Peer, ...] = (
    whoosh_jieba.WhooshJieba(),
    fts5.Fts5(),
    tantivy_jieba.TantivyJieba(),
    lucene.Lucene(),
)
