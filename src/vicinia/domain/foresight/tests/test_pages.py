"""The pages of early warning, as a coordinator and an operator read them."""

import datetime as dt

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.foresight import actions
from vicinia.domain.foresight.models import Alert, KindGroup, Run, WatchSettings
from vicinia.domain.foresight.tests.factories import JOB, alert_in, group
from vicinia.domain.listening.tests.factories import kind
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db


def page(client, name, *args, status=200):
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return response.content.decode()


def send(client, page_name, /, *args, **values):
    return client.post(reverse(page_name, args=args), values)


def test_an_empty_list_says_what_will_appear(desk):
    assert "Nessuna allerta" in page(desk, "alerts")


def test_the_list_and_its_filters(desk, alert):
    text = page(desk, "alerts")
    assert "9 segnalazioni (rumore) dove se ne attendevano 1,4" in text
    assert "Allerte" in text
    for asked, shown in (
        ({"state": "new"}, True),
        ({"state": "dismissed"}, False),
        ({"area": alert.area_id}, True),
    ):
        found = desk.get(reverse("alerts"), asked).content.decode()
        assert (alert.reference in found) is shown


def test_the_list_costs_the_same_with_one_row_and_with_many(desk, alert, cast: Cast):
    from django.db import connection

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            desk.get(reverse("alerts"))
        return len(captured)

    cost()
    one = cost()
    values = {f.attname: getattr(alert, f.attname) for f in Alert._meta.concrete_fields if not f.primary_key}
    Alert.objects.bulk_create(Alert(**(values | {"reference": f"x-{n}"})) for n in range(60))
    assert cost() == one
    assert "pagina=2" in page(desk, "alerts")


def test_an_alert_is_a_sentence_and_its_evidence(desk, alert):
    text = page(desk, "alert", alert.reference)
    assert "9 segnalazioni (rumore) dove se ne attendevano 1,4" in text
    assert "Per caso succederebbe meno di una volta ogni 10 anni" in text
    assert text.count('<a class="row-title"') == 9
    assert "Apri un caso sul luogo" in text and "Archivia, con motivo" in text
    assert "Da dove viene questo numero" in text


def test_an_operator_reads_and_is_told_who_decides(client, cast, alert, settings):
    settings.SECOND_FACTOR = False
    client.force_login(cast.anna)
    text = page(client, "alert", alert.reference)
    assert "Sulle allerte decide chi coordina." in text and "Archivia, con motivo" not in text
    assert send(client, "alert_dismiss", alert.reference, reason="over").status_code == 403
    client.force_login(cast.bruno)
    page(client, "alert", alert.reference, status=404)


def test_dismissing_keeps_what_was_typed_if_a_reason_lacks(desk, alert):
    response = send(desk, "alert_dismiss", alert.reference, words="Parole mie")
    assert response.status_code == 422 and "Parole mie" in response.content.decode()
    assert send(desk, "alert_dismiss", alert.reference, reason="over", words="Parole mie").status_code == 303
    text = page(desk, "alert", alert.reference)
    assert "Parole mie" in text and "era vero, ma è già finito" in text and "Rimetti tra le nuove" in text
    assert send(desk, "alert_dismiss", alert.reference, reason="over").status_code == 409
    assert send(desk, "alert_take_back", alert.reference, reason="ricomincia").status_code == 303


def test_watching_until_a_day(desk, alert):
    assert "Fino a quando" in page(desk, "alert_watch", alert.reference)
    past = clock.today() - dt.timedelta(days=1)
    assert send(desk, "alert_watch", alert.reference, until=past.isoformat()).status_code == 409
    soon = clock.today() + dt.timedelta(days=9)
    assert send(desk, "alert_watch", alert.reference, until=soon.isoformat()).status_code == 303
    assert "Tenuta d" in page(desk, "alert", alert.reference)


def test_opening_a_case_leads_to_it_and_it_says_where_it_came_from(desk, alert):
    assert "Rumore: " in page(desk, "alert_open_case", alert.reference)
    response = send(desk, "alert_open_case", alert.reference, title="Rumore al parco")
    case = Case.objects.get()
    assert response.url == reverse("case", args=[case.reference])
    assert alert.reference in page(desk, "alerts_on_case", case.reference)
    assert case.reference in page(desk, "alert", alert.reference)
    assert "Questo caso segue un" in page(desk, "alerts_on_case", case.reference)


def test_linking_to_an_open_case_nearby(desk, alert, carla, cast):
    from vicinia.domain.casework.tests.factories import case_of
    from vicinia.domain.listening.tests.factories import report_in

    case = case_of(carla, report_in(cast.crocetta))
    assert case.reference in page(desk, "alert_link_case", alert.reference)
    assert send(desk, "alert_link_case", alert.reference, case=case.reference).status_code == 303
    assert Alert.objects.get().case == case


def test_computing_again_is_asked_for(desk, alert):
    assert send(desk, "alert_recompute", alert.reference).status_code == 303
    assert "in coda" in page(desk, "alert", alert.reference)


def test_what_came_back_and_was_seen_again_is_told(desk, alert, carla, cast):
    from vicinia.domain.foresight.tests.test_runs import night_after

    night_after(alert, observed=11)
    assert "Vista di nuovo: 11 segnalazioni" in page(desk, "alert", alert.reference)
    actions.keep_recomputed(
        by=JOB, row=actions.ask_to_recompute(by=carla, alert=alert), same=None, engine="x"
    )
    assert "il risultato è diverso" in page(desk, "alert", alert.reference)


