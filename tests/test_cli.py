"""The command line as a user meets it: what it prints, where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus import lock
from corpus.store import FILE_NAME
from samples.writers.pdf_file import FONT
from upkeep import manifest

CLI = [sys.executable, "-m", "cli"]


class Office:
    """A folder of documents, a library, and someone at a terminal."""

    def __init__(self, home: Path) -> None:
        self.folder, self.library = home / "资料", home / "library"
        self.folder.mkdir()

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, *words: str, status: int = 0, **environment: str) -> str:
        done = self.call(*words, **environment)
        assert done.returncode == status, done.stderr or done.stdout
        assert "Traceback" not in done.stderr
        return done.stdout

    def call(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        home = {**os.environ, "ANJIAN_LIBRARY": str(self.library), **environment}
        return subprocess.run([*CLI, *words], capture_output=True, text=True, env=home, check=False, timeout=120)

    def complaint(self, *words: str, **environment: str) -> str:
        """What is said on stderr when nothing can be done: one sentence or two, on one line."""
        done = self.call(*words, **environment)
        assert done.returncode == 3, done.stdout
        assert "Traceback" not in done.stderr
        (line,) = done.stderr.strip().splitlines()
        return line


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A stocked library that tests only read."""
    return stock(Office(tmp_path_factory.mktemp("office")))


@pytest.fixture
def stocked(shared: Office, tmp_path: Path) -> Office:
    """A stocked library that a test may change."""
    return copied(shared, tmp_path)


def copied(shared: Office, home: Path) -> Office:
    """Another office with the same documents, its library as if it had been indexed there."""
    office = Office(home)
    shutil.copytree(shared.folder, office.folder, dirs_exist_ok=True)
    shutil.copytree(shared.library, office.library)
    with closing(sqlite3.connect(office.library / FILE_NAME)) as database:
        database.execute("UPDATE folders SET path = ?", (str(office.folder),))
        database.commit()
    (office.library / manifest.FILE_NAME).unlink()  # it speaks of the database as it was
    return office


def stock(office: Office) -> Office:
    office.write(
        "通报/甲.txt", "关于五起违规吃喝典型问题的通报\n云岭市审计局原局长方正明违规接受宴请，受到党内警告处分。"
    )
    office.write("简报/乙.txt", "工作简报\n招投标专项整治深入推进，严查受贿。")
    office.run("index", str(office.folder))
    return office


def test_a_folder_that_is_not_there_leaves_no_library(office: Office) -> None:
    assert "请检查路径" in office.complaint("index", str(office.folder), str(office.folder / "写错了"))
    assert not office.library.exists()


def test_index_then_search(shared: Office) -> None:
    shown = shared.run("search", "受贿", "招投标")
    assert "共 1 份文件" in shown
    assert "严查【受贿】" in shown
    assert "简报/乙.txt" in shown


def test_a_word_to_leave_out_is_no_option(shared: Office) -> None:
    assert "通报/甲.txt" in shared.run("search", "类型:通报", "-受贿")
    assert "--limt" in shared.call("search", "受贿", "--limt", "3").stderr


def test_search_json_is_one_object_of_the_contract(shared: Office) -> None:
    result = json.loads(shared.run("search", "宴请", "--json"))
    assert {"query", "problems", "relaxed", "total", "hits", "facets", "took_ms"} <= set(result)
    (hit,) = result["hits"]
    assert {"id", "source", "title", "kind", "date", "page", "score", "signals", "fragments"} <= set(hit)
    assert (hit["source"], hit["kind"]) == ("通报/甲.txt", "circular")
    document = json.loads(shared.run("show", hit["id"], "--json"))
    assert {"id", "source", "title", "kind", "date", "meta", "text", "pages"} <= set(document)
    for fragment in hit["fragments"]:
        assert fragment["text"] == document["text"][fragment["start"] : fragment["end"]]
        assert [document["text"][a:b] for a, b in fragment["marks"]] == ["宴请"]


def test_nothing_found_ends_with_one(shared: Office) -> None:
    assert "没有找到" in shared.run("search", "绝无此词", status=1)
    assert json.loads(shared.run("search", "绝无此词", "--json", status=1))["total"] == 0
    shared.run("show", "ffff", status=1)
    shared.run("suggest", "绝无此词", status=1)


def test_show_by_beginning_of_the_id_or_by_path(shared: Office) -> None:
    key = json.loads(shared.run("search", "宴请", "--json"))["hits"][0]["id"]
    for name in (key, key[:8], "通报/甲.txt"):
        assert "云岭市审计局原局长方正明" in shared.run("show", name)


