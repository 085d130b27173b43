"""What can be found wrong with a library: a table of what it is, what it means, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Wrong(StrEnum):
    """What is wrong. Each has a row in the table below."""

    STORE = "store"
    RECOGNITIONS = "recognitions"
    INDEX = "index"
    DISAGREEMENT = "disagreement"
    HUMAN = "human"
    SEAL = "seal"
    PARENTLESS = "parentless"
    ROTTEN = "rotten"
    UNREADABLE = "unreadable"
    GONE = "gone"
    UNREACHED = "unreached"
    FOREIGN = "foreign"
    LEFTOVER = "leftover"
    UNSEALED = "unsealed"


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    meaning: str
    remedy: str
    repairable: bool = True
    harmless: bool = False


_REPAIR = "请运行：anjian check --repair"
_TABLE: dict[Wrong, _Row] = {
    Wrong.STORE: _Row(
        "资料库文件损坏",
        "里面的文件内容和人工记录不能再信，继续写入会扩大损失",
        f"{_REPAIR}：把它移到一边，人工记录取自最近的完好副本，文件从原文件夹重新收录；原文件夹不在了的，取自备份",
    ),
    Wrong.RECOGNITIONS: _Row(
        "文字识别的结果损坏",
        "扫描件识别过的页可能有错；资料库里已有的内容不受影响",
        f"{_REPAIR}：把它移到一边，以后用到的页重新识别",
    ),
    Wrong.INDEX: _Row("索引损坏", "查找可能出错或漏掉文件", f"{_REPAIR}：从资料库重新建立索引"),
    Wrong.DISAGREEMENT: _Row(
        "索引与资料库不一致", "有的文件可能查不到，或查到已经没有的", f"下次更新会自动修复；要现在修复，{_REPAIR}"
    ),
    Wrong.HUMAN: _Row("人工记录的副本损坏", "资料库里的记录完好，只是副本不能用", f"{_REPAIR}：重新写一份"),
    Wrong.SEAL: _Row("校验和清单损坏", "不能逐字节核对文件", f"{_REPAIR}：核对内容后重新记下校验和"),
    Wrong.PARENTLESS: _Row("资料库里有无主的记录", "占地方，一般不影响查找", f"{_REPAIR}：去掉它们"),
    Wrong.ROTTEN: _Row(
        "原文件的内容变了，大小和时间却没变",
        "多半是磁盘出错，或被做了手脚；资料库里是原来读到的内容",
        f"请先从别的副本找回原文件；{_REPAIR}，下次更新时重读",
    ),
    Wrong.UNREADABLE: _Row("原文件读不出来", "资料库里是原来读到的内容", "请检查磁盘和权限", repairable=False),
    Wrong.GONE: _Row(
        "原文件不见了",
        "资料库里还有它的内容",
        "如确已删除，下次更新会去掉；不是的话请找回原文件",
        repairable=False,
        harmless=True,
    ),
    Wrong.UNREACHED: _Row(
        "收录的文件夹找不到",
        "其中的原文件没有核对",
        "如果在共享盘上，请先连接共享盘，再核对一次",
        repairable=False,
        harmless=True,
    ),
    Wrong.FOREIGN: _Row(
        "索引文件夹里有别的文件", "不是案鉴写的，用不着", "请看看是谁放的，移走即可", repairable=False, harmless=True
    ),
    Wrong.LEFTOVER: _Row("留下的旧文件", "以前中断的操作留下的，只占地方", f"要清理，{_REPAIR}", harmless=True),
    Wrong.UNSEALED: _Row(
        "没有校验和",
        "上次写入没有正常结束，或由旧版本写成；已按内容核对",
        "内容完好时这次已补记，不用做什么",
        harmless=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: what (`wrong`), `where` (a file, a folder, a table), and `what` was seen, in Chinese."""

    wrong: Wrong
    where: str
    what: str = ""

    @property
    def label(self) -> str:
        """What is wrong, in the user's words."""
        return _TABLE[self.wrong].label

    @property
    def meaning(self) -> str:
        """What that means for the library."""
        return _TABLE[self.wrong].meaning

    @property
    def remedy(self) -> str:
        """What to do."""
        return _TABLE[self.wrong].remedy

    @property
    def repairable(self) -> bool:
        """Whether `anjian check --repair` mends it."""
        return _TABLE[self.wrong].repairable

    @property
    def harmless(self) -> bool:
        """Whether the library is sound nevertheless."""
        return _TABLE[self.wrong].harmless

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values."""
        return {
            "wrong": self.wrong.value,
            "where": self.where,
            "what": self.what,
            "label": self.label,
            "meaning": self.meaning,
            "remedy": self.remedy,
            "repairable": self.repairable,
            "harmless": self.harmless,
        }