# ---------------------------------------------------------------- runs


def test_searching_now_and_how_far_it_is(desk, carla):
    assert "nessun gruppo di tipi da guardare" in page(desk, "alert_runs")
    group()
    assert send(desk, "alert_run_now").status_code == 303
    assert send(desk, "alert_run_now").status_code == 409
    run = Run.objects.get()
    assert "in coda" in page(desk, "alert_runs")
    run = actions.begin_run(by=JOB, run=run)
    actions.note_progress(by=JOB, run=run, done=30, total=100)
    part = desk.get(reverse("alert_run", args=[run.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "30 %" in part and "every 2s" in part and "<html" not in part
    assert "<html" in page(desk, "alert_run", run.pk)
    actions.fail_run(by=JOB, run=run, error="MemoryError")
    assert "Riprova" in page(desk, "alert_runs")
    assert send(desk, "alert_run_again", run.pk).status_code == 303
    run = Run.objects.get()
    actions.begin_run(by=JOB, run=run)
    Run.objects.update(leased_until=clock.now() - dt.timedelta(seconds=1))
    assert "interrotta" in page(desk, "alert_runs")
    assert "Non dà più notizie" in page(desk, "alert_run", run.pk)


def test_a_run_that_ended_shows_its_threshold(desk, alert):
    assert "soglia di 61 giorni" in page(desk, "alert_runs")
    assert "Vedi le allerte" in page(desk, "alert_run", alert.run_id)


# ---------------------------------------------------------------- what is watched, and how well


def test_groups_are_kept(desk):
    noise = kind("rumore")
    text = page(desk, "alert_groups")
    assert "1 tipo non è in nessun gruppo" in text and "Ancora nessun gruppo" in text
    assert send(desk, "alert_groups_propose").status_code == 303
    assert "Rumore" in page(desk, "alert_groups")
    row = KindGroup.objects.get()
    other = kind("rifiuti")
    values = {
        "name": "Vivere insieme",
        "kinds": [noise.pk, other.pk],
        "position": 1,
        "seen_version": row.version,
    }
    assert send(desk, "alert_group", row.pk, **values).status_code == 303
    assert send(desk, "alert_group", row.pk, **values).status_code == 409, "somebody else has changed it"
    taken = send(desk, "alert_group_new", name="Vivere insieme", kinds=[noise.pk], position=1)
    assert taken.status_code == 422
    assert send(desk, "alert_group_new", name="Altro", kinds=[noise.pk], position=1).status_code == 409
    assert "non in uso" in page(desk, "alert_groups")


def test_settings_are_kept(desk):
    assert "Allerte inutili" in page(desk, "alert_settings")
    values = {
        "budget": 12,
        "longest_days": 14,
        "radius_m": 800,
        "history_days": 365,
        "grid_m": 100,
        "seen_version": 0,
    }
    assert send(desk, "alert_settings", **values).status_code == 303
    assert WatchSettings.objects.get().budget == 12
    refused = send(
        desk, "alert_settings", **(values | {"history_days": 60, "longest_days": 60, "seen_version": 2})
    )
    assert refused.status_code == 409 and "quattro volte" in refused.content.decode()


def test_quality_and_silence(desk, alert, carla):
    assert "non si può ancora dire" in page(desk, "alert_quality")
    actions.dismiss(by=carla, alert=alert, reason="chance")
    text = page(desk, "alert_quality")
    assert "365,0 (tra " in text and "0 % (tra" in text
    assert "Nessun giro da un anno." in page(desk, "silent_areas")


def test_the_email_leads_to_the_alert(cast, alert):
    from vicinia.foundation.notifications.models import OutboxMessage

    subjects = {message.subject for message in OutboxMessage.objects.filter(template="alert_found")}
    assert subjects == {"Allerta: Nella zona Crocetta"} or all("Allerta: " in one for one in subjects)


def test_an_alert_without_reports_that_one_sees(client, cast, alert, settings, carla):
    from vicinia.domain.listening.models import Report

    settings.SECOND_FACTOR = False
    Report.objects.update(area=cast.stazione)
    client.force_login(cast.anna)
    text = page(client, "alert", alert.reference)
    assert "Altre 9 non sono tra quelle che puoi vedere." in text
    assert "Musica alta" not in text


def test_alerts_of_two_groups(desk, cast, alert):
    later = alert_in(cast.crocetta, name="Rifiuti", last_day=clock.today(), kind_=kind("rifiuti"))
    assert alert.reference in page(desk, "alert", later.reference)


def test_where_reports_repeat(desk, cast, carla):
    from vicinia.domain.foresight import jobs
    from vicinia.domain.foresight.tests.factories import background, burst

    assert "Dopo la prima ricerca" in page(desk, "repeat_places")
    group()
    burst(cast.crocetta, clock.today())
    jobs.carry_out(actions.ask_now(by=carla))
    assert "troppo poche" in page(desk, "repeat_places")
    background(cast.crocetta, clock.today() - dt.timedelta(days=15), days=300)
    burst(cast.crocetta, clock.today() - dt.timedelta(days=20), number=80, days=40)
    jobs.carry_out(actions.ask_now(by=carla))
    text = page(desk, "repeat_places")
    assert (
        "delle segnalazioni." in text
        and "Dopo una segnalazione" in text
        and "Nello stesso luogo, da 2 a 7 giorni" in text
    )
    assert "?gruppo=" in text
