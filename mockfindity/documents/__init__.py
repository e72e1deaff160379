"""The documents that go with a voucher: its basis as a PDF, receipts, and an icon.

`basis.py` holds the data and `render_pdf`; behind it, and loaded only when a PDF is asked for:

    script.py     how writing runs: right to left, and the joined letters of Arabic
    typeface.py   which bundled font draws which character, and how wide it is
    wrap.py       text broken into lines, or cut short
    pictures.py   receipt pictures, read and refused
    sheets.py     pages of marks, with no PDF in them
    booking.py    the booking table on those pages
    layout.py     everything else on them, and the order of it all
    press.py      the marks made into PDF

`receipt.py` draws till receipts, `icon.py` the picture behind icon and logo URLs.
"""
