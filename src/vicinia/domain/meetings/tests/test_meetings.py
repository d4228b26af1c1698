"""A meeting from the call to the closed minutes: who may, what follows for the cases, what stays hidden."""

import datetime as dt
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.states import CommitmentState
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.meetings import actions, papers, queries, rules
from vicinia.domain.meetings.documents import EXTRACT, MINUTES
from vicinia.domain.meetings.models import AgendaItem, Extract, Invited, Meeting
from vicinia.domain.meetings.states import Attendance, MeetingState, Reason
from vicinia.domain.network import actions as network
from vicinia.domain.referrals import actions as referrals
from vicinia.foundation.documents import actions as texts
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock, registries
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=7)


def lines_about(about):
    return list(Entry.objects.filter(about=about).order_by("id").values_list("event", flat=True))


def words_of(case):
    return f"case:{case.reference}"


# Calling and inviting ---------------------------------------------------------------------------------------------


def test_who_calls_a_meeting_sits_at_it(cast, anna, meeting):
    assert meeting.state == MeetingState.PLANNED
    assert [one.user for one in queries.invited_to(meeting)] == [cast.anna]
    assert meeting.areas.get() == cast.crocetta


@pytest.mark.parametrize("who", ["marco", "paolo", "vera", "dario", "ada"])
def test_who_does_not_work_on_cases_calls_none_and_sees_none(cast, plan, meeting, who):
    by = cast.actor(getattr(cast, who))
    with pytest.raises(Refused) as refused:
        actions.plan(by=by, new=plan())
    assert refused.value.verdict.status == 403
    assert not queries.meetings(by).exists()


