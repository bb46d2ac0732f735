"""Files that lie, and what must be said about each."""

from __future__ import annotations

import io
import secrets
import struct
import zipfile
from dataclasses import dataclass, field
from typing import Any

from importing.workbooks import (
    HOUSES,
    PEOPLE,
    SHEET_1,
    repacked,
    with_markup,
    workbook,
)


@dataclass(frozen=True)
class Hostile:
    """A file, the code it must be refused with, and the place that must be named."""

    name: str
    data: bytes
    code: str
    place: dict[str, Any] = field(default_factory=dict)


FILES: list[Hostile] = []


def add(name: str, data: bytes, code: str, **place: Any) -> None:
    FILES.append(Hostile(name, data, f"importing.{code}", place))


def csv(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


def before_rows(markup: bytes) -> bytes:
    """The first sheet with markup put before its data."""
    return with_markup(b"<sheetData>", markup + b"<sheetData>")


def cell(reference: bytes, inside: bytes = b"<v>1</v>") -> bytes:
    """The first sheet with one more row of one cell."""
    row = reference.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    new = b'<row r="' + row + b'"><c r="' + reference + b'">' + inside + b"</c></row></sheetData>"
    return with_markup(b"</sheetData>", new)


def doctype(encoding: str) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE bomb [<!ENTITY e0 "ha">{entities}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e8;</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    return text.encode(encoding)


def outside_entity() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b"<sst><si><t>&e;</t></si></sst>"
    )


def repeated_text() -> bytes:
    """Forty thousand cells that show one text of 32,767 characters: 1.3 GB from some kilobytes."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 40_001)
    )
    start = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    words = b"<sst><si><t>" + secrets.token_hex(16_383).encode() + b"</t></si></sst>"
    return repacked(
        GOOD, {SHEET_1: start + rows + b"</sheetData></worksheet>", "xl/sharedStrings.xml": words}
    )


def lying_sizes(data: bytes) -> bytes:
    """Both tables of contents say that every part is one byte long."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(mark)
        while at >= 0:
            struct.pack_into("<I", changed, at + offset, 1)
            at = changed.find(mark, at + 4)
    return bytes(changed)


def flagged_encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 8] |= 1
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


GOOD = workbook()
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
HEAD = "户编号,户主姓名,收入（元）\n"

