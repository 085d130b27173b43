"""What can go wrong that the user can mend: it ends in one sentence, never a traceback."""

from __future__ import annotations

from corpus.sandbox import SandboxError
from corpus.store import StoreError
from corpus.tables import TableUnreadable
from indexer.errors import FolderVanished
from indexer.judging import CorrectionRefused
from indexer.segment import DictionaryError
from reports.errors import ReportRefused
from search.engine import EngineError
from search.expansion import ExpansionError
from settings import SettingsError
from upkeep.errors import UpkeepError

#: Each message says what to do.
EXPECTED = (
    StoreError, EngineError, FolderVanished, SettingsError, DictionaryError, ExpansionError, CorrectionRefused,
    UpkeepError, TableUnreadable, ReportRefused,
    SandboxError,
)  # fmt: skip
