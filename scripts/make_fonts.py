"""Makes the three files in static/fonts/ from what npm has of Schibsted Grotesk (SIL Open Font License).

The first file has what Norwegian, English, French, German and Spanish names are written with, and is part of every page; the
other two have more of Latin-1 and the other Latin letters of European names, and browsers fetch them where one stands on
the page. Kerning is that of the
lightest weight, in steps of 12/2048 em: how it varies with the weight nobody can see, and it was a third of the file.

    python scripts/make_fonts.py        # needs npm, and the packages of requirements-dev.txt
"""

import copy
import io
import subprocess
import tempfile
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PACKAGE = "@fontsource-variable/schibsted-grotesk@5.3.0"
FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
LETTERS = {  # the same ranges stand in static/plenum.css
    (
        "latin",
        "schibsted-grotesk.woff2",
    ): "20-7E,A0,A9,AB,B0,B7,BB,C0-C2,C4-CB,CD-D1,D3-D4,D6-DC,DF-E2,E4-EB,ED-EF,F1,F3-F4,"
    "F6,F8-FC,FF,131,152-153,2011,2013-2014,2018-201A,201C-201E,2022,2026,202F,20AC,2212",
    (
        "latin",
        "schibsted-grotesk-some.woff2",
    ): "A1,A3,A7,AE,B2-B5,BD,BF,C3,CC,D2,D5,DD-DE,E3,EC,F0,F2,F5,FD-FE,2032-2033,2039-203A,2122",
    ("latin-ext", "schibsted-grotesk-more.woff2"): "100-130,132-151,154-17E,18F,192,218-21B,1E80-1E85,1E9E,1EF2-1EF3",
}
VARYING = ("XPlaDevice", "YPlaDevice", "XAdvDevice", "YAdvDevice")
STEP = 12  # units of 2048 an em
NARROW = 0.62  # of a space: the narrow no-break space of French, which the typeface lacks


def make(source: TTFont, unicodes: str, target: Path):
    font = instantiateVariableFont(source, {"wght": (400, 700)})
    simplify_kerning(font)
    leave_points_narrow(font)
    font = saved(font)
    if ord("-") in font.getBestCmap():
        add_narrow_space(font)
        font = saved(font)
    options = Options(layout_features=["kern", "tnum"], hinting=False, notdef_outline=True, name_IDs=[], flavor="woff2")
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(unicodes))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)
    print(f"{target.name}: {target.stat().st_size} bytes")


def leave_points_narrow(font):
    """Of tabular figures the digits alone: 13.00 and 13:00 are one word, not two columns."""
    names = font.getBestCmap()
    digits = {names[ord(digit)] for digit in "0123456789" if ord(digit) in names}
    table = font["GSUB"].table
    numbers = {n for f in table.FeatureList.FeatureRecord if f.FeatureTag == "tnum" for n in f.Feature.LookupListIndex}
    for substitution in (each for number in numbers for each in table.LookupList.Lookup[number].SubTable):
        substitution = getattr(substitution, "ExtSubTable", substitution)
        substitution.mapping = {old: new for old, new in substitution.mapping.items() if old in digits}


def saved(font) -> TTFont:
    """The same, read again: tables that are read late count the glyphs."""
    file = io.BytesIO()
    font.flavor = None
    font.save(file)
    return TTFont(file)


def simplify_kerning(font):
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            if table.LookupType == 2:
                table.ValueFormat1 &= 15
                table.ValueFormat2 &= 15
                for value in filter(None, values_of(table)):
                    simplify(value)


def values_of(table):
    if table.Format == 1:
        records = [record for pairs in table.PairSet for record in pairs.PairValueRecord]
    else:
        records = [record for first in table.Class1Record for record in first.Class2Record]
    for record in records:
        yield from (record.Value1, getattr(record, "Value2", None))


def simplify(value):
    advance = getattr(value, "XAdvance", 0)
    if advance:
        value.XAdvance = round(advance / STEP) * STEP if abs(advance) >= 2 * STEP else 0
    for name in VARYING:
        if hasattr(value, name):
            delattr(value, name)


def add_narrow_space(font):
    """U+202F as an empty glyph of its own width, and U+2011 as the hyphen."""
    glyphs, metrics, variations = font["glyf"], font["hmtx"], font["gvar"].variations
    assert font["GPOS"]  # read before there is another glyph
    assert font["GSUB"]
    del font["HVAR"]  # numbers widths by glyph; without it they come from gvar
    names = font.getBestCmap()
    order = [*font.getGlyphOrder(), "narrow"]
    font.setGlyphOrder(order)
    glyphs.glyphs["narrow"], glyphs.glyphOrder = copy.deepcopy(glyphs[names[0x20]]), order
    metrics.metrics["narrow"] = (round(metrics[names[0x20]][0] * NARROW), 0)
    variations["narrow"] = []
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {0x202F: "narrow", 0x2011: names[ord("-")]}


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, PACKAGE], check=True)
        files = Path(folder) / "node_modules" / PACKAGE.rpartition("@")[0] / "files"
        for (part, name), unicodes in LETTERS.items():
            make(TTFont(files / f"schibsted-grotesk-{part}-wght-normal.woff2"), unicodes, FONTS / name)


if __name__ == "__main__":
    main()
