"""How much a journal keeps: so many entries, so many bytes, whatever a client sends."""

from __future__ import annotations

from entries import ENTRY

from mockfindity.domain.record import replace
from mockfindity.headers import lines
from mockfindity.journal import Journal, Room, shown
from mockfindity.sandboxes import Sandboxes


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


def filled(room: Room, *sizes: int) -> list[Journal]:
    """Journals of entries of about a kilobyte, so many each, in the same room."""
    journals = [Journal() for _ in sizes]
    for journal, size in zip(journals, sizes, strict=True):
        journal.share(room)
        for number in range(size):
            journal.add(replace(ENTRY, number=number, body=b"x" * 400))
    return journals


def test_journals_of_a_server_have_room_together() -> None:
    journals = filled(Room(most_bytes=100_000), *[1000] * 5)

    assert sum(len(journal.entries) for journal in journals) == 100
    assert min(len(journal.entries) for journal in journals) >= 10


def test_who_asked_little_keeps_it() -> None:
    little, _, much = filled(Room(most_bytes=100_000), 10, 60, 1000)

    assert (len(little.entries), little.is_whole) == (10, True)
    assert not much.is_whole


def test_a_sandbox_that_is_dropped_leaves_its_room_to_others() -> None:
    sandboxes = Sandboxes()
    sandbox = sandboxes.create("team", None, None)
    sandbox.journal.add(replace(ENTRY, body=b"x" * 400))
    room = sandboxes.default.journal.room
    before = (room.bytes, len(room.journals))

    sandboxes.drop(sandbox)

    assert (before, (room.bytes, len(room.journals))) == ((1000, 2), (0, 1))


def test_what_is_cleared_makes_room() -> None:
    room = Room()
    (journal,) = filled(room, 10)

    journal.clear()

    assert room.bytes == 0
