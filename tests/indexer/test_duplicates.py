"""Copies: which texts are taken for one, and groups that do not depend on how they came about."""

from __future__ import annotations

from itertools import pairwise

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import Document, Page
from corpus.schema import bands, duplicates, signatures
from corpus.store import FileRecord, Folder, Kept, Store
from indexer import signature
from indexer.duplicates import put, remove
from indexer.signature import SHORTEST, alike, clauses, read_clauses, read_keys, sign

NOTICE = (
    "日前，经云岭市委批准，云岭市纪委监委对市审计局原党组书记、局长方正明严重违纪违法问题进行了立案审查调查。"
    "经查，方正明丧失理想信念，背弃初心使命，对抗组织审查；违反中央八项规定精神，收受礼品礼金共计12.6万元；"
    "违反组织原则，不按规定报告个人有关事项；利用职务便利为他人在工程承揽、资金拨付等方面谋取利益，并非法收受财物。"
    "方正明严重违反党的政治纪律、组织纪律和廉洁纪律，构成严重职务违法并涉嫌受贿犯罪，且在党的十八大后不收敛、不收手，"
    "性质严重，影响恶劣，应予严肃处理。依据有关规定，经市纪委常委会会议研究并报市委批准，决定给予方正明开除党籍处分；"
    "由市监委给予其开除公职处分；收缴其违纪违法所得；将其涉嫌犯罪问题移送检察机关依法审查起诉，所涉财物一并移送。"
)
REPRINT = f"云岭一局长被“双开”\n据市纪委监委消息：\n{NOTICE}\n（责任编辑：苏眉　来源：云岭清风）"
SECOND = (
    "日前，经渚川市委批准，渚川市纪委监委对市水务局原党组书记、局长李兆峰严重违纪违法问题进行了立案审查调查。"
    "经查，李兆峰理想信念缺失，纪法意识淡薄；违反中央八项规定精神，接受可能影响公正执行公务的宴请；"
    "违反组织原则，不按规定报告个人有关事项；利用职务便利为他人在水库除险加固项目中谋取利益，并非法收受财物。"
    "李兆峰严重违反党的组织纪律和廉洁纪律，构成严重职务违法并涉嫌受贿犯罪，且在党的十八大后不收敛、不收手，"
    "性质严重，影响恶劣，应予严肃处理。依据有关规定，经市纪委常委会会议研究并报市委批准，决定给予李兆峰开除党籍处分；"
    "由市监委给予其开除公职处分；收缴其违纪违法所得；将其涉嫌犯罪问题移送检察机关依法审查起诉，所涉财物一并移送。"
)
ARRESTED = (
    "据云岭市检察院消息，云岭市审计局原党组书记、局长方正明涉嫌受贿一案，由市监察委员会调查终结，移送检察机关审查起诉。"
    "日前，市检察院依法以涉嫌受贿罪对方正明作出逮捕决定。该案正在进一步办理中。公开资料显示，方正明1966年9月生，云岭人，"
    "1988年7月参加工作，历任市财政局科员、副科长、科长，2009年3月任市审计局副局长，2015年5月任市审计局党组书记、局长。"
    f"此前报道：{NOTICE}"
)
FORM = (
    "{0}月份监督检查情况。{0}月，全市纪检监察机关共接收信访举报{1}件次，处置问题线索{2}件，谈话函询{3}件次，立案{4}件，"
    "处分{5}人。按照工作安排，各单位要认真总结经验，查找不足，持续加强监督检查，推动全面从严治党向纵深发展、向基层延伸，"
    "切实把思想和行动统一到上级决策部署上来，以高质量监督保障高质量发展，各单位要于下月底前报送工作小结。"
)
MAY, JUNE = FORM.format(5, 413, 120, 37, 41, 52), FORM.format(6, 388, 131, 29, 33, 48)
MEETING = (
    "请于2023年{}月{}日上午9时到机关三楼会议室参加廉政教育会议，无特殊情况不得请假，手机调至静音，着正装，"
    "会议由机关党委主持，各支部书记、纪检委员和新任职干部参加，会后以支部为单位开展讨论，讨论情况报机关纪委备案。"
)
NOTE = "机关食堂今日起停业整修。"

ALIKE = [
    ("the same", NOTICE, NOTICE, True),
    ("a reprint in another frame", NOTICE, REPRINT, True),
    ("two frames", f"本网讯 {NOTICE}\n作者：苏眉", REPRINT, True),
    ("broken into lines", NOTICE, "\n　　".join(NOTICE[at : at + 19] for at in range(0, len(NOTICE), 19)), True),
    ("full width and other marks", NOTICE, NOTICE.replace("12.6", "１２.６").replace("，", ","), True),
    ("formulas are not the notice", NOTICE, SECOND, False),
    ("quoted in a later notice", NOTICE, ARRESTED, False),
    ("one of a collection", NOTICE, NOTICE + SECOND, False),
    ("a form filled in anew", MAY, JUNE, False),
    ("an invitation to another day", MEETING.format(5, 6), MEETING.format(6, 7), False),
    ("short and the same, marks apart", NOTE, "机关食堂 今日起停业整修", True),
    ("short and framed", NOTE, f"通知：{NOTE}", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), [case[1:] for case in ALIKE], ids=[case[0] for case in ALIKE])
