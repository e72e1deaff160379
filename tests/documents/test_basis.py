"""The basis PDF as its readers find it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mockfindity.documents.basis import Basis, BasisRow, Receipt, render_pdf

Row = Callable[..., BasisRow]
Voucher = Callable[..., Basis]
Read = Callable[[Basis], PdfReader]
Text = Callable[[Basis], str]


def test_a_pdf_comes_out(voucher: Voucher) -> None:
    assert render_pdf(voucher()).startswith(b"%PDF-1.")


@pytest.mark.parametrize(
    "fact",
    [
        "Åkerlunds Bygg AB",
        "SE556677889901",
        "voucher-1",
        "REPORT_PER_EXPENSE",
        "Anna Åkerlund",
        "Resa till Göteborg",
        "2024-03-05",
        "2024-03-31",
        "SEK",
        "1,234.50",
    ],
)
def test_every_fact_is_printed(voucher: Voucher, text: Text, fact: str) -> None:
    assert fact in text(voucher())


def test_a_row_reads_from_left_to_right(voucher: Voucher, row: Row, text: Text) -> None:
    rows = [row(dimensions="100")]
    line = "DEBIT 5800 Resekostnader Taxi Arlanda 100 1,234.50 246.90"
    assert line in text(voucher(rows=rows))


def test_credit_stands_to_the_right_of_debit(voucher: Voucher, row: Row, read: Read) -> None:
    rows = [row(amount=Decimal(111)), row(side="CREDIT", amount=Decimal(222))]
    places: dict[str, float] = {}

    def note(found: str, _: object, matrix: list[float], *__: object) -> None:
        places[found.strip()] = matrix[4]

    read(voucher(rows=rows)).pages[0].extract_text(visitor_text=note)
    assert places["111.00"] < places["222.00"]


def test_money_ends_at_the_same_edge_whatever_its_length(voucher: Voucher) -> None:
    from mockfindity.documents import typeface
    from mockfindity.documents.layout import lay_out
    from mockfindity.documents.sheets import Words

    rows = [
        BasisRow("DEBIT", "", "", "", "", Decimal(amount), Decimal(0)) for amount in ("7", "1234")
    ]
    words = [mark for mark in lay_out(voucher(rows=rows), [])[0] if isinstance(mark, Words)]
    ends = {
        round(word.x + typeface.line(word.text).width * word.size, 3)
        for word in words
        if word.text in ("7.00", "1,234.00")
    }
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        ("-1234567.5", "-1,234,567.50"),
        ("0", "0.00"),
        ("1E+30", "1.00E+30"),
        ("NaN", "NaN"),
    ],
)
def test_amounts_are_printed(
    voucher: Voucher, row: Row, text: Text, amount: str, printed: str
) -> None:
    assert printed in text(voucher(rows=[row(amount=Decimal(amount))]))


def test_a_missing_total_is_a_dash(voucher: Voucher, text: Text) -> None:
    assert "Total debit\n–" in text(voucher(total_debit=None, total_credit=None))


def test_a_voucher_without_rows_says_so(voucher: Voucher, text: Text) -> None:
    assert "No rows" in text(voucher())


@pytest.mark.parametrize(
    "words",
    [
        "Räksmörgås på Östermalm",
        "Такси до аэропорта",
        "Ταξί προς το αεροδρόμιο",
        "سيارة أجرة إلى المطار",
        "الأول لا إله",
        "מונית לשדה התעופה",
        "שלום, (world) – 12 ١٢٣ מרחב 5.00 kr",
        "出租车去机场",
        "टैक्सी से हवाई अड्डे",
        "แท็กซี่ไปสนามบิน",
        "タクシーで空港へ",
        "공항 택시",
        "ტაქსი აეროპორტში",
        "🚕 to ✈️ 😀",
        "𞤀𞤣𞤤𞤢𞤥 𐌰𐌱 𒀀𒀁",
        "\U0002a6d6 \U000e0041 \ue000 in no font",
    ],
)
def test_any_script_can_be_selected(voucher: Voucher, text: Text, words: str) -> None:
    assert words in text(voucher(description=words))


def test_right_to_left_leaves_the_cells_after_it_alone(
    voucher: Voucher, row: Row, text: Text
) -> None:
    rows = [row(description="שלום", dimensions="(?) – 100")]
    assert "שלום (?) – 100 1,234.50" in text(voucher(rows=rows))


def test_controls_and_lone_surrogates_are_replaced(voucher: Voucher, text: Text) -> None:
    assert "a b\ufffdc" in text(voucher(description="a\x00b\ud800c"))


def test_a_long_description_is_complete(voucher: Voucher, row: Row, text: Text) -> None:
    words = [f"word{number}" for number in range(2000)]
    long = " ".join(words)
    found = text(voucher(description=long, rows=[row(description=long)])).split()
    assert [found.count(word) for word in words] == [2] * 2000


def test_a_long_account_name_ends_in_an_ellipsis(voucher: Voucher, row: Row, text: Text) -> None:
    assert "name name…" in text(voucher(rows=[row(text="name " * 100)]))


def test_nothing_leaves_its_column(voucher: Voucher, row: Row) -> None:
    from mockfindity.documents import typeface
    from mockfindity.documents.layout import lay_out
    from mockfindity.documents.sheets import LEFT, RIGHT, Words

    wide = "W" * 400
    huge = Decimal("98765432109876543.21")
    rows = [row(side=wide, account=wide, text=wide, description=wide, dimensions=wide, amount=huge)]
    basis = voucher(organization=wide, vat=wide, voucher_id=wide, rows=rows, currency=wide)
    words = [mark for page in lay_out(basis, []) for mark in page if isinstance(mark, Words)]
    beyond = [
        word
        for word in words
        if word.x < LEFT
        or word.x + typeface.line(word.text, word.bold).width * word.size > RIGHT + 0.1
    ]
    assert beyond == []


def test_pages_are_numbered(voucher: Voucher, row: Row, read: Read) -> None:
    pages = read(voucher(rows=[row()] * 100)).pages
    numbers = [
        page.extract_text().splitlines()[-1].rpartition(" · voucher-1 ")[2] for page in pages
    ]
    assert numbers == ["page 1 of 3", "page 2 of 3", "page 3 of 3"]


def test_the_head_of_the_table_is_repeated(voucher: Voucher, row: Row, read: Read) -> None:
    pages = read(voucher(rows=[row()] * 100)).pages
    head = "Side Account Text Description Dimensions Debit Credit Tax"
    assert [page.extract_text().count(head) for page in pages] == [1, 1, 1]


def test_two_thousand_rows_are_all_there(voucher: Voucher, row: Row, text: Text) -> None:
    rows = [row(account=f"A{number}") for number in range(2000)]
    found = set(text(voucher(rows=rows)).split())
    assert found >= {f"A{number}" for number in range(2000)}


def test_empty_strings_are_fine(voucher: Voucher, row: Row, text: Text) -> None:
    nothing = dict.fromkeys(("side", "account", "text", "description", "dimensions"), "")
    facts = dict.fromkeys(("organization", "vat", "voucher_id", "owner", "description"), "")
    found = text(voucher(rows=[row(**nothing)], receipts=[Receipt("", b"", "")], **facts))
    assert "page 1 of 1" in found


def test_the_title_of_the_file_names_the_voucher(voucher: Voucher, read: Read) -> None:
    metadata = read(voucher(voucher_id="V-Å-\ud800")).metadata
    assert metadata is not None
    assert metadata.title == "Voucher basis V-Å-\ufffd"


@given(words=st.text(st.characters(), max_size=80), amount=st.decimals())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_and_no_amount_crashes_it(words: str, amount: Decimal) -> None:
    rows = [BasisRow(words, words, words, words, words, amount, amount)]
    receipts = [Receipt(words, words.encode(errors="replace"), words)]
    facts = (words,) * 9
    assert render_pdf(Basis(*facts, amount, None, rows, receipts)).endswith(b"%%EOF\n")


PRINT_A_HASH = """
import hashlib
from decimal import Decimal
from mockfindity.documents.basis import Basis, BasisRow, Receipt, render_pdf
from mockfindity.documents.receipt import ReceiptText, draw_receipt
words = "Räka 出租车 سلام 😀 टैक्सी"
text = ReceiptText(words, words, "2024-03-05", "SEK", Decimal(1), Decimal(2), "1")
row = BasisRow("DEBIT", "5800", words, words, words, Decimal(1), Decimal(2))
receipt = Receipt(words, draw_receipt(text), "image/jpeg")
basis = Basis(*[words] * 9, Decimal(1), None, [row] * 3, [receipt])
print(hashlib.sha256(render_pdf(basis)).hexdigest())
"""


def test_two_processes_print_the_same_bytes() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT_A_HASH],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_threads_print_the_same_bytes(voucher: Voucher, row: Row) -> None:
    vouchers = [voucher(rows=[row(description=f"出租车 {number} سلام")]) for number in range(20)]
    alone = [render_pdf(each) for each in vouchers]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(render_pdf, vouchers))
    assert together == alone


HEAVY = "sorted({'reportlab', 'PIL'} & {name.partition('.')[0] for name in sys.modules})"


@pytest.mark.parametrize("module", ["basis", "receipt", "icon"])
def test_importing_loads_neither_reportlab_nor_pillow(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, mockfindity.documents.{module}; print({HEAVY})"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
    )
    assert done.stdout.strip() == b"[]"