add("空文件.xlsx", b"", "empty_file")
add("only_spaces.csv", b" \r\n\t\n", "empty_file")
add("zeros.xlsx", bytes(4096), "empty_file")
add("encrypted.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted")
add("flagged.xlsx", flagged_encrypted(GOOD), "encrypted")
add("old.xls", OLE + "Workbook".encode("utf-16-le"), "old_excel")
add("export.xls", b"<html><head></head><table><tr><td>1</td></tr></table></html>", "kind_not_read")
add("page.xlsx", b"\xef\xbb\xbf\r\n<!DOCTYPE HTML><html></html>", "kind_not_read")
add("flat.xml", b'<?xml version="1.0"?><Workbook/>', "kind_not_read")
add("program.xlsx", b"MZ\x90\x00" + bytes(range(256)), "kind_not_read")
add("paper.xlsx", b"%PDF-1.7\n1 0 obj", "kind_not_read")
add("archive.xlsx", zipped({"readme.txt": b"hello"}), "kind_not_read")
add(
    "letter.xlsx",
    zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
    "kind_not_read",
)
add(
    "binary.xlsx",
    zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x00"}),
    "kind_not_read",
)
add("macro.xlsx", repacked(GOOD, {"xl/vbaProject.bin": b"\x00" * 100}), "macros")
add("macro_elsewhere.xlsx", repacked(GOOD, {"xl/other/VBAPROJECT.BIN": b"\x00"}), "macros")
add(
    "macro_type.xlsx",
    repacked(
        GOOD,
        {
            "[Content_Types].xml": lambda old: old.replace(
                b"sheet.main+xml", b"sheet.macroEnabled.main+xml"
            )
        },
    ),
    "macros",
)
add("macro4.xlsx", repacked(GOOD, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros")
add("cut.xlsx", GOOD[: len(GOOD) // 2], "damaged")
add("cut_end.xlsx", GOOD[:-10], "damaged")
add("lying.xlsx", lying_sizes(GOOD), "damaged")
add("not_xml.xlsx", repacked(GOOD, {SHEET_1: b"<worksheet><sheetData>"}), "damaged")
add("no_sheets.xlsx", repacked(GOOD, {"xl/workbook.xml": b"<workbook/>"}), "damaged")
add("lost_sheet.xlsx", repacked(GOOD, {SHEET_1: None}), "damaged")
add("bad_reference.xlsx", cell(b"ABCD5"), "damaged")
add("bomb.xlsx", repacked(GOOD, {"xl/media/image1.xml": b" " * 30_000_000}), "bomb")
add("bomb_in_sheet.xlsx", before_rows(b" " * 20_000_000), "bomb")
add("parts.xlsx", repacked(GOOD, {f"xl/media/{n}.png": b"" for n in range(1200)}), "too_many_parts")
add("far.xlsx", cell(b"XFD1048576"), "too_many_columns", sheet="农户", row=1048576, column=16384)
add("far_row.xlsx", cell(b"A1048576"), "too_many_rows", sheet="农户", row=1048576, column=1)
add(
    "far_formula.xlsx", cell(b"A1048576", b"<f>1+1</f>"), "too_many_rows", sheet="农户", row=1048576
)
add("far_text.xlsx", cell(b"XFD1", b"<is><t>x</t></is>"), "too_many_columns", row=1, column=16384)
add(
    "wide.xlsx",
    workbook({"农户": [[f"列{n}" for n in range(16384)]]}),
    "too_many_columns",
    sheet="农户",
    row=1,
)
add("box.xlsx", cell(b"KN299999"), "too_many_cells", sheet="农户", row=299999, column=300)
add("repeated_text.xlsx", repeated_text(), "reader_died")
add("entities.xlsx", repacked(GOOD, {SHEET_1: doctype("utf-8")}), "document_type")
add("entities16.xlsx", repacked(GOOD, {SHEET_1: doctype("utf-16")}), "document_type")
add("entities_aside.xlsx", repacked(GOOD, {"docProps/core.xml": doctype("utf-8")}), "document_type")
add("outside.xlsx", repacked(GOOD, {"xl/sharedStrings.xml": outside_entity()}), "document_type")
add("wide_text.csv", csv(HEAD, "utf-16"), "encoding", line=1)
add("half.csv", csv(HEAD) + "H1,张三,1\n".encode() + b"H2,\xff\xfe,1\n", "encoding", line=3)
add("ascii_head.csv", "a,b\nH1,张三\n".encode() + b"H2,\xb6\n", "encoding", line=3)
add("mixed.csv", csv(HEAD) + "H1,张三,1\n".encode("gb18030"), "encoding", line=2)
add("marked.csv", b"\xef\xbb\xbf" + csv(HEAD, "gb18030"), "encoding", line=1)
add("bad_gbk.csv", csv(HEAD, "gb18030") + b"H1,\xff,1\n", "encoding", line=2)
add("nul.csv", csv(HEAD + "H1,a\x00b,1\n"), "control_character_at", line=2)
add("quotes.csv", csv(HEAD + 'H1,"张"三,1\n'), "quotes", line=2)
add("open_quote.csv", csv(HEAD + 'H1,"' + "x" * 40_000), "text_too_long_at", line=2)
add("wide.csv", csv(",".join("x" * 400)), "too_many_columns", row=1)
add("long.csv", csv(HEAD) + b"H,a,1\n" * 300_001, "too_many_rows", row=300_001)
add("noise.bin", bytes(range(1, 256)) * 20, "encoding", line=2)

HONEST = {"农户": HOUSES, "成员": PEOPLE}
