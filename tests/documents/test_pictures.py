"""Receipt pictures in the PDF, and what becomes of those that cannot be shown."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader

from mockfindity.documents import pictures
from mockfindity.documents.basis import Basis, Receipt, render_pdf
from mockfindity.documents.layout import lay_out
from mockfindity.documents.sheets import BOTTOM, LEFT, RIGHT, TOP, Photo

Make = Callable[..., bytes]
Voucher = Callable[..., Basis]
Read = Callable[[Basis], PdfReader]
Text = Callable[[Basis], str]


def test_a_jpeg_is_embedded_as_it_came(voucher: Voucher, picture: Make) -> None:
    jpeg = picture("JPEG", "RGB", (40, 30))
    pdf = render_pdf(voucher(receipts=[Receipt("Receipt", jpeg, "image/jpeg")]))
    assert jpeg in pdf


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_any_kind_of_png_is_shown(voucher: Voucher, read: Read, picture: Make, mode: str) -> None:
    png = picture("PNG", mode, (40, 30))
    page = read(voucher(receipts=[Receipt("Receipt", png, "image/png")])).pages[0]
    assert [image.image.size for image in page.images if image.image] == [(40, 30)]


def test_a_jpeg_for_print_is_shown(voucher: Voucher, read: Read, picture: Make) -> None:
    jpeg = picture("JPEG", "CMYK", (40, 30))
    page = read(voucher(receipts=[Receipt("Receipt", jpeg, "image/jpeg")])).pages[0]
    assert [image.image.mode for image in page.images if image.image] == ["RGB"]


def test_transparent_is_white(voucher: Voucher, read: Read, picture: Make) -> None:
    png = picture("PNG", "RGBA", (4, 3))
    [image] = read(voucher(receipts=[Receipt("Receipt", png, "image/png")])).pages[0].images
    assert image.image is not None
    assert image.image.getpixel((0, 0)) == (255, 255, 255)


def test_the_same_picture_twice_is_stored_once(voucher: Voucher, picture: Make) -> None:
    receipts = [Receipt(title, picture("JPEG", "L", (40, 30)), "image/jpeg") for title in "ab"]
    assert render_pdf(voucher(receipts=receipts)).count(b"/DCTDecode") == 1


def test_every_receipt_has_its_title(voucher: Voucher, text: Text, picture: Make) -> None:
    jpeg = picture("JPEG", "L", (40, 30))
    receipts = [Receipt(f"kvitto-{number}.jpg", jpeg, "image/jpeg") for number in range(9)]
    found = text(voucher(receipts=receipts))
    assert [f"kvitto-{number}.jpg" in found for number in range(9)] == [True] * 9


@pytest.mark.parametrize(
    "broken",
    [b"", b"\xff\xd8\xff\xe0junk", b"\x89PNG\r\n\x1a\n", b"not a picture"],
    ids=["empty", "jpeg", "png", "text"],
)
def test_a_corrupt_picture_is_listed_with_a_note(
    voucher: Voucher, text: Text, broken: bytes
) -> None:
    found = text(voucher(receipts=[Receipt("kvitto.jpg", broken, "image/jpeg")]))
    assert "kvitto.jpg\nThe picture cannot be read." in found


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_cut_short_is_not_shown(kind: str) -> None:
    file = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(file, kind)
    half = file.getvalue()[: len(file.getvalue()) // 2]
    assert pictures.read(half, "image/png") == "The picture cannot be read."


def test_another_type_is_listed_with_a_note(voucher: Voucher, text: Text) -> None:
    found = text(voucher(receipts=[Receipt("memo.pdf", b"%PDF-1.7", "application/pdf")]))
    assert "memo.pdf\nA file of type application/pdf is not shown here." in found


def test_a_huge_picture_is_refused_before_it_is_decoded() -> None:
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    png += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT" + bytes(4)
    assert pictures.read(png, "image/png") == "The picture has more than 50 million pixels."


@pytest.mark.parametrize(("turn", "upright"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40))])
def test_a_photograph_stands_upright(picture: Make, turn: int, upright: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    found = pictures.read(picture("JPEG", "RGB", (40, 30), exif=exif), "image/jpeg")
    assert isinstance(found, pictures.Picture)
    assert found.upright == upright


@pytest.mark.parametrize("size", [(3000, 20), (20, 3000), (1, 1), (1600, 1200)])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_pictures_stay_between_the_margins(
    voucher: Voucher, picture: Make, size: tuple[int, int], count: int
) -> None:
    jpeg = picture("JPEG", "L", size)
    basis = voucher(receipts=[Receipt("Receipt", jpeg, "image/jpeg")] * count)
    shown = [pictures.read(jpeg, "image/jpeg")] * count
    photos = [mark for page in lay_out(basis, shown) for mark in page if isinstance(mark, Photo)]
    outside = [
        photo
        for photo in photos
        if photo.x < LEFT
        or photo.x + photo.width > RIGHT + 1
        or photo.y < BOTTOM
        or photo.y + photo.height > TOP
    ]
    assert (len(photos), outside) == (count, [])


def test_four_small_receipts_share_a_page(voucher: Voucher, picture: Make, read: Read) -> None:
    jpeg = picture("JPEG", "L", (400, 400))
    receipts = [Receipt("Receipt", jpeg, "image/jpeg")] * 4
    assert len(read(voucher(receipts=receipts)).pages) == 2
