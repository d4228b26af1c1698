"""The pages of bodies, spaces and pacts at the desk."""

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.commons.actions import bodies, booking, pacts
from vicinia.domain.commons.models import (
    AccountLine,
    Booking,
    CommonsRule,
    Mandate,
    Pact,
    PactParty,
    PactPromise,
    Signature,
    Space,
    SpaceHours,
    TenantsBody,
)
from vicinia.domain.commons.queries import bodies as queries
from vicinia.domain.commons.queries import counting
from vicinia.domain.commons.tests.conftest import VISITOR, at, draft, new_body, new_booking
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
STRANGERS = ("marco", "paolo", "vera", "dario", "ada")
LISTS = ("tenants_bodies", "spaces", "pacts", "commons_in_laboratory")


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def to(name, row, *more):
    return reverse(name, args=[getattr(row, "code", "") or row.reference, *more])


def words_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    pages = PdfReader(
        BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    ).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def opened_and_sent(client, path, values):
    """Shown empty, then sent; where it went."""
    assert client.get(path).status_code == 200, path
    answer = client.post(path, values)
    assert answer.status_code == 303, (path, answer.content.decode()[-3000:])
    return answer.url


def test_a_self_management_by_pages(cast, house):
    lucia, today = of(cast.lucia), clock.today()
    new = {"kind": "self_management", "name": "Autogestione B", "building": house.pk, "origin": "assignees"}
    new |= {"manager": "Azienda casa", "services": ["green"], "purpose": "Il cortile.", "stair_names": "z"}
    assert lucia.post(reverse("tenants_body_new"), new).status_code == 422
    url = opened_and_sent(lucia, reverse("tenants_body_new"), new | {"stair_names": "a"})
    row = TenantsBody.objects.get()
    assert (url, row.entitled) == (to("tenants_body", row), 4)
    assert (
        lucia.post(to("tenants_body_change", row), new | {"stair_names": "", "seen_version": 9}).status_code
        == 409
    )
    opened_and_sent(lucia, to("tenants_body_change", row), new | {"stair_names": ""})
    assert "Servono almeno 2 firme valide" in lucia.get(url).content.decode()
    sign = to("tenants_body_sign", row, "request")
    for door in house.dwellings.all()[:2]:
        opened_and_sent(
            lucia,
            sign,
            {"dwelling": door.pk, "name": "Maria Bassi", "signed_on": str(today), "phone": "059 123456"},
        )
    assert (
        lucia.post(
            sign, {"dwelling": house.dwellings.first().pk, "name": "x", "signed_on": str(today)}
        ).status_code
        == 422
    )
    assert lucia.get(to("tenants_body_sign", row, "boh")).status_code == 404
    for signature in Signature.objects.all():
        check = to("signature_check", row, signature.pk)
        assert lucia.post(check, {"state": "rejected"}).status_code == 409
        opened_and_sent(lucia, check, {"state": "valid"})
    assert lucia.post(to("tenants_body_verify", row)).status_code == 303
    call = {
        "title": "Assemblea",
        "day": str(today + dt.timedelta(days=3)),
        "from_time": "18:00",
        "to_time": "20:00",
        "place": "Sala",
    }
    assert lucia.post(to("tenants_body_meet", row), call).status_code == 409
    opened_and_sent(lucia, to("tenants_body_meet", row), call | {"day": str(today + dt.timedelta(days=10))})
    row.refresh_from_db()
    by = cast.actor(cast.lucia)
    called = assemblies.call(by=by, assembly=row.assembly)
    with clock.at(clock.start_of(called.day) + dt.timedelta(hours=19)):
        assemblies.open_assembly(by=by, assembly=called, present=6, chair="Ada", secretary="Leo")
        for door in list(house.dwellings.all())[:5]:
            new = bodies.NewSignature(door, "X Y", clock.today())
            joined = bodies.sign(by=by, body=row, kind="acceptance", new=new)
            bodies.check_signature(by=by, signature=joined, state="valid")
        mandate = {
            "role": "representative",
            "name": "Maria Bassi",
            "from_day": str(clock.today()),
            "until": str(clock.today() + dt.timedelta(days=90)),
        }
        opened_and_sent(lucia, to("mandate_new", row), mandate | {"is_shown": "on"})
        assert lucia.post(to("tenants_body_constitute", row)).status_code == 303
        signed = {"signed_on": str(clock.today()), "convention": "## Cortile\n\n- Si cura insieme."}
        assert lucia.post(to("tenants_body_activate", row), signed | {"seen_version": 1}).status_code == 409
        opened_and_sent(lucia, to("tenants_body_activate", row), signed)
        page = lucia.get(url).content.decode()
        assert "Si cura insieme." in page and "Maria Bassi" in page and "attiva" in page
        assert "Maria Bassi" not in of(cast.anna).get(url).content.decode()
        assert "Maria Bassi" in words_of(lucia, to("representatives_paper", row))
        assert "Si cura insieme" in words_of(of(cast.anna), to("convention_paper", row))
        opened_and_sent(lucia, to("tenants_body_step", row, "sospendi"), {"reason": "Mancano i conti."})
        assert "Mancano i conti." in lucia.get(url).content.decode()
        assert lucia.post(to("tenants_body_resume", row)).status_code == 303
        opened_and_sent(lucia, to("tenants_body_step", row, "disdetta"), {"reason": "Basta."})
        opened_and_sent(
            lucia,
            to("mandate_end", row, Mandate.objects.get().pk),
            {"on": str(clock.today()), "reason": "Si trasferisce."},
        )
        opened_and_sent(lucia, to("tenants_body_step", row, "revoca"), {"reason": "La maggioranza."})
        assert lucia.post(to("tenants_body_step", row, "cessa"), {"reason": "x"}).status_code == 409
        assert lucia.get(to("tenants_body_step", row, "boh")).status_code == 404
    assert "La maggioranza." in lucia.get(url).content.decode()


