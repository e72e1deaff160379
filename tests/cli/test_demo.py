from __future__ import annotations

import json
import re
import signal
import subprocess
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support import Findity

import mockfindity
from mockfindity.scenario_files import StoryError, find, load

TABLE = """\
format                   vouchers  rows     debit    credit      tax  status  PDFs
REPORT_PER_EXPENSE              4    28   8546.54   8546.54   528.79  SENT       4
REPORT_PER_ACCOUNT              4    20   7946.37   7946.37   535.27  SENT       4
USER_PER_EXPENSE                3    28   8973.67   8973.67   424.79  SENT       3
USER_PER_ACCOUNT                3    19   9085.90   9085.90   511.07  SENT       3
EXPENSE                        11    28   9901.55   9901.55   523.26  SENT      11
REPORT_PER_REPORT_PAID          4     4   9053.29         -   557.05  SENT       4
USER_PER_REPORT_PAID            3     3   7546.18         -   366.48  SENT       3
REPORT_PER_EXPENSE_PAID         4    11   9126.20         -   608.14  SENT       4
total                          36   141  70179.70  44454.03  4054.85            36

It adds up: all 32 reports are SENT, and debit equals credit in every voucher that has both.
"""


def test_the_demo_plays_all_formats_and_ends(mockfindity: Any, tmp_path: Path) -> None:
    done = mockfindity("demo", "--once", "--archive", "filed", COLUMNS="40")

    assert done.stdout.strip() == TABLE.strip()
    assert done.stderr.splitlines()[:2] == [
        " 1/15 create the organization from the template tmpl-se-001",
        " 2/15 configure dimension fields",
    ]
    pdfs = sorted((tmp_path / "filed").rglob("*.pdf"))
    assert len(pdfs) == 36
    assert all(pdf.read_bytes().startswith(b"%PDF-") for pdf in pdfs)
    assert pdfs[0].relative_to(tmp_path) == Path("filed/EXPENSE/A501.pdf")


def test_another_seed_has_other_amounts_and_adds_up_too(findity: Findity) -> None:
    figures = played(findity, seed=7)

    assert figures["problems"] == []
    assert figures["formats"][5] == {
        "format": "REPORT_PER_REPORT_PAID",
        "reports": 4,
        "approvals": 5,
        "vouchers": 4,
        "rows": 4,
        "debit": 9341.1,
        "credit": None,
        "tax": 465.1,
        "status": "SENT",
        "pdfs": 4,
    }


def played(findity: Findity, **parameters: Any) -> dict[str, Any]:
    """What the demo makes in a sandbox."""
    with closing(mockfindity.Findity.at(findity.url, findity.name)) as sandbox:
        return find("demo").play(sandbox, lambda done, total, what: None, parameters)


def test_what_the_demo_tells_to_try_can_be_tried(mockfindity: Any, tmp_path: Path) -> None:
    with mockfindity.running("demo", "--port", "0") as process:
        printed = ""
        while "Ready. " not in printed:
            printed += process.stdout.readline()
        told = [line for line in printed.splitlines() if line.startswith("  ")]
        script = "\n".join(told)
        # after what is printed: what env has set, and the list of exports once more
        script += '\necho "organization $FINDITY_ORGANIZATION_ID"'
        script += '\ncurl -s -H "Authorization: Bearer $TOKEN" $EXPORTS\n'
        tried = subprocess.run(
            ["sh", "-euc", script],
            cwd=tmp_path,
            env=mockfindity.environment({}),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=5)

    assert tried.returncode == 0, tried.stderr
    assert process.returncode == 0
    assert re.search(r"^In a browser, .*: http://127\.0\.0\.1:\d+/$", printed, re.MULTILINE)
    assert re.search(r"^Every operation, .*: http://127\.0\.0\.1:\d+/docs$", printed, re.MULTILINE)
    assert (tmp_path / "voucher.pdf").read_bytes().startswith(b"%PDF-")
    assert '"total":1}' in tried.stdout
    assert '"listType":"REPORT_PER_EXPENSE"' in tried.stdout
    assert '"status":"SENT"' in tried.stdout
    sent = re.search(r"Export (\w+): 1 report, 1 voucher, no webhook\.", tried.stdout)
    assert sent is not None
    rest = tried.stdout.partition("organization ")[2]
    assert re.match(r"[0-9a-f]{32}\n", rest)
    assert [one["id"] for one in json.loads(rest.partition("\n")[2])["data"]] == [sent[1]]


def test_an_archive_that_cannot_be_written_is_said(mockfindity: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = mockfindity("demo", "--once", "--archive", "file/below", code=1)

    assert "Error: the PDFs cannot be filed in file/below: " in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_said_where_the_story_cannot_be_played(acme: Findity) -> None:
    """Another organization has the VAT number."""
    acme.api.post(f"{acme.admin}/", json={"externalSourceId": "ACME", "vat": "559123-4567"})

    with pytest.raises(mockfindity.FindityError, match="DUPLICATE_VAT"):
        played(acme)


def test_it_can_be_played_once_in_a_sandbox(findity: Findity) -> None:
    played(findity)

    with pytest.raises(StoryError, match="has an organization 'nordljus' already"):
        played(findity)


def voucher(**changes: Any) -> dict[str, Any]:
    row = {"taxAmount": Decimal("0.00")}
    return {
        "id": "V",
        "expenseRecordIds": ["E"],
        "totalDebitAmount": Decimal("10.00"),
        "totalCreditAmount": Decimal("10.00"),
        "voucherRows": [
            {"type": "DEBIT", "amount": Decimal("10.00"), **row},
            {"type": "CREDIT", "amount": Decimal("10.00"), **row},
        ],
    } | changes


@pytest.mark.parametrize(
    ("vouchers", "wrong"),
    [
        ([voucher()], []),
        (
            [voucher(totalCreditAmount=Decimal("9.99"))],
            [
                "voucher V debits 10.00 and credits 9.99",
                "voucher V: its CREDIT rows come to 10.00",
            ],
        ),
        (
            [voucher(), voucher(id="W")],
            [
                "the reports come to 10.00, the vouchers debit 20.00",
                "not every expense is in the vouchers exactly once",
            ],
        ),
        (
            [voucher(expenseRecordIds=["F"])],
            ["not every expense is in the vouchers exactly once"],
        ),
    ],
    ids=["nothing", "out of balance", "sent twice", "another expense"],
)
def test_the_demo_sees_what_does_not_add_up(
    vouchers: list[dict[str, Any]], wrong: list[str]
) -> None:
    written = [{"total": Decimal("10.00"), "expenses": [{"id": "E"}]}]

    assert load("demo").what_is_wrong(written, vouchers) == wrong
