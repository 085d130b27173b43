"""An invented library of cases: a circular of six, its reprint, and notices of single matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.store import Folder, Store
from indexer import deriving, extractions
from indexer.extract.pipeline import extract
from indexer.run import Run
from indexer.segment import Segmenter
from search.engine import Engine
from search.engines.memory import MemoryEngine
from search.expansion import shipped
from search.precedents.find import Finder
from tests.conftest import Inline

_SIX = """\
一、云岭市交通运输局原局长孟广河违规收受礼金问题。2016年至2020年，孟广河\
先后多次收受管理和服务对象所送礼金共计18万元，并多次接受客运企业负责人安排的宴请。2021年6月，孟广河受到撤销党内职务、政务撤职处分，收缴违纪所得。
二、云岭市水务局副局长柳成荫违规操办婚宴问题。2019年10月，柳成荫为女儿操办婚宴，未按规定报告，收受下属和管理服务对象礼金6.3万元。\
2020年3月，柳成荫受到党内严重警告处分，违纪所得被收缴。
三、白河县住建局局长石大泉打高尔夫球问题。2018年，石大泉先后7次接受私营企业主安排打高尔夫球，费用由企业主支付。\
2020年9月，石大泉受到党内警告处分。
四、青石镇党委委员柳明远酒后驾驶机动车问题。2021年2月，柳明远饮酒后驾驶小型轿车，被公安交警查获，经检测属饮酒驾驶。\
2021年5月，柳明远受到党内严重警告处分。
五、西坪县民政局局长高明收受礼金问题。2017年春节至2019年中秋，高明先后收受辖区养老机构负责人所送礼金共计4.2万元、购物卡0.8万元。\
2020年1月，高明受到党内严重警告、政务记大过处分。
六、北岭县文旅局副局长白如意公款旅游问题。2019年5月，白如意以外出培训为名组织干部公款旅游，费用在单位核销。\
2020年8月，白如意受到党内警告处分。
"""

TEXTS: dict[str, str] = {
    "通报/六起典型问题.txt": f"云岭市纪委监委公开通报六起违反中央八项规定精神问题\n\n发布时间：2021-07-02\n\n{_SIX}",
    "转载/云岭通报六起典型问题.txt": f"云岭日报：市纪委监委通报六起典型问题\n\n2021-07-03 来源：云岭日报\n\n{_SIX}",
    "通告/孟广河被处分.txt": "关于孟广河违规收受礼金问题的通报\n\n发布时间：2021-06-20\n\n"
    "经查，云岭市交通运输局原党组书记、局长孟广河违反中央八项规定精神，多次收受管理和服务对象所送礼金，接受客运企业负责人安排的宴请。"
    "孟广河受到撤销党内职务、政务撤职处分。\n",
    "通告/田有余.txt": "关于田有余违规收受礼金问题的通报\n\n发布时间：2023-04-11\n\n"
    "2018年至2022年，东川区教育局局长田有余每逢春节、中秋，先后收受民办学校负责人等管理和服务对象所送礼金共计9.5万元。"
    "2023年4月，田有余受到党内严重警告、政务降级处分。\n",
    "通告/沈知秋.txt": "南浦市卫健委副主任沈知秋违规收受礼品礼金问题\n\n发布时间：2022-09-08\n\n"
    "2015年至2021年，南浦市卫健委副主任沈知秋先后收受医药企业负责人等管理服务对象所送礼品礼金共计31万元，"
    "接受对方宴请12次。2022年9月，沈知秋受到开除党籍、开除公职处分，涉嫌犯罪问题移送检察机关。\n",
    "通告/范长青.txt": "石桥县公安局副局长范长青收受礼金问题\n\n发布时间：2019-03-01\n\n"
    "2014年至2017年，石桥县公安局副局长范长青先后收受辖区娱乐场所老板所送礼金共计2.6万元。2019年2月，范长青受到党内警告处分。\n",
    "通告/路远山.txt": "柳溪镇干部路远山收受服务对象礼金问题\n\n发布时间：2024-01-09\n\n"
    "2020年至2022年，柳溪镇规划所所长路远山先后收受建房村民等管理和服务对象所送礼金共计1.1万元、香烟10条。"
    "2024年1月，路远山受到党内严重警告处分，收缴违纪所得。\n",
}

GIFTS = "某市城管局局长每年春节、中秋节收受管理和服务对象所送的礼金，共计12万元，还接受对方安排的宴请。"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library whose cases can be compared."""

    store: Store
    engine: Engine
    finder: Finder
    segmenter: Segmenter

    def id_of(self, source: str) -> str:
        """The id of the document of a file."""
        (found,) = self.store.find_ids(source)
        return found


def shelf(store: Store, home: Path, texts: Mapping[str, str] = TEXTS, engine: Engine | None = None) -> Shelf:
    """A library of texts, by path, mined, with their cases in an engine (memory unless given)."""
    folder = Folder("资料", home / "资料")
    for name, text in texts.items():
        path = folder.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    segmenter, cases = Segmenter(), engine or MemoryEngine()
    with store.begin() as writing:
        writing.add_folder(folder)
    Run(store, MemoryEngine(), Inline(segmenter.dictionary), segmenter).update(folder)
    documents = {document.id: document for document in store.all_documents()}
    with store.begin() as writing:
        extractions.put(writing, {key: extract(one.text, one.title) for key, one in documents.items()})
    derive(store, cases, segmenter)
    return Shelf(store, cases, Finder(store, cases, segmenter, shipped()), segmenter)


def derive(store: Store, engine: Engine, segmenter: Segmenter) -> None:
    """Derive the cases of all documents of a store, and put them into an engine."""
    documents = {document.id: document for document in store.all_documents()}
    known = extractions.fetch(store, list(documents))
    found = [deriving.derived(documents[key], known[key], segmenter) for key in documents]
    deriving.keep(store, engine, found, "test")
