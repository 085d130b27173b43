"""What a folder may be found to be, in place of one that can be indexed."""

from __future__ import annotations

from corpus.store import StoreError


class FolderUnusable(StoreError):
    """A folder to be indexed is missing, is not a folder, or holds the library itself."""


class FolderVanished(Exception):
    """So many files of a folder are gone that it is rather a share that is not mounted, or not whole."""
