"""Norway: accounts of NS 4102, VAT 25, 15 (food) and 12 % (travel and hotels)."""

from __future__ import annotations

from decimal import Decimal

from .countries import Country, merchants

COUNTRY = Country(
    code="NO",
    locale="nb_NO",
    currency="NOK",
    company="Fjordlys Prosjekt AS",
    vat="NO 914 778 271 MVA",
    template=None,
    chart={
        "Fuel": ("7000", "Drivstoff"),
        "Travel": ("7140", "Reisekostnad, ikke oppgavepliktig"),
        "Tickets": ("7141", "Billetter"),
        "Rental car": ("7143", "Leiebil"),
        "Hotel and meals": ("7142", "Hotell og opphold"),
        "Entertainment": ("7360", "Representasjon, ikke fradragsberettiget"),
        "Office supplies": ("6800", "Kontorrekvisita"),
        "Mobile phone": ("6900", "Telefon"),
        "Per diem": ("7150", "Diettkostnad, oppgavepliktig"),
        "Mileage": ("7100", "Bilgodtgjørelse, oppgavepliktig"),
    },
    vat_account=("2710", "Inngående merverdiavgift"),
    outlay=("2910", "Gjeld til ansatte"),
    card=("2990", "Annen kortsiktig gjeld"),
    blocked=frozenset({"Entertainment"}),
    unit="KM",
    mileage=Decimal("5.30"),
    drive="Egen bil til kunde på Hamar",
    per_diem=Decimal(1012),
    stay="Diett, Tromsø",
    merchants=merchants("""
        Oslo Taxi | Majorstuen til Fornebu | Travel | 12 | 189 | 489 | 1
        Ruter | Månedsbillett, 1 sone | Travel | 12 | 897 | 897 | 1
        EuroPark | Parkering Aker Brygge | Travel | 25 | 70 | 390 | 5
        Flytoget | Oslo S til Gardermoen | Tickets | 12 | 252 | 252 | 1
        Vy | Oslo S til Trondheim | Tickets | 12 | 399 | 1149 | 1
        Widerøe | Bodø til Tromsø | Tickets | 12 | 790 | 2390 | 1
        Thon Hotel Lofoten | Overnatting, 1 natt | Hotel and meals | 12 | 1345 | 2195 | 5
        Clarion Hotel The Edge | Overnatting, 1 natt | Hotel and meals | 12 | 1490 | 2490 | 5
        Kafé Blåbær | Lunsj | Hotel and meals | 25 | 159 | 249 | 1
        Kaffebrenneriet | Kaffe og bolle, ta med | Hotel and meals | 15 | 79 | 129 | 1
        Fiskekompaniet | Middag med kunde, 3 personer | Entertainment | 25 | 1450 | 2900 | 1
        Kiwi Grünerløkka | Frukt til kundemøte | Entertainment | 15 | 89 | 349 | 0.10
        Circle K | Diesel, firmabil | Fuel | 25 | 520 | 1290 | 0.05
        Esso | Bensin 95, firmabil | Fuel | 25 | 490 | 1190 | 0.05
        Sixt | Leiebil, 1 døgn | Rental car | 25 | 795 | 1595 | 5
        Clas Ohlson | Ladekabel og batterier | Office supplies | 25 | 99 | 499 | 0.10
        Staples | Permer og penner | Office supplies | 25 | 119 | 749 | 0.50
        Norli | Fagbok om prosjektstyring | Office supplies | 0 | 299 | 549 | 1
        Telenor | Mobilabonnement, mai | Mobile phone | 25 | 299 | 549 | 1
    """),
)