def test_an_account_by_pages(cast, active):
    lucia, year = of(cast.lucia), clock.today().year
    opened_and_sent(lucia, to("tenants_account_new", active), {"year": year})
    path = lambda name, *more: reverse(name, args=[active.reference, year, *more])  # noqa: E731
    assert "Scrivi una voce" in lucia.get(path("tenants_account")).content.decode()
    line = {"kind": "expense", "day": f"{year}-12-30", "words": "Scope", "amount": "12.50"}
    assert lucia.post(path("account_line_new"), line | {"amount": "0"}).status_code == 422
    for _turn in range(2):
        opened_and_sent(lucia, path("account_line_new"), line)
    assert lucia.post(path("account_line_drop", AccountLine.objects.first().pk)).status_code == 303
    describe = {"opening": "100", "words": "Poche spese."}
    assert lucia.post(path("tenants_account_describe"), describe | {"seen_version": 9}).status_code == 409
    opened_and_sent(lucia, path("tenants_account_describe"), describe)
    assert lucia.post(path("tenants_account_submit")).status_code == 303
    opened_and_sent(lucia, path("tenants_account_return"), {"reason": "Manca una fattura."})
    assert "Manca una fattura." in lucia.get(path("tenants_account")).content.decode()
    assert lucia.post(path("tenants_account_submit")).status_code == 303
    with clock.at(clock.start_of(dt.date(year + 1, 2, 1))):
        approved = {"on": f"{year + 1}-01-30", "where": "l'assemblea"}
        opened_and_sent(lucia, path("tenants_account_approve"), approved)
    assert "Scope" in words_of(of(cast.anna), path("tenants_account_paper"))
    assert str(year) in lucia.get(to("tenants_body", active)).content.decode()


def test_rules_by_pages(cast):
    lucia = of(cast.lucia)
    new = {
        "request_share": 30,
        "acceptance_share": 60,
        "notice_days": 5,
        "convention_months": 24,
        "account_days": 60,
    }
    opened_and_sent(lucia, reverse("commons_rule"), new | {"seen_version": 1})
    opened_and_sent(lucia, reverse("commons_rule"), new | {"notice_days": 7, "seen_version": 1})
    assert CommonsRule.objects.get().notice_days == 7
    assert lucia.post(reverse("commons_rule"), new | {"seen_version": 1}).status_code == 409