def test_some_files_failed_ends_with_two_and_is_listed(stocked: Office) -> None:
    stocked.write("坏.pdf", "%PDF-1.7 断了")
    stocked.run("reindex", status=2)
    assert "坏.pdf" in stocked.run("failures")
    (row,) = csv.DictReader(io.StringIO(stocked.run("failures", "--csv")))
    assert row["文件"] == "坏.pdf"
    assert json.loads(stocked.run("failures", "--json"))["skip"]["source"] == "坏.pdf"
    assert "未能读取" in stocked.run("status")
    (stocked.folder / "坏.pdf").unlink()
    stocked.run("reindex")
    assert "全部文件都读成了" in stocked.run("failures")


def test_scans_are_put_off_and_recognised_later_or_at_once_to_extract(office: Office) -> None:
    scan = Image.new("RGB", (700, 120), "white")
    font = ImageFont.truetype(str(FONT), 32)
    ImageDraw.Draw(scan).text((30, 40), "关于周维岱违纪违法案的通报", fill="black", font=font)
    scan.save(office.folder / "扫描.png")
    assert "等待文字识别" in office.run("index", str(office.folder), "--ocr", "later", status=2)
    office.run("reindex", "--ocr", "now")
    assert "扫描.png" in office.run("search", "文字来源:ocr", "周维岱")
    shown = office.run("show", "扫描.png")
    assert "关于周维岱违纪违法案的通报" in shown
    assert "文字识别，质量" in shown
    extracted = json.loads(office.run("extract", str(office.folder), "--json", "--with-text"))
    assert extracted["text_source"] == ["ocr"]
    assert "周维岱" in extracted["text"]
    assert extracted["problems"] == []


def test_doctor_names_parts_and_settings(office: Office) -> None:
    shown = office.run("doctor")
    assert "tantivy" in shown
    assert "file_megabytes" in shown
    assert office.run("doctor", ANJIAN_ENGINE="whoosh").count("ANJIAN_ENGINE") == 1


@pytest.mark.parametrize(
    ("words", "environment", "says"),
    [
        (("search", "受贿"), {}, "anjian index"),  # no library yet
        (("index", "没有这个文件夹"), {}, "没有这个文件夹"),
        (("reindex",), {}, "anjian index"),
        (("index", "."), {"ANJIAN_ENGINE": "lucene"}, "lucene"),  # an engine that does not exist
        (("index", "."), {"ANJIAN_WORKERS": "许多"}, "ANJIAN_WORKERS"),
        (("search", "--offset", "-1", "词"), {}, "offset"),
        (("nonsense",), {}, "nonsense"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    office: Office, words: tuple[str, ...], environment: dict[str, str], says: str
) -> None:
    done = office.call(*words, **environment)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert says in done.stderr


def test_a_library_being_written_names_the_writer(shared: Office) -> None:
    with lock.writing(shared.library):
        assert str(os.getpid()) in shared.complaint("reindex")
        assert "宴请" in shared.run("search", "宴请")  # reading goes on


def test_a_library_of_a_newer_version_is_left_alone(stocked: Office) -> None:
    import sqlite3

    with sqlite3.connect(stocked.library / FILE_NAME) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "升级" in stocked.complaint("search", "宴请")


def test_a_damaged_library_says_so(stocked: Office) -> None:
    (stocked.library / FILE_NAME).write_bytes(b"not a database" * 100)
    assert "资料库" in stocked.complaint("search", "宴请")


def test_a_bad_settings_file_is_named(stocked: Office) -> None:
    (stocked.library / "anjian.toml").write_text("engin = 'whoosh'", encoding="utf-8")
    assert "engin" in stocked.complaint("search", "宴请")


def test_the_library_may_not_index_itself(office: Office) -> None:
    inside = str(office.folder / "library")
    office.write("甲.txt", "文字")
    assert "别处" in office.complaint("index", str(office.folder), ANJIAN_LIBRARY=inside)


def test_both_engines_find_the_same(stocked: Office) -> None:
    found = []
    for engine in ("tantivy", "whoosh"):
        stocked.run("reindex", ANJIAN_ENGINE=engine)
        found.append(json.loads(stocked.run("search", "宴请 OR 受贿", "--json", ANJIAN_ENGINE=engine)))
    assert found[0]["total"] == found[1]["total"] == 2
    assert {hit["id"] for hit in found[0]["hits"]} == {hit["id"] for hit in found[1]["hits"]}


def test_a_full_disk_ends_in_one_sentence_and_loses_nothing(stocked: Office) -> None:
    """A limit on the size of files stands for the full disk: every write beyond it fails."""
    import resource

    stocked.write("大.txt", "很长的一份文件，含有受贿二字。" * 20_000)
    home = {**os.environ, "ANJIAN_LIBRARY": str(stocked.library)}
    done = subprocess.run(
        [*CLI, "reindex"], capture_output=True, text=True, env=home, check=False, timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )  # fmt: skip
    assert done.returncode == 3, done.stdout
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "通报/甲.txt" in stocked.run("search", "宴请")
    stocked.run("reindex")
    assert "大.txt" in stocked.run("search", "很长的一份文件")
