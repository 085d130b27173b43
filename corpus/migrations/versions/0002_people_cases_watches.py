"""People, agencies, cases, what is watched, and where the files of an index are."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables and columns; what is in the library stays as it is."""
    op.create_table(
        "arrivals",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("content_hash"),
    )
    op.create_table(
        "indexes",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("one_name", sa.Text(), nullable=False),
        sa.Column("one_document", sa.Text(), nullable=False),
        sa.Column("one_content_hash", sa.Text(), nullable=False),
        sa.Column("other_name", sa.Text(), nullable=False),
        sa.Column("other_document", sa.Text(), nullable=False),
        sa.Column("other_content_hash", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "perhaps",
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other"),
    )
    with op.batch_alter_table("perhaps") as batch:
        batch.create_index("perhaps_by_name", ["name"], unique=False)

    op.create_table(
        "profiles",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", "key"),
    )
    op.create_table(
        "terms",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "alerts",
        sa.Column("watch", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("new", sa.Boolean(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("mailed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["watch"], ["watches.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("watch", "document"),
    )
    with op.batch_alter_table("alerts") as batch:
        batch.create_index("alerts_by_content", ["watch", "content_hash"], unique=False)

    op.create_table(
        "appearances",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "name", "number"),
    )
    with op.batch_alter_table("appearances") as batch:
        batch.create_index("appearances_by_name", ["name", "profile", "document", "official"], unique=False)
        batch.create_index("appearances_by_official", ["official", "document"], unique=False)

    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("matter", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("cases") as batch:
        batch.create_index("cases_by_document", ["document"], unique=False)

    op.create_table(
        "namings",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "agency", "name"),
    )
    with op.batch_alter_table("namings") as batch:
        batch.create_index("namings_by_agency", ["agency", "document", "name"], unique=False)
        batch.create_index("namings_by_name", ["name", "agency"], unique=False)

    with op.batch_alter_table("documents") as batch:
        batch.create_index("documents_by_content", ["content_hash"], unique=False)

    with op.batch_alter_table("extractions") as batch:
        batch.add_column(sa.Column("derived", sa.Text(), server_default="", nullable=False))
        batch.create_index("extractions_by_derived", ["derived", "id"], unique=False)
        batch.create_index("extractions_by_version", ["fingerprint", "id"], unique=False)

    with op.batch_alter_table("files") as batch:
        batch.add_column(sa.Column("inode", sa.BigInteger(), server_default="0", nullable=False))
        batch.add_column(sa.Column("beside", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("ledger") as batch:
        batch.add_column(sa.Column("seen", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch.create_index("ledger_unseen", ["id"], unique=False, sqlite_where=sa.text("seen IS 0"))