def test_a_space_by_pages(cast):
    lucia = of(cast.lucia)
    new = {"name": "Sala", "place": "Corte B", "capacity": 20, "house_rules": "Pulire.", "longest_hours": 4}
    new |= {"ahead_days": 90, "notice_hours": 24, "most_open": 4}
    url = opened_and_sent(lucia, reverse("space_new"), new)
    row = Space.objects.get()
    assert lucia.post(to("space_change", row), new | {"seen_version": 9}).status_code == 409
    opened_and_sent(lucia, to("space_change", row), new | {"is_approved": "on"})
    hours = {"weekday": at(5, 9).weekday(), "from_time": "09:00", "to_time": "22:00"}
    opened_and_sent(lucia, to("space_hours_new", row), hours)
    assert lucia.post(to("space_hours_new", row), hours).status_code == 409
    book = {
        "day": str(at(5, 9).date()),
        "from_time": "15:00",
        "to_time": "17:00",
        "purpose": "Festa",
        "people": 5,
    }
    book |= {
        "who": "Ugo Neri",
        "channel": "desk",
        "accepts_rules": "on",
        "once": "a",
        "email": "ugo@posta.example",
    }
    page = opened_and_sent(lucia, to("space_book", row), book)
    assert lucia.post(to("space_book", row), book | {"once": "b"}).status_code == 409
    assert lucia.post(to("space_book", row), book | {"once": "c", "weeks": 1}).status_code == 422
    made = Booking.objects.get()
    assert "Festa" in lucia.get(page).content.decode() and "Ugo Neri" in lucia.get(url).content.decode()
    assert "Ugo Neri" in lucia.get(reverse("spaces")).content.decode()
    assert "Ugo" not in of(cast.anna).get(url).content.decode()
    assert of(cast.anna).get(page).status_code == 403
    opened_and_sent(lucia, to("booking_decide", made), {"state": "confirmed"})
    answer = lucia.post(to("booking_link", made))
    assert "/partecipa/prenotazione/" in answer.content.decode() and "no-store" in answer["Cache-Control"]
    opened_and_sent(lucia, to("booking_cancel", made), {"reason": "Piove."})
    series = book | {"once": "d", "weeks": 1, "until": str(at(12, 9).date())}
    opened_and_sent(lucia, to("space_book", row), series)
    assert Booking.objects.holding().count() == 2
    first = Booking.objects.holding().first()
    assert "Si ripete" in lucia.get(to("booking", first)).content.decode()
    opened_and_sent(lucia, to("booking_cancel", first), {"reason": "Finito.", "whole": "on"})
    assert not Booking.objects.holding().exists()
    days = {"from_day": str(at(5, 9).date()), "to_day": str(at(9, 9).date()), "reason": "Imbianchiamo."}
    lucia.post(to("space_book", row), book | {"once": "e"})
    opened_and_sent(lucia, to("space_close", row), days)
    assert "Imbianchiamo." in lucia.get(url).content.decode() and not Booking.objects.holding().exists()
    assert lucia.post(to("space_reopen", row, row.closures.get().pk)).status_code == 303
    assert lucia.post(to("space_hours_drop", row, SpaceHours.objects.get().pk)).status_code == 303


def test_a_pact_by_pages(cast):
    lucia, today = of(cast.lucia), str(clock.today())
    new = {
        "title": "Il giardino",
        "goals": "Curarlo.",
        "level": "continuous",
        "origin": "residents",
        "months": 12,
    }
    url = opened_and_sent(
        lucia, reverse("pact_new"), new | {"shown": "Gruppo Po", "email": "gruppo@posta.example", "once": "a"}
    )
    row = Pact.objects.get()
    assert of(cast.anna).get(url).status_code == 404
    assert lucia.post(to("pact_go_on", row, "pubblica")).status_code == 303
    assert lucia.post(to("pact_go_on", row, "boh")).status_code == 404
    assert of(cast.anna).get(url).status_code == 200
    opened_and_sent(lucia, to("pact_step", row, "valuta"), {"words": "Si può fare."})
    texts = dict.fromkeys(("public_use", "insurance", "publicity", "monitoring", "exclusion"), "Così.")
    assert lucia.post(to("pact_write", row), new | texts | {"seen_version": 1}).status_code == 409
    opened_and_sent(lucia, to("pact_write", row), new | texts)
    for side in ("residents", "town", "town"):
        opened_and_sent(lucia, to("pact_promise_new", row), {"side": side, "words": f"Impegno {side}"})
    assert lucia.post(to("pact_promise_drop", row, PactPromise.objects.last().pk)).status_code == 303
    opened_and_sent(lucia, to("pact_party_new", row), {"shown": "Ugo", "phone": "059 123456"})
    assert lucia.post(to("pact_party_drop", row, PactParty.objects.last().pk)).status_code == 303
    assert lucia.post(to("pact_go_on", row, "pronto")).status_code == 303
    assert "Impegno town" in words_of(of(cast.anna), to("pact_paper", row))
    opened_and_sent(lucia, to("pact_step", row, "firma"), {"day": today})
    opened_and_sent(lucia, to("pact_step", row, "avvia"), {"day": today})
    kept = {f"kept_{one.pk}": "kept" for one in PactPromise.objects.all()}
    report = {
        "year": clock.today().year,
        "words": "Due feste.",
        "hours": 80,
        "people": 30,
        "cost": "10",
    } | kept
    opened_and_sent(lucia, to("pact_report", row), report)
    assert lucia.post(to("pact_report", row), report).status_code == 409
    opened_and_sent(lucia, to("pact_step", row, "rinnova"), {"months": 6})
    opened_and_sent(lucia, to("pact_step", row, "chiudi"), {"state": "closed", "reason": "Finito bene."})
    assert lucia.get(to("pact_step", row, "boh")).status_code == 404
    page = lucia.get(url).content.decode()
    assert "Due feste." in page and "Finito bene." in page


