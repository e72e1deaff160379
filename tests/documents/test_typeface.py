"""Fonts, the order of writing, and lines that fit."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockfindity.documents import script, typeface
from mockfindity.documents.wrap import elide, wrap

FONTS_READ = "from mockfindity.documents import typeface as t; t.line({!r}, True); print({})"


@pytest.mark.parametrize(("words", "count"), [("Räka", b"1"), ("出租车", b"3"), ("🚕", b"3")])
def test_a_fallback_is_read_only_when_a_character_needs_it(words: str, count: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FONTS_READ.format(words, "t.font.cache_info().currsize")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
    )
    assert done.stdout.strip() == count


@pytest.mark.parametrize(
    ("char", "font"),
    [
        ("å", "DejaVuSans-Bold"),
        ("\U0001d5a0", "DejaVuSans"),
        ("出", "Unifont"),
        ("🚕", "UnifontUpper"),
        ("\U0002a6d6", "DejaVuSans"),
    ],
)
def test_each_character_finds_its_font(char: str, font: str) -> None:
    assert [run.font for run in typeface.line(char, True).runs] == [font]


def test_a_line_is_split_where_the_font_changes() -> None:
    runs = typeface.line("Taxi 出租车!").runs
    assert [run.text for run in runs] == ["Taxi ", "出租车", "!"]


def test_a_character_in_no_font_looks_like_the_replacement_character() -> None:
    assert typeface.advance("\U0002a6d6") == typeface.advance("\ufffd")


def test_right_to_left_is_turned_and_the_rest_is_not() -> None:
    assert script.visual("a אבג 12 דה b") == [
        ("a ", False),
        ("גבא", True),
        (" 12 ", False),
        ("הד", True),
        (" b", False),
    ]


def test_arabic_letters_take_the_shape_their_neighbours_ask_for() -> None:
    [(shaped, _)] = script.visual("\u0628\u064e\u0628\u0628")
    forms = [chr(ord(char) - script.SHAPED) if ord(char) > 0xFFFF else char for char in shaped]
    assert forms == ["\ufe90", "\ufe92", "\u064e", "\ufe91"]


def test_lam_and_alef_become_one_glyph_that_means_both() -> None:
    [(shaped, _)] = script.visual("\u0644\u0627")
    assert [script.plain(ord(char)) for char in shaped] == ["\u0644\u0627"]


def test_words_go_to_the_next_line_whole() -> None:
    assert wrap("one two three", 60, 10) == ["one two", "three"]


def test_a_word_that_is_too_long_is_broken() -> None:
    assert wrap("a " + "W" * 9, 50, 10) == ["a", "WWWWW", "WWWW"]


def test_line_breaks_in_the_text_are_kept() -> None:
    assert wrap("one\ntwo\r\nthree", 200, 10) == ["one", "two", "three"]


def test_the_last_line_allowed_ends_in_an_ellipsis() -> None:
    assert wrap("one two three four five", 60, 10, limit=2) == ["one two", "three four…"]


def test_what_fits_is_not_elided() -> None:
    assert elide("fits", 100, 10) == "fits"


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_wrapping_loses_nothing_but_spaces(text: str) -> None:
    wrapped = "".join(wrap(text, 40, 8))
    assert "".join(wrapped.split()) == "".join(typeface.clean(text).split())


@given(st.text(max_size=100), st.integers(20, 300))
def test_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    widest = max(typeface.line(line).width * 8 for line in wrap(text, width, 8))
    assert widest <= width + 0.01
