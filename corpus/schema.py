"""The tables of the library's database. A change here goes with a migration in `migrations/versions`."""

from __future__ import annotations

import sqlalchemy as sa

#: The newest migration: a library that says otherwise is older (it is upgraded) or newer (it is refused).
REVISION = "0001"

metadata = sa.MetaData()

#: The indexed folders. `name` is part of every document's id, `path` may change when a share is mounted elsewhere.
folders = sa.Table(
    "folders",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("path", sa.Text, nullable=False, unique=True),
)

#: Every file ever read or tried and not gone since, with what tells that it has changed.
files = sa.Table(
    "files",
    metadata,
    sa.Column("folder", sa.Text, sa.ForeignKey("folders.name", ondelete="CASCADE"), primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("mtime_ns", sa.BigInteger, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
)

#: One row a document; a file has none, one, or (an archive, a mail) many.
documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("pages", sa.JSON, nullable=False),
    sa.Column("meta", sa.JSON, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["folder", "path"], ["files.folder", "files.path"], ondelete="CASCADE"),
    sa.Index("documents_by_file", "folder", "path"),
    sa.Index("documents_by_source", "source"),
)

#: The canonical texts, apart from `documents` so that listing documents never reads them.
texts = sa.Table(
    "texts",
    metadata,
    sa.Column("id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)

#: What was not read: a file, a member of one (`source`), or a page.
skips = sa.Table(
    "skips",
    metadata,
    sa.Column("folder", sa.Text, primary_key=True),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("page", sa.Integer, primary_key=True),  # 0: all of it
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("first_seen", sa.Text, nullable=False),
    sa.Column("last_tried", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(["folder", "path"], ["files.folder", "files.path"], ondelete="CASCADE"),
    sa.Index("skips_by_file", "folder", "path"),
)

#: Which documents the index holds, made by which analysis. Not a child of `documents`: it outlives a removed document
#: until the index has forgotten it too.
ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
)

#: What was extracted from a document, as JSON, and by which version of what extracts. Made anew where that changes.
extractions = sa.Table(
    "extractions",
    metadata,
    sa.Column("id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("extraction", sa.JSON, nullable=False),
)

#: What people judged of an extraction (`indexer.corrections`). Not a child of `documents`: it outlives what programs
#: extracted, and the document too, which comes back under the same id or with the same bytes.
judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("start", sa.Integer),
    sa.Column("end", sa.Integer),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("undone", sa.Text),
    sa.Index("judgements_by_document", "document"),
    sa.Index("judgements_by_content", "content_hash"),
)

#: What a document is compared by (`indexer.signature`), to find its copies.
signatures = sa.Table(
    "signatures",
    metadata,
    sa.Column("id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("keys", sa.LargeBinary, nullable=False),
    sa.Column("clauses", sa.LargeBinary, nullable=False),
)

#: Every key of every signature: documents under one key may be copies. Not a child of `documents`, which would take
#: an index by id as large as the table; a row without its signature means nothing.
bands = sa.Table(
    "bands",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)

#: The documents that have copies. A group is named after the smallest id in it.
duplicates = sa.Table(
    "duplicates",
    metadata,
    sa.Column("id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("group", sa.Text, nullable=False),
    sa.Index("duplicates_by_group", "group"),
)

#: The words of all documents with the number of documents that hold them: for suggestions, spelling and pinyin.
vocabulary = sa.Table(
    "vocabulary",
    metadata,
    sa.Column("word", sa.Text, primary_key=True),
    sa.Column("documents", sa.Integer, nullable=False),
    sa.Column("pinyin", sa.Text, nullable=False),
    sa.Column("initials", sa.Text, nullable=False),
    sa.Index("vocabulary_by_pinyin", "pinyin"),
    sa.Index("vocabulary_by_initials", "initials"),
)
# Words that differ in their first character are found by the rest.
sa.Index("vocabulary_by_rest", sa.func.substr(vocabulary.c.word, sa.literal_column("2")))

#: Each run of the indexer, with its report as JSON.
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("finished", sa.Text),
    sa.Column("report", sa.JSON),
)
