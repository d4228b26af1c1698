"""Contacts, commitments, interventions, tasks, what belongs to a case, erasure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.models import Case, CasePerson, Commitment, Contact, Intervention, Task
from vicinia.domain.casework.states import CommitmentState, InterventionState, Outcome, OutcomeVerdict
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening import queries as reports
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis, ReportState
from vicinia.domain.listening.tests.factories import body, kind, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.tests.factories import person
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, Refused
from vicinia.foundation.search import queries as search

pytestmark = pytest.mark.django_db
GINO = PersonDetails(name="Gino Verdi", phone="059 654321")


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    return case_of(anna, report_in(cast.crocetta))


def last_line() -> tuple[str, dict[str, Any]]:
    line = Entry.objects.filter(about__startswith="case:").order_by("-id")[0]
    return line.event, line.facts


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(
    ("new", "event", "days", "is_first"),
    [
        (actions.NewContact(summary="Racconta.", agreed="Passiamo."), "case.contact", 10, True),
        (actions.NewContact(reached=False), "case.contact_missed", 1, False),
        (actions.NewContact(with_whom="portiere"), "case.contact_other", 2, False),
    ],
)
def test_every_contact_agrees_the_next_and_only_one_with_the_reporter_is_the_first(
    anna: Actor, case: Case, new: actions.NewContact, event: str, days: int, is_first: bool
) -> None:
    actions.contact_in_case(by=anna, case=case, new=new)
    assert fresh(case).next_contact_on == clock.add_working_days(clock.today(), days)
    assert last_line()[0] == event
    assert (Report.objects.get().first_contact_at is not None) == is_first


def test_the_agreed_day_wins_over_the_rhythm(anna: Actor, case: Case) -> None:
    day = clock.today() + dt.timedelta(days=40)
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact(next_contact_on=day, minutes=15))
    assert fresh(case).next_contact_on == day


@pytest.fixture
def shared(cast: Cast, anna: Actor, case: Case) -> list[Report]:
    """The case's first report, another by the same person, one by a neighbour and one by nobody known."""
    neighbour = PersonDetails(name="Youssef Benali", phone="059 654321")
    more = [report_in(cast.crocetta), report_in(cast.crocetta, reporter=neighbour)]
    for report in [*more, report_in(cast.crocetta, reporter=None)]:
        actions.link_report(by=anna, case=case, report=report)
    return list(Report.objects.order_by("id"))


def heard() -> list[bool]:
    return [row.first_contact_at is not None for row in Report.objects.order_by("id")]


def test_who_is_spoken_to_is_heard_about_all_their_reports_and_nobody_else_is(
    anna: Actor, case: Case, shared: list[Report]
) -> None:
    actions.contact_on_report(by=anna, report=shared[1], new=actions.NewContact())
    assert heard() == [True, True, False, False]
    assert last_line()[1]["report"].split() == [shared[0].reference, shared[1].reference]


def test_a_first_call_is_not_delayed_by_a_call_with_another_reporter(
    anna: Actor, case: Case, shared: list[Report]
) -> None:
    later = clock.today() + dt.timedelta(days=40)
    mine, _second, neighbour, _unknown = shared
    actions.contact_in_case(by=anna, case=case, report=mine, new=actions.NewContact(next_contact_on=later))
    waiting = fresh(case)
    assert (waiting.next_contact_on, waiting.next_contact_words) == (
        neighbour.due_on,
        "Primo contatto con chi segnala",
    )
    mine.refresh_from_db()
    assert queries.next_contact_with(mine, waiting) == later
    assert queries.next_contact_with(neighbour, waiting) == neighbour.due_on
    # Nothing said: whom the case waits for.
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact(reached=False))
    assert heard() == [True, True, False, False]
    assert fresh(case).next_contact_on == clock.add_working_days(clock.today(), 1)
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact())
    assert heard() == [True, True, True, False]
    assert fresh(case).next_contact_on == clock.add_working_days(clock.today(), 10)
    assert fresh(case).next_contact_words == ""


def test_a_contact_with_everybody_is_with_everybody(anna: Actor, case: Case, shared: list[Report]) -> None:
    actions.contact_in_case(by=anna, case=case, everybody=True, new=actions.NewContact(how="letter"))
    assert heard() == [True] * 4 and last_line()[1]["report"] == ""


