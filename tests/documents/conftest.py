"""A plain kind of paper, and the text of a PDF."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from bangfu.foundation.documents.api import PaperKind, register_paper

SLIP = PaperKind(
    name="slip",
    zh="便条",
    en="Slip",
    template="foundation/documents/typst/plain.typ",
    read="registry.read",
    issue="registry.change",
)
_WIDE = "-Identity-H"


@pytest.fixture(autouse=True)
def slips() -> None:
    """Register the kind."""
    register_paper(SLIP)


def text_of(pdf: bytes) -> str:
    """Every word of every page, without line ends and spaces, as a reader copies it."""
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def fonts_of(pdf: bytes) -> set[str]:
    """The faces that stand in the file."""
    found = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(str(font.get_object()["/BaseFont"]).partition("+")[2].removesuffix(_WIDE))
    return found
