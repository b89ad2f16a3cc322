"""The findings as JUnit XML: a suite a workbook, a test case a finding, and one passed case for each silent rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pik_excel.checks.catalogue import catalogue
from pik_excel.checks.finding import Finding, Severity
from pik_excel.language import _
from pik_excel.patterns import pattern
from pik_excel.report.checked import Checked
from pik_excel.report.text import severity_word

_NO_XML = pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def findings_junit(results: Sequence[Checked]) -> str:
    """Errors and warnings are failures, notices are output of a passed case, a refused workbook is an error."""
    root = Element("testsuites", name="pik-excel")
    for result in results:
        suite = SubElement(root, "testsuite", name=_clean(str(result.path)))
        suite.extend(_cases(result))
        _count(suite)
    _count(root)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _cases(result: Checked) -> Iterator[Element]:
    path = str(result.path)
    if result.refused:
        case = _case(path, _("Mappe lesen"))
        error = SubElement(case, "error", type=result.refused.code, message=_clean(result.refused.message))
        error.text = _clean(result.refused.hint)
        yield case
        return
    for what in result.unread:
        case = _case(path, _("Mappe vollständig lesen"))
        SubElement(case, "error", type="incomplete", message=_clean(what))
        yield case
    for finding in result.findings:
        yield _of(finding, path)
    spoken = {finding.code for finding in result.findings}
    for code in result.ran:
        if code not in spoken:
            yield _case(path, f"{code} {_(catalogue()[code].title)}")


def _of(finding: Finding, path: str) -> Element:
    title = _(catalogue()[finding.code].title)
    case = _case(path, f"{finding.code} {finding.sheet}!{finding.range} {title}")
    text = f"{finding.message}\n→ {finding.hint}" if finding.hint else finding.message
    if finding.severity is Severity.NOTICE:
        SubElement(case, "system-out").text = _clean(f"{severity_word(finding.severity)}: {text}")
    else:
        kind = f"{severity_word(finding.severity)} {finding.code}"
        SubElement(case, "failure", type=kind, message=_clean(finding.message)).text = _clean(text)
    return case


def _case(path: str, name: str) -> Element:
    return Element("testcase", classname=_clean(path), name=_clean(name))


def _count(element: Element) -> None:
    element.set("tests", str(len(list(element.iter("testcase")))))
    element.set("failures", str(len(list(element.iter("failure")))))
    element.set("errors", str(len(list(element.iter("error")))))


def _clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