def test_what_is_a_copy(one: str, other: str, expected: bool) -> None:
    signed = sign(one), sign(other)
    first, second = (read_clauses(made.clauses) for made in signed)
    assert alike(first, second) is alike(second, first) is expected
    if expected:
        assert set(read_keys(signed[0].keys)) & set(read_keys(signed[1].keys))


@given(st.text(alphabet="某甲乙丙1２。，\n 　", max_size=200))
def test_signatures_do_not_depend_on_marks_or_layout(text: str) -> None:
    signed = sign(text)
    assert bool(signed.keys) is bool(signed.clauses) is bool(clauses(text))
    assert sign(text.replace("，", "；").replace("２", "2")) == signed
    assert alike(read_clauses(signed.clauses), read_clauses(signed.clauses))


def test_short_texts_have_one_key() -> None:
    assert len(read_keys(sign(NOTE).keys)) == 1
    assert len(read_keys(sign(NOTICE).keys)) > 1
    assert len(NOTE) < SHORTEST


def test_without_minhash_equal_texts_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    full = sign(NOTICE)
    monkeypatch.setattr(signature, "kernel", lambda: "")
    bare = sign(NOTICE.replace("，", ","))
    assert len(read_keys(bare.keys)) == 1
    assert set(read_keys(bare.keys)) < set(read_keys(full.keys))
    assert bare.clauses == full.clauses
    assert "rensa" not in signature.fingerprint()


class Shelf:
    """A store in which texts stand under short ids."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.begin() as writing:
            writing.add_folder(Folder("资料", store._library))

    def put(self, texts: dict[str, str]) -> None:
        with self.store.begin() as writing:
            for key, text in texts.items():
                record = FileRecord("资料", key, 0, 0, "", "")
                writing.put_files([Kept(record, [Document(key, key, "", "", text, (Page(0),))])])
            put(writing, {key: sign(text) for key, text in texts.items()})

    def remove(self, keys: list[str]) -> None:
        with self.store.begin() as writing:
            remove(writing, keys)
            for key in keys:
                writing.remove_file("资料", key)

    def groups(self) -> dict[str, str]:
        with self.store.reading() as connection:
            return {row.id: row.group for row in connection.execute(sa.select(duplicates))}

    def rows(self) -> list[int]:
        with self.store.reading() as connection:
            tables = (bands, signatures, duplicates)
            return [connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables]


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store)


def test_a_group_is_named_after_its_smallest_id(shelf: Shelf) -> None:
    shelf.put({"c": NOTICE, "d": SECOND})
    assert shelf.groups() == {}
    shelf.put({"b": REPRINT})
    assert shelf.groups() == {"b": "b", "c": "b"}
    shelf.put({"a": NOTICE})
    assert shelf.groups() == {"a": "a", "b": "a", "c": "a"}
    shelf.remove(["a"])
    assert shelf.groups() == {"b": "b", "c": "b"}
    shelf.remove(["c"])
    assert shelf.groups() == {}


def test_a_changed_text_leaves_its_group(shelf: Shelf) -> None:
    shelf.put({"a": NOTICE, "b": REPRINT})
    with shelf.store.begin() as writing:
        put(writing, {"b": sign(SECOND)})
    assert shelf.groups() == {}
    with shelf.store.begin() as writing:
        put(writing, {"b": sign(NOTICE)})
    assert shelf.groups() == {"a": "a", "b": "a"}


# Neighbours in this row are copies of one another, texts further apart are not: each lets go of what came first.
CHAIN = [
    "".join(f"第{n}项工作由{n}号小组负责并于年底前完成验收；" for n in range(first, first + 30))
    for first in range(0, 21, 5)
]
POOL = [NOTICE, REPRINT, NOTICE, SECOND, NOTE, NOTE, "", *CHAIN]


def test_a_chain_holds_together_until_a_link_goes(shelf: Shelf) -> None:
    compared = [read_clauses(sign(text).clauses) for text in CHAIN]
    assert all(alike(*pair) for pair in pairwise(compared))
    assert not alike(compared[0], compared[2])
    shelf.put(dict(zip("abcde", CHAIN, strict=True)))
    assert set(shelf.groups().values()) == {"a"}
    shelf.remove(["c"])
    assert shelf.groups() == {"a": "a", "b": "a", "d": "d", "e": "d"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_groups_do_not_depend_on_the_order_of_things(shelf: Shelf, data: st.DataObject) -> None:
    texts = {f"{number:02}": text for number, text in enumerate(POOL)}
    here: set[str] = set()
    shelf.remove(sorted(texts))
    for _ in range(data.draw(st.integers(1, 5))):
        coming = data.draw(st.lists(st.sampled_from(sorted(texts)), unique=True))
        shelf.remove(sorted(here & set(coming)))  # as a run does with a file read again
        shelf.put({key: texts[key] for key in coming})
        here |= set(coming)
        going = data.draw(st.lists(st.sampled_from(sorted(here)), unique=True)) if here else []
        shelf.remove(going)
        here -= set(going)
    grown, rows = shelf.groups(), shelf.rows()
    shelf.remove(sorted(here))
    assert shelf.rows() == [0, 0, 0]
    shelf.put({key: texts[key] for key in sorted(here)})
    assert (shelf.groups(), shelf.rows()) == (grown, rows)
    assert all(group == min(key for key in grown if grown[key] == group) for group in grown.values())
