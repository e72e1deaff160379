"""Denmark: one VAT rate, 25 %; trains and taxis are exempt."""

from __future__ import annotations

from decimal import Decimal

from .countries import Country, merchants

COUNTRY = Country(
    code="DK",
    locale="da_DK",
    currency="DKK",
    company="Øresund Rådgivning ApS",
    vat="DK 31 42 67 88",
    template=None,
    chart={
        "Fuel": ("3150", "Brændstof"),
        "Travel": ("2770", "Rejseudgifter"),
        "Tickets": ("2771", "Billetter"),
        "Rental car": ("2775", "Lejede biler"),
        "Hotel and meals": ("2772", "Hotel og fortæring"),
        "Entertainment": ("2750", "Repræsentation"),
        "Office supplies": ("3600", "Kontorartikler"),
        "Mobile phone": ("3620", "Telefon"),
        "Per diem": ("2780", "Diæter"),
        "Mileage": ("2790", "Kørselsgodtgørelse"),
    },
    vat_account=("6902", "Købsmoms"),
    outlay=("6930", "Mellemregning med medarbejdere"),
    card=("6940", "Firmakort"),
    blocked=frozenset(),
    unit="KM",
    mileage=Decimal("3.94"),
    drive="Egen bil til kunde i Næstved",
    per_diem=Decimal(625),
    stay="Diæter, Aalborg",
    merchants=merchants("""
        Dantaxi | Kastrup til Østerbro | Travel | 0 | 249 | 429 | 1
        Rejsekort | Optankning | Travel | 0 | 200 | 600 | 100
        EasyPark | Parkering Nørreport | Travel | 25 | 38 | 240 | 1
        DSB | København H til Aarhus | Tickets | 0 | 199 | 468 | 1
        DSB | Odense til Aalborg | Tickets | 0 | 149 | 398 | 1
        Norwegian | København til Aalborg | Tickets | 0 | 399 | 1199 | 1
        Hotel Østerport | Overnatning, 1 nat | Hotel and meals | 25 | 895 | 1595 | 5
        Comwell Hvide Hus | Overnatning, 1 nat | Hotel and meals | 25 | 1045 | 1795 | 5
        Café Rødgrød | Frokost | Hotel and meals | 25 | 109 | 179 | 1
        Joe & the Juice | Kaffe og sandwich | Hotel and meals | 25 | 84 | 132 | 1
        Restaurant Kødbyen | Middag med kunde, 3 personer | Entertainment | 25 | 1290 | 2690 | 1
        Irma Kongens Nytorv | Frugt til kundemøde | Entertainment | 25 | 79 | 329 | 0.50
        OK | Diesel, firmabil | Fuel | 25 | 420 | 990 | 0.05
        Circle K | Benzin 95, firmabil | Fuel | 25 | 390 | 910 | 0.05
        Europcar | Lejebil, 1 døgn | Rental car | 25 | 595 | 1295 | 5
        Elgiganten | Ladekabler | Office supplies | 25 | 99 | 399 | 1
        Bog & idé | Ringbind og kuglepenne | Office supplies | 25 | 75 | 489 | 0.50
        TDC | Mobilabonnement, maj | Mobile phone | 25 | 149 | 349 | 1
    """),
)
