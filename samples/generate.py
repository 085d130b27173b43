"""Write the sample library: `python -m samples.generate [FOLDER]`. Run again, it writes the same files."""

from __future__ import annotations

import sys
from pathlib import Path

from samples.piece import Copy, Piece, load
from samples.writers import WRITERS

LIBRARY = Path(__file__).with_name("library")


def generate(folder: Path) -> list[Path]:
    """Write every copy below `folder` and return the paths, relative to it. Other files there are left alone."""
    return [_write(folder, piece, copy) for piece, copy in load()]


def _write(folder: Path, piece: Piece, copy: Copy) -> Path:
    path = folder / copy.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(WRITERS[copy.format](piece, copy)[: copy.keep_bytes])
    return Path(copy.path)


def main() -> None:
    """Generate into the folder named on the command line, else into `samples/library`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else LIBRARY
    written = generate(folder)
    size = sum((folder / path).stat().st_size for path in written)
    print(f"已写入 {folder}：{len(written)} 个文件，共 {size / 1024:.0f} KB。")


if __name__ == "__main__":
    main()
