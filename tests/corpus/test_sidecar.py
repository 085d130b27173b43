"""Sidecars: what they set, how far they reach, and the one message of a bad one."""

from __future__ import annotations

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus import sidecar
from corpus.document import MetaValue
from corpus.metadata import FIELDS


def said(text: str) -> dict[str, str]:
    found = sidecar.read("通报/甲.pdf.meta.yml", text.encode())
    assert all(value.origin == "sidecar" for value in found.values())
    return {name: value.value for name, value in found.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "标题: 关于赵大川案的通报\n日期: 二〇二三年六月五日\n来源: 云溪市纪委监委\n",
            {"title": "关于赵大川案的通报", "date": "2023-06-05", "source": "云溪市纪委监委"},
        ),
        ("date: 2023-06-05\nkind: 通报\n", {"date": "2023-06-05", "kind": "circular"}),
        ("文号: 云纪发〔2023〕5号\n密级: 内部\n", {"doc_number": "云纪发〔2023〕5号", "secrecy": "内部"}),
        ("作者: [李木, 王火]\n", {"author": "李木、王火"}),
        ("作者: No\n标题: 012\n", {"author": "No", "title": "012"}),
        ("来源:\n标题: ~\n", {"title": "~"}),
        ("\ufeff来源: 云溪日报", {"source": "云溪日报"}),
        ("", {}),
        ("# 只有注释\n", {}),
    ],
)
def test_what_a_sidecar_sets(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ("颜色: 红".encode(), "颜色"),
        ("日期: 去年".encode(), "去年"),
        ("类型: 小说".encode(), "小说"),
        ("- 标题\n- 日期".encode(), "字段"),
        (b"just words", "字段"),
        ("标题: [甲".encode(), "YAML"),
        ("标题: {甲: 乙}".encode(), "标题"),
        ("标题: [[甲]]".encode(), "标题"),
        (b"a: &a [*a]\n", "a"),
        ("标题: !!python/object/apply:os.system [ls]\n来源: {}".encode(), "来源"),
        ("标题: 通报".encode("gb18030"), "UTF-8"),
        (b"\x00\x01", "YAML"),
        (b"[" * 5000, "YAML"),
        (b"a: b\n" * 20_000, "KB"),
    ],
)
def test_a_bad_sidecar_gives_one_sentence_that_names_it(data: bytes, wrong: str) -> None:
    with pytest.raises(sidecar.BadSidecar) as caught:
        sidecar.read("通报/甲.pdf.meta.yml", data)
    message = str(caught.value)
    assert message.startswith("通报/甲.pdf.meta.yml：")
    assert wrong in message
    assert message.endswith("。")
    assert "\n" not in message


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(sidecar.BadSidecar):
        assert set(sidecar.read("甲.meta.yml", data)) <= set(FIELDS)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_a_title_comes_back_as_it_was_written(title: str) -> None:
    written = yaml.safe_dump({"标题": title}, allow_unicode=True)
    assert said(written) == {"title": title}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a/b/甲.pdf", ["a/b/甲.pdf.meta.yml", "a/b/甲.meta.yml", "a/b/_meta.yml", "a/_meta.yml", "_meta.yml"]),
        ("甲.pdf", ["甲.pdf.meta.yml", "甲.meta.yml", "_meta.yml"]),
        ("甲", ["甲.meta.yml", "_meta.yml"]),
        (
            "a/包.zip!/乙.txt",
            ["a/包.zip!/乙.txt.meta.yml", "a/包.zip!/乙.meta.yml", "a/包.zip!/_meta.yml", "a/_meta.yml", "_meta.yml"],
        ),
    ],
)
def test_which_sidecars_speak_of_a_document(source: str, expected: list[str]) -> None:
    assert list(sidecar.candidates(source)) == expected
    assert all(sidecar.is_sidecar(path) for path in expected)
    assert not sidecar.is_sidecar(source)


def test_the_nearest_sidecar_wins_field_by_field() -> None:
    sidecars = {
        "_meta.yml": {"source": MetaValue("市纪委", "sidecar"), "secrecy": MetaValue("内部", "sidecar")},
        "青石/_meta.yml": {"source": MetaValue("县纪委", "sidecar"), "author": MetaValue("李木", "sidecar")},
        "青石/甲.pdf.meta.yml": {"author": MetaValue("王火", "sidecar")},
    }
    found = {name: value.value for name, value in sidecar.override("青石/甲.pdf", sidecars).items()}
    assert found == {"source": "县纪委", "secrecy": "内部", "author": "王火"}
    assert sidecar.override("白沙/乙.pdf", sidecars) == sidecars["_meta.yml"]
    assert sidecar.override("白沙/乙.pdf", {}) == {}
