"""People: a few with names of their own, and as many as you like from Faker."""

from __future__ import annotations

import random
import unicodedata
from typing import Any, NamedTuple

from ..scenario_files import StoryError
from .countries import Country

MISSING = "the names come from Faker, which is not installed: pip install 'mockfindity[scenarios]'"

CALLED = {"nb_NO": "no_NO"}
"""What Faker calls a locale, where that is another name."""


class Person(NamedTuple):
    """Somebody who is employed: ``key`` is their external id, ``number`` that in payroll."""

    key: str
    first: str
    last: str
    number: str
    mail: str
    title: str = ""
    address: dict[str, str] = {}

    def as_user(self, **more: Any) -> dict[str, Any]:
        """The user as the admin guide sends it; ``more`` are further fields of it."""
        person: dict[str, Any] = {
            "externalSourceId": f"P-{self.key}",
            "firstName": self.first,
            "lastName": self.last,
            "email": self.mail,
        }
        if self.address:
            person |= {"address": self.address}
        user = {"person": person, "externalSourceId": self.key, "employeeId": self.number}
        return user | ({"title": self.title} if self.title else {}) | more


def known(name: str, number: int, title: str = "") -> Person:
    """Somebody with a name of your choice: ``known("Anna Lind", 101)`` is ``ANNA``."""
    first, _, last = name.partition(" ")
    mail = f"{plain(first)}.{plain(last)}@company.example"
    return Person(plain(first).upper(), first, last, str(number), mail, title)


def hired(rng: random.Random, country: Country, count: int, start: int = 1) -> list[Person]:
    """So many people with names and addresses of a country, numbered from ``start``.

    Raises ``StoryError`` where Faker is not installed.
    """
    try:
        from faker import Faker
    except ImportError:
        raise StoryError(MISSING) from None
    fake = Faker(CALLED.get(country.locale, country.locale))
    fake.seed_instance(rng.getrandbits(64))
    return [_made_up(fake, country, number) for number in range(start, start + count)]


def _made_up(fake: Any, country: Country, number: int) -> Person:
    first, last = fake.first_name(), fake.last_name()
    mail = f"{plain(first)}.{plain(last)}.{number}@company.example"
    address = {
        "street1": fake.street_address(),
        "city": fake.city(),
        "postalCode": fake.postcode(),
        "countryCode": country.code,
    }
    return Person(f"EMP-{number:04}", first, last, f"{number}", mail, fake.job()[:60], address)


def plain(name: str) -> str:
    """A name as it stands in a mail address: ``Åsa Sjöström`` is ``asa-sjostrom``."""
    spelled = name.lower().replace("ø", "o").replace("æ", "ae").replace("đ", "d")
    letters = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in letters).split())
