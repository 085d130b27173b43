"""Which engine answers? Three behind one protocol: memory (the oracle of the tests), whoosh, tantivy."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from search.engine import Engine, EngineUnavailable

#: Engine name -> its class. A module is imported only when its engine is opened: two need a library.
ENGINES: dict[str, str] = {"memory": "MemoryEngine", "whoosh": "WhooshEngine", "tantivy": "TantivyEngine"}


def open_engine(name: str, path: Path) -> Engine:
    """Open the engine `name` over the folder `path`; the first batch makes the index where there is none.

    Raises EngineUnavailable where there is no such engine or its library is not installed.
    """
    if name not in ENGINES:
        raise EngineUnavailable(f"没有名为 {name} 的检索引擎。请在设置中改为 {'、'.join(ENGINES)} 之一。")
    try:
        module = import_module(f"search.engines.{name}")
    except ImportError as error:
        raise EngineUnavailable(
            f"检索引擎 {name} 在本机无法使用（{error}）。请安装 {name}，或在设置中改用 whoosh。"
        ) from error
    engine = getattr(module, ENGINES[name])
    return cast("Engine", engine() if name == "memory" else engine(path))


def default_engine() -> str:
    """The name of the engine to use where the settings name none: tantivy where it can be imported, else whoosh."""
    try:
        import_module("search.engines.tantivy")
    except ImportError:
        return "whoosh"
    return "tantivy"