def test_who_opens_what(cast, active, room, booked, at_work):
    for who in STRANGERS:
        client = of(getattr(cast, who))
        for name in LISTS:
            assert client.get(reverse(name)).status_code == 403, (who, name)
        for name, row in (
            ("tenants_body", active),
            ("space", room),
            ("pact", at_work),
            ("booking", booked.booking),
        ):
            assert client.get(to(name, row)).status_code == 403, (who, name)
    anna = of(cast.anna)
    for name in LISTS:
        assert anna.get(reverse(name)).status_code == 200
    for name in (
        "tenants_body_change",
        "tenants_body_meet",
        "mandate_new",
        "tenants_account_new",
        "representatives_paper",
    ):
        assert anna.get(to(name, active)).status_code == 403, name
    for name in ("space_change", "space_book", "space_close"):
        assert anna.get(to(name, room)).status_code == 403, name
    for name in ("pact_write", "pact_report", "pact_party_new"):
        assert anna.get(to(name, at_work)).status_code == 403, name


@pytest.mark.parametrize("name", ["tenants_bodies", "spaces", "pacts"])
def test_lists_cost_the_same_with_one_row_and_many(cast, lucia, house, room, pact, body, name):
    client = of(cast.lucia)
    address = reverse(name) + ("?vista=in-costituzione" if name == "tenants_bodies" else "?vista=tutti")
    client.get(address)

    def cost():
        with CaptureQueriesContext(connection) as run:
            assert client.get(address).status_code == 200
        return len(run)

    one = cost()
    for number in range(8):
        bodies.propose_body(by=lucia, new=new_body(house, stairs=[house.stairs.first()]))
        pacts.propose_pact(by=VISITOR, new=draft(space=room), party=pacts.NewParty(), once=f"c{number}")
        Space.objects.create(code=f"x{number}", name="X", place="Y", capacity=1, house_rules="z")
    assert cost() == one
    for view in ("attive", "finite", "attivi", "boh"):
        assert client.get(reverse(name) + f"?vista={view}").status_code == 200


def test_empty_lists_say_what_will_appear(cast):
    client = of(cast.lucia)
    for name, words in (
        ("tenants_bodies", "Una nasce"),
        ("spaces", "Aggiungi la sala"),
        ("pacts", "Le proposte arrivano"),
    ):
        assert words in client.get(reverse(name)).content.decode()


def test_what_a_programme_counts(cast, lucia, room, booked, at_work):
    today, day = clock.today(), booked.booking.day
    assert list(counting.booked(today, day)) == []
    with clock.at(booked.booking.ends_at):
        ((row),) = counting.booked(day, day)
        assert (row.amount, row.on) == (12, day)
        assert [one.record_id for one in counting.booking_links(lucia, [row.record_id])] == [row.record_id]
        assert list(counting.booking_links(cast.actor(cast.vera), [row.record_id])) == []
    new = pacts.NewReport(today.year, "Feste.", {}, hours=80)
    report = pacts.report_pact(by=lucia, pact=at_work, new=new)
    ((row),) = counting.reported(today, today)
    assert (row.amount, row.record_id) == (80, report.pk)
    assert [one.title for one in counting.report_links(lucia, [report.pk])] == [
        f"{at_work.reference}, {today.year}"
    ]
    booking.book(by=VISITOR, space=room, new=new_booking(first=18, last=19))
    assert queries.to_verify(lucia).count() == 0
