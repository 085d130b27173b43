"""Kinds of invented office documents and news, as the definitions of the six kinds tell them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.metadata import KINDS
from indexer.extract import kind

RED_HEAD_CIRCULAR = """内部资料
中共云溪市纪律检查委员会文件
云纪发〔2023〕5号

中共云溪市纪委关于三起违规吃喝典型问题的通报

各县区纪委监委，市直各单位党组（党委）：
为进一步严明纪律，现将3起典型问题通报如下：
1.青石县水利局原局长赵大川违规接受宴请问题。2021年至2022年，赵大川多次接受管理服务对象安排的宴请。赵大川受到党内严重警告处分。
2.白沙镇党委副书记钱小河违规公款吃喝问题。2022年3月，钱小河组织公款聚餐，费用在镇财政列支。钱小河受到党内警告处分。
3.云溪市公路段孙某违规收受礼品问题。孙某先后收受烟酒折合6000元，受到政务记过处分。
全市各级党组织要引以为戒、举一反三，驰而不息纠治“四风”。

中共云溪市纪律检查委员会
二〇二三年六月五日"""

UNTITLED_CIRCULAR = """为深化警示教育，日前，云溪市纪委监委公开通报4起群众身边腐败和作风典型问题。
青石县民政局社会救助股原股长周某优亲厚友问题。周某为亲属违规办理低保，受到党内严重警告、政务降级处分。
白沙镇石桥村党支部书记吴某截留补助款问题。吴某截留征地补偿款2.3万元，受到留党察看一年处分。
云溪区河东街道办事处郑某吃拿卡要问题。郑某受到政务警告处分。
青石县中学王某违规收受家长礼金问题。王某受到党内警告处分，所收礼金已退还。
上述问题反映出少数党员干部纪律意识淡薄，必须汲取教训。"""

INVESTIGATED = """据云溪市纪委监委消息：
云溪市水利局党组成员、副局长赵大川涉嫌严重违纪违法，目前正接受云溪市纪委监委纪律审查和监察调查。
赵大川，男，汉族，1968年3月出生，大学学历，1990年参加工作，历任青石县水利局局长等职。"""

DISCIPLINED = """日前，经云溪市委批准，云溪市纪委监委对青石县委原书记钱小河严重违纪违法问题进行了立案审查调查。
经查，钱小河丧失理想信念，违规收受礼金；利用职务便利为他人谋取利益，非法收受巨额财物。
依据《中国共产党纪律处分条例》等有关规定，决定给予钱小河开除党籍处分；由云溪市监委给予其开除公职处分；收缴其违纪违法所得；将其涉嫌犯罪问题移送检察机关依法审查起诉。"""

SENTENCED = """8月3日，云溪市中级人民法院一审公开宣判青石县原副县长孙远受贿案，
对被告人孙远以受贿罪判处有期徒刑八年，并处罚金五十万元。
经审理查明：2010年至2021年，被告人孙远利用担任青石县住建局局长、副县长等职务上的便利，为他人谋取利益，非法收受财物共计426万元。"""

CONFESSION = """忏悔录
我出生在青石县一个普通农家，从小父母教育我要老实做人。参加工作后，组织一步步把我培养成局长。
第一次收钱，我整夜没有睡着，后来胆子越来越大，把组织的信任抛在脑后，贪欲让我迷失了自己，滑向了深渊。
现在我追悔莫及，我对不起组织，对不起家人。希望大家以我为戒，守住底线。"""

FILM = """警示教育专题片《失守的堤坝》解说词
【画面】云溪江水利枢纽，晨雾。
解说：他曾经是全市最年轻的水利局局长，如今却成了阶下囚。
同期声（赵大川）：我第一次收钱的时候，手是抖的。后来我觉得，不收反而见外了。
解说：从接受一顿饭、两条烟开始，他在围猎者的糖衣炮弹面前一步步沦陷，最终坠入深渊。
字幕：2022年3月，赵大川被开除党籍、开除公职。
同期声（赵大川）：我悔恨，我对不起组织的培养，对不起年迈的母亲。"""

HELD_A_MEETING = """市水利局召开警示教育大会
6月5日，市水利局召开警示教育大会，局党组书记周明主持会议并讲话，全体党员干部集中观看了警示教育片《失守的堤坝》。
会议强调，要深入学习贯彻全面从严治党部署，压实主体责任，以案促改。会议要求，各科室要对照检查，建立健全长效机制，推动水利工作高质量发展。
大家纷纷表示，将引以为戒，廉洁自律。"""

BULLETIN = """云溪区：监督下沉 护航项目建设
为推动清廉建设走深走实，云溪区纪委监委紧盯重大项目，组织纪检监察干部开展专项监督检查，走访企业32家，发现问题线索14件，督促整改21项。
今年以来，该区聚焦营商环境，建立健全常态化监督机制，推动部门协同发力。“下一步，我们将持续压实责任。”该区纪委监委相关负责人表示。"""

STATUTE = """云溪市公职人员廉洁从业规定
（2023年6月5日市委常委会会议通过）
第一章 总则
第一条 为了规范公职人员廉洁从业，根据有关党内法规，制定本规定。
第二条 本规定适用于全市公职人员。
第三条 公职人员应当遵守下列规定：
（一）不得收受礼品；
（二）不得违规兼职取酬。
第二章 责任
第四条 违反本规定，情节较重的，给予警告处分；情节严重的，给予撤职处分。
第五条 本规定自发布之日起施行。"""

PRACTICE = """收受干股未分红如何认定
【基本案情】
甲，中共党员，A市B局局长。2018年，甲利用职务上的便利为乙的公司谋取利益，乙送给甲该公司10%的干股，至案发未分红。
【分歧意见】
第一种意见认为，甲的行为构成受贿罪未遂。第二种意见认为，甲的行为构成受贿罪既遂。
【评析意见】
笔者同意第二种意见。从主观方面看，甲有收受财物的故意；从客观方面看，股权已登记转让，应当认定为既遂。根据刑法第三百八十五条和有关司法解释的规定，应认定为受贿罪。"""

WEATHER = """受冷空气影响，预计未来三天全市将有小到中雨，气温下降4到6摄氏度。
气象台提醒市民出行注意携带雨具，游客请留意景区公告。
周末公园将举办菊花展，网友可在手机上预约。"""

SPORT = """昨晚的足球联赛第十轮比赛中，云溪队主场以2比1战胜青石队，前锋林某打入全场第一球。
赛后主教练表示，球员们执行了战术，
下一场比赛将迎战榜首球队。球迷们冒雨助威，比赛上座率创下赛季新高。"""

DOCUMENTS = [
    ("circular", "中共云溪市纪委关于三起违规吃喝典型问题的通报", RED_HEAD_CIRCULAR),
    ("circular", "", UNTITLED_CIRCULAR),
    ("case_notice", "", INVESTIGATED),
    ("case_notice", "青石县委原书记钱小河被开除党籍和公职", DISCIPLINED),
    ("case_notice", "", SENTENCED),
    ("warning_education", "忏悔录", CONFESSION),
    ("warning_education", "警示教育专题片《失守的堤坝》解说词", FILM),
    ("bulletin", "市水利局召开警示教育大会", HELD_A_MEETING),
    ("bulletin", "云溪区：监督下沉 护航项目建设", BULLETIN),
    ("regulation", "云溪市公职人员廉洁从业规定", STATUTE),
    ("regulation", "收受干股未分红如何认定", PRACTICE),
    ("other", "", WEATHER),
    ("other", "", SPORT),
]


@pytest.mark.parametrize(("label", "title", "text"), DOCUMENTS)
def test_kind_of_an_office_document(label: str, title: str, text: str) -> None:
    assert kind.classify(title, text).label == label


@pytest.mark.parametrize(("label", "title", "text"), [row for row in DOCUMENTS if row[1]])
def test_kind_does_not_hang_on_the_title(label: str, title: str, text: str) -> None:
    assert kind.classify("", text.replace(title, "", 1)).label == label


def test_evidence_names_what_was_seen() -> None:
    found = kind.classify("", DISCIPLINED)
    assert found.evidence
    for line in found.evidence:
        cue = line.rpartition("（")[2].rstrip("）")
        assert cue in DISCIPLINED


def test_a_definition_outweighs_the_words() -> None:
    assert kind.classify("关于赵大川案的通报", INVESTIGATED).label == "circular"
    assert "标题" in kind.classify("关于赵大川案的通报", INVESTIGATED).evidence[0]


@given(st.text(alphabet="纪委监查通报第一条忏悔我会议法院\n。，1.、受贿", max_size=300), st.text(max_size=20))
def test_any_text_has_a_kind(text: str, title: str) -> None:
    found = kind.classify(title, text)
    assert found.label in KINDS
    assert 1 / len(KINDS) - 0.01 <= found.confidence <= 1
    assert found == kind.classify(title, text)


@given(st.sampled_from([text for _, _, text in DOCUMENTS]))
def test_features_are_bounded(text: str) -> None:
    for name, value in kind.features("", text * 30).items():
        assert 0 < value < 10, name


def test_every_weight_belongs_to_a_feature_that_can_occur() -> None:
    groups = {f"{zone}:{group}" for zone in ("title", "lead", "body") for group in kind.GROUPS}
    assert {name for name in kind._weights() if not name.startswith("form:")} <= groups | {"bias"}
