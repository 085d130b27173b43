"""Results gathered to batches, and the keeping of one while the next is gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self, TypeVar

Result = TypeVar("Result")

BATCH_DOCUMENTS = 2_000
BATCH_CHARACTERS = 8_000_000


def batches(
    results: Iterable[Result], characters: Callable[[Result], int], at_most: int = BATCH_DOCUMENTS
) -> Iterator[list[Result]]:
    """The results in batches of at most so many, and of about BATCH_CHARACTERS characters."""
    batch: list[Result] = []
    size = 0
    for result in results:
        batch.append(result)
        size += characters(result)
        if len(batch) >= at_most or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Beside:
    """Work done beside that of the caller, one piece at a time and in order; a context manager that ends with it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeping")
        self._under_way: Future[object] | None = None

    def do(self, work: Callable[[], object]) -> None:
        """Begin a piece of work once the one before is done. Raises what that one raised."""
        self._wait()
        self._under_way = self._thread.submit(work)

    def _wait(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self._thread.shutdown()
        if error is None:
            self._wait()
