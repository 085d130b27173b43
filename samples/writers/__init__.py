"""One file a format: each makes the bytes of a copy from the piece it shows, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from samples.piece import Copy, Piece
from samples.writers import docx_file, html_page, pdf_file, text_file

WRITERS: Mapping[str, Callable[[Piece, Copy], bytes]] = {
    "txt": text_file.write,
    "html": html_page.write,
    "pdf": pdf_file.write,
    "docx": docx_file.write,
}
