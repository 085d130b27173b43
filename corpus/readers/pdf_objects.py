"""What is drawn on a PDF page, object by object, with no more calls of pdfium than each takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from ctypes import byref, c_float
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

IMAGE, PATH, SHADING = pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING

_FORM = pdfium_c.FPDF_PAGEOBJ_FORM
_DEPTH = 3  # forms in forms

Object = Any
"""A page object of pdfium; it lives as long as its page is open."""


def drawn(page: pdfium.PdfPage, kinds: Collection[int]) -> Iterator[Object]:
    """The objects of these kinds, those inside forms included."""
    raw, at, kind_of = page.raw, pdfium_c.FPDFPage_GetObject, pdfium_c.FPDFPageObj_GetType
    for number in range(pdfium_c.FPDFPage_CountObjects(raw)):
        found = at(raw, number)
        kind = kind_of(found)
        if kind in kinds:
            yield found
        elif kind == _FORM:
            yield from _inside(found, kinds, _DEPTH - 1)


def bounds(drawing: Object) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of an object; nothing wide and high where pdfium cannot tell."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium_c.FPDFPageObj_GetBounds(drawing, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def _inside(form: Object, kinds: Collection[int], depth: int) -> Iterator[Object]:
    for number in range(pdfium_c.FPDFFormObj_CountObjects(form)):
        found = pdfium_c.FPDFFormObj_GetObject(form, number)
        kind = pdfium_c.FPDFPageObj_GetType(found)
        if kind in kinds:
            yield found
        elif kind == _FORM and depth > 1:
            yield from _inside(found, kinds, depth - 1)
