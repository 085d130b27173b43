"""A digest by e-mail, through the office's own server. Nothing is sent unless that is configured and asked for.

The only place of the program that opens a connection to another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.store import Store
from reports.digest import Digest, mail
from upkeep.alerts import mailed
from upkeep.errors import UpkeepError

if TYPE_CHECKING:
    from smtplib import SMTP

_PATIENCE = 30  # seconds until a silent server is given up
_SECURITY = ("starttls", "tls", "none")


class MailFailed(UpkeepError):
    """A digest was not sent; what is in it goes with the next one."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and who writes to whom through it. Without a `user` nobody logs in; `security` is of _SECURITY."""

    host: str
    port: int
    security: str
    user: str
    sender: str
    to: tuple[str, ...]


def configured(values: Mapping[str, str | int | tuple[str, ...]]) -> Server:
    """The server that the settings name. Raises MailFailed where one of them is wanting."""
    to = values["mail_to"]
    server = Server(
        host=str(values["mail_server"]),
        port=int(str(values["mail_port"])),
        security=str(values["mail_security"]),
        user=str(values["mail_user"]),
        sender=str(values["mail_from"]),
        to=to if isinstance(to, tuple) else (),
    )
    wanting = [
        name
        for name, value in (("mail_server", server.host), ("mail_from", server.sender), ("mail_to", server.to))
        if not value
    ]
    if wanting:
        raise MailFailed(f"还不能发邮件：请在资料库的 anjian.toml 里写好 {'、'.join(wanting)}。")
    if server.security not in _SECURITY:
        raise MailFailed(f"设置 mail_security 应为 {'、'.join(_SECURITY)} 之一，现在是“{server.security}”。")
    return server


def connect(server: Server) -> SMTP:
    """A connection to the server, encrypted as configured. Raises OSError or smtplib.SMTPException."""
    import smtplib
    import ssl

    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_PATIENCE, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE)
    if server.security == "starttls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except BaseException:
            connection.close()
            raise
    return connection


def post(
    store: Store,
    digest: Digest,
    server: Server,
    *,
    password: str,
    now: datetime,
    connect: Callable[[Server], SMTP] = connect,
) -> Sequence[str]:
    """Send a digest, and note that it was sent. An empty one is not sent.

    Returns the addresses that the server refused while it took others. Raises MailFailed, or StoreError where it was
    sent and that could not be noted.
    """
    if not digest.total:
        return ()
    if server.user and not password:
        raise MailFailed("没有发出邮件：设置了 mail_user，请把密码写在环境变量 ANJIAN_MAIL_PASSWORD 里。")
    try:
        message = mail(digest, server.sender, server.to, now)
        with connect(server) as connection:
            if server.user:
                connection.login(server.user, password)
            refused = connection.send_message(message)
    except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors
        raise MailFailed(
            f"没有发出邮件（{server.host}:{server.port}，{_said(error)}）。"
            "提醒都还在，下次会再发；请检查 mail_ 开头的各项设置。"
        ) from error
    mailed(store, digest, now)
    return tuple(refused)


def _said(error: Exception) -> str:
    """What an error says, on one line and not at length; a server's words may be anything."""
    return " ".join(f"{type(error).__name__} {error}".split())[:200]
