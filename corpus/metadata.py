"""The metadata of a document: one row a field, how its values are cleaned, and which origin is believed.

Adding a field is one row of FIELDS; frontmatter, sidecars, the query language and the screens read the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corpus.dates import iso
from corpus.document import MetaValue

#: The kinds of document, with the name shown to users.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "circular": "通报",
        "case_notice": "案件通告",
        "warning_education": "警示教育",
        "bulletin": "工作动态",
        "regulation": "党纪法规",
        "other": "其他",
    }
)

#: Origins of a value, the most trusted first: a person's word, the file's markup, the printed text, a rule of the
#: program, the file's own properties (which offices copy from file to file without a look).
PRECEDENCE: tuple[str, ...] = ("sidecar", "markup", "text", "rule", "file")

#: The longest value that is stored; a longer one is a mistake of whoever filled it in.
LONGEST = 500

_SPACE = re.compile(r"\s+")
_DOC_NUMBER = re.compile(
    r"([^\s\d〔\[［（(【]{1,20})\s*[〔\[［（(【]\s*(?:19|20|１９|２０)\d\d\s*年?\s*[〕\]］）)】]"
    r"\s*(第?\s*[^\s\d号]{0,8}\s*\d{1,6}\s*号)"
)
_SECRECY = re.compile(r"(绝密|机密|秘密|内部(?:资料|文件|材料)?|公开)(?:\s*[★☆*]\s*(\S.{0,10}))?")


def _text(raw: str) -> str | None:
    value = _SPACE.sub(" ", raw).strip()
    return value if 0 < len(value) <= LONGEST else None


def _doc_number(raw: str) -> str | None:
    """The number with its own brackets and digits, blanks removed; None where it is no 发文字号."""
    match = _DOC_NUMBER.fullmatch(_SPACE.sub("", raw))
    return match.group() if match else None


def _secrecy(raw: str) -> str | None:
    match = _SECRECY.fullmatch(_SPACE.sub("", raw))
    return match.group() if match else None


def _kind(raw: str) -> str | None:
    value = raw.strip().lower()
    return value if value in KINDS else next((name for name, label in KINDS.items() if label == value), None)


@dataclass(frozen=True, slots=True)
class Field:
    """A metadata field. `clean` gives the value to store, or None where the raw one is not valid.

    `label` and `aliases` are the names people write; `facet` tells whether values are worth counting; `wanted`
    says, in Chinese, what a valid value looks like.
    """

    name: str
    label: str
    clean: Callable[[str], str | None] = _text
    aliases: tuple[str, ...] = ()
    facet: bool = False
    wanted: str = f"不超过 {LONGEST} 字的文字"


#: Every field a document may have.
FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        row.name: row
        for row in (
            Field("title", "标题", aliases=("题目",)),
            Field("date", "日期", iso, ("发布日期", "发布时间", "成文日期"), wanted="带年份的日期，如 2023-06-05"),
            Field("source", "来源", aliases=("发布机关", "发文机关", "发布单位", "媒体"), facet=True),
            Field("author", "作者", aliases=("撰稿",)),
            Field("doc_number", "发文字号", _doc_number, ("文号",), wanted="发文字号，如 云纪发〔2023〕5号"),
            Field("secrecy", "密级", _secrecy, ("保密级别",), facet=True, wanted="绝密、机密、秘密、内部或公开"),
            Field("recipients", "主送", aliases=("主送机关",)),
            # Never taken for the date: a template carries the day when somebody made the template.
            Field("created", "制作日期", iso, ("创建日期",), wanted="带年份的日期，如 2023-06-05"),
            Field("signed", "落款日期", iso, ("签发日期",), wanted="带年份的日期，如 2023-06-05"),
            Field("kind", "类型", _kind, ("文种", "文档类型"), facet=True, wanted="、".join(KINDS.values())),
        )
    }
)

_NAMES = {name: row for row in FIELDS.values() for name in (row.name, row.label, *row.aliases)}


def field_named(name: str) -> Field | None:
    """Return the field that people call `name`, in English or Chinese; None where there is none."""
    return _NAMES.get(name.strip()) or _NAMES.get(name.strip().lower())


def clean(name: str, raw: str) -> str | None:
    """Return the value of the field `name` as it is stored, or None where `raw` is not valid. KeyError: no field."""
    return FIELDS[name].clean(raw)


def merge(*found: Mapping[str, MetaValue]) -> dict[str, MetaValue]:
    """Return, for each field, the valid value with the most trusted origin; the first found of equals."""
    merged: dict[str, MetaValue] = {}
    for values in _by_trust(found):
        for name, value in values.items():
            cleaned = clean(name, value.value) if name in FIELDS else None
            if cleaned is not None and name not in merged:
                merged[name] = MetaValue(cleaned, value.origin)
    return merged


def _by_trust(found: tuple[Mapping[str, MetaValue], ...]) -> list[dict[str, MetaValue]]:
    """Return the values grouped by origin, the most trusted group first, unknown origins last."""
    groups: dict[str, dict[str, MetaValue]] = {origin: {} for origin in PRECEDENCE}
    for values in found:
        for name, value in values.items():
            groups.setdefault(value.origin, {}).setdefault(name, value)
    return list(groups.values())
