"""Finland: VAT 25.5, 13.5 (food, hotels, travel, books) and 10 % (newspapers)."""

from __future__ import annotations

from decimal import Decimal

from .countries import Country, merchants

COUNTRY = Country(
    code="FI",
    locale="fi_FI",
    currency="EUR",
    company="Länsirannan Sähkö Oy",
    vat="FI28471955",
    template=None,
    chart={
        "Fuel": ("7710", "Polttoaineet"),
        "Travel": ("7800", "Matkakulut"),
        "Tickets": ("7810", "Matkaliput"),
        "Rental car": ("7850", "Vuokra-autot"),
        "Hotel and meals": ("7820", "Majoitus- ja ravintolakulut"),
        "Entertainment": ("8050", "Edustuskulut"),
        "Office supplies": ("8500", "Toimistotarvikkeet"),
        "Mobile phone": ("8520", "Puhelinkulut"),
        "Per diem": ("7830", "Päivärahat"),
        "Mileage": ("7840", "Kilometrikorvaukset"),
    },
    vat_account=("1763", "Arvonlisäverosaamiset"),
    outlay=("2945", "Velat henkilöstölle"),
    card=("2950", "Yrityskortit"),
    blocked=frozenset({"Entertainment"}),
    unit="KM",
    mileage=Decimal("0.55"),
    drive="Oma auto, asiakaskäynti Hämeenlinnassa",
    per_diem=Decimal(54),
    stay="Kokopäiväraha, Jyväskylä",
    merchants=merchants("""
        Taksi Helsinki | Rautatieasemalta Pasilaan | Travel | 13.5 | 14 | 48 | 0.10
        HSL | Vuorokausilippu | Travel | 13.5 | 10 | 12 | 0.10
        EuroPark | Pysäköinti, Kamppi | Travel | 25.5 | 6 | 32 | 0.50
        VR | Helsinki–Tampere | Tickets | 13.5 | 12.90 | 39.90 | 0.10
        VR | Helsinki–Jyväskylä | Tickets | 13.5 | 19.90 | 64.90 | 0.10
        Finnair | Helsinki–Oulu | Tickets | 13.5 | 69 | 219 | 1
        Sokos Hotel Alexandra | Majoitus, 1 yö | Hotel and meals | 13.5 | 109 | 189 | 1
        Scandic Rosendahl | Majoitus, 1 yö | Hotel and meals | 13.5 | 119 | 199 | 1
        Ravintola Käpy | Lounas | Hotel and meals | 13.5 | 12.70 | 16.90 | 0.10
        Robert's Coffee | Kahvi ja sämpylä | Hotel and meals | 13.5 | 8.40 | 13.60 | 0.10
        Ravintola Näsinneula | Illallinen asiakkaan kanssa | Entertainment | 13.5 | 145 | 310 | 0.10
        K-Market Töölö | Tarjottavaa kokoukseen | Entertainment | 13.5 | 9.50 | 41 | 0.05
        Neste | Diesel, yritysauto | Fuel | 25.5 | 48 | 118 | 0.01
        ABC | Bensiini 95, yritysauto | Fuel | 25.5 | 45 | 109 | 0.01
        Hertz | Vuokra-auto, 1 vrk | Rental car | 25.5 | 69 | 139 | 1
        Verkkokauppa.com | Kaapeleita ja paristoja | Office supplies | 25.5 | 9.90 | 49.90 | 0.10
        Suomalainen Kirjakauppa | Projektinhallinnan opas | Office supplies | 13.5 | 24 | 48 | 0.10
        Kauppalehti | Digilehti, toukokuu | Office supplies | 10 | 29.90 | 34.90 | 0.10
        Elisa | Puhelinliittymä, toukokuu | Mobile phone | 25.5 | 19.90 | 39.90 | 0.10
    """),
)
