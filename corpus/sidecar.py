"""What people write beside a file: `NAME.meta.yml` for one document, `_meta.yml` for a folder and all below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from corpus.document import MetaValue
from corpus.metadata import FIELDS, field_named

SUFFIX = ".meta.yml"
FOLDER_NAME = "_meta.yml"

#: No list of fields is longer; a longer file was not meant as one.
LARGEST = 64 * 1024


class BadSidecar(Exception):
    """A sidecar that cannot be used. The message says which file, what is wrong and what to do, in Chinese."""


def is_sidecar(source: str) -> bool:
    """Tell whether the path names a sidecar, which is not a document itself."""
    name = source.rsplit("/", 1)[-1]
    return name == FOLDER_NAME or (name.endswith(SUFFIX) and name != SUFFIX)


def candidates(source: str) -> Iterator[str]:
    """Yield the paths of the sidecars that speak of the document `source`, the nearest first.

    a/b.pdf is told of by a/b.pdf.meta.yml, a/b.meta.yml, a/_meta.yml and _meta.yml.
    """
    folder, _, name = source.rpartition("/")
    stem = name.rpartition(".")[0]
    for own in (name, stem) if stem else (name,):
        yield (f"{folder}/" if folder else "") + own + SUFFIX
    while folder:
        yield f"{folder}/{FOLDER_NAME}"
        folder = folder.rpartition("/")[0]
    yield FOLDER_NAME


def read(source: str, data: bytes) -> dict[str, MetaValue]:
    """Return the fields that the sidecar at `source`, with these bytes, sets. Raises BadSidecar.

    A field without a value sets nothing; a list is joined by 、.
    """
    if len(data) > LARGEST:
        raise BadSidecar(f"{source}：文件超过 {LARGEST // 1024} KB，不像元数据。请只保留“字段: 值”各行。")
    try:
        # BaseLoader makes nothing but strings, lists and mappings, so 2023-06-05 and 否 stay as they were written.
        loaded = yaml.load(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506 safer than safe_load
    except UnicodeDecodeError:
        raise BadSidecar(f"{source}：编码不是 UTF-8。请另存为 UTF-8。") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "文件"
        raise BadSidecar(f"{source}：{where}不是有效的 YAML。请写成“字段: 值”，每行一个。") from None
    if not loaded:
        return {}
    if not isinstance(loaded, dict):
        raise BadSidecar(f"{source}：内容不是“字段: 值”的列表。请每行写一个字段，如“来源: 云溪市纪委监委”。")
    return dict(_values(source, loaded))


def _values(source: str, loaded: Mapping[object, object]) -> Iterator[tuple[str, MetaValue]]:
    for name, given in loaded.items():
        field = field_named(name) if isinstance(name, str) else None
        if field is None:
            known = "、".join(row.label for row in FIELDS.values())
            raise BadSidecar(f"{source}：没有“{str(name)[:40]}”这个字段。可用的字段有{known}。")
        raw = given
        if isinstance(given, list) and all(isinstance(item, str) for item in given):
            raw = "、".join(given)
        if not isinstance(raw, str):
            raise BadSidecar(f"{source}：“{field.label}”的值应是一行文字。请改为{field.wanted}。")
        if not raw.strip():
            continue
        value = field.clean(raw)
        if value is None:
            raise BadSidecar(f"{source}：“{field.label}”的值“{raw[:40]}”无效。请改为{field.wanted}。")
        yield field.name, MetaValue(value, "sidecar")


def override(source: str, sidecars: Mapping[str, Mapping[str, MetaValue]]) -> dict[str, MetaValue]:
    """Return what the sidecars, path -> fields, say of the document `source`: for each field, the nearest one's."""
    said: dict[str, MetaValue] = {}
    for path in candidates(source):
        said = {**sidecars.get(path, {}), **said}
    return said
