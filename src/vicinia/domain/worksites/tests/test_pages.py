"""The pages of worksites at the desk."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.worksites import actions, queries
from vicinia.domain.worksites.models import Complaint, Disruption, Lot, SiteWalk, SurveyAnswer, Worksite
from vicinia.domain.worksites.tests.conftest import new_disruption, send
from vicinia.foundation.accounts.models import User
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
STRANGERS = ("marco", "paolo", "vera", "dario", "ada")


def of(user: User) -> Client:
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
    return response.content.decode()


def test_a_worksite_and_a_lot_by_pages(cast, house, builder):
    lucia = of(cast.lucia)
    assert "Un cantiere raccoglie" in page_of(lucia, reverse("worksites"))
    words = {"name": "Tetti", "summary": "Si rifanno.", "who_to_call": "059 1", "area": cast.crocetta.pk}
    page_of(lucia, reverse("worksite_new"))
    assert lucia.post(reverse("worksite_new"), {"name": "Tetti"}).status_code == 422
    lucia.post(reverse("worksite_new"), words)
    site = Worksite.objects.get()
    assert "almeno un lotto" in page_of(lucia, at("worksite", site))
    page_of(lucia, at("worksite_change", site))
    assert lucia.post(at("worksite_change", site), words | {"seen_version": 9}).status_code == 409
    lucia.post(at("worksite_change", site), words | {"name": "Tetti nuovi"})
    new = {"name": "Uno", "planned_from": iso(-5), "planned_to": iso(90), "contractor": builder.pk}
    new |= {"buildings": [house.pk]}
    page_of(lucia, at("lot_new", site))
    assert lucia.post(at("lot_new", site), new | {"planned_to": iso(-6)}).status_code == 422
    lucia.post(at("lot_new", site), new)
    lot = Lot.objects.get()
    lucia.post(at("worksite_enter", site), {"che": "apri"})
    page_of(lucia, at("lot_change", lot))
    assert lucia.post(at("lot_change", lot), new | {"seen_version": 9}).status_code == 409
    lucia.post(at("lot_change", lot), new | {"name": "Primo lotto"})
    step = {"state": "tendered", "day": iso(0)}
    page_of(lucia, at("lot_enter", lot))
    assert lucia.post(at("lot_enter", lot), step | {"state": "tested"}).status_code == 422
    assert lucia.post(at("lot_enter", lot), step | {"seen_version": 99}).status_code == 409
    lucia.post(at("lot_enter", lot), step)
    lucia.post(at("lot_enter", lot), {"state": "contracted", "day": iso(0), "contractor": builder.pk})
    page = page_of(lucia, at("lot", lot))
    assert "Primo lotto" in page and "contratto firmato" in page
    assert "Tetti nuovi" in page_of(lucia, reverse("worksites"))
    assert "<svg" in page_of(lucia, at("worksite", site))
    for name in ("lot_board", "worksite_survey_paper"):
        paper = lucia.get(at(name, lot if name == "lot_board" else site))
        assert paper["Content-Type"] == "application/pdf"
    answer = {"informed": "4", "bearable": "3", "heard": "5", "once": "a"}
    page_of(lucia, at("worksite_survey_answer", site))
    lucia.post(at("worksite_survey_answer", site), answer)
    assert SurveyAnswer.objects.get().channel == "paper"
    lucia.post(at("worksite_enter", site), {"che": "chiudi"})
    assert Worksite.objects.get().state == "closed"


def test_times_by_pages(cast, lot):
    lucia = of(cast.lucia)
    phase = {"title": "Facciate", "planned_from": iso(5), "planned_to": iso(20)}
    page_of(lucia, at("site_phase_new", lot))
    assert lucia.post(at("site_phase_new", lot), phase | {"planned_to": iso(4)}).status_code == 422
    lucia.post(at("site_phase_new", lot), phase)
    lucia.post(at("site_phase_new", lot), {"title": "Ponteggi", "planned_from": iso(2), "is_milestone": "on"})
    row = lot.phases.get(title="Facciate")
    door = queries.dwellings_to_choose(lot)[0]
    page_of(lucia, at("intervention_in_lot_new", lot))
    home = {"dwelling": door.pk, "kind": "refurbish", "planned_from": iso(1), "planned_to": iso(9)}
    lucia.post(at("intervention_in_lot_new", lot), home)
    done = lot.interventions.get()
    page = page_of(lucia, at("lot", lot))
    assert "Facciate" in page and "Ponteggi" in page and door.where in page and "<svg" in page
    for name, pk in (("site_phase", row.pk), ("intervention_in_lot", done.pk)):
        page_of(lucia, at(name, lot, pk))
        assert lucia.post(at(name, lot, pk), {"ended_on": iso(0)}).status_code == 409
        lucia.post(at(name, lot, pk), {"began_on": iso(-1), "ended_on": ""})
        page_of(lucia, at(f"{name}_slip", lot, pk))
        lucia.post(at(f"{name}_slip", lot, pk), {"first": iso(5), "last": iso(400), "reason": "Neve."})
    page_of(lucia, at("lot_slip", lot))
    late = {"first": iso(0), "last": iso(500), "reason": "Tutto fermo.", "with_phases": "on"}
    assert lucia.post(at("lot_slip", lot), late | {"last": iso(-1)}).status_code == 422
    lucia.post(at("lot_slip", lot), late)
    page = page_of(lucia, at("lot", lot))
    assert "Tutto fermo." in page and "Neve." in page
    lucia.post(at("site_phase_drop", lot, row.pk))
    lucia.post(at("intervention_in_lot_drop", lot, done.pk))
    assert (lot.phases.count(), lot.interventions.count()) == (1, 0)


def test_a_disruption_by_pages(cast, lot, house, settle):
    settle("ar")
    lucia = of(cast.lucia)
    new = {"kind": "water", "from_day": iso(20), "from_time": "08:00", "to_time": "12:00"}
    new |= {"buildings": [house.pk]}
    page_of(lucia, at("disruption_new", lot))
    assert lucia.post(at("disruption_new", lot), new | {"to_day": iso(19)}).status_code == 422
    lucia.post(at("disruption_new", lot), new)
    row = Disruption.objects.get()
    page = page_of(lucia, at("disruption", row))
    assert "arabo" in page and "Prepara l'avviso" in page.replace("&#x27;", "'")
    page_of(lucia, at("disruption_change", row))
    assert lucia.post(at("disruption_change", row), new | {"seen_version": 9}).status_code == 409
    lucia.post(at("disruption_notice", row))
    lucia.post(at("disruption_change", row), new | {"from_time": "09:00"})
    lucia.post(at("disruption_notice", row))
    row.refresh_from_db()
    notice = outreach.approve_notice(by=cast.actor(cast.lucia), notice=row.notice)
    outreach.publish_notice(by=cast.actor(cast.lucia), notice=notice)
    late = {"first": iso(0), "last": iso(90), "reason": "Neve."}
    said = lucia.post(at("lot_slip", lot), late, follow=True).content.decode()
    assert "Controllalo" in said
    assert "da controllare" in page_of(lucia, at("disruption", row))
    lucia.post(at("disruption_confirm", row))
    for view in ("in-arrivo", "da-avvisare", "in-ritardo", "da-controllare", "tutti", "boh"):
        page_of(lucia, reverse("disruptions") + f"?vista={view}")
    page_of(lucia, at("disruption_cancel", row))
    lucia.post(at("disruption_cancel", row), {"reason": "Rinviato."})
    assert "Rinviato." in page_of(lucia, at("disruption", row))


def test_a_slip_says_what_moves(cast, lot, cut):
    lucia = of(cast.lucia)
    late = {"first": iso(0), "last": iso(90), "reason": "Neve."}
    assert cut.reference in lucia.post(at("lot_slip", lot), late, follow=True).content.decode()


def test_a_complaint_by_pages(cast, lot):
    lucia = of(cast.lucia)
    assert "Arrivano dal codice QR" in page_of(lucia, reverse("site_complaints"))
    new = {"kind": "dust", "words": "Polvere.", "channel": "phone", "language": "it", "once": "a"}
    new |= {"name": "Maria Bassi", "phone": "059 123456"}
    page_of(lucia, at("site_complaint_new", lot))
    assert lucia.post(at("site_complaint_new", lot), new | {"words": ""}).status_code == 422
    lucia.post(at("site_complaint_new", lot), new)
    row = Complaint.objects.get()
    page = page_of(lucia, at("site_complaint", row))
    assert "La scheda della persona" in page and "Maria" not in page
    lucia.post(at("site_complaint_urgent", row))
    for name in ("answer", "finish", "close", "write", "case"):
        page_of(lucia, at(f"site_complaint_{name}", row))
    assert (
        lucia.post(at("site_complaint_answer", row), {"words": "Sì.", "seen_version": 99}).status_code == 409
    )
    lucia.post(at("site_complaint_answer", row), {"words": "Domani.", "promised_on": iso(1)})
    lucia.post(at("site_complaint_write", row), {"words": "A domani."})
    lucia.post(at("site_complaint_finish", row), {"words": "Lavato."})
    page_of(lucia, at("site_complaint_reopen", row))
    lucia.post(at("site_complaint_reopen", row), {"words": "Di nuovo."})
    lucia.post(at("site_complaint_finish", row), {"words": "Lavato ancora."})
    lucia.post(at("site_complaint_confirm", row))
    lucia.post(at("site_complaint_reopen", row), {"words": "Uffa."})
    lucia.post(at("site_complaint_close", row), {"words": "Basta così."})
    page = page_of(lucia, at("site_complaint", row))
    for words in ("Domani.", "A domani.", "Lavato.", "Di nuovo.", "Uffa.", "Basta così."):
        assert words in page
    made = lucia.post(at("site_complaint_case", row), {"title": "Liti", "category": kind().pk})
    row.refresh_from_db()
    assert made.url == reverse("case", args=[row.case.reference])
    assert "da lì si chiede una mediazione" in page_of(lucia, at("site_complaint", row))
    link = lucia.post(at("site_complaint_link", row))
    assert "/cantieri/segnalazione/" in link.content.decode()
    assert link["Cache-Control"] == "private, no-store"


def test_a_walk_by_pages(cast, lot):
    lucia = of(cast.lucia)
    new = {"day": iso(0), "at_time": "10:00", "meeting_point": "Cortile", "participants": "Due abitanti"}
    page_of(lucia, at("site_walk_new", lot))
    lucia.post(at("site_walk_new", lot), new)
    row = SiteWalk.objects.get()
    page_of(lucia, at("site_walk_change", row))
    assert lucia.post(at("site_walk_change", row), new | {"seen_version": 9}).status_code == 409
    lucia.post(at("site_walk_change", row), new | {"meeting_point": "Scala A"})
    page_of(lucia, at("site_walk_hold", row))
    minutes = {"minutes": "Il ponteggio copre.", "participants": "Tre", "photos": [upload(phone_photo())]}
    lucia.post(at("site_walk_hold", row), minutes)
    page_of(lucia, at("site_walk_point_new", row))
    lucia.post(at("site_walk_point_new", row), {"words": "Spostarlo", "who": "Ugo", "due_on": iso(2)})
    point = row.points.get()
    page = page_of(lucia, at("site_walk", row))
    assert "Scala A" in page and "Il ponteggio copre." in page and "Spostarlo" in page
    lucia.post(at("site_walk_point", row, point.pk), {"che": "fatto"})
    assert lucia.get(at("site_walk_paper", row))["Content-Type"] == "application/pdf"
    name = attachments.of(row).get().name
    assert lucia.get(at("site_walk_photo", row, name)).status_code == 200
    lucia.post(at("site_walk_point", row, point.pk), {"che": "togli"})
    assert not row.points.exists()
    lucia.post(at("site_walk_new", lot), new)
    other = SiteWalk.objects.exclude(pk=row.pk).get()
    page_of(lucia, at("site_walk_cancel", other))
    lucia.post(at("site_walk_cancel", other), {"reason": "Sciopero."})
    assert lucia.get(at("site_walk_paper", other)).status_code == 409


def test_who_opens_what(cast, lot, cut):
    row = send(lot, files=[upload(phone_photo())]).complaint
    photo = attachments.of(row).get().name
    walk = actions.plan_walk(
        by=cast.actor(cast.lucia), lot=lot, new=actions.WalkPlan(clock.today(), dt.time(9), "x")
    )
    for who in STRANGERS:
        client = of(getattr(cast, who))
        for name in (
            "worksites",
            "disruptions",
            "site_complaints",
            "worksite_new",
            "worksites_in_laboratory",
        ):
            assert client.get(reverse(name)).status_code == 403, (who, name)
        for name, one in (("worksite", lot.worksite), ("lot", lot), ("disruption", cut), ("site_walk", walk)):
            assert client.get(at(name, one)).status_code == 403, (who, name)
    anna = of(cast.anna)
    for name, one in (("worksite", lot.worksite), ("lot", lot), ("disruption", cut), ("site_walk", walk)):
        page_of(anna, at(name, one))
    assert "In cantiere" not in page_of(anna, reverse("worksites_in_laboratory"))
    assert anna.get(at("site_complaint", row)).status_code == 403
    assert anna.get(at("site_complaint_photo", row, photo)).status_code == 403
    assert of(cast.lucia).get(at("site_complaint_photo", row, photo)).status_code == 200
    for name in ("lot_enter", "lot_change", "lot_slip", "disruption_new", "site_walk_new", "site_phase_new"):
        assert anna.get(at(name, lot)).status_code == 403, name


@pytest.mark.parametrize("name", ["worksites", "disruptions", "site_complaints"])
def test_lists_cost_the_same_with_one_row_and_many(cast, lot, cut, house, complaint, name):
    client, address = of(cast.lucia), reverse(name) + "?vista=tutte"
    client.get(address)

    def cost():
        with CaptureQueriesContext(connection) as run:
            assert client.get(address).status_code == 200
        return len(run)

    one = cost()
    lucia = cast.actor(cast.lucia)
    for number in range(10):
        actions.plan_worksite(by=lucia, new=actions.WorksitePlan(f"C{number}", "x", "y", cast.crocetta))
        actions.plan_disruption(by=lucia, lot=lot, new=new_disruption(house, ahead=30 + number))
        send(lot)
    assert cost() == one
    for view in ("in-ritardo", "promesse-scadute", "aperte", "boh"):
        page_of(client, reverse("site_complaints") + f"?vista={view}")
