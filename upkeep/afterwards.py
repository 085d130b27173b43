"""What follows a run: the watches see what came, and who asked to be told by mail is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from corpus.store import Store
from indexer.report import Report
from search.searcher import Searcher
from upkeep import alerts, mail

#: How far back a letter looks for what was found and not yet sent.
_DAYS = timedelta(days=30)


def tell(
    store: Store, searcher: Searcher, report: Report, *, library: Path, settings: Mapping[str, Any], password: str
) -> None:
    """Let the watches see the documents that came; mail what is new where the settings say so.

    A letter that cannot be sent is noted in the report, and tried again after the next run.
    """
    found = alerts.collect(store, searcher)
    if total := sum(found.values()):
        report.notes.append(f"关注的内容有 {total:,} 条新的提醒，查看：anjian alerts")
    if not settings["mail_alerts"]:
        return
    now = datetime.now().astimezone()
    digest = alerts.digest(store, library.resolve().name, now.date(), since=(now - _DAYS).date(), unsent=True)
    try:
        refused = mail.post(store, digest, mail.configured(settings), password=password, now=now)
    except mail.MailFailed as error:
        report.notes.append(str(error))
    else:
        report.notes += [f"邮件服务器不收这个地址：{address}" for address in refused]
