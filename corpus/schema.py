"""The tables of the library's database. A change here goes with a migration in `migrations/versions`."""

from __future__ import annotations

import sqlalchemy as sa

#: The newest migration: a library that says otherwise is older (it is upgraded) or newer (it is refused).
REVISION = "0002"

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
    sa.Column("inode", sa.BigInteger, nullable=False, server_default="0"),  # 0: not told by the file system
    sa.Column("beside", sa.Text, nullable=False, server_default=""),  # digest of the stamps of its sidecars
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
    sa.Index("documents_by_content", "content_hash"),
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
#: until the index has forgotten it too. A row is written anew with each change of its entry, which the watches have
#: then not `seen` (`upkeep.alerts`).
ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("seen", sa.Boolean, nullable=False, server_default=sa.false()),
)
sa.Index("ledger_unseen", ledger.c.id, sqlite_where=ledger.c.seen.is_(sa.false()))

#: Where the files of each index in force are: a folder below the library's `index/`. A rebuild is made in a folder
#: beside it, and comes into force with this row, in one transaction with the ledger.
indexes = sa.Table(
    "indexes",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),  # "documents", "cases"
    sa.Column("folder", sa.Text, nullable=False),
)

#: What was extracted from a document, as JSON, and by which version of what extracts. Made anew where that changes.
#: `derived` is the version of what was made of it in turn (`indexer.derived`): appearances, namings, cases.
extractions = sa.Table(
    "extractions",
    metadata,
    sa.Column("id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("extraction", sa.JSON, nullable=False),
    sa.Column("derived", sa.Text, nullable=False, server_default=""),
    # What is left to do is told by these alone: the rows are long, and there are as many as documents.
    sa.Index("extractions_by_version", "fingerprint", "id"),
    sa.Index("extractions_by_derived", "derived", "id"),
)

#: One row for each person as one document names them, with the official it was found to be (`indexer.identity`).
#: `profile` is the key of what it says of who that is, "" where it says nothing.
appearances = sa.Table(
    "appearances",
    metadata,
    sa.Column("document", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("official", sa.Text, nullable=False),
    sa.Column("evidence", sa.JSON, nullable=False),
    # With the official: of a name that thousands of documents hold, who bears it is read from the index alone.
    sa.Index("appearances_by_name", "name", "profile", "document", "official"),
    sa.Index("appearances_by_official", "official", "document"),
)

#: Appearances that say the same of who somebody is, compared as one: what a new document is held against. `sample` are
#: the (document, number) of those whose facts these are.
profiles = sa.Table(
    "profiles",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("official", sa.Text, nullable=False),
    sa.Column("sample", sa.JSON, nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
)

#: Officials of one name that may be the same person, with what speaks for and against it.
perhaps = sa.Table(
    "perhaps",
    metadata,
    sa.Column("one", sa.Text, primary_key=True),
    sa.Column("other", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Index("perhaps_by_name", "name"),
)

#: What people judged of identities: the same, different, or another name. Like `judgements` they outlive documents.
links = sa.Table(
    "links",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("one_name", sa.Text, nullable=False),
    sa.Column("one_document", sa.Text, nullable=False),
    sa.Column("one_content_hash", sa.Text, nullable=False),
    sa.Column("other_name", sa.Text, nullable=False),
    sa.Column("other_document", sa.Text, nullable=False),
    sa.Column("other_content_hash", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("undone", sa.Text),
)

#: Under which names a document speaks of an agency (`indexer.register`): `agency` is the normal name.
namings = sa.Table(
    "namings",
    metadata,
    sa.Column("document", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("agency", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Index("namings_by_agency", "agency", "document", "name"),
    sa.Index("namings_by_name", "name", "agency"),
)

#: The cases of all documents, each with what it is compared by (`indexer.matter`). `id` is that of the document, a
#: hyphen, and the number of the case in it, from 1.
cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("matter", sa.JSON, nullable=False),
    sa.Index("cases_by_document", "document"),
)

#: How common each word and label is among the cases (`indexer.terms`): in how many it stands, by the part of a matter
#: that holds it. The row of the name "" counts every case, and sums how much of the part they hold, in thousandths.
terms = sa.Table(
    "terms",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("cases", sa.Integer, nullable=False),
    sa.Column("weight", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
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

#: What people want to be told of: a saved search, or an official or agency they watch. `query` is the search to run.
watches = sa.Table(
    "watches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # "search", "official", "agency"
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),  # as typed: 近一年 is another year each time it is asked
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("undone", sa.Text),
    sa.Column("since", sa.Integer),  # the last arrival that is not new to it; None: all that the next run meets
)

#: Every content that the library ever held, in the order it came. Not a child of `documents`: what goes and comes back
#: is not new, and no number is given twice.
arrivals = sa.Table(
    "arrivals",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("content_hash", sa.Text, nullable=False, unique=True),
)

#: What a watch has found, once each: not again for a copy of it, nor when it is read or analysed anew.
alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("watch", sa.Integer, sa.ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("found", sa.Text, nullable=False),
    sa.Column("new", sa.Boolean, nullable=False),  # False: a copy of what was listed, or was there before the watch
    sa.Column("about", sa.JSON, nullable=False),  # what is shown of it (`reports.digest.Item`), as it was found
    sa.Column("mailed", sa.Text),
    sa.Index("alerts_by_content", "watch", "content_hash"),
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
