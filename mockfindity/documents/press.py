"""Marks made into PDF with reportlab. No setting of reportlab is read or touched.

A PDF document and its fonts are reportlab's; the operators on a page are written here. The
`Canvas` would want one font a line, decode every JPEG again, and compress as a setting of the
whole process tells it to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from reportlab.pdfbase import pdfdoc

from mockfindity.documents import script, typeface
from mockfindity.documents.pictures import Picture
from mockfindity.documents.sheets import PAGE, Mark, Photo, Rule, Words

__all__ = ["print_pages"]

_BEYOND_PLANE_0 = re.compile(r"<([0-9A-F]{5,6})>")

_TURNS = {
    1: "1 0 0 1 0 0",
    2: "-1 0 0 1 1 0",
    3: "-1 0 0 -1 1 1",
    4: "1 0 0 -1 0 1",
    5: "0 -1 -1 0 1 1",
    6: "0 -1 1 0 0 1",
    7: "0 1 1 0 0 0",
    8: "0 1 -1 0 1 0",
}
"""By EXIF orientation: the matrix that sets the picture upright in the unit square."""


def print_pages(pages: Sequence[Sequence[Mark]], title: str) -> bytes:
    """The PDF with these pages of marks. Hold `typeface.LOCK`. Equal input, equal bytes."""
    # Compressed by the default filter: reportlab's own switch would add ASCII85 to it.
    document = pdfdoc.PDFDocument(compression=0, invariant=1)
    document.defaultStreamFilters = [pdfdoc.PDFZCompress]
    document.setTitle(typeface.clean(title))
    document.setAuthor("mockfindity")
    document.setCreator("mockfindity")
    for page in pages:
        document.addPage(_Pen(document).draw(page))
    _finish_fonts(document)
    return document.GetPDFData(None)


class _Pen:
    """Writes the marks of one page."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.after_leftward = False

    def draw(self, marks: Sequence[Mark]) -> pdfdoc.PDFPage:
        """The page with its marks, the first of them lowest."""
        page = pdfdoc.PDFPage()
        page.MediaBox = pdfdoc.PDFArray([0, 0, *PAGE])
        page.Contents = pdfdoc.PDFStream(content="\n".join(map(self.operators, marks)) + "\n")
        photos = {mark.picture.name: mark.picture for mark in marks if isinstance(mark, Photo)}
        for name, picture in photos.items():
            if pdfdoc.xObjectName(name) not in self.document.idToObject:
                self.document.addForm(name, _image(picture))
        page.Resources = pdfdoc.PDFResourceDictionary()
        page.Resources.basicFonts()
        page.Resources.allProcs()
        page.Resources.XObject = self.document.xobjDict(photos)
        return page

    def operators(self, mark: Mark) -> str:
        if isinstance(mark, Words):
            return self.words(mark)
        box = mark.x, mark.y, mark.width, mark.height
        if isinstance(mark, Rule):
            return "{:g} g {:.2f} {:.2f} {:.2f} {:.2f} re f".format(mark.gray, *box)
        frame = "{2:.2f} 0 0 {3:.2f} {0:.2f} {1:.2f} cm".format(*box)
        name = pdfdoc.xObjectName(mark.picture.name)
        return f"q {frame} {_TURNS[mark.picture.turn]} cm /{name} Do Q"

    def words(self, mark: Words) -> str:
        code = [f"BT {mark.gray:g} g 1 0 0 1 {mark.x:.2f} {mark.y:.2f} Tm"]
        for run in typeface.line(mark.text, mark.bold).runs:
            for text in self.portions(run):
                code += self.glyphs(run.font, text, mark.size)
        return " ".join([*code, "ET"])

    def portions(self, run: typeface.Run) -> list[str]:
        """The run in one piece, unless a reader of the PDF could turn it round by mistake.

        Readers that guess the direction (pypdf) hold on to right-to-left until they meet a
        letter or digit of the other direction, and turn what lies between. One character at a
        time there is nothing to turn.
        """
        if run.leftward or not self.after_leftward:
            self.after_leftward = run.leftward
            return [run.text]
        between = "".join(takewhile(lambda c: not (c.isascii() and c.isalnum()), run.text))
        self.after_leftward = len(between) == len(run.text)
        rest = run.text[len(between) :]
        return [*between, rest] if rest else [*between]

    def glyphs(self, name: str, text: str, size: float) -> Iterator[str]:
        font = typeface.font(name)
        for subset, data in font.splitString(text, self.document):
            inside = font.getSubsetInternalName(subset, self.document)
            yield f"{inside} {size:g} Tf <{data.hex()}> Tj"


def _image(picture: Picture) -> Any:
    facts = {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": picture.width,
        "Height": picture.height,
        "BitsPerComponent": 8,
        "ColorSpace": pdfdoc.PDFName(picture.color),
        "Filter": pdfdoc.PDFName(picture.filter),
    }
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(facts), picture.data)


def _finish_fonts(document: Any) -> None:
    """Put the fonts into the document and say which characters their codes mean.

    reportlab writes code points above U+FFFF as they are, where the PDF wants UTF-16.
    """
    for font in document.delayedFonts:
        font.addObjects(document)
    document.delayedFonts.clear()
    for name, stream in document.idToObject.items():
        if name.startswith("toUnicodeCMap:"):
            stream.content = _BEYOND_PLANE_0.sub(_utf16, stream.content)


def _utf16(found: re.Match[str]) -> str:
    return f"<{script.plain(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"
