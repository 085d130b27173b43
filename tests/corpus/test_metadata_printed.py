"""What invented documents print about themselves: official papers, web pages saved as text, run-in news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import frontmatter
from corpus.document import MetaValue, Page
from corpus.metadata import FIELDS

RED_HEAD = """机密★1年
特急
中共云溪市纪委办公室文件
云纪办发[2022]１２号            签发人：周明

关于印发《云溪市纪检监察机关
涉案财物管理办法》的通知

各县（市、区）纪委监委，市纪委监委各派驻（派出）机构：
现将办法印发给你们，请认真贯彻执行。原云纪发〔2020〕3号文件同时废止，2020年3月1日前的事项不再追溯。

中共云溪市纪委办公室
二〇二二年十一月八日
抄送：市委办公室，市政府办公室。
云溪市纪委办公室                2022年11月9日印发"""

BRIEFING = """工作简报
第12期
云溪市纪委监委办公室          2023年7月1日
云溪区扎实推进专项整治
云溪区纪委监委自3月起开展专项整治，走访企业32家。"""

WEB_PAGE = """云溪新闻网
首页 > 廉政要闻
云溪市大力加强作风建设
来源:云溪日报　　作者:李木 王火　2023-07-01 08:30
　　近日，云溪市纪委监委开展专项检查。据青石日报消息，青石县也将跟进。
责任编辑：王一"""

STATUTE = """# 云溪市公职人员廉洁从业规定
（2018年3月2日市委常委会会议通过　2023年6月5日市委常委会会议修订）
## 第一章 总则
第一条 为了规范公职人员廉洁从业，制定本规定。"""

BYLINE = """深度关注 | 纠治节日歪风
新华社 李木 王火
中秋将至，云溪市纪委监委联合多部门开展检查。"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            RED_HEAD,
            {
                "secrecy": "机密★1年",
                "doc_number": "云纪办发[2022]１２号",
                "title": "关于印发《云溪市纪检监察机关涉案财物管理办法》的通知",
                "recipients": "各县（市、区）纪委监委，市纪委监委各派驻（派出）机构",
                "source": "中共云溪市纪委办公室",
                "signed": "2022-11-08",
                "date": "2022-11-09",
            },
        ),
        (BRIEFING, {"title": "云溪区扎实推进专项整治", "source": "云溪市纪委监委办公室", "date": "2023-07-01"}),
        (
            WEB_PAGE,
            {"title": "云溪市大力加强作风建设", "source": "云溪日报", "author": "李木 王火", "date": "2023-07-01"},
        ),
        (STATUTE, {"title": "云溪市公职人员廉洁从业规定", "date": "2023-06-05"}),
        (BYLINE, {"title": "深度关注 | 纠治节日歪风", "source": "新华社", "author": "李木 王火"}),
        ("忏悔录\n我出生在青石县一个普通农家。", {"title": "忏悔录"}),
        ("第一条 为了规范，制定本规定。\n第二条 本规定适用于全市。", {}),
        ("", {}),
    ],
)
def test_what_a_document_prints(text: str, expected: dict[str, str]) -> None:
    assert {name: value.value for name, value in frontmatter.read(text).items()} == expected


@pytest.mark.parametrize(
    ("text", "title", "source"),
    [
        ("原标题：青石县一局长被查新华社云溪8月2日电 据云溪市纪委监委消息，赵大川被查。", "青石县一局长被查", "新华社"),
        ("原标题：两人被查！日前，云溪市纪委监委通报。来源：清廉云溪编辑：王一", "两人被查！", "清廉云溪"),
        ("原标题：赵大川被开除党籍赵大川被开除党籍 日前，经市委批准。", "赵大川被开除党籍", None),
        ("青石县原副县长孙远被开除公职  中新网8月2日电 孙远被处分。", "青石县原副县长孙远被开除公职", "中新网"),
        ("近日，青石县通报一起案件。（原标题：赵大川，被查）来源：清廉云溪", "赵大川，被查", "清廉云溪"),
        ("近日通报。原标题《〈条例〉学习体会》", "〈条例〉学习体会", None),
        ("据云溪市纪委监委消息：赵大川接受审查调查。", None, None),
        ("2023年8月7日上午，青石县法院开庭审理孙远案。", None, None),
        ("据新华社云溪8月2日电，孙远被查。", None, None),
        ("赵大川被查，图片来源：云溪图片社。", None, None),
        ("他的经济来源：工资。多次说明资金来源：借款。", None, None),
        ("孙远被查，他对新京报记者表示后悔。", None, None),
        ("云溪晚报讯（记者 李木）青石县今日降温。", None, "云溪晚报"),
        ("青石县今日降温，市民添衣。红星新闻记者 李木", None, "红星新闻"),
        ("青石县今日降温，市民添衣。（人民网 李木 王火）", None, "人民网"),
    ],
)
def test_news_run_into_one_line(text: str, title: str | None, source: str | None) -> None:
    found = frontmatter.read(text)
    assert (found["title"].value if "title" in found else None) == title
    assert (found["source"].value if "source" in found else None) == source


def test_a_number_or_date_in_the_running_text_is_not_the_documents_own() -> None:
    body = "会议要求，落实云纪发〔2020〕3号文件。2020年3月1日，赵大川到任。"
    assert not {"doc_number", "date"} & set(frontmatter.read(f"市水利局召开警示教育大会\n{body}"))


def test_cues_of_a_transcript_have_no_letterhead() -> None:
    text = "失守的堤坝\n他曾经是最年轻的局长。\n来源：云溪电视台"
    cued = frontmatter.read(text, (Page(0, "00:00:01"), Page(6, "00:00:04")))
    assert cued == {"source": MetaValue("云溪电视台", "text")}
    assert frontmatter.read(text)["title"].value == "失守的堤坝"


@given(st.sampled_from([RED_HEAD, BRIEFING, WEB_PAGE, STATUTE, BYLINE]), st.integers(0, 400))
def test_a_document_cut_anywhere_gives_valid_values_from_its_text(text: str, cut: int) -> None:
    for name, printed in frontmatter.find(text[:cut]).items():
        assert FIELDS[name].clean(printed.value) == printed.value
        assert 0 <= printed.start < printed.end <= min(cut, len(text))
        if name not in {"date", "signed", "title"}:
            assert "".join(printed.value.split()) == "".join(text[printed.start : printed.end].split())


@given(st.text(alphabet="原标题：来源据月日2023年6号〔〕\n 新华社电讯，。《》！第条", max_size=120))
def test_no_text_breaks_the_reading(text: str) -> None:
    for value in frontmatter.read(text).values():
        assert value.origin == "text"
        assert value.value.strip()