def test_a_meeting_ends_after_it_begins(anna, plan, meeting):
    with pytest.raises(Refused):
        actions.plan(by=anna, new=plan(to_time=dt.time(9)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(to_time=dt.time(9))


def test_everybody_sees_meetings_of_their_areas_and_of_the_whole_town(cast, anna, plan, meeting):
    bruno = cast.actor(cast.bruno)
    assert not queries.meetings(bruno).exists()
    for by in (anna, cast.actor(cast.lucia), cast.actor(cast.carla)):
        assert queries.meetings(by).get() == meeting
    everywhere = actions.plan(by=anna, new=plan(areas=()))
    assert queries.meetings(bruno).get() == everywhere


def test_who_is_invited_and_whose_case_is_discussed_sees_the_meeting(cast, carla, plan, add, far_case):
    bruno = cast.actor(cast.bruno)
    row = actions.plan(by=carla, new=plan())
    assert not queries.meetings(bruno).exists()
    item = add(far_case, by=carla, to=row)
    assert queries.meeting_named(bruno, row.reference) == row
    actions.drop_item(by=carla, item=item)
    with pytest.raises(NotVisible):
        queries.meeting_named(bruno, row.reference)
    actions.invite(by=carla, meeting=row, guests=actions.NewGuests(users=[cast.bruno]))
    assert queries.meeting_named(bruno, row.reference) == row


def test_nobody_is_invited_twice(anna, meeting, casa, rita):
    guests = actions.NewGuests(bodies=[casa], people=[rita], words="La parroca")
    assert actions.invite(by=anna, meeting=meeting, guests=guests) == 3
    assert actions.invite(by=anna, meeting=meeting, guests=guests) == 0
    names = [one.name for one in queries.invited_to(meeting)]
    assert names == ["Anna Ferri", "Azienda casa", "Rita Pini, Azienda casa", "La parroca"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Invited.objects.create(meeting=meeting, body=casa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invited.objects.create(meeting=meeting)


def test_an_invitation_says_when_and_where_and_nothing_of_cases(anna, meeting, casa, rita, case, add):
    add(case)
    add()
    actions.invite(by=anna, meeting=meeting, guests=actions.NewGuests(people=[rita], words="Ospite"))
    assert actions.send_invitations(by=anna, meeting=meeting) == 2
    to_body = OutboxMessage.objects.get(template="meeting_for_body")
    assert (to_body.to, "Argomenti: 2" in to_body.body) == ("rita@casa.example", True)
    assert "Sala civica" in to_body.body
    for message in OutboxMessage.objects.filter(about=f"meeting:{meeting.reference}"):
        said = message.body.replace(meeting.reference, "") + message.subject
        assert case.reference not in said
        assert "Porta rotta" not in message.body + message.subject
    colleague = OutboxMessage.objects.get(template="meeting_for_colleague")
    assert "Argomenti" not in colleague.body
    with pytest.raises(Refused):
        actions.send_invitations(by=anna, meeting=meeting)


def test_who_has_an_invitation_is_told_of_another_day_and_of_no_meeting(anna, meeting, plan, rita):
    actions.invite(by=anna, meeting=meeting, guests=actions.NewGuests(people=[rita]))
    actions.send_invitations(by=anna, meeting=meeting)
    other = plan(title="Tavolo della Crocetta, due")
    row = actions.change(by=anna, meeting=meeting, new=other, seen_version=meeting.version)
    assert not row.invited.filter(told_at=None).exists(), "another title is no reason to write again"
    later = plan(day=clock.today() + SOON)
    row = actions.change(by=anna, meeting=row, new=later, seen_version=row.version)
    assert actions.send_invitations(by=anna, meeting=row) == 2
    one = row.invited.get(person=rita)
    actions.uninvite(by=anna, invited=one)
    assert OutboxMessage.objects.filter(template="meeting_called_off").count() == 1
    row = actions.cancel(by=anna, meeting=row, reason="manca la sala")
    assert row.state == MeetingState.CANCELLED
    off = OutboxMessage.objects.filter(template="meeting_called_off")
    assert off.count() == 2
    assert not any("manca la sala" in message.body for message in off)


def test_who_was_not_told_hears_nothing_of_the_end(anna, meeting, rita):
    actions.invite(by=anna, meeting=meeting, guests=actions.NewGuests(people=[rita]))
    actions.uninvite(by=anna, invited=meeting.invited.get(person=rita))
    actions.cancel(by=anna, meeting=meeting, reason="manca la sala")
    assert not OutboxMessage.objects.filter(template="meeting_called_off").exists()


def test_only_who_called_it_or_who_assigns_calls_it_off(cast, carla, meeting):
    lucia = cast.actor(cast.lucia)
    for reason, by, status in (("", carla, 409), ("no", lucia, 403)):
        with pytest.raises(Refused) as refused:
            actions.cancel(by=by, meeting=meeting, reason=reason)
        assert refused.value.verdict.status == status
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    actions.cancel(by=carla, meeting=meeting, reason="no")
    with pytest.raises(Refused):
        actions.invite(by=carla, meeting=meeting, guests=actions.NewGuests(words="Ospite"))


def test_a_change_on_top_of_an_older_version_is_refused(anna, carla, meeting, plan):
    seen = meeting.version
    actions.change(by=carla, meeting=meeting, new=plan(place="Altrove"), seen_version=seen)
    with pytest.raises(Conflict):
        actions.change(by=anna, meeting=meeting, new=plan(place="Qui"), seen_version=seen)


# The agenda -------------------------------------------------------------------------------------------------------


def test_the_case_says_that_it_is_on_an_agenda_and_off_it(anna, meeting, case, add):
    item = add(case)
    assert (
        add.__name__ and actions.add_items(by=anna, meeting=meeting, new=[actions.NewItem(case=case)]) == []
    )
    actions.drop_item(by=anna, item=item)
    assert lines_about(words_of(case))[-2:] == ["case.on_agenda", "case.off_agenda"]


def test_a_meeting_called_off_leaves_its_cases_in_peace(anna, meeting, case, add):
    add(case)
    actions.drop_item(by=anna, item=add())
    actions.cancel(by=anna, meeting=meeting, reason="manca la sala")
    assert lines_about(words_of(case))[-1] == "case.off_agenda"
    assert queries.items_on(anna, case) == []


def test_what_nobody_can_discuss_is_refused(anna, meeting, case, add):
    with pytest.raises(Refused):
        add(subject=" ")
    close_case(anna, case)
    case.refresh_from_db()
    with pytest.raises(Refused):
        add(case)
    too_many = [actions.NewItem(subject=f"Punto {number}") for number in range(rules.MOST_ITEMS + 1)]
    with pytest.raises(Refused):
        actions.add_items(by=anna, meeting=meeting, new=too_many)


def test_items_move_around_those_that_one_does_not_see(anna, carla, meeting, case, far_case, add):
    first = add(subject="Primo")
    hidden = add(far_case, by=carla)
    last = add(case)
    assert [one.pk for one in queries.items_of(anna, meeting)] == [first.pk, last.pk]
    actions.move_item(by=anna, item=last, step=-1)
    assert [one.pk for one in queries.items_of(anna, meeting)] == [last.pk, first.pk]
    assert [one.pk for one in queries.every_item(meeting)] == [last.pk, hidden.pk, first.pk]
    actions.move_item(by=anna, item=last, step=-1)
    assert [one.pk for one in queries.every_item(meeting)] == [last.pk, hidden.pk, first.pk]


def test_an_item_is_called_otherwise(anna, meeting, case, add):
    item = add(case)
    assert item.title == f"{case.reference} Porta rotta"
    row = actions.change_item(by=anna, item=item, subject="Ingresso", to_decide="Chi paga", seen_version=1)
    assert (row.title, row.to_decide) == (f"{case.reference} Ingresso", "Chi paga")
    with pytest.raises(Conflict):
        actions.change_item(by=anna, item=item, subject="Altro", to_decide="", seen_version=1)


def test_cases_are_suggested_with_their_reasons(cast, anna, meeting, casa, case, far_case):
    assert queries.suggestions(anna, meeting) == []
    asked = referrals.NewReferral(casa, "referral", "Riparare", "consent", "a voce", clock.today() + SOON)
    referrals.send(by=anna, case=case, new=asked)
    park = case_of(anna, report_in(cast.crocetta, title="Siringhe"), kind="place")
    for number in range(3):
        casework.link_report(
            by=anna,
            case=park,
            report=report_in(cast.crocetta, title=f"Siringhe {number}", category=park.category),
        )
    long_ago = clock.now() - dt.timedelta(days=90)
    type(case).objects.filter(pk=case.pk).update(stage_since=long_ago)
    found = {one.case.pk: one for one in queries.suggestions(anna, meeting)}
    assert found[case.pk].reasons == (Reason.BLOCKED, Reason.REFERRAL, Reason.STALLED)
    assert found[park.pk].reasons == (Reason.REPORTS,)
    assert "richiesta aperta" in found[case.pk].why
    type(case).objects.filter(pk=far_case.pk).update(stage_since=long_ago)
    assert far_case.pk not in {one.case.pk for one in queries.suggestions(anna, meeting)}
    actions.add_items(by=anna, meeting=meeting, new=[actions.NewItem(case=case)])
    assert case.pk not in {one.case.pk for one in queries.suggestions(anna, meeting)}


def test_suggestions_of_a_meeting_without_areas_come_from_the_whole_town(cast, carla, plan, far_case):
    type(far_case).objects.update(stage_since=clock.now() - dt.timedelta(days=90))
    row = actions.plan(by=carla, new=plan(areas=()))
    assert [one.case for one in queries.suggestions(carla, row)] == [far_case]
    elsewhere = actions.plan(by=carla, new=plan(areas=[cast.crocetta]))
    assert queries.suggestions(carla, elsewhere) == []


# Public safety ----------------------------------------------------------------------------------------------------


def test_a_police_case_is_discussed_among_offices_only(
    cast, anna, carla, meeting, casa, office, police_case, add
):
    actions.invite(by=anna, meeting=meeting, guests=actions.NewGuests(bodies=[office]))
    add(police_case)
    for guests in (
        actions.NewGuests(bodies=[casa]),
        actions.NewGuests(words="Ospite"),
        actions.NewGuests(users=[cast.lucia]),
    ):
        with pytest.raises(Refused) as refused:
            actions.invite(by=carla, meeting=meeting, guests=guests)
        assert "pubblica sicurezza" in str(refused.value)
    with pytest.raises(Refused) as refused:
        actions.invite(by=cast.actor(cast.lucia), meeting=meeting, guests=actions.NewGuests(bodies=[casa]))
    assert "pubblica sicurezza" not in str(refused.value), "who may not see such cases is not told of one"


def test_with_a_body_from_outside_no_police_case_comes_on_the_agenda(anna, meeting, casa, police_case, add):
    actions.invite(by=anna, meeting=meeting, guests=actions.NewGuests(bodies=[casa]))
    with pytest.raises(Refused) as refused:
        add(police_case)
    assert "Azienda casa" in str(refused.value.verdict.hint)


def test_a_case_that_has_become_police_work_stops_the_meeting(anna, meeting, casa, case, add):
    add(case)
    actions.invite(by=anna, meeting=meeting, guests=actions.NewGuests(bodies=[casa]))
    type(case).objects.filter(pk=case.pk).update(legal_basis="police")
    with pytest.raises(Refused):
        actions.send_invitations(by=anna, meeting=meeting)
    with pytest.raises(Refused):
        actions.hold(by=anna, meeting=meeting)


def test_a_body_from_outside_undertakes_nothing_in_a_police_case(
    anna, meeting, casa, office, police_case, add
):
    item = add(police_case)
    actions.hold(by=anna, meeting=meeting)
    with pytest.raises(Refused):
        actions.add_action(by=anna, item=item, new=actions.NewAction("Chiudere", clock.today(), body=casa))
    actions.add_action(by=anna, item=item, new=actions.NewAction("Chiudere", clock.today(), body=office))
    for one in meeting.invited.all():
        actions.mark_attendance(by=anna, meeting=meeting, marks={one.pk: "yes"}, seen_version=None)
    row = actions.close_minutes(by=anna, meeting=meeting, seen_version=None)
    item = queries.item_of(anna, row, item.pk)
    with pytest.raises(Refused):
        actions.give_extract(by=anna, meeting=row, new=actions.NewExtract(casa, [item]))
    assert actions.give_extract(by=anna, meeting=row, new=actions.NewExtract(office, [item])).pk


def test_the_laboratory_sees_no_police_item(cast, anna, meeting, police_case, add):
    add(police_case)
    add()
    lucia = cast.actor(cast.lucia)
    assert [item.case for item in queries.items_of(lucia, meeting)] == [None]
    assert queries.meetings_in_lines(lucia, queries.meetings(lucia)).get().item_count == 1
    assert queries.meetings_in_lines(anna, queries.meetings(anna)).get().item_count == 2


# Minutes ----------------------------------------------------------------------------------------------------------


def test_a_meeting_begins_on_its_day(anna, plan):
    later = actions.plan(by=anna, new=plan(day=clock.today() + SOON))
    with pytest.raises(Refused):
        actions.hold(by=anna, meeting=later)


def test_nothing_is_written_before_it_begins(anna, meeting, case, add):
    item = add(case)
    for write in (
        lambda: actions.write_item(by=anna, item=item, minutes=actions.ItemMinutes("x"), seen_version=1),
        lambda: actions.mark_attendance(by=anna, meeting=meeting, marks={}, seen_version=None),
    ):
        with pytest.raises(Refused):
            write()
    with pytest.raises(Refused):
        actions.note_print(by=anna, meeting=meeting)


def test_the_agenda_does_not_change_any_more_once_it_has_begun(anna, held, plan, add):
    with pytest.raises(Refused):
        add()
    with pytest.raises(Refused):
        actions.change(by=anna, meeting=held, new=plan(), seen_version=None)
    assert actions.invite(by=anna, meeting=held, guests=actions.NewGuests(words="Chi è arrivato")) == 1


def test_two_who_write_the_same_item_lose_nothing(anna, carla, held):
    item = held.items.get(case__isnull=False)
    seen = item.version
    first = actions.ItemMinutes("Prima", ["Uno", "Due"])
    actions.write_item(by=anna, item=item, minutes=first, seen_version=seen)
    with pytest.raises(Conflict) as conflict:
        second = actions.ItemMinutes("Dopo", ["Tre"])
        actions.write_item(by=carla, item=item, minutes=second, seen_version=seen)
    assert str(conflict.value.yours) == "Dopo\nTre"
    assert [row.words for row in item.decisions.all()] == ["Uno", "Due"]
    other = held.items.get(case=None)
    actions.write_item(by=carla, item=other, minutes=first, seen_version=other.version)


def test_two_who_mark_attendance_at_once_are_told(anna, carla, held):
    marks = {one.pk: Attendance.YES for one in held.invited.all()}
    seen = held.version
    actions.mark_attendance(by=anna, meeting=held, marks=marks, seen_version=seen)
    with pytest.raises(Conflict):
        actions.mark_attendance(by=carla, meeting=held, marks=marks, seen_version=seen)


def test_an_action_of_a_colleague_is_a_task_of_the_case(cast, anna, held, case):
    item = held.items.get(case=case)
    new = actions.NewAction("Sentire l'amministratore", clock.today(), user=cast.lucia)
    action = actions.add_action(by=anna, item=item, new=new)
    assert action.task.assignee == cast.lucia
    assert case.tasks.get() == action.task
    assert not action.is_done
    casework.finish_task(by=anna, task=action.task)
    action.task.refresh_from_db()
    assert action.is_done
    with pytest.raises(Refused):
        actions.finish_action(by=anna, action=action)


def test_an_action_of_a_body_is_a_commitment_in_the_case(anna, held, case, casa):
    item = held.items.get(case=case)
    action = actions.add_action(
        by=anna, item=item, new=actions.NewAction("Cambiare la serratura", clock.today(), body=casa)
    )
    commitment = case.commitments.get()
    assert (commitment.body, commitment.told_to_reporter) == (casa, False)
    assert commitment == action.commitment
    with pytest.raises(Refused):
        actions.drop_action(by=anna, action=action, reason="")
    actions.drop_action(by=anna, action=action, reason="non era così")
    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.DROPPED
    assert not item.actions.exists()


def test_a_task_is_dropped_with_its_action_unless_it_is_done(cast, anna, held, case):
    item = held.items.get(case=case)
    new = actions.NewAction("Telefonare", clock.today(), user=cast.anna)
    first, second = (actions.add_action(by=anna, item=item, new=new) for _time in range(2))
    casework.finish_task(by=anna, task=second.task)
    second = queries.action_of(anna, held, second.pk)
    actions.drop_action(by=anna, action=first, reason="doppia")
    actions.drop_action(by=anna, action=second, reason="doppia")
    assert [task.dropped_reason for task in case.tasks.order_by("id")] == ["doppia", ""]


def test_an_action_is_of_one_who_sees_the_case(cast, anna, held, casa):
    item = held.items.get(case__isnull=False)
    for owner in ({}, {"user": cast.anna, "body": casa}, {"user": cast.bruno}):
        with pytest.raises(Refused):
            actions.add_action(by=anna, item=item, new=actions.NewAction("x", clock.today(), **owner))


def test_an_action_in_no_case_is_done_at_the_meeting(cast, anna, carla, held, casa):
    item = held.items.get(case=None)
    ours = actions.NewAction("Scrivere gli orari", clock.today(), user=cast.lucia)
    mine = actions.add_action(by=anna, item=item, new=ours)
    theirs = actions.add_action(by=anna, item=item, new=actions.NewAction("Aprire", clock.today(), body=casa))
    lucia, bruno = cast.actor(cast.lucia), cast.actor(cast.bruno)
    assert list(queries.loose_actions_due(lucia, clock.today())) == [mine]
    assert list(queries.loose_actions_due(anna, clock.today())) == [theirs]
    with pytest.raises(Refused) as refused:
        actions.finish_action(by=bruno, action=mine)
    assert refused.value.verdict.status == 403
    assert actions.finish_action(by=lucia, action=mine).is_done
    assert actions.finish_action(by=carla, action=theirs).is_done
    with pytest.raises(Refused):
        actions.finish_action(by=anna, action=mine)
    assert not queries.loose_actions_due(lucia, clock.today()).exists()


def test_minutes_close_when_everybody_is_marked(cast, anna, held):
    with pytest.raises(Refused) as refused:
        actions.close_minutes(by=anna, meeting=held, seen_version=None)
    assert "chi c'era" in str(refused.value)
    marks = {one.pk: Attendance.YES for one in held.invited.all()}
    first = next(iter(marks))
    actions.mark_attendance(by=anna, meeting=held, marks={first: Attendance.EXCUSED}, seen_version=None)
    actions.mark_attendance(by=anna, meeting=held, marks={first: Attendance.EXCUSED}, seen_version=None)
    assert queries.unmarked(held) == len(marks) - 1
    row = actions.mark_attendance(by=anna, meeting=held, marks=marks, seen_version=None)
    with pytest.raises(Refused) as refused:
        actions.close_minutes(by=cast.actor(cast.lucia), meeting=held, seen_version=None)
    assert refused.value.verdict.status == 403
    with pytest.raises(Conflict):
        actions.close_minutes(by=anna, meeting=held, seen_version=row.version - 1)
    row = actions.close_minutes(by=anna, meeting=held, seen_version=row.version)
    assert row.minuted_at is not None


def test_closed_minutes_are_frozen(anna, carla, minuted, case, casa, rita, plan):
    item = queries.item_of(anna, minuted, minuted.items.get(case=case).pk)
    action = queries.action_of(anna, minuted, item.actions.get().pk)
    for change in (
        lambda: actions.write_item(by=carla, item=item, minutes=actions.ItemMinutes("x"), seen_version=None),
        lambda: actions.add_action(by=carla, item=item, new=actions.NewAction("x", clock.today(), body=casa)),
        lambda: actions.drop_action(by=carla, action=action, reason="x"),
        lambda: actions.mark_attendance(by=carla, meeting=minuted, marks={}, seen_version=None),
        lambda: actions.invite(by=carla, meeting=minuted, guests=actions.NewGuests(words="x")),
        lambda: actions.uninvite(by=carla, invited=minuted.invited.first()),
        lambda: actions.change(by=carla, meeting=minuted, new=plan(), seen_version=None),
        lambda: actions.cancel(by=carla, meeting=minuted, reason="x"),
        lambda: actions.close_minutes(by=carla, meeting=minuted, seen_version=None),
    ):
        with pytest.raises(Refused):
            change()
    network.write_body(by=carla, card=network.BodyCard(code="casa", name="Nuova casa"))
    type(case).objects.filter(pk=case.pk).update(title="Altro titolo")
    assert [one.name for one in queries.invited_to(minuted)][1] == "Rita Pini, Azienda casa"
    assert queries.items_of(anna, minuted)[0].title.endswith("Porta rotta")
    assert queries.minutes_of(anna, minuted)[0].actions.get().who == "Azienda casa"


def test_closed_minutes_are_corrected_by_a_note(cast, anna, held, minuted, case):
    with pytest.raises(Refused):
        actions.add_note(by=anna, meeting=minuted, text=" ")
    item = minuted.items.get(case=case)
    actions.add_note(by=anna, meeting=minuted, text="La serratura è del cancello.", item=item)
    actions.add_note(by=anna, meeting=minuted, text="Mancava una firma.")
    assert [note.text for note in queries.notes_of(minuted)] == ["Mancava una firma."]
    row = next(one for one in queries.minutes_of(anna, minuted) if one.case == case)
    assert [note.text for note in row.notes.all()] == ["La serratura è del cancello."]


def test_notes_wait_for_closed_minutes(anna, held):
    with pytest.raises(Refused):
        actions.add_note(by=anna, meeting=held, text="x")


def test_the_case_knows_what_was_decided_about_it(cast, anna, minuted, case):
    line = Entry.objects.filter(about=words_of(case), event="case.discussed").get()
    assert (line.facts["decisions"], line.facts["actions"]) == (1, 1)
    assert "serratura" not in str(line.facts)
    item = queries.items_on(anna, case)[0]
    assert [row.words for row in item.decisions.all()] == ["Si cambia la serratura"]
    assert not queries.items_on(cast.actor(cast.vera), case)


# What leaves the house --------------------------------------------------------------------------------------------


def test_a_body_gets_the_items_ticked_for_it_and_it_is_written_down(anna, minuted, case, casa):
    item, words = minuted.items.get(case=case), minuted.items.get(case=None)
    with pytest.raises(Refused):
        actions.give_extract(by=anna, meeting=minuted, new=actions.NewExtract(casa, []))
    given = actions.give_extract(by=anna, meeting=minuted, new=actions.NewExtract(casa, [item]))
    assert list(given.items.all()) == [item]
    actions.give_extract(by=anna, meeting=minuted, new=actions.NewExtract(casa, [words]))
    assert lines_about(words_of(case))[-1] == "case.minutes_given"
    assert lines_about(f"meeting:{minuted.reference}")[-1] == "meeting.given"


def test_open_minutes_are_given_to_nobody(anna, held, casa):
    new = actions.NewExtract(casa, list(held.items.all()))
    with pytest.raises(Refused):
        actions.give_extract(by=anna, meeting=held, new=new)


def test_an_extract_with_a_hidden_item_is_hidden(cast, anna, carla, plan, add, case, far_case, casa):
    row = actions.plan(by=carla, new=plan())
    actions.invite(by=carla, meeting=row, guests=actions.NewGuests(bodies=[casa]))
    mine, hidden = add(case, by=carla, to=row), add(far_case, by=carla, to=row)
    actions.hold(by=carla, meeting=row)
    marks = {one.pk: "no" for one in row.invited.all()}
    actions.mark_attendance(by=carla, meeting=row, marks=marks, seen_version=None)
    row = actions.close_minutes(by=carla, meeting=row, seen_version=None)
    whole = actions.give_extract(by=carla, meeting=row, new=actions.NewExtract(casa, [mine, hidden]))
    part = actions.give_extract(by=carla, meeting=row, new=actions.NewExtract(casa, [mine]))
    assert {one.pk for one in queries.extracts_of(carla, row)} == {whole.pk, part.pk}
    assert [one.pk for one in queries.extracts_of(anna, row)] == [part.pk]
    with pytest.raises(NotVisible):
        queries.extract_of(anna, row, whole.pk)
    assert Extract.objects.count() == 2


# People -----------------------------------------------------------------------------------------------------------


def test_a_person_is_erased_from_minutes_and_from_what_was_given(anna, minuted, case, casa):
    item = minuted.items.get(case=case)
    actions.give_extract(by=anna, meeting=minuted, new=actions.NewExtract(casa, [item]))
    actions.add_note(by=anna, meeting=minuted, item=item, text="Maria non ha le chiavi.")
    person = case.case_people.get().person
    subject = next(one for one in registries.personal_data if one.subject == "meetings")
    assert subject.export(person.pk) == [
        {"tavolo": minuted.reference, "giorno": minuted.day.isoformat(), "dato a": ["Azienda casa"]}
    ]
    assert subject.erase(Actor.job("prova"), person.pk) == 1
    row = next(one for one in queries.minutes_of(anna, minuted) if one.case == case)
    kept = [row.said, row.to_decide, *(one.words for one in row.decisions.all())]
    kept += [*(one.what for one in row.actions.all()), *(one.text for one in row.notes.all())]
    assert set(kept) == {""}
    assert row.title == case.reference
    assert subject.export(person.pk) == []
    assert papers.minutes(by=anna, meeting=minuted)


def test_a_person_is_erased_from_an_agenda_before_the_meeting(anna, meeting, case, add):
    item = add(case, to_decide="Maria vuole trasferirsi?")
    person = case.case_people.get().person
    assert actions.erase_person(by=Actor.job("prova"), person_id=person.pk) == 1
    assert AgendaItem.objects.get(pk=item.pk).to_decide == ""


# The day ----------------------------------------------------------------------------------------------------------


def test_due_is_the_meeting_and_then_its_minutes(cast, anna, plan, meeting):
    later = actions.plan(by=anna, new=plan(day=clock.today() + SOON))
    assert list(queries.meetings_due(anna)) == [meeting]
    assert later in queries.meetings(anna)
    actions.invite(by=anna, meeting=meeting, guests=actions.NewGuests(users=[cast.lucia]))
    lucia = cast.actor(cast.lucia)
    assert list(queries.meetings_due(lucia)) == [meeting]
    actions.hold(by=anna, meeting=meeting)
    assert list(queries.meetings_due(anna)) == [meeting]
    assert list(queries.meetings_due(lucia)) == []


def test_a_program_calls_no_table_its_own(meeting):
    assert not Meeting.objects.of(Actor.job("prova")).exists()


# The texts of its papers ------------------------------------------------------------------------------------------


def test_closed_minutes_and_extracts_keep_the_text_that_they_came_out_with(cast, anna, minuted, case, casa):
    item = minuted.items.get(case=case)
    given = actions.give_extract(by=anna, meeting=minuted, new=actions.NewExtract(casa, [item]))
    before = papers.extract(by=anna, row=given)
    ada = cast.actor(cast.ada)
    for key in (MINUTES, EXTRACT):
        source = documents.our_text(key, "it").source + "\nParole nuove.\n"
        texts.publish(by=ada, text=texts.save_draft(by=ada, key=key, language="it", source=source))
    assert papers.extract(by=anna, row=given) == before
    content = papers.minutes(by=anna, meeting=minuted)
    assert "Parole nuove" not in PdfReader(BytesIO(content)).pages[-1].extract_text()
    later = actions.give_extract(by=anna, meeting=minuted, new=actions.NewExtract(casa, [item]))
    assert "Parole nuove" in PdfReader(BytesIO(papers.extract(by=anna, row=later))).pages[-1].extract_text()
