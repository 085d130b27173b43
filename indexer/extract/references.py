"""Numbers of documents and of court cases that a text gives: 邵纪发〔2023〕5号, (2022)湘05刑初12号."""

from __future__ import annotations

import re

from indexer.extract.extraction import Mention

_OPEN, _CLOSE = "[〔［\\[（(【﹝]", "[〕］\\]）)】﹞]"
_DIGITS = "[0-9０-９]"
# 发文字号: the issuer's short name, the year in brackets, the number.
_DOCUMENT = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fff]{{1,10}}?(?:[（(][\u4e00-\u9fff]{{1,4}}[）)])?[字发函通令办规]?)\s?{_OPEN}\s?(?P<year>(?:19|20|１９|２０){_DIGITS}{{2}})\s?年?{_CLOSE}"
    rf"\s?第?\s?(?P<number>{_DIGITS}{{1,5}})\s?号"
)
# 案号: the year in brackets, the court's code, the kind of case, the number.
_COURT = re.compile(
    rf"{_OPEN}\s?(?P<year>(?:19|20|１９|２０){_DIGITS}{{2}})\s?年?{_CLOSE}\s?(?P<court>(?:最高法|[\u4e00-\u9fff])[0-9０-９\u4e00-\u9fff]{{0,9}}?)"
    rf"(?P<kind>[刑民行执知财破赔认清督催保](?:(?!第)[\u4e00-\u9fff]){{0,4}})\s?(?:第\s?)?(?P<number>{_DIGITS}{{1,6}})\s?号(?:之[一二三四五六七八九])?"
)
_LEAD = re.compile(r"^(?:.*(?:根据|依据|按照|依照|文件|号|以|将|的|印发|转发|和|与|及|见))")


def find(text: str) -> tuple[Mention, ...]:
    """Return the document numbers and court case numbers in `text`, in order, their digits and brackets in one form."""
    if "号" not in text:
        return ()
    found = []
    for match in _COURT.finditer(text):
        value = f"({_plain(match['year'])}){_plain(match['court'])}{match['kind']}{_plain(match['number'])}号"
        found.append(Mention("court_case", *match.span(), value))
    for match in _DOCUMENT.finditer(text):
        issuer = _LEAD.sub("", match["issuer"])
        start = match.end("issuer") - len(issuer)
        if issuer and not any(start < other.end and other.start < match.end() for other in found):
            value = f"{issuer}〔{_plain(match['year'])}〕{_plain(match['number'])}号"
            found.append(Mention("doc_number", start, match.end(), value))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _plain(written: str) -> str:
    """The written number in half-width digits."""
    return "".join(str(int(character)) if character.isdecimal() else character for character in written)
