"""How much of what lies in the folders has been read: files, pages, and by what means."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from corpus.quality import USABLE
from corpus.schema import documents, files, skips
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts over a library. A file is read, or read in part (something in it was not), or not read at all.

    `recognised` counts pages whose text was recognised from their picture, `poor` pages whose text reads badly.
    """

    files: int
    read: int
    partly: int
    unread: int
    pages: int
    recognised: int
    poor: int


def coverage(store: Store) -> Coverage:
    """Count. Raises StoreError."""
    of_documents = (documents.c.folder == files.c.folder) & (documents.c.path == files.c.path)
    of_skips = (skips.c.folder == files.c.folder) & (skips.c.path == files.c.path)
    has_text = sa.exists().where(of_documents)
    has_skips = sa.exists().where(of_skips)
    page = sa.func.json_each(documents.c.pages).table_valued("value").alias("page")
    source = sa.func.json_extract(page.c.value, "$.source")
    quality = sa.func.json_extract(page.c.value, "$.quality")
    by_page = sa.select(
        sa.func.count(),
        sa.func.count().filter(source == "ocr"),
        sa.func.count().filter(quality < USABLE),
    ).select_from(documents.join(page, sa.true()))
    with store.reading() as connection:
        every, read, partly = connection.execute(
            sa.select(
                sa.func.count(),
                sa.func.count().filter(has_text & ~has_skips),
                sa.func.count().filter(has_text & has_skips),
            ).select_from(files)
        ).one()
        pages, recognised, poor = connection.execute(by_page).one()
    return Coverage(every, read, partly, every - read - partly, pages, recognised, poor)
