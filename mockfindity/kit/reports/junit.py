"""The report as JUnit's XML, which every CI reads.

JUnit knows no warnings. A SHOULD that was not kept is a failure where it counts (``strict``), and
otherwise a skipped test that says so: it neither passed, nor is it why a build should be red.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..verdict import Verdict
from . import story, terminal

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(verdicts: Sequence[Verdict], *, strict: bool = False) -> str:
    """The XML: a test suite with a test case for each rule."""
    cases = [_case(verdict, strict) for verdict in story.in_order(verdicts)]
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    seconds = f"{sum(verdict.seconds for verdict in verdicts):.3f}"
    attributes = {name: str(count) for name, count in counts.items()} | {"time": seconds}
    # Jenkins counts what was skipped in a suite, and does not know it of all of them.
    of_all = {name: text for name, text in attributes.items() if name != "skipped"}
    root = Element("testsuites", {"name": "mockfindity check", **of_all})
    suite = SubElement(root, "testsuite", {"name": "mockfindity check", **attributes})
    suite.extend(cases)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(verdict: Verdict, strict: bool) -> Element:
    rule = verdict.rule
    area = rule.id.rpartition("-")[0]
    case = Element(
        "testcase",
        {
            "classname": f"mockfindity.{area}",
            "name": _xml(f"{rule.id} {rule.title}"),
            "time": f"{verdict.seconds:.3f}",
        },
    )
    what = _xml(story.shortened(verdict.what))
    if verdict.outcome == "violated" and (strict or rule.level == "MUST"):
        SubElement(case, "failure", {"type": rule.level, "message": what}).text = _told(verdict)
    elif verdict.outcome == "violated":
        SubElement(case, "skipped", {"message": f"SHOULD, not kept: {what}"})
        SubElement(case, "system-out").text = _told(verdict)
    elif verdict.outcome == "not applicable":
        SubElement(case, "skipped", {"message": f"not applicable: {what}"})
    elif verdict.outcome == "error":
        SubElement(case, "error", {"type": "error", "message": what}).text = _told(verdict)
    return case


def _told(verdict: Verdict) -> str:
    return _xml("\n".join(terminal.told(verdict)))


def _xml(text: str) -> str:
    """A text without the characters that XML cannot have."""
    return _NOT_XML.sub("�", text)