def test_a_neighbour_who_joins_a_case_is_called_within_their_own_deadline(
    cast: Cast, anna: Actor, case: Case
) -> None:
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact())
    actions.link_report(by=anna, case=case, report=report_in(cast.crocetta))
    assert fresh(case).next_contact_on == clock.add_working_days(clock.today(), 10)
    report = report_in(cast.crocetta, reporter=PersonDetails(name="Youssef Benali", phone="059 654321"))
    actions.link_report(by=anna, case=case, report=report)
    assert fresh(case).next_contact_on == report.due_on
    assert queries.reporters_to_call(case)[0] == report


def test_the_form_asks_with_whom_only_where_several_people_reported(
    client: Client, cast: Cast, anna: Actor, case: Case, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(cast.anna)
    address = reverse("case_contact", args=[case.reference])
    assert "tutti quelli che hanno segnalato" not in client.get(address).content.decode()
    report = report_in(cast.crocetta, reporter=PersonDetails(name="Youssef Benali", phone="059 654321"))
    actions.link_report(by=anna, case=case, report=report)
    page = client.get(f"{address}?di={report.reference}").content.decode()
    assert f'value="{report.reference}" selected' in page and "tutti quelli che hanno segnalato" in page
    values = {"how": "phone", "direction": "out", "reached": "1"}
    assert client.post(address, values).status_code == 422
    client.post(address, values | {"of": report.reference})
    assert heard() == [False, True]
    client.post(address, values | {"of": "tutti"})
    assert heard() == [True, True]


@pytest.mark.parametrize(
    ("new", "is_first"),
    [
        (actions.NewContact(), True),
        (actions.NewContact(with_whom="x"), False),
        (actions.NewContact(reached=False), False),
    ],
)
def test_before_there_is_a_case_only_the_reporter_reached_meets_the_deadline(
    cast: Cast, anna: Actor, new: actions.NewContact, is_first: bool
) -> None:
    report = report_in(cast.crocetta)
    actions.contact_on_report(by=anna, report=report, new=new)
    assert (Report.objects.get().first_contact_at is not None) == is_first
    assert Contact.objects.get().case is None
    with pytest.raises(Refused, match="zona"):
        actions.contact_on_report(by=cast.actor(cast.bruno), report=report, new=new)


def test_the_reports_of_one_place_are_linked_together(
    client: Client, cast: Cast, anna: Actor, case: Case, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(cast.anna)
    address = reverse("case_link_near", args=[case.reference])
    assert "non ci sono altre segnalazioni" in client.get(address, follow=True).content.decode()
    near = [report_in(cast.crocetta, title=f"Musica {number}") for number in range(3)]
    far = Location(lat=case.lat + 0.004, lon=case.lon, area_id=cast.crocetta.pk)
    others = [
        report_in(cast.crocetta, title="Un altro tipo", category=kind("rifiuti")),
        report_in(cast.crocetta, title="Lontano", location=far),
        listening.set_aside(by=anna, report=report_in(cast.crocetta, title="Da parte"), reason="Niente."),
    ]
    page = client.get(address).content.decode()
    assert all(report.title in page for report in near)
    assert not any(report.title in page for report in others)
    assert client.post(address, {"why": "stesso cortile"}).status_code == 422
    assert client.post(address, {"reports": [others[0].reference]}).status_code == 422
    chosen = {"reports": [report.reference for report in near[:2]], "why": "stesso cortile"}
    assert client.post(address, chosen)["Location"] == reverse("case", args=[case.reference])
    assert list(queries.reports_in(case)) == [Report.objects.earliest("id"), *near[:2]]
    assert [row.reference for row in queries.reports_near(anna, case, 50)] == [near[2].reference]
    Case.objects.filter(pk=case.pk).update(lat=None, lon=None)
    assert queries.reports_near(anna, fresh(case), 50) == []


def commitment(anna: Actor, case: Case, **fields: Any) -> Commitment:
    values = {"what": "Abbassare il volume", "due_on": clock.today()} | fields
    return actions.add_commitment(by=anna, case=case, new=actions.NewCommitment(**values))


def test_commitments_are_told_or_not_and_say_whose_they_are(anna: Actor, case: Case) -> None:
    commitment(anna, case)
    assert last_line()[0] == "case.commitment_told" and last_line()[1]["who"] == "noi"
    commitment(anna, case, by_whom="body", body=body(), told_to_reporter=False)
    assert last_line()[0] == "case.commitment" and last_line()[1]["who"] == "Azienda casa"
    with pytest.raises(Refused, match="ente"):
        commitment(anna, case, by_whom="body")
    assert queries.open_commitments(case).count() == 2


def test_a_commitment_ends_is_explained_and_opens_again_after_a_slip(anna: Actor, case: Case) -> None:
    row = commitment(anna, case)
    with pytest.raises(Refused, match="Scrivi perché"):
        actions.end_commitment(by=anna, commitment=row, state=CommitmentState.NOT_KEPT)
    actions.end_commitment(by=anna, commitment=row, state=CommitmentState.KEPT)
    assert last_line() == ("case.commitment_ended", {"who": "noi", "what": row.what, "state": "mantenuto"})
    with pytest.raises(Refused, match="già segnato"):
        actions.end_commitment(by=anna, commitment=row, state=CommitmentState.KEPT)
    opened = actions.end_commitment(by=anna, commitment=row, state=CommitmentState.OPEN)
    assert opened.ended_at is None and queries.open_commitments(case).count() == 1


def intervention(anna: Actor, case: Case, **fields: Any) -> Intervention:
    values = {"kind": "presence", "what": "Presidio", "planned_on": clock.today()} | fields
    return actions.plan_intervention(by=anna, case=case, new=actions.NewIntervention(**values))


@pytest.mark.parametrize(
    ("told", "event"), [(True, "case.intervention_done_told"), (False, "case.intervention_done")]
)
def test_an_intervention_is_planned_and_carried_out_once(
    anna: Actor, case: Case, told: bool, event: str
) -> None:
    row = intervention(anna, case, told_to_reporter=told)
    done = actions.carry_out(by=anna, intervention=row, result="Bene.")
    assert (done.state, done.done_on, last_line()[0]) == (InterventionState.DONE, clock.today(), event)
    for again in (
        lambda: actions.carry_out(by=anna, intervention=row, result="x"),
        lambda: actions.cancel_intervention(by=anna, intervention=row, reason="x"),
    ):
        with pytest.raises(Refused, match="svolto"):
            again()


def test_an_intervention_is_cancelled_with_a_reason_and_one_of_a_body_names_it(
    anna: Actor, case: Case
) -> None:
    row = intervention(anna, case)
    with pytest.raises(Refused, match="motivo"):
        actions.cancel_intervention(by=anna, intervention=row, reason="")
    actions.cancel_intervention(by=anna, intervention=row, reason="Piove.")
    assert last_line() == ("case.intervention_cancelled", {"what": "Presidio", "reason": "Piove."})
    with pytest.raises(Refused, match="ente che guida"):
        intervention(anna, case, way="partner")


def test_a_task_is_for_who_writes_it_or_for_someone_who_sees_the_case(
    cast: Cast, anna: Actor, case: Case
) -> None:
    due = clock.today()
    mine = actions.add_task(by=anna, case=case, what="Telefonare", due_on=due)
    yours = actions.add_task(by=anna, case=case, what="Scrivere", due_on=due, assignee=cast.lucia)
    assert (mine.assignee, yours.assignee) == (cast.anna, cast.lucia)
    with pytest.raises(Refused, match="Bruno Galli non vede"):
        actions.add_task(by=anna, case=case, what="x", due_on=due, assignee=cast.bruno)
    assert queries.tasks_due(cast.actor(cast.lucia), due).get() == yours
    actions.finish_task(by=cast.actor(cast.lucia), task=yours)
    assert last_line() == ("case.task_ended", {"what": "Scrivere", "state": "Fatto"})
    with pytest.raises(Refused, match="motivo"):
        actions.drop_task(by=anna, task=mine, reason=" ")
    actions.drop_task(by=anna, task=mine, reason="Ha chiamato lei.")
    assert not queries.progress(case).open_tasks
    with pytest.raises(Refused, match="già fatto"):
        actions.finish_task(by=anna, task=mine)
    assert Task.objects.filter(dropped_reason="Ha chiamato lei.").count() == 1


def test_nobody_works_in_a_closed_case_or_from_elsewhere(cast: Cast, anna: Actor) -> None:
    case = case_of(anna, report_in(cast.crocetta, reporter=None))
    task = actions.add_task(by=anna, case=case, what="Telefonare", due_on=clock.today())
    with pytest.raises(Refused, match="altra zona"):
        commitment(cast.actor(cast.bruno), case)
    with pytest.raises(Refused, match="altra zona"):
        actions.finish_task(by=cast.actor(cast.bruno), task=task)
    actions.finish_task(by=anna, task=task)
    close_case(anna, case, outcome=Outcome.SOLVED, note="Fatto.")
    for act in (commitment, intervention):
        with pytest.raises(Refused, match="chiuso"):
            act(anna, case)
    with pytest.raises(Refused, match="chiuso"):
        actions.add_file(by=anna, case=case, file=upload(phone_photo()))


def test_a_report_leaves_with_its_contacts_and_its_reporter(cast: Cast, anna: Actor, case: Case) -> None:
    second = report_in(cast.crocetta, reporter=GINO)
    actions.contact_on_report(by=anna, report=second, new=actions.NewContact(summary="Anche lui."))
    actions.link_report(by=anna, case=case, report=Report.objects.get(pk=second.pk), why="stessa scala")
    assert last_line() == ("case.report_linked", {"report": second.reference})
    assert queries.people_of(case).count() == 2
    with pytest.raises(Refused, match="motivo"):
        actions.unlink_report(by=anna, case=case, report=second, reason="")
    actions.unlink_report(by=anna, case=case, report=second, reason="Altro palazzo.")
    assert queries.people_of(case).count() == 1 and Contact.objects.get(report=second).case is None
    left = Report.objects.get(pk=second.pk)
    assert (left.state, left.owner) == (ReportState.TAKEN, cast.anna) and left.due_on > clock.today()
    with pytest.raises(Refused, match="non è in questo caso"):
        actions.unlink_report(by=anna, case=case, report=second, reason="x")
    with pytest.raises(Refused, match="almeno una"):
        actions.unlink_report(by=anna, case=case, report=queries.reports_in(case)[0], reason="x")


@pytest.mark.parametrize("who", [None, "same"])
def test_a_reporter_of_another_report_stays(cast: Cast, anna: Actor, case: Case, who: str | None) -> None:
    fields = {"reporter": None} if who is None else {}
    second = report_in(cast.crocetta, **fields)
    actions.link_report(by=anna, case=case, report=second)
    actions.unlink_report(by=anna, case=case, report=second, reason="Altro palazzo.")
    assert queries.people_of(case).count() == 1


def test_a_report_of_nobody_goes_back_to_nobody(cast: Cast) -> None:
    carla = cast.actor(cast.carla)
    from vicinia.domain.casework.tests.factories import open_on

    case = open_on(report_in(cast.crocetta), by=carla)
    second = report_in(cast.crocetta)
    actions.link_report(by=carla, case=case, report=second)
    listening.leave_case(by=carla, report=second, case=case.reference, reason="x")
    assert Report.objects.get(pk=second.pk).state == ReportState.RECEIVED


def test_people_come_with_a_part_and_go_with_a_reason(anna: Actor, case: Case) -> None:
    neighbour = person("Gino Verdi")
    row = actions.add_person(by=anna, case=case, person=neighbour, role="neighbour", label="secondo piano")
    again = actions.add_person(by=anna, case=case, person=neighbour, role="witness")
    assert again.pk == row.pk and queries.people_of(case).count() == 2
    assert last_line() == ("case.person_added", {"role": "testimone"})
    with pytest.raises(Refused, match="motivo"):
        actions.remove_person(by=anna, row=again, reason=" ")
    actions.remove_person(by=anna, row=again, reason="Non c'entra.")
    assert last_line() == ("case.person_removed", {"role": "testimone", "reason": "Non c'entra."})
    assert not CasePerson.objects.filter(person=neighbour).exists()


def test_a_file_of_the_case_is_kept(anna: Actor, case: Case) -> None:
    kept = actions.add_file(by=anna, case=case, file=upload(phone_photo()))
    assert attachments.of(case).get() == kept


def test_correcting_a_case_says_what_changed_and_an_older_version_meets_both(
    cast: Cast, anna: Actor, case: Case
) -> None:
    place = Location(lat=44.805, lon=10.615, area_id=cast.stazione.pk, address="Via Nuova, 3")
    seen = fresh(case).version
    change = actions.CaseCorrection(title="Rumore in cortile", location=place)
    actions.correct(by=anna, case=case, correction=change, seen_version=seen)
    assert fresh(case).area == cast.stazione and "titolo" in last_line()[1]["fields"]
    with pytest.raises(Conflict) as conflict:
        actions.correct(by=anna, case=case, correction=actions.CaseCorrection(title="x"), seen_version=seen)
    assert conflict.value.current.title == "Rumore in cortile"
    before = fresh(case).version
    actions.correct(
        by=anna, case=case, correction=actions.CaseCorrection(title="Rumore in cortile"), seen_version=before
    )
    assert fresh(case).version == before


def test_moving_a_case_to_the_police_side_moves_its_reports_and_hides_both(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta, category=kind("buche", is_public=True))
    case = case_of(anna, report)
    lucia = cast.actor(cast.lucia)
    title = actions.CaseCorrection(title="Buche", legal_basis=LegalBasis.ADMINISTRATIVE)
    actions.correct(by=anna, case=case, correction=title, seen_version=None)
    assert reports.public_reports().exists() and queries.cases(lucia).exists()
    change = actions.CaseCorrection(legal_basis=LegalBasis.POLICE)
    actions.correct(by=anna, case=case, correction=change, seen_version=None)
    assert not reports.public_reports().exists()
    assert not queries.cases(lucia).exists() and not reports.reports(lucia).exists()
    with pytest.raises(Refused, match="stessa base"):
        back = listening.Correction(legal_basis=LegalBasis.ADMINISTRATIVE)
        listening.correct(by=anna, report=report, correction=back, seen_version=None)


def test_the_laboratory_neither_moves_a_case_to_the_police_nor_loses_its_own(cast: Cast) -> None:
    lucia, carla = cast.actor(cast.lucia), cast.actor(cast.carla)
    case = case_of(lucia, report_in(cast.crocetta))
    change = actions.CaseCorrection(legal_basis=LegalBasis.POLICE)
    with pytest.raises(Refused, match="non apre casi"):
        actions.correct(by=lucia, case=case, correction=change, seen_version=None)
    with pytest.raises(Refused, match="Lucia Sala"):
        actions.correct(by=carla, case=case, correction=change, seen_version=None)
    assert queries.cases(lucia).get() == case


def test_erasing_the_only_person_of_a_case_clears_its_words_and_keeps_its_course(
    cast: Cast, anna: Actor, case: Case
) -> None:
    report = Report.objects.get()
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact(summary="La signora Bassi piange."))
    actions.add_file(by=anna, case=case, file=upload(phone_photo()))
    close_case(anna, case, outcome=Outcome.SOLVED, note="Bassi è serena.", consultation="Bassi ringrazia.")
    reply = actions.reply_outcome(
        by=Actor.resident(report.reference),
        report=report,
        verdict=OutcomeVerdict.CONTESTED,
        words="Sono Bassi.",
    )
    assert report.reporter_id is not None
    actions.erase_person(by=cast.actor(cast.carla), person_id=report.reporter_id)
    row = fresh(case)
    assert (row.title, row.outcome_note, row.consultation, row.lat) == ("Rumore", "", "", None)
    assert (row.outcome, row.area) == (Outcome.SOLVED, cast.crocetta), "the counts stay"
    reply.refresh_from_db()
    assert reply.words == "" and not queries.people_of(row).exists()
    assert [(contact.summary, contact.person) for contact in row.contacts.all()] == [("", None)]
    assert set(row.stage_moves.values_list("reason", flat=True)) == {""}
    lines = Entry.objects.filter(about=f"case:{row.reference}")
    assert not any("Bassi" in f"{line.note}{line.facts}" for line in lines)
    assert not attachments.of(row).exists()
    assert not search.among(Case.objects.all(), "case", "musica").exists()


def test_erasing_one_of_two_leaves_what_is_of_the_other(cast: Cast, anna: Actor, case: Case) -> None:
    second = report_in(cast.crocetta, reporter=GINO)
    actions.link_report(by=anna, case=case, report=second)
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact(summary="Con Gino."), report=second)
    first = queries.reports_in(case)[0]
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact(summary="Con Maria."), report=first)
    assert second.reporter_id is not None
    assert actions.erase_person(by=anna, person_id=second.reporter_id) == 2
    assert sorted(contact.summary for contact in case.contacts.all()) == ["", "Con Maria."]
    assert fresh(case).title == case.title and queries.people_of(case).count() == 1
    assert actions.erase_person(by=anna, person_id=person("Nessuno Mai").pk) == 0


def test_the_copy_for_a_person_holds_what_was_agreed_with_them(anna: Actor, case: Case) -> None:
    report = Report.objects.get()
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact(agreed="Passiamo."), report=report)
    assert report.reporter_id is not None
    copy = queries.copy_for_person(report.reporter_id)
    assert copy[0]["caso"] == case.reference and copy[0]["contatti"][0]["deciso"] == "Passiamo."
    assert reports.copy_for_person(report.reporter_id)[0]["segnalazione"] == report.reference
