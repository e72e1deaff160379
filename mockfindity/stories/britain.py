"""Britain: VAT 20 %; fares and books are zero-rated. Miles, not kilometres."""

from __future__ import annotations

from decimal import Decimal

from .countries import Country, merchants

COUNTRY = Country(
    code="GB",
    locale="en_GB",
    currency="GBP",
    company="Harrow & Pike Ltd",
    vat="GB 417 6620 93",
    template=None,
    chart={
        "Fuel": ("7300", "Fuel and oil"),
        "Travel": ("7400", "Travelling"),
        "Tickets": ("7404", "Rail and air fares"),
        "Rental car": ("7401", "Car hire"),
        "Hotel and meals": ("7402", "Hotels and meals"),
        "Entertainment": ("7403", "UK entertainment"),
        "Office supplies": ("7504", "Office stationery"),
        "Mobile phone": ("7502", "Telephone"),
        "Per diem": ("7406", "Subsistence"),
        "Mileage": ("7305", "Mileage allowance"),
    },
    vat_account=("2201", "Purchase tax control account"),
    outlay=("2230", "Employee expenses payable"),
    card=("1240", "Company credit card"),
    blocked=frozenset({"Entertainment"}),
    unit="MI",
    mileage=Decimal("0.45"),
    drive="Own car to the customer in Reading",
    per_diem=Decimal(25),
    stay="Subsistence, Leeds",
    merchants=merchants("""
        London Black Cab | Paddington to Old Street | Travel | 0 | 14 | 46 | 0.20
        Addison Lee | City to Heathrow | Travel | 20 | 52 | 89 | 0.50
        Transport for London | Pay as you go | Travel | 0 | 2.80 | 14.90 | 0.10
        NCP | Parking, Leeds City | Travel | 20 | 6 | 32 | 0.50
        LNER | King's Cross to Leeds | Tickets | 0 | 32.50 | 139 | 0.10
        Great Western Railway | Paddington to Bristol | Tickets | 0 | 28.40 | 118 | 0.10
        British Airways | Heathrow to Edinburgh | Tickets | 0 | 68 | 214 | 1
        Premier Inn | One night | Hotel and meals | 20 | 74 | 139 | 0.50
        The Dakota | One night | Hotel and meals | 20 | 118 | 199 | 0.50
        Pret A Manger | Coffee and sandwich | Hotel and meals | 20 | 7.25 | 12.95 | 0.05
        The Old Fig Tree | Lunch | Hotel and meals | 20 | 13.50 | 24 | 0.25
        Hawksmoor | Dinner with a customer, 3 people | Entertainment | 20 | 142 | 318 | 0.50
        Waitrose | Biscuits for a customer meeting | Entertainment | 20 | 6.40 | 24 | 0.05
        Shell | Diesel, company car | Fuel | 20 | 48 | 104 | 0.01
        BP | Unleaded, company car | Fuel | 20 | 44 | 96 | 0.01
        Enterprise | Car hire, one day | Rental car | 20 | 42 | 98 | 0.50
        Ryman | Binders and pens | Office supplies | 20 | 6.99 | 42.99 | 0.50
        Waterstones | A guide to contracts | Office supplies | 0 | 16.99 | 39.99 | 1
        EE | Mobile contract, May | Mobile phone | 20 | 16 | 38 | 0.50
    """),
)
