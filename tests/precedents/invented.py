"""Invented matters, and how they are read."""

from __future__ import annotations

from functools import cache

from indexer.extract.pipeline import extract
from indexer.matter.comparing import matter_of
from indexer.matter.matter import Matter
from indexer.segment import Segmenter

_SEGMENTER = Segmenter()

CASES = {
    "gifts": "云岭市交通局局长甲某，每年春节、中秋收受辖区客运企业负责人所送礼金和购物卡，共计18万元，没有具体请托。",
    "wedding": "白河县水务局局长乙某为女儿操办婚宴，没有报告，收受管理服务对象和下属礼金6.3万元。",
    "golf": "南浦市金融局处长丙某多次由私营企业主安排打高尔夫球，场地费和食宿费均由对方支付。",
    "lending": "东川区开发区副主任丁某把200万元借给管理服务对象，月息二分，三年收取利息144万元，对方并不缺资金。",
    "car": "西坪县民政局局长戊某在公务用车制度改革后，长期借用下属单位的越野车上下班，油费在单位报销。",
    "drunk": "青石镇政府干部己某晚饭时饮酒后驾驶小型轿车，被交警查获，血液中乙醇含量为126毫克／100毫升。",
    "welfare": "柳溪村党支部书记庚某优亲厚友，把不符合条件的弟弟和妻嫂列入低保名单，冒领补助2.1万元。",
    "grain": "石桥县国有粮库主任辛某虚假轮换储备粮，以陈顶新，签订虚假购销合同，套取费用补贴60万元。",
    "travel": "北岭县文旅局以外出培训为名组织干部到外省景区旅游，门票和住宿费在培训费中核销。",
    "theft": "被告人壬某深夜翻墙进入居民家中，撬开抽屉，盗窃现金8000元和手机两部，后将手机低价销赃。",
}


@cache
def read(text: str) -> Matter:
    """The matter of pasted facts."""
    return matter_of(text, None, extract(text), _SEGMENTER)


def library() -> dict[str, Matter]:
    """The matters of all invented cases, by name."""
    return {name: read(text) for name, text in CASES.items()}
