"""Sweden: the built-in template, VAT 25, 12 and 6 %."""

from __future__ import annotations

from decimal import Decimal

from .countries import Country, merchants

COUNTRY = Country(
    code="SE",
    locale="sv_SE",
    currency="SEK",
    company="Björkö Verkstad AB",
    vat="556704-1185",
    template="tmpl-se-001",
    chart={},
    vat_account=("2641", "Debiterad ingående moms"),
    outlay=("2820", "Kortfristiga skulder till anställda"),
    card=("2890", "Övriga kortfristiga skulder"),
    blocked=frozenset({"Entertainment, not deductible"}),
    unit="KM",
    mileage=Decimal("2.50"),
    drive="Egen bil till kund i Västerås",
    per_diem=Decimal(300),
    stay="Traktamente, Malmö",
    merchants=merchants("""
        Taxi Stockholm | Vasagatan till Arlanda | Travel | 6 | 495 | 695 | 1
        Göteborgs Taxi | Centralen till Lindholmen | Travel | 6 | 149 | 320 | 1
        SL | 24-timmarsbiljett | Travel | 6 | 180 | 180 | 1
        Q-Park | Parkering Nordstan | Travel | 25 | 60 | 340 | 5
        SJ | Stockholm till Malmö, 2 klass | Tickets | 6 | 395 | 1295 | 1
        Mälartåg | Stockholm till Västerås | Tickets | 6 | 117 | 152 | 1
        SAS | Arlanda till Luleå | Tickets | 6 | 899 | 2499 | 1
        Scandic Triangeln | Hotell, 1 natt | Hotel and meals | 12 | 1190 | 1890 | 5
        Elite Hotel Savoy | Hotell, 1 natt | Hotel and meals | 12 | 1290 | 2190 | 5
        Restaurang Åhörnan | Dagens lunch | Hotel and meals | 12 | 129 | 179 | 1
        Espresso House | Kaffe och smörgås | Hotel and meals | 12 | 89 | 145 | 1
        Sjömagasinet | Middag med kund, 3 personer | Entertainment | 12 | 780 | 900 | 1
        ICA Nära Ängen | Fika till kundmöte | Entertainment | 6 | 119 | 389 | 0.10
        OKQ8 | Bensin 95, tjänstebil | Fuel | 25 | 380 | 980 | 0.05
        Circle K | Diesel, tjänstebil | Fuel | 25 | 450 | 1150 | 0.05
        Hertz | Hyrbil, 1 dygn | Rental car | 25 | 695 | 1395 | 5
        Clas Ohlson | Laddkablar och batterier | Office supplies | 25 | 99 | 449 | 0.10
        Kontorsgiganten | Pärmar och pennor | Office supplies | 25 | 85 | 690 | 0.50
        Akademibokhandeln | Handbok i projektledning | Office supplies | 6 | 249 | 459 | 1
        Telia | Mobilabonnemang, maj | Mobile phone | 25 | 199 | 429 | 1
    """),
)
