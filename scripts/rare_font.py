"""Cut the font of rare Han characters out of Noto Serif CJK: what Noto Serif SC does not draw.

Papers are set in Noto Serif SC, which comes as a package and lacks some characters that stand in
people's names (𠮷, 𤋮). Run where Debian's fonts-noto-cjk is installed:

    .venv/bin/python scripts/rare_font.py /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc

The same source makes the same file. Licence: SIL Open Font License 1.1, see the file beside it.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY: Final = "Bangfu Rare Song"
SOURCE_FACE: Final = "Noto Serif CJK SC"
TARGET: Final = Path(__file__).parents[1] / "src/bangfu/data/fonts/BangfuRareSong-Regular.otf"
HAN: Final = (
    (0x2E80, 0x2FDF),
    (0x31C0, 0x31EF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Radicals, strokes, unified and compatibility ideographs with their extensions."""
_NAMES: Final = {1: FAMILY, 3: f"{FAMILY} 1.0", 4: FAMILY, 5: "Version 1.0", 6: "BangfuRareSong"}
_KEPT_NAMES: Final = (0, 13, 14)
_UNUSED: Final = ["VORG", "BASE", "vhea", "vmtx", "GSUB", "GPOS"]


def main() -> None:
    """Read the collection named on the command line and write the font."""
    collection = TTCollection(sys.argv[1])
    source = next(each for each in collection if each["name"].getDebugName(4) == SOURCE_FACE)
    usual = TTFont(str(files("pylopdf_fonts_zh_cn") / "NotoSerifSC-Regular.otf")).getBestCmap()
    missing = {
        code
        for code in source.getBestCmap()
        if code not in usual and any(first <= code <= last for first, last in HAN)
    }
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [*_NAMES, *_KEPT_NAMES]
    options.drop_tables += _UNUSED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=missing)
    cutter.subset(source)
    for record in list(source["name"].names):
        if record.nameID in _NAMES:
            record.string = _NAMES[record.nameID]
    top = source["CFF "].cff
    top.fontNames[0] = _NAMES[6]
    top[0].FullName, top[0].FamilyName = FAMILY, FAMILY
    source.recalcTimestamp = False
    TARGET.parent.mkdir(exist_ok=True)
    source.save(TARGET)
    sys.stdout.write(f"{len(missing)} characters, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
