"""Whatever is done to a file, its reader finds something or says why not; nothing else is ever raised."""

from __future__ import annotations

from contextlib import suppress

import pytest

from corpus.document import Skip
from corpus.readers import archive, mail, mhtml, ofd, outlook, sheet, slides, subtitles, word
from corpus.readers.contract import Blob, Limits, Reading, Unreadable
from tests.corpus.formats.mutations import broken, samples

READERS = [module.READER for module in (archive, mail, mhtml, ofd, outlook, sheet, slides, subtitles, word)]
LIMITS = Limits(expanded_bytes=64 * 2**20)


@pytest.mark.parametrize("sample", samples(), ids=lambda blob: blob.name)
def test_one_reader_claims_a_good_file(sample: Blob) -> None:
    assert len([reader.name for reader in READERS if reader.identify(sample)]) == 1


@pytest.mark.parametrize("sample", samples(), ids=lambda blob: blob.name)
def test_a_damaged_file_raises_nothing_but_unreadable(sample: Blob) -> None:
    for blob in broken(sample, 40):
        claims = [reader for reader in READERS if reader.identify(blob)]
        assert len(claims) <= 1
        for reader in claims:
            found: list[object] = []
            with suppress(Unreadable):
                found = list(reader.read(blob, LIMITS))
                assert found
            assert all(isinstance(one, (Reading, Blob, Skip)) for one in found)
