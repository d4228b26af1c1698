"""The pages of who accompanies a household, by role; lists that cost the same with one row and with many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.mobility import actions
from vicinia.domain.mobility.models import (
    Accord,
    Companion,
    Expense,
    FamilyMessage,
    Offer,
    RehousingFile,
    Removal,
    Stay,
    Unit,
)
from vicinia.domain.mobility.models import MobilityPlan as Plan
from vicinia.domain.mobility.queries import offers
from vicinia.domain.mobility.tests.factories import (
    DAY,
    a_file,
    a_removal,
    an_expense,
    an_offer,
    court,
    month,
)
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
TAKES_FILES = 'enctype="multipart/form-data"'
WORDS = "La nonna usa la sedia a rotelle."
LISTS = ("rehousing_all_offers", "rehousing_removals", "rehousing_all_expenses", "rehousing_rights")
PARTS = ("rehousing_offers", "rehousing_moves", "rehousing_expenses", "rehousing_messages")


def of(user):
    client = Client()
    client.force_login(user)
    return client


def at(name, row, *more):
    return reverse(name, args=[row.reference, *more])


def iso(days):
    return (clock.today() + days * DAY).isoformat()


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().replace("&#x27;", "'")


def an_offer_typed(courts, **more):
    return {
        "kind": "temporary",
        "dwelling": courts.free[0].pk,
        "from_month": month(1).isoformat(),
        "to_month": month(6).isoformat(),
        "words": WORDS,
        "once": "una",
    } | more


def test_an_offer_by_pages(cast, courts):
    lucia = of(cast.lucia)
    new = reverse("rehousing_offer_new", args=[1])
    assert "Ancora nessuna" in page_of(lucia, reverse("rehousing_offers", args=[1]))
    assert "Un'offerta si prepara" in page_of(lucia, reverse("rehousing_all_offers"))
    assert "Corte 2, scala A, int. 1 · 2 stanze, 50 m², piano 0" in page_of(lucia, new)
    assert lucia.post(new, {"kind": "temporary"}).status_code == 422
    before = an_offer_typed(courts, to_month=month(0).isoformat())
    assert lucia.post(new, before).status_code == 409
    lucia.post(new, an_offer_typed(courts))
    row = Offer.objects.get()
    page = page_of(lucia, at("rehousing_offer", row))
    assert WORDS in page and "Manda l'offerta" in page
    change = at("rehousing_offer_change", row)
    page_of(lucia, change)
    assert lucia.post(change, an_offer_typed(courts, seen_version=9)).status_code == 409
    lucia.post(change, an_offer_typed(courts, to_month="", kind="final"))
    lucia.post(at("rehousing_offer_send", row))
    page = page_of(lucia, at("rehousing_offer", row))
    assert "non cambia più" in page and "in poi" in page
    for more in ({}, {"lingua": "ar"}):
        paper = lucia.post(at("rehousing_offer_letter", row), more)
        assert paper["Content-Type"] == "application/pdf" and paper.content[:4] == b"%PDF"
    assert lucia.get(at("rehousing_offer_letter", row)).status_code == 405
    for name in ("accept", "refuse", "withdraw"):
        page_of(lucia, at(f"rehousing_offer_{name}", row))
    no = {"refusal_reason": "fear", "refusal_words": WORDS, "answered_on": iso(0)}
    assert lucia.post(at("rehousing_offer_refuse", row), no | {"seen_version": 99}).status_code == 409
    lucia.post(at("rehousing_offer_refuse", row), no)
    page = page_of(lucia, at("rehousing_offer", row))
    assert "Timore o conflitto" in page and page.count(WORDS) == 2
    lucia.post(new, an_offer_typed(courts, dwelling=courts.free[1].pk, once="due"))
    second = Offer.objects.exclude(pk=row.pk).get()
    assert lucia.post(at("rehousing_offer_withdraw", second), {"reason": ""}).status_code == 422
    lucia.post(at("rehousing_offer_withdraw", second), {"reason": "Serve ad altri."})
    assert Offer.objects.get(pk=second.pk).state == "withdrawn"
    for view in ("in-attesa", "senza-risposta", "bozze", "tutte", "boh"):
        page_of(lucia, reverse("rehousing_all_offers") + f"?vista={view}")


def test_an_offer_comes_from_the_published_plan(cast, courts):
    months = [month(0).isoformat(), month(2).isoformat(), month(5).isoformat()]
    plan = Plan.objects.create(
        relocation=courts.relocation,
        number=3,
        first_day=month(0),
        months=months,
        state="published",
        slot=None,
        instance_sha256="x",
        asked_by="x",
    )
    away = Stay.objects.create(plan=plan, file=courts.file, dwelling=courts.free[0], first=1, last=1)
    home = Stay.objects.create(plan=plan, file=courts.file, dwelling=courts.home, first=2, last=2)
    Stay.objects.create(plan=plan, file=courts.file, dwelling=courts.home, first=0, last=0)
    first, last = offers.chances_of(courts.file)
    assert (first.terms.from_month, first.terms.to_month, first.terms.kind) == (
        month(2),
        month(4),
        "temporary",
    )
    assert (last.stay_id, last.terms.to_month, last.terms.kind) == (home.pk, None, "final")
    lucia = of(cast.lucia)
    new = reverse("rehousing_offer_new", args=[1])
    page = page_of(lucia, reverse("rehousing_offers", args=[1]))
    assert f"{new}?tappa={away.pk}" in page
    page = page_of(lucia, f"{new}?tappa={away.pk}")
    assert f'<option value="{month(2).isoformat()}" selected>' in page
    lucia.post(
        f"{new}?tappa={away.pk}",
        an_offer_typed(courts, from_month=month(2).isoformat(), to_month=month(4).isoformat()),
    )
    assert Offer.objects.get().plan == plan
    assert [one.stay_id for one in offers.chances_of(courts.file)] == [home.pk]
    page_of(lucia, f"{new}?tappa=999")


def test_an_accord_and_a_removal_by_pages(cast, courts):
    lucia = of(cast.lucia)
    assert "L'accordo nasce" in page_of(lucia, reverse("rehousing_moves", args=[1]))
    assert "Un trasloco nasce" in page_of(lucia, reverse("rehousing_removals"))
    offer = an_offer(courts.lucia, courts.file, courts.free[0])
    lucia.post(at("rehousing_offer_accept", offer), {"answered_on": iso(0), "witness": "Ugo"})
    accord = Accord.objects.get()
    assert "È firmato" in page_of(lucia, at("rehousing_accord", accord))
    assert "L'accordo che ne è nato" in page_of(lucia, at("rehousing_offer", offer))
    write = at("rehousing_accord_write", accord)
    page_of(lucia, write)
    for name in ("sign", "cancel"):
        old = {"signed_on": iso(0), "signed_by": "x", "reason": "x", "seen_version": 9}
        assert lucia.post(at(f"rehousing_accord_{name}", accord), old).status_code == 409
    assert lucia.post(write, {"promises": "x", "seen_version": 9}).status_code == 409
    lucia.post(write, {"promises": "Il gatto viene."})
    for language in ("", "?lingua=zh-hans"):
        paper = lucia.get(at("rehousing_accord_paper", accord) + language)
        assert paper["Content-Type"] == "application/pdf"
    assert TAKES_FILES in page_of(lucia, at("rehousing_accord_sign", accord))
    signed = {"signed_on": iso(0), "signed_by": "Maria"}
    assert lucia.post(at("rehousing_accord_sign", accord), signed | {"signed_by": ""}).status_code == 422
    lucia.post(at("rehousing_accord_sign", accord), signed | {"papers": [upload(phone_photo())]})
    accord.refresh_from_db()
    name = attachments.of(accord).get().name
    assert lucia.get(at("rehousing_accord_scan", accord, name)).status_code == 200
    assert of(cast.carla).get(at("rehousing_accord_scan", accord, name)).status_code == 404
    removal = Removal.objects.get()
    assert "Da fissare" in page_of(lucia, reverse("rehousing_removals"))
    assert "Il gatto viene." in page_of(lucia, at("rehousing_accord", accord))
    page_of(lucia, at("rehousing_removal_schedule", removal))
    assert lucia.post(at("rehousing_removal_schedule", removal), {"day": iso(-1)}).status_code == 409
    for name in ("schedule", "move", "cancel"):
        old = {"day": iso(0), "reason": "x", "seen_version": 9}
        assert lucia.post(at(f"rehousing_removal_{name}", removal), old).status_code == 409
    lucia.post(at("rehousing_removal_schedule", removal), {"day": iso(0)})
    sheet = lucia.get(reverse("rehousing_day_sheet", args=[clock.today()]))
    assert sheet["Content-Type"] == "application/pdf"
    assert lucia.get(reverse("rehousing_removals") + "/giorno/2027-99-99.pdf").status_code == 404
    assert "foglio per i traslocatori" in page_of(lucia, reverse("rehousing_removals"))
    lucia.post(at("rehousing_removal_put_off", removal))
    lucia.post(at("rehousing_removal_schedule", removal), {"day": iso(0)})
    step = removal.steps.get(kind="storage")
    page_of(lucia, at("rehousing_step", removal, step.pk))
    old = {"is_needed": "on", "seen_version": 9}
    assert lucia.post(at("rehousing_step", removal, step.pk), old).status_code == 409
    lucia.post(at("rehousing_step", removal, step.pk), {"is_needed": "on", "due_on": iso(-2), "note": WORDS})
    page = page_of(lucia, at("rehousing_removal", removal))
    assert WORDS in page and "in ritardo" in page
    lucia.post(at("rehousing_step_finish", removal, step.pk))
    page_of(lucia, at("rehousing_removal_move", removal))
    lucia.post(at("rehousing_removal_move", removal), {"day": iso(0)})
    assert RehousingFile.objects.get(pk=courts.file.pk).state == "away"
    page_of(lucia, at("rehousing_removal", removal))
    assert "Nucleo 1" in page_of(lucia, reverse("rehousing_removals") + "?vista=fatti")
    assert "Trasloco: Corte 2" in page_of(lucia, reverse("rehousing_moves", args=[1]))
    second = a_removal(courts.lucia, courts.other, courts.free[1])
    page_of(lucia, at("rehousing_removal_cancel", second))
    lucia.post(at("rehousing_removal_cancel", second), {"reason": "Rimandato."})
    assert "Rimandato." in page_of(lucia, at("rehousing_removal", second))
    third = a_removal(courts.lucia, courts.other, courts.free[2])
    page_of(lucia, at("rehousing_accord_cancel", third.accord))
    lucia.post(at("rehousing_accord_cancel", third.accord), {"reason": "Rimandato ancora."})
    assert "Rimandato ancora." in page_of(lucia, at("rehousing_accord", third.accord))


def test_an_expense_by_pages(cast, courts):
    lucia = of(cast.lucia)
    new = reverse("rehousing_expense_new", args=[1])
    assert "Ancora nessuna" in page_of(lucia, reverse("rehousing_expenses", args=[1]))
    assert "Una spesa si registra" in page_of(lucia, reverse("rehousing_all_expenses"))
    removal = a_removal(courts.lucia, courts.file, courts.free[0])
    typed = {"kind": "storage", "amount": "80,50", "spent_on": iso(0), "once": "una", "words": WORDS}
    typed |= {"removal": removal.reference}
    page = page_of(lucia, new)
    assert removal.reference in page and TAKES_FILES in page
    assert lucia.post(new, typed | {"amount": "tanto"}).status_code == 422
    lucia.post(new, typed | {"papers": [upload(phone_photo())]})
    row = Expense.objects.get()
    assert (row.removal, str(row.amount)) == (removal, "80.50")
    page = page_of(lucia, at("rehousing_expense", row))
    assert WORDS in page and "Approva" in page
    name = attachments.of(row).get().name
    assert lucia.get(at("rehousing_receipt", row, name)).status_code == 200
    assert of(cast.carla).get(at("rehousing_receipt", row, name)).status_code == 404
    page_of(lucia, at("rehousing_expense_refuse", row))
    old = {"reason": "x", "seen_version": 9}
    assert lucia.post(at("rehousing_expense_refuse", row), old).status_code == 409
    lucia.post(at("rehousing_expense_refuse", row), {"reason": "Manca la data."})
    assert "Manca la data." in page_of(lucia, at("rehousing_expense", row))
    page_of(lucia, at("rehousing_expense_again", row))
    lucia.post(at("rehousing_expense_again", row), {"words": "Ecco la data."})
    lucia.post(at("rehousing_expense_approve", row))
    page_of(lucia, at("rehousing_expense_pay", row))
    assert lucia.post(at("rehousing_expense_pay", row), {"paid_on": iso(1)}).status_code == 409
    lucia.post(at("rehousing_expense_pay", row), {"paid_on": iso(0)})
    page = page_of(lucia, reverse("rehousing_all_expenses") + "?vista=tutte")
    assert "80,50" in page and "Pagata" in page
    sheet = b"".join(lucia.get(reverse("rehousing_expenses_csv")).streaming_content).decode()
    assert "80,50" in sheet and WORDS not in sheet and "Ecco" not in sheet
    assert b"80,50" not in b"".join(of(cast.carla).get(reverse("rehousing_expenses_csv")).streaming_content)


def test_the_page_of_the_family_is_given_and_read(cast, courts):
    lucia = of(cast.lucia)
    page_of(lucia, reverse("rehousing_messages", args=[1]))
    for more in ({}, {"che": "nuovo"}):
        given = lucia.post(reverse("rehousing_link", args=[1]), more)
        assert "/trasferimento/" in given.content.decode()
        assert given["Cache-Control"] == "private, no-store"
    new = actions.NewMessage("question", WORDS, "una")
    row = actions.write_message(by=Actor.resident("1"), file=courts.file, new=new)
    page = page_of(lucia, reverse("rehousing_messages", args=[1]))
    assert WORDS in page and "da leggere" in page
    lucia.post(reverse("rehousing_message_read", args=[1, row.pk]))
    assert "Letto da Lucia Sala" in page_of(lucia, reverse("rehousing_messages", args=[1]))
    part = lucia.get(reverse("rehousing_messages", args=[1]), headers={"HX-Request": "true"})
    assert b"<html" not in part.content


def test_rights_of_return_by_pages(cast, courts):
    lucia, carla = of(cast.lucia), of(cast.carla)
    assert "Nessun rientro aperto" in page_of(lucia, reverse("rehousing_rights"))
    RehousingFile.objects.filter(pk=courts.file.pk).update(claims_return=True)
    give_up = reverse("rehousing_return_end", args=["MB1", 1])
    assert give_up in page_of(lucia, reverse("rehousing_rights"))
    page = page_of(carla, reverse("rehousing_rights"))
    assert "Nucleo 1" in page and give_up not in page


def test_the_page_of_a_file_shows_what_becomes_of_it(cast, courts):
    page = page_of(of(cast.lucia), reverse("rehousing_file", args=["MB1", 1]))
    for name in PARTS:
        assert reverse(name, args=[1]) in page


def test_the_page_of_a_relocation_leads_to_what_waits(cast, courts):
    address = reverse("rehousing_in_relocation", args=["MB1"])
    assert address in page_of(of(cast.lucia), reverse("relocation", args=["MB1"]))
    an_offer(courts.lucia, courts.file, courts.free[0])
    row = an_expense(courts.lucia, courts.file)
    actions.approve_expense(by=courts.lucia, expense=row)
    Expense.objects.update(pay_by=clock.today() - DAY)
    page = page_of(of(cast.lucia), address)
    assert "1 senza risposta" in page and "1 in ritardo" in page and "1 aperta" in page
    page = page_of(of(cast.carla), address)
    assert "0 senza risposta" in page and "0 aperte" in page
    assert of(cast.anna).get(address).status_code == 403


def test_who_opens_what(cast, courts):
    removal = a_removal(courts.lucia, courts.file, courts.free[0], words=WORDS)
    expense = an_expense(courts.lucia, courts.file)
    rows = (
        ("rehousing_offer", removal.accord.offer),
        ("rehousing_accord", removal.accord),
        ("rehousing_removal", removal),
        ("rehousing_expense", expense),
    )
    for who in ("anna", "marco", "paolo", "vera", "dario", "ada"):
        client = of(getattr(cast, who))
        for name in LISTS:
            assert client.get(reverse(name)).status_code == 403, (who, name)
        for name in PARTS:
            assert client.get(reverse(name, args=[1])).status_code == 403, (who, name)
        for name, row in rows:
            assert client.get(at(name, row)).status_code == 403, (who, name)
    carla = of(cast.carla)
    for name in LISTS:
        assert WORDS not in page_of(carla, reverse(name))
    for name in PARTS:
        assert carla.get(reverse(name, args=[1])).status_code == 404, name
    for name, row in rows:
        assert carla.get(at(name, row)).status_code == 404, name
    for name in ("rehousing_offer_letter", "rehousing_offer_send"):
        assert carla.post(at(name, removal.accord.offer)).status_code == 404
    assert carla.get(at("rehousing_accord_paper", removal.accord)).status_code == 404
    assert carla.post(reverse("rehousing_link", args=[1])).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_with_one_row_and_many(cast, courts, name):
    client, address = of(cast.lucia), reverse(name)

    def fill(doors, number):
        file = a_file(courts.relocation, doors[0], number, cast.lucia, claims_return=True)
        Unit.objects.bulk_create(Unit(relocation=courts.relocation, dwelling=one) for one in doors)
        an_expense(courts.lucia, file)
        if number % 2:
            an_offer(courts.lucia, file, doors[1])
        else:
            a_removal(courts.lucia, file, doors[1])

    def cost():
        with CaptureQueriesContext(connection) as run:
            assert client.get(address).status_code == 200
        return len(run)

    for number in (10, 11):
        fill(court(str(number), doors=2, area=cast.crocetta), number)
    client.get(address)
    one = cost()
    for number in range(12, 20):
        fill(court(str(number), doors=2, area=cast.crocetta), number)
    assert cost() == one
    Companion.objects.all().delete()
    assert WORDS not in page_of(client, address)
    assert not FamilyMessage.objects.exists()
