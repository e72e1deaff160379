"""What ``mockfindity check`` prints and writes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import Problem
from .output import print_table

if TYPE_CHECKING:
    from ..kit.configuration import Configuration
    from ..kit.rule import Rule
    from ..kit.verdict import Verdict

KINDS = ("junit", "json", "markdown", "html")


def print_rules(rules: Sequence[Rule], given: dict[str, Any]) -> None:
    """The rules, as a table, as JSON, or in Markdown."""
    from ..kit.reports.document import rules_document
    from ..kit.reports.markdown import rules_table

    if given["json_file"]:
        _written(given["json_file"], _json(rules_document(rules)))
    elif given["markdown_file"]:
        _written(given["markdown_file"], rules_table(rules))
    else:
        rows = [(r.id, r.level, ", ".join(r.areas), r.title, r.source) for r in rules]
        print_table(("ID", "LEVEL", "AREAS", "RULE", "SOURCE"), rows)


class Reports:
    """Lines while the client is judged, and the reports at the end. Where one of those goes to
    stdout, the lines for people go to stderr."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.files = {kind: given[f"{kind}_file"] for kind in KINDS if given[f"{kind}_file"]}
        self.strict: bool = given["strict"]
        on_stdout = [kind for kind, file in self.files.items() if file == "-"]
        if len(on_stdout) > 1:
            raise Problem(f"--{on_stdout[0]} and --{on_stdout[1]} cannot both go to stdout.")
        self.err = bool(on_stdout)
        for stream in (sys.stdout, sys.stderr):
            # A terminal that has no ✓ is no reason to fail.
            with suppress(AttributeError):
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]

    def progress(self, verdict: Verdict) -> None:
        """A line for a rule that was judged."""
        from ..kit.reports.terminal import line

        click.echo(line(verdict, _style), err=self.err)

    def write(self, verdicts: Sequence[Verdict], configuration: Configuration, code: int) -> None:
        """The report for people, and those that were asked for."""
        from ..kit.reports.terminal import report

        stream = sys.stderr if self.err else sys.stdout
        width = shutil.get_terminal_size().columns if stream.isatty() else None
        click.echo(err=self.err)
        for text in report(verdicts, width, _style):
            click.echo(text, err=self.err)
        for kind, file in self.files.items():
            _written(file, self._text(kind, verdicts, configuration, code))

    def _text(
        self, kind: str, verdicts: Sequence[Verdict], configuration: Configuration, code: int
    ) -> str:
        from ..kit.reports.document import document
        from ..kit.reports.junit import junit
        from ..kit.reports.markdown import markdown
        from ..kit.reports.page import page

        if kind == "junit":
            return junit(verdicts, strict=self.strict)
        if kind == "markdown":
            return markdown(verdicts)
        if kind == "html":
            return page(verdicts, configuration)
        return _json(document(verdicts, configuration, exit_code=code, strict=self.strict))


def _json(data: Any) -> str:
    import json

    return json.dumps(data, indent=2, ensure_ascii=False, default=float) + "\n"


def _style(text: str, colour: str) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=colour)


def _written(file: str, text: str) -> None:
    """Write a report. The summary of a step of GitHub's is added to, as GitHub wants it."""
    if file == "-":
        click.echo(text, nl=False)
        return
    adds = file == os.environ.get("GITHUB_STEP_SUMMARY")
    try:
        with Path(file).open("a" if adds else "w", encoding="utf-8", errors="replace") as opened:
            opened.write(text)
    except OSError as error:
        raise Problem(f"{file} cannot be written: {error.strerror}.") from None
