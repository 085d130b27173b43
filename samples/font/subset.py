"""Cut the font of the PDF samples down to the characters that the samples use.

    pip install fonttools && python -m samples.font.subset /usr/share/fonts/truetype/wqy/wqy-microhei.ttc

The font is WenQuanYi Micro Hei (Debian package fonts-wqy-microhei), under the Apache License 2.0; see NOTICE.
"""

from __future__ import annotations

import sys

from fontTools import subset

from samples.piece import CONTENT
from samples.writers.pdf_file import FONT


def main() -> None:
    """Write the subset of the font named on the command line."""
    used = "".join(path.read_text(encoding="utf-8") for path in CONTENT.glob("*/*.toml"))
    options = subset.Options(font_number=0, name_IDs=[0, 1, 2, 13, 14], hinting=False, layout_features=[])
    font = subset.load_font(sys.argv[1], options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(set(used))) + "".join(map(chr, range(0x20, 0x7F))))
    subsetter.subset(font)
    subset.save_font(font, str(FONT), options)


if __name__ == "__main__":
    main()
