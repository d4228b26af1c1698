"""The pages of programmes, sheets, activities and reports at the desk."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.assemblies import queries as assemblies
from vicinia.domain.programme import actions, queries
from vicinia.domain.programme.models import (
    ActionSheet,
    Activity,
    Convention,
    Cost,
    FunderReport,
    Indicator,
    Member,
    Milestone,
    Programme,
)
from vicinia.domain.programme.tests.conftest import ago, begin, log, seat
from vicinia.foundation.accounts.models import User
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name, *args):
    return reverse(name, args=[*args])


def test_a_programme_by_pages(cast):
    lucia, carla = of(cast.lucia), of(cast.carla)
    days = {"from_day": ago(300).isoformat(), "to_day": ago(-300).isoformat()}
    words = {"title": "Abitare", "funder": "Regione", "resident_seats": 2} | days
    assert lucia.get(at("programme_new")).status_code == 200
    wrong = words | {"to_day": ago(400).isoformat()}
    assert lucia.post(at("programme_new"), wrong).status_code == 422
    made = lucia.post(at("programme_new"), words)
    row = Programme.objects.get()
    ref = row.reference
    assert made.url == at("programme", ref)
    assert "Comincia dagli assi" in lucia.get(made.url).content.decode()
    assert lucia.get(at("axis_new", ref)).status_code == 200
    lucia.post(at("axis_new", ref), {"kind": "social", "title": "Sociale"})
    axis = row.axes.get()
    lucia.post(at("axis", ref, axis.pk), {"kind": "social", "title": "Azioni sociali", "seen_version": 1})
    assert "almeno una scheda" in carla.get(at("programme", ref)).content.decode()
    assert lucia.get(at("sheet_new", ref)).status_code == 200
    lucia.post(at("sheet_new", ref), {"axis": axis.pk, "title": "Sportello", "aims": "Ascoltare"} | days)
    sheet = ActionSheet.objects.get()
    carla.post(at("programme_enter", ref), {"state": "active"})
    assert carla.post(at("programme_enter", ref), {"state": "boh"}).status_code == 404
    assert lucia.post(at("programme_enter", ref), {"state": "closed"}).status_code == 403
    assert lucia.get(at("programme_change", ref)).status_code == 200
    assert lucia.post(at("programme_change", ref), words | {"seen_version": 99}).status_code == 409
    lucia.post(at("programme_change", ref), words | {"title": "Abitare bene", "aim": "Stare meglio"})
    photo = {"scans": upload(phone_photo())}
    assert lucia.get(at("convention_new", ref)).status_code == 200
    signed = {
        "title": "Contratto",
        "signed_on": ago(200).isoformat(),
        "others": "Comune",
        "is_contract": "on",
    }
    lucia.post(at("convention_new", ref), signed | photo)
    convention, file = Convention.objects.get(), Attachment.objects.get()
    assert lucia.get(at("convention_file", ref, convention.pk, file.name)).status_code == 200
    page = lucia.get(at("programme", ref)).content.decode()
    for said in (
        "Abitare bene",
        "Azioni sociali",
        "Sportello",
        "Contratto",
        "Mancano 2 rappresentanti",
        "gantt",
    ):
        assert said in page, said
    assert "Abitare bene" in lucia.get(at("programmes")).content.decode()
    assert "Abitare bene" in lucia.get(at("programmes_in_laboratory")).content.decode()
    told = of(cast.vera).get(at("programme_progress", ref)).content.decode()
    assert "Sportello" in told and "Ascoltare" not in told
    assert "Abitare bene" in of(cast.vera).get(at("programmes_progress")).content.decode()
    assert of(cast.vera).get(at("programme", ref)).status_code == 403
    assert of(cast.marco).get(at("programme_progress", ref)).status_code == 403
    assert sheet.code == "1.1"


def test_the_committee_by_pages(cast, programme, sheet, lucia):
    client, ref = of(cast.lucia), programme.reference
    assert client.get(at("member_new", ref)).status_code == 200
    words = {
        "kind": "resident",
        "words": "Rosa Bianchi",
        "from_day": ago(100).isoformat(),
        "is_counted": "on",
    }
    assert client.post(at("member_new", ref), words | {"words": ""}).status_code == 409
    client.post(at("member_new", ref), words)
    seat(lucia, programme, words="Ugo Neri", to_day=ago(2))
    member = Member.objects.order_by("id").first()
    day = clock.today() + dt.timedelta(days=20)
    plan = {
        "title": "Comitato",
        "day": day.isoformat(),
        "from_time": "18:00",
        "to_time": "19:00",
        "place": "Sala",
    }
    assert client.get(at("programme_convene", ref)).status_code == 200
    made = client.post(at("programme_convene", ref), plan)
    assembly = assemblies.assemblies(lucia).get()
    assert made.url == at("assembly", assembly.reference)
    assert [one.name for one in assemblies.seats_of(assembly)] == ["Rosa Bianchi"]
    panel = client.get(at("programme_of_assembly", assembly.reference)).content.decode()
    assert programme.title in panel
    assert client.get(at("member_end", ref, member.pk)).status_code == 200
    client.post(at("member_end", ref, member.pk), {"on": clock.today().isoformat(), "reason": "Trasloca."})
    member.refresh_from_db()
    assert member.end_reason == "Trasloca."
    assert "Comitato" in client.get(at("programme", ref)).content.decode()


def test_a_sheet_by_pages(cast, lucia, sheet, line, activity):
    client, pk = of(cast.lucia), sheet.pk
    for name in ("action_sheet_change", "action_sheet_enter", "sheet_milestone_new", "budget_line_new",
                 "cost_new", "indicator_new"):  # fmt: skip
        assert client.get(at(name, pk)).status_code == 200, name
    days = {"from_day": sheet.from_day.isoformat(), "to_day": sheet.to_day.isoformat()}
    changed = {"title": "Sportello", "aims": "Ascoltare tutti"} | days
    assert client.post(at("action_sheet_change", pk), changed | {"seen_version": 99}).status_code == 409
    client.post(at("action_sheet_change", pk), changed)
    assert client.post(at("action_sheet_enter", pk), {"state": "suspended"}).status_code == 409
    client.post(at("action_sheet_enter", pk), {"state": "suspended", "reason": "Lavori."})
    client.post(at("action_sheet_enter", pk), {"state": "under_way"})
    client.post(at("sheet_milestone_new", pk), {"title": "Apertura", "planned_on": ago(30).isoformat()})
    milestone = Milestone.objects.get()
    assert client.get(at("sheet_milestone", milestone.pk)).status_code == 200
    slip = {"to_day": ago(-30).isoformat(), "reason": "Mancano le chiavi."}
    assert client.post(at("sheet_milestone", milestone.pk), slip | {"seen_version": 9}).status_code == 409
    client.post(at("sheet_milestone", milestone.pk), slip)
    client.post(at("budget_line_new", pk), {"title": "Personale", "source": "Comune", "amount": "5000"})
    assert client.get(at("budget_line", pk, line.pk)).status_code == 200
    client.post(at("budget_line", pk, line.pk), {"title": "Carta", "source": "Regione", "amount": "900"})
    paid = {"line": line.pk, "what": "Volantini", "amount": "120.50", "day": ago(3).isoformat()}
    client.post(at("cost_new", pk), paid | {"scans": upload(phone_photo()), "activity": activity.pk})
    cost, file = Cost.objects.get(), Attachment.objects.get()
    assert client.get(at("cost_file", cost.pk, file.name)).status_code == 200
    assert client.get(at("cost_receipt", cost.pk)).status_code == 200
    client.post(at("cost_receipt", cost.pk), {"scans": upload(phone_photo())})
    assert "Ricevuta 2" in client.get(at("cost", cost.pk)).content.decode()
    figure = {"title": "Aperture", "source": "activities", "kinds": ["activities:desk"], "measure": "records",
              "scope": "sheet", "goal": 10}  # fmt: skip
    assert client.post(at("indicator_new", pk), figure | {"kinds": ["reports:web"]}).status_code == 422
    client.post(at("indicator_new", pk), figure)
    indicator = Indicator.objects.get()
    assert client.get(at("indicator", pk, indicator.pk)).status_code == 200
    client.post(at("indicator", pk, indicator.pk), figure | {"goal": 20})
    page = client.get(at("action_sheet", pk)).content.decode()
    for said in ("Mancano le chiavi.", "120,50", "Carta", "1 / 20", "Ascoltare tutti", "Volantini"):
        assert said in page, said
    client.post(at("sheet_milestone_reach", milestone.pk))
    assert "Non è raggiunta" in client.get(at("action_sheet", pk)).content.decode()
    printed = client.get(at("action_sheet_paper", pk))
    assert printed["Content-Type"] == "application/pdf"
    assert client.get(at("cost_void", cost.pk)).status_code == 200
    client.post(at("cost_void", cost.pk), {"reason": "Doppia."})
    client.post(at("indicator_drop", pk, indicator.pk))
    assert (
        not Indicator.objects.exists()
        and "Annullata: Doppia." in client.get(at("cost", cost.pk)).content.decode()
    )


def test_an_activity_by_pages(cast, lucia, programme, sheet):
    client = of(cast.lucia)
    page = client.get(at("programme_activity_new") + f"?scheda={sheet.pk}").content.decode()
    assert f'value="{sheet.pk}" selected' in page
    new = {"what": "Sportello", "sheet": sheet.pk, "kind": "desk", "day": ago(1).isoformat(), "hours": "2",
           "people": 4, "cases": 1, "once": "a"}  # fmt: skip
    assert client.post(at("programme_activity_new"), new | {"day": ago(-4).isoformat()}).status_code == 409
    made = client.post(at("programme_activity_new"), new)
    client.post(at("programme_activity_new"), new)
    row = Activity.objects.get()
    assert made.url == at("programme_activity", row.pk)
    assert f'value="{sheet.pk}" selected' in client.get(at("programme_activity_new")).content.decode()
    assert client.get(at("programme_activity_change", row.pk)).status_code == 200
    assert client.post(at("programme_activity_change", row.pk), new | {"seen_version": 9}).status_code == 409
    client.post(at("programme_activity_change", row.pk), new | {"what": "Sportello lungo"})
    assert "niente da collegare" in client.get(at("programme_activity_link", row.pk)).content.decode()
    client.post(at("programme_activity_link", row.pk), {"record": ["reports:999", "x"]})
    assert not row.links.exists()
    assert (
        "Sportello lungo" in client.get(at("programme_activities") + f"?scheda={sheet.pk}").content.decode()
    )
    assert client.get(at("programme_activity_void", row.pk)).status_code == 200
    client.post(at("programme_activity_void", row.pk), {"reason": "Errore."})
    assert "Annullata: Errore." in client.get(at("programme_activity", row.pk)).content.decode()
    assert client.get(at("programme_activity_change", row.pk)).status_code == 409


def test_a_report_by_pages(cast, lucia, programme, sheet, activity):
    client, carla = of(cast.lucia), of(cast.carla)
    page = client.get(at("funder_report_new", programme.reference)).content.decode()
    digest = queries.texts_to_choose(programme)[0][0]
    assert digest in page
    period = {"from_day": ago(100).isoformat(), "to_day": ago(1).isoformat(), "text": digest}
    client.post(at("funder_report_new", programme.reference), period)
    row = FunderReport.objects.get()
    ref = row.reference
    actions.add_indicator(
        by=lucia, sheet=sheet, new=actions.IndicatorPlan("Aperture", queries.ACTIVITIES, goal=3)
    )
    assert "blocca" in client.get(at("funder_report", ref)).content.decode()
    assert carla.post(at("funder_report_check", ref), {"note": "x"}).status_code == 409
    for name, args in (("funder_report_write", ()), ("funder_report_note", (sheet.pk,))):
        assert client.get(at(name, ref, *args)).status_code == 200
        client.post(at(name, ref, *args), {"words": "Ecco che cosa è successo."})
        assert client.get(at(name, ref, *args)).status_code == 200
    client.post(at("funder_report_note", ref, sheet.pk), {"words": "Di nuovo."})
    assert client.get(at("funder_report_note", ref, 0)).status_code == 404
    assert client.get(at("funder_report_check", ref)).status_code == 403
    assert carla.get(at("funder_report_check", ref)).status_code == 200
    carla.post(at("funder_report_check", ref), {"note": "Il comitato è a gennaio."})
    carla.post(at("funder_report_freeze", ref))
    assert carla.get(at("funder_report_reopen", ref)).status_code == 200
    carla.post(at("funder_report_reopen", ref), {"reason": "Errore."})
    log(lucia, sheet)
    carla.post(at("funder_report_check", ref), {"note": "Bene."})
    carla.post(at("funder_report_freeze", ref))
    page = carla.get(at("funder_report", ref)).content.decode()
    assert "Edizione 2" in page and "1 → 2" in page
    for kind in ("pdf", "odt", "xlsx"):
        answer = client.get(at("edition_file", ref, 2, kind))
        assert answer.status_code == 200 and len(answer.content) > 2000
    assert client.get(at("edition_file", ref, 2, "doc")).status_code == 404
    figure = client.get(at("funder_report_figure", ref, sheet.pk, "activities") + "?edizione=1")
    assert "Sportello del lunedì" in figure.content.decode()
    assert client.get(at("funder_report_figure", ref, sheet.pk, "hours")).status_code == 200
    for name in ("funder_report_send", "funder_report_integrate", "funder_report_approve"):
        assert carla.get(at(name, ref)).status_code == 200
    on = {"protocol": "12/2026", "on": clock.today().isoformat()}
    carla.post(at("funder_report_send", ref), on)
    assert client.get(at("funder_query_new", ref)).status_code == 200
    client.post(at("funder_query_new", ref), {"words": "Quante ore?", "asked_on": clock.today().isoformat()})
    (question,) = queries.questions_of(row)
    assert client.get(at("funder_query", ref, question.pk)).status_code == 200
    client.post(at("funder_query", ref, question.pk), {"words": "Dodici."})
    assert "Dodici." in client.get(at("funder_report", ref)).content.decode()
    carla.post(at("funder_report_integrate", ref), on)
    carla.post(at("funder_report_approve", ref), on)
    row.refresh_from_db()
    assert row.state == "approved"
    assert ref in client.get(at("funder_reports")).content.decode()


def test_lists_take_as_many_queries_with_one_row_as_with_many(cast, lucia, programme, sheet, line, activity):
    client = of(cast.lucia)
    seat(lucia, programme)
    actions.add_milestone(by=lucia, sheet=sheet, title="A", planned_on=ago(-5))
    begin(lucia, programme)
    pages = [
        at("programme_activities"), at("programme", programme.reference), at("programmes"), at("funder_reports"),
    ]  # fmt: skip

    def count():
        found = []
        for url in pages:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(url).status_code == 200
            found.append(len(seen))
        return found

    count()
    before = count()
    for number in range(12):
        log(lucia, sheet)
        seat(lucia, programme, words=f"Rosa {number}")
        actions.add_milestone(by=lucia, sheet=sheet, title="A", planned_on=ago(-5))
        begin(lucia, programme)
        new = actions.ProgrammePlan("Altro", "Regione", ago(3), ago(-3))
        actions.plan_programme(by=lucia, new=new)
    assert count() == before
