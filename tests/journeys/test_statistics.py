"""The numbers, read in a real browser by a coordinator, a councillor and everyone."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import Cast, gather_cast
from tests.journeys.conftest import DESKTOP, PHONE, Opener, Served, check_accessible
from vicinia.domain.casework.states import Outcome
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel, ReportState
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.territory.models import Area
from vicinia.foundation.kernel import clock
from vicinia.interfaces.statistics.tests.factories import closed_cases, reports

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SIZES = {"phone": PHONE, "desktop": DESKTOP}
NAMES = ["Rumore e quiete", "Uso degli spazi pubblici", "Rifiuti e degrado", "Persone in difficoltà"]


@pytest.fixture
def two_years(town: Served, settings: Any) -> Cast:
    """Two years of reports in six quarters, with lone ones in the smallest."""
    settings.SECOND_FACTOR = False
    cast, dice, today = gather_cast(), random.Random(3), clock.today()
    quarters = [cast.crocetta, cast.stazione]
    quarters += [Area.objects.create(kind="quarter", code=name, name=name) for name in ("Borgo Nuovo", "Case Operaie", "San Rocco")]  # fmt: skip
    for at, name in enumerate(NAMES):
        group = Category.objects.create(code=f"g{at}", name=name, position=at)
        one = kind(f"k{at}", parent=group, is_public=at != 3)
        for month in range(24):
            day = str(today - dt.timedelta(days=30 * month + 2))
            for place, quarter in enumerate(quarters):
                count = dice.randrange(8 - place) if place < 4 else int(month in (3, 17))
                reports(
                    count,
                    kind=one,
                    area=quarter,
                    day=day,
                    channel=dice.choice(Channel.values[:5]),
                    wants_contact=True,
                )
    return _worked(cast)


def _worked(cast: Cast) -> Cast:
    """Some of them were contacted and answered, and some cases closed."""
    for at, report in enumerate(Report.objects.order_by("id")):
        if at % 9:
            report.first_contact_at = report.received_at + dt.timedelta(hours=20 + at % 50)
            report.state, report.ended_at = (
                ReportState.ANSWERED,
                report.received_at + dt.timedelta(days=at % 30),
            )
            report.save()
    now = clock.now()
    for year in (now.year, now.year - 1):
        dates = {
            "opened_at": min(now.replace(year=year, month=1, day=3), now),
            "closed_at": min(now.replace(year=year, month=1, day=20), now),
        }
        closed_cases(12, kind=kind("k0"), **dates)
        closed_cases(7, kind=kind("k1"), outcome=Outcome.CONTAINED, **dates)
    return cast


def signed_in(page: Page, town: Served, user: Any) -> None:
    client = Client()
    client.force_login(user)
    value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": town.url}])


@pytest.mark.parametrize("size", SIZES)
def test_carla_reads_the_year_and_opens_what_a_number_counts(
    two_years: Cast, town: Served, open_page: Opener, size
):
    page = open_page(**SIZES[size])
    signed_in(page, town, two_years.carla)
    page.goto(f"{town.url}/statistiche")
    check_accessible(page, f"statistics-{size}")
    row = page.get_by_role("row", name="Crocetta").first
    number = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    page.wait_for_url("**/in-arrivo?**")
    expect(page.get_by_role("main")).to_contain_text("Crocetta")
    assert int(number) > 0


@pytest.mark.parametrize("size", SIZES)
def test_vera_reads_sums_only(two_years: Cast, town: Served, open_page: Opener, size):
    page = open_page(**SIZES[size])
    signed_in(page, town, two_years.vera)
    page.goto(f"{town.url}/statistiche?periodo={clock.today().year - 1}")
    check_accessible(page, f"statistics-council-{size}")
    expect(page.get_by_text("Non vedi i numeri da 1 a 4")).to_be_visible()
    expect(page.get_by_text("Il trattino sta per").first).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_everyone_reads_the_year_that_is_over(two_years: Cast, town: Served, open_page: Opener, size):
    page = open_page(**SIZES[size])
    page.goto(f"{town.url}/dati")
    check_accessible(page, f"statistics-yearly-{size}")
    page.get_by_text("Zone e tipi insieme, in tabella").click()
    expect(page.get_by_role("columnheader", name="Altri problemi")).to_be_visible()
    check_accessible(page, f"statistics-yearly-table-{size}")
