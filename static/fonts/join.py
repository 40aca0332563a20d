"""Puts Open Sans and Roboto into one file, so that both are one request: the characters are Open Sans, and Roboto with
its weights is behind the stylistic set `ss01`.

    python3 join.py open-sans.woff2 roboto.woff2 mandat.woff2
"""

import sys

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont
from fontTools.varLib.hvar import add_HVAR

body, joined = TTFont(sys.argv[1]), TTFont(sys.argv[2])
assert body["head"].unitsPerEm == joined["head"].unitsPerEm


def name(glyph):
    return f"{glyph}.text"


# The outlines of Open Sans, which do not vary.
for glyph in body.getGlyphOrder():
    outline = body["glyf"][glyph]
    for component in getattr(outline, "components", []):
        component.glyphName = name(component.glyphName)
    joined["glyf"].glyphs[name(glyph)] = outline
    joined["hmtx"][name(glyph)] = body["hmtx"][glyph]
    joined["gvar"].variations[name(glyph)] = []
joined["glyf"].glyphOrder = joined.getGlyphOrder() + [name(glyph) for glyph in body.getGlyphOrder()]
joined.setGlyphOrder(joined["glyf"].glyphOrder)

# Characters lead to Open Sans, the stylistic set from there to Roboto.
display, texts = dict(joined.getBestCmap()), body.getBestCmap()
assert display.keys() == texts.keys()
for table in joined["cmap"].tables:
    table.cmap = {character: name(texts[character]) for character in table.cmap}
figures = {}
for lookup in joined["GSUB"].table.LookupList.Lookup:
    for subtable in lookup.SubTable:
        figures.update(subtable.mapping)


def rules(pairs):
    return "".join(f"sub {old} by {new};" for old, new in sorted(set(pairs)))


features = f"""languagesystem DFLT dflt; languagesystem latn dflt;
feature ss01 {{ {rules((name(texts[character]), display[character]) for character in display)} }} ss01;
feature tnum {{ {rules(figures.items())} }} tnum;"""
addOpenTypeFeaturesFromString(joined, features, tables=["GSUB"])
del joined["HVAR"]
add_HVAR(joined)

for record in joined["name"].names:
    if record.nameID in (1, 4, 6, 16):
        record.string = "Mandat"
joined.flavor = "woff2"
joined.save(sys.argv[3])
