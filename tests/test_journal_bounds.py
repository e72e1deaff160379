"""How much a journal keeps: so many entries, so many bytes, whatever a client sends."""

from __future__ import annotations

from entries import ENTRY

from mockfindity.domain.record import replace
from mockfindity.headers import lines
from mockfindity.journal import Journal, shown


def test_many_entries_are_kept_up_to_a_number() -> None:
    journal = Journal(most=1000)

    for number in range(100_000):
        journal.add(replace(ENTRY, number=number))

    assert (len(journal.entries), journal.entries[0].number) == (1000, 99_000)
    assert not journal.is_whole


def test_entries_are_kept_up_to_a_number_of_bytes() -> None:
    journal = Journal(most_bytes=10_000)

    for number in range(50):
        journal.add(replace(ENTRY, number=number, body=b"x" * 400, size=400))

    assert [entry.number for entry in journal] == list(range(40, 50))


def test_one_entry_is_kept_however_large() -> None:
    journal = Journal(most_bytes=100)

    journal.add(replace(ENTRY, answer=b"x" * 5000))

    assert len(journal.entries) == 1


def test_ten_thousand_are_kept_unless_said_otherwise() -> None:
    journal = Journal()

    for number in range(100_000):
        journal.add(replace(ENTRY, number=number))

    assert (len(journal.entries), journal.entries[0].number) == (10_000, 90_000)


def test_a_journal_is_whole_until_something_is_forgotten() -> None:
    journal = Journal(most=2)
    journal.add(ENTRY)
    whole = [journal.is_whole]
    journal.forget()
    whole.append(journal.is_whole)
    journal.clear()
    whole.append(journal.is_whole)

    assert whole == [True, False, True]


def test_a_header_that_is_sent_twice_is_shown_once() -> None:
    entry = replace(ENTRY, headers=lines([(b"X-A", b"1"), (b"x-a", b"2")]))

    assert shown(entry)["headers"] == {"x-a": "2"}
