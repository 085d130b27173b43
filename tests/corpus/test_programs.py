"""Programs that read old files end with the child that started them, leave nothing behind, and stay off the network."""

from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

from corpus.document import Reason, Skip
from corpus.readers import programs
from corpus.readers.contract import Limits
from corpus.sandbox import Sandbox


def install(folder: Path, script: str) -> None:
    """Put a program that answers to the name of LibreOffice into the folder."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def convert(folder: Path) -> str:
    os.environ["PATH"] = f"{folder}:/usr/bin:/bin"
    return programs.to_text("旧文件".encode(), "doc", 30)


def test_a_program_that_hangs_dies_with_all_it_started(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    install(tmp_path, f'exec 3>"{pipe}"\necho "$TMPDIR" >&3\nsleep 600 &\nsleep 600')
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with Sandbox(convert, source_of=str, workers=1, limits=Limits(seconds=1.0)) as sandbox:
            ((_, skip),) = sandbox.run([tmp_path])
            assert isinstance(skip, Skip)
            assert skip.reason is Reason.TIMED_OUT
            scratch = os.read(end, 4096).decode().strip()
            assert scratch
            assert not Path(scratch).exists()
            assert select.select([end], [], [], 30)[0]  # the end of the pipe: nobody holds it open any more
            assert os.read(end, 1) == b""
    finally:
        os.close(end)


def test_libreoffice_is_told_to_stay_off_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, 'for a; do case "$a" in -env:*) cat "${a#*file://}/user/registrymodifications.xcu";; esac; done')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    settings = convert(tmp_path)
    assert "BlockUntrustedRefererLinks" in settings
    assert settings.count("127.0.0.1") == 2
