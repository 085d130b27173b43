"""Digests by e-mail: only as configured, each alert once, and what fails is tried again."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar, Self

import pytest

from corpus.store import Store
from settings import TABLE
from tests.upkeep.desk import NOW, Desk
from upkeep.mail import MailFailed, Server, configured, connect, post

SERVER = Server("mail.example.org", 587, "starttls", "anjian", "anjian@example.org", ("a@example.org", "b@example.org"))
WORD = "密"
DEFAULTS = {setting.name: setting.default for setting in TABLE}
SET = {**DEFAULTS, "mail_server": "mail.example.org", "mail_from": "x@example.org", "mail_to": ("y@example.org",)}


class Post:
    """An SMTP connection that keeps what it is given, or fails as told."""

    def __init__(self, failure: Exception | None = None, refused: tuple[str, ...] = ()) -> None:
        self.failure, self.refused = failure, refused
        self.sent: list[EmailMessage] = []
        self.login_as: tuple[str, str] | None = None
        self.closed = False

    def __call__(self, _server: Server) -> Post:
        if isinstance(self.failure, ConnectionError):
            raise self.failure
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True

    def login(self, user: str, password: str) -> None:
        self.login_as = (user, password)

    def send_message(self, message: EmailMessage) -> Mapping[str, object]:
        if self.failure:
            raise self.failure
        self.sent.append(message)
        return dict.fromkeys(self.refused, (550, b"no"))


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    made = Desk(store, tmp_path)
    made.save("受贿")
    made.write("新.txt", "受贿的事")
    made.run()
    return made


def send(desk: Desk, through: Callable[..., object], server: Server = SERVER, password: str = WORD) -> tuple[str, ...]:
    digest = desk.digest(unsent=True)
    return tuple(post(desk.store, digest, server, password=password, now=NOW, connect=through))  # type: ignore[arg-type]


def test_what_is_new_is_sent_once(desk: Desk) -> None:
    box = Post()
    assert send(desk, box) == ()
    assert box.login_as == ("anjian", "密")
    assert box.closed
    (message,) = box.sent
    assert message["To"] == "a@example.org, b@example.org"
    assert "新.txt" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    send(desk, box)
    assert len(box.sent) == 1
    desk.write("又.txt", "又一件受贿的事")
    desk.run()
    send(desk, box)
    assert "新.txt" not in box.sent[1].as_string()


@pytest.mark.parametrize(
    "failure",
    [
        ConnectionRefusedError(111, "refused"),
        smtplib.SMTPAuthenticationError(535, b"bad"),
        smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no")}),
        smtplib.SMTPServerDisconnected("gone\nline two"),
        TimeoutError("timed out"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_fails_is_told_in_a_sentence_and_sent_the_next_time(desk: Desk, failure: Exception) -> None:
    with pytest.raises(MailFailed, match=r"mail\.example\.org:587.*下次会再发") as told:
        send(desk, Post(failure))
    assert "\n" not in str(told.value)
    assert "密" not in str(told.value)
    box = Post()
    send(desk, box)
    assert len(box.sent) == 1


def test_a_refused_address_is_told_and_the_others_have_it(desk: Desk) -> None:
    assert send(desk, Post(refused=("b@example.org",))) == ("b@example.org",)
    assert desk.digest(unsent=True).total == 0


def test_without_a_password_nobody_logs_in_and_without_a_user_none_is_needed(desk: Desk) -> None:
    with pytest.raises(MailFailed, match="ANJIAN_MAIL_PASSWORD"):
        send(desk, Post(), password="")
    box = Post()
    send(desk, box, Server("mail", 25, "none", "", "x@example.org", ("y@example.org",)), password="")
    assert box.login_as is None
    assert len(box.sent) == 1


def test_a_sender_that_is_no_address_is_told(desk: Desk) -> None:
    with pytest.raises(MailFailed, match="mail_"):
        send(desk, Post(), Server("mail", 25, "none", "", "x@example.org\nBcc: z@example.org", ("y@example.org",)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mail_server": ""}, "mail_server"),
        ({"mail_to": ()}, "mail_to"),
        ({"mail_from": "", "mail_to": ()}, "mail_from、mail_to"),
        ({"mail_security": "ssl3"}, "starttls、tls、none"),
    ],
)
def test_what_is_not_configured_is_named(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(MailFailed, match=said):
        configured({**SET, **wrong})  # type: ignore[arg-type]


def test_configured() -> None:
    assert configured(SET) == Server("mail.example.org", 587, "starttls", "", "x@example.org", ("y@example.org",))
    with pytest.raises(MailFailed):
        configured(DEFAULTS)


class Line:
    """What stands for smtplib's connections: it notes how it was opened."""

    opened: ClassVar[list[tuple[str, ssl.SSLContext | None]]] = []

    def __init__(self, host: str, port: int, *, timeout: float, context: ssl.SSLContext | None = None) -> None:
        assert timeout > 0
        self.opened.append((f"{host}:{port}", context))

    def starttls(self, *, context: ssl.SSLContext) -> None:
        self.opened.append(("starttls", context))


@pytest.mark.parametrize(("security", "steps"), [("none", 1), ("starttls", 2), ("tls", 1)])
def test_an_encrypted_connection_checks_who_answers(monkeypatch: pytest.MonkeyPatch, security: str, steps: int) -> None:
    Line.opened.clear()
    monkeypatch.setattr(smtplib, "SMTP", Line)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Line)
    connect(Server("mail", 25, security, "", "x@example.org", ("y@example.org",)))
    contexts = [context for _, context in Line.opened if context]
    assert (Line.opened[0][0], len(Line.opened), len(contexts)) == ("mail:25", steps, security != "none")
    assert all(context.check_hostname and context.verify_mode is ssl.CERT_REQUIRED for context in contexts)
