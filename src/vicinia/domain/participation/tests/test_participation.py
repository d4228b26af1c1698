"""Processes in phases; proposals from first reading to their result."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.participation import actions, queries, rules
from vicinia.domain.participation.models import Idea, Process, Result, Support
from vicinia.domain.participation.states import Channel, IdeaState, ProcessState, ResultState
from vicinia.domain.participation.tests.conftest import MARIA, UGO, VISITOR, send
from vicinia.domain.people import actions as people
from vicinia.domain.people import queries as people_read
from vicinia.domain.people.models import Person
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict


def told():
    return list(OutboxMessage.objects.order_by("id").values_list("template", flat=True))


# Processes --------------------------------------------------------------------------------------------------------


def test_a_process_is_opened_with_a_phase_and_ended_with_words(lucia):
    row = actions.plan_process(by=lucia, new=actions.ProcessPlan("Cortile", "In breve"))

    def enter(state, outcome=""):
        return actions.enter_process(by=lucia, process=row, state=state, outcome=outcome)

    assert "almeno una fase" in str(refused(lambda: enter(ProcessState.OPEN)).sentence)
    today = clock.today()
    phase = actions.add_phase(by=lucia, process=row, new=actions.NewPhase("Una", today, today))
    assert not queries.shown_processes().exists()
    enter(ProcessState.OPEN)
    assert queries.shown_process(row.reference) == row
    assert "ne è uscito" in str(refused(lambda: enter(ProcessState.CONCLUDED)).sentence)
    enter(ProcessState.CONCLUDED, "Tre panchine.")
    assert refused(lambda: actions.drop_phase(by=lucia, phase=phase)).status == 409
    assert refused(lambda: enter(ProcessState.STOPPED, "x")).status == 409
    assert enter(ProcessState.OPEN).state == ProcessState.OPEN
    assert enter(ProcessState.STOPPED, "Mancano i soldi.").outcome == "Mancano i soldi."
    with pytest.raises(IntegrityError), transaction.atomic():
        Process.objects.update(outcome="")


def test_phases_make_sense(lucia, process, monkeypatch):
    today = clock.today()
    bad = actions.NewPhase("Due", today, today - dt.timedelta(days=1))
    assert refused(lambda: actions.add_phase(by=lucia, process=process, new=bad)).status == 409
    (phase,) = queries.phases_of(process)
    assert (
        refused(lambda: actions.change_phase(by=lucia, phase=phase, new=bad, seen_version=None)).status == 409
    )
    good = actions.NewPhase("Due", today, today)
    changed = actions.change_phase(by=lucia, phase=phase, new=good, seen_version=phase.version)
    assert str(changed) == "Due"
    with pytest.raises(Conflict):
        actions.change_phase(by=lucia, phase=phase, new=good, seen_version=1)
    monkeypatch.setattr(rules, "MOST_PHASES", 1)
    assert refused(lambda: actions.add_phase(by=lucia, process=process, new=good)).status == 409
    actions.drop_phase(by=lucia, phase=changed)
    assert queries.phases_of(process) == []


def test_the_words_of_a_process_change(lucia, anna, process):
    new = actions.ProcessPlan("Altro titolo", "Altro")
    assert (
        refused(lambda: actions.change_process(by=anna, process=process, new=new, seen_version=None)).status
        == 403
    )
    row = actions.change_process(by=lucia, process=process, new=new, seen_version=process.version)
    assert str(row) == f"{row.reference} Altro titolo"


def test_assemblies_of_a_process(lucia, process):
    day = clock.today() + dt.timedelta(days=20)
    new = assemblies.AssemblyPlan("Assemblea", day, dt.time(18), dt.time(20), "Sala", entitled=10)
    row = actions.plan_assembly(
        by=lucia, process=process, kind=AssemblyKind.WORKSHOP, new=new, phase=queries.phases_of(process)[0]
    )
    assert queries.assemblies_of(process) == [row]
    assert queries.assemblies_of(process, shown_only=True) == []
    assert queries.process_of(row) == process
    assert queries.process_of(assemblies.plan(by=lucia, kind=AssemblyKind.ASSEMBLY, new=new)) is None


# Proposals --------------------------------------------------------------------------------------------------------


def test_a_proposal_without_account_or_name(lucia):
    sent = send(details=None, shown="", channel=Channel.PORTAL)
    assert queries.idea_of_link(sent.token) == sent.idea
    assert (sent.idea.state, str(sent.idea)) == (IdeaState.DRAFT, sent.idea.reference)
    assert queries.credits_of(sent.idea) == ([], 1)
    assert told() == []
    assert not queries.shown_ideas()
    with pytest.raises(NotVisible):
        queries.shown_idea(sent.idea.reference)
    with pytest.raises(NotVisible):
        queries.idea_of_link("x")


def test_sent_twice_is_one_proposal():
    first, second = send(once="uguale"), send(once="uguale")
    assert (first.idea, second.token) == (second.idea, "")
    assert Idea.objects.count() == 1


def test_nothing_is_not_a_proposal_and_the_desk_needs_its_role(anna, lucia):
    assert refused(lambda: send(title=" ")).status == 409
    assert refused(lambda: send(text="")).status == 409
    assert refused(lambda: send(by=anna)).status == 403
    assert send(by=lucia, channel=Channel.PAPER).idea.channel == Channel.PAPER


def test_a_process_takes_proposals_in_its_phase_only(process):
    assert send(process=process).idea.process == process
    assert list(queries.open_to_ideas(clock.today())) == [process]
    with clock.at(clock.now() + dt.timedelta(days=60)):
        assert "fuori dal processo" in str(refused(lambda: send(process=process)).hint)


def test_photos_come_along():
    sent = send(files=[upload(phone_photo())])
    assert attachments.of(sent.idea).count() == 1


def test_it_is_corrected_before_everybody_reads_it(lucia, sent):
    idea = actions.correct_idea(
        by=lucia, idea=sent.idea, title="Panchine", text="Tre panchine.", place="B", seen_version=1
    )
    assert (idea.title, idea.place) == ("Panchine", "B")
    assert (
        refused(
            lambda: actions.correct_idea(by=lucia, idea=idea, title="", text="x", place="", seen_version=None)
        ).status
        == 409
    )
    actions.publish(by=lucia, idea=idea)
    act = lambda: actions.correct_idea(by=lucia, idea=idea, title="x", text="x", place="", seen_version=None)  # noqa: E731
    assert refused(act).status == 409


def test_published_weighed_and_answered_with_reasons(lucia, anna, sent):
    assert refused(lambda: actions.publish(by=anna, idea=sent.idea)).status == 403
    idea = actions.publish(by=lucia, idea=sent.idea)
    assert clock.working_days_between(clock.today(), idea.answer_due_on) == 30
    assert refused(lambda: actions.publish(by=lucia, idea=idea)).status == 409
    assert (
        refused(lambda: actions.answer(by=lucia, idea=idea, state=IdeaState.ACCEPTED, words="Sì.")).status
        == 409
    )
    actions.take_up(by=lucia, idea=idea)
    for state, words in ((IdeaState.REJECTED, " "), (IdeaState.MERGED, "x")):
        assert (
            refused(lambda s=state, w=words: actions.answer(by=lucia, idea=idea, state=s, words=w)).status
            == 409
        )
    idea = actions.answer(by=lucia, idea=idea, state=IdeaState.REJECTED, words="Passa un tubo.")
    assert (idea.answer, idea.is_open, idea.is_late) == ("Passa un tubo.", False, False)
    assert not Result.objects.exists()
    with pytest.raises(NotVisible):
        queries.result_of(idea)
    assert told() == ["idea_received", "idea_published", "idea_answered"]
    last = OutboxMessage.objects.order_by("id").last()
    assert "Passa un tubo." in last.body
    assert "/partecipa/mia/" in last.body


def test_a_draft_that_cannot_be_published_is_answered_too(lucia, sent):
    idea = actions.answer(by=lucia, idea=sent.idea, state=IdeaState.REJECTED, words="Ci sono insulti.")
    assert idea.state == IdeaState.REJECTED


def test_its_author_takes_it_back_and_nobody_else(lucia, published):
    author, other = Actor.author(published.reference), Actor.author("I2026-9999")
    assert refused(lambda: actions.withdraw(by=other, idea=published)).status == 403
    assert actions.withdraw(by=author, idea=published).state == IdeaState.WITHDRAWN
    assert refused(lambda: actions.withdraw(by=author, idea=published)).status == 409
    assert actions.withdraw(by=lucia, idea=send().idea).state == IdeaState.WITHDRAWN


def test_similar_ones_are_found(lucia, published):
    found = queries.similar_ideas("Panchine in cortile", "Vorrei delle panchine all'ombra nel cortile.")
    assert [one.reference for one in found] == [published.reference]
    assert queries.similar_ideas("Un corso di cucina", "Lezioni serali per cucinare insieme.") == []
    assert queries.similar_ideas("", "") == []


def test_merged_with_credit_to_all_and_each_support_once(lucia, published):
    other = actions.publish(by=lucia, idea=send(details=UGO, shown="").idea)
    grandchild = actions.publish(by=lucia, idea=send(details=None, shown="Comitato B").idea)
    actions.merge(by=lucia, idea=grandchild, into=other)
    for idea, once in ((published, "a"), (other, "b")):
        assert actions.support(by=VISITOR, idea=idea, once=once, details=MARIA)
    actions.support(by=VISITOR, idea=other, once="c")
    actions.support(by=VISITOR, idea=published, once="c")
    assert refused(lambda: actions.merge(by=lucia, idea=other, into=other)).status == 409
    merged = actions.merge(by=lucia, idea=other, into=published)
    assert (merged.state, merged.merged_into) == (IdeaState.MERGED, published)
    assert Support.objects.filter(idea=published).count() == 2
    assert queries.credits_of(published) == (["Maria", "Comitato B"], 1)
    assert {row.pk for row in queries.merged_into(published)} == {other.pk, grandchild.pk}
    assert queries.shown_idea(other.reference).pk == published.pk
    assert refused(lambda: actions.merge(by=lucia, idea=published, into=merged)).status == 409
    actions.take_up(by=lucia, idea=published)
    actions.answer(by=lucia, idea=published, state=IdeaState.REJECTED, words="No.")
    assert [one.person.pk for one in queries.authors_to_tell(published)] == list(
        Person.objects.order_by("pk").values_list("pk", flat=True)
    )


def test_merged_supports_that_only_the_other_has_come_along(lucia, published):
    other = actions.publish(by=lucia, idea=send(details=None).idea)
    actions.support(by=VISITOR, idea=other, once="x", details=UGO)
    actions.merge(by=lucia, idea=other, into=published)
    assert Support.objects.get().idea == published


def test_the_likest_are_offered_first(lucia, published):
    far = actions.publish(by=lucia, idea=send(title="Corso di cucina", text="Cucinare insieme la sera.").idea)
    near = send(title="Panchine", text="Panchine all'ombra nel cortile.").idea
    assert queries.targets_for(near) == [published, far]


def test_support_counts_once_a_person_and_once_a_browser(lucia, anna, published):
    def go(once, details=None, by=VISITOR):
        return actions.support(by=by, idea=published, once=once, details=details)

    assert [go("a"), go("a"), go("b", UGO), go("c", UGO), go("d", UGO, lucia)] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert refused(lambda: go("e", None, anna)).status == 403
    actions.take_up(by=lucia, idea=published)
    assert go("f")
    actions.answer(by=lucia, idea=published, state=IdeaState.REJECTED, words="No.")
    assert refused(lambda: go("g")).status == 409


def test_a_new_link_closes_the_old_ones(lucia, sent):
    token = actions.renew_link(by=lucia, idea=sent.idea)
    assert queries.idea_of_link(token) == sent.idea
    with pytest.raises(NotVisible):
        queries.idea_of_link(sent.token)
    assert refused(lambda: actions.renew_link(by=lucia, idea=send(details=None).idea)).status == 409


# Results ----------------------------------------------------------------------------------------------------------


def test_an_accepted_proposal_is_followed_to_its_result(lucia, anna, accepted):
    result = queries.result_of(accepted)
    step = lambda state, percent, words="Ordinate.", by=lucia: actions.follow_result(  # noqa: E731
        by=by, result=result, new=actions.Progress(state, percent, words, who="Ufficio verde")
    )
    assert refused(lambda: step(ResultState.UNDER_WAY, 20, by=anna)).status == 403
    for bad in ((ResultState.UNDER_WAY, 101), (ResultState.UNDER_WAY, 100), (ResultState.DONE, 90)):
        assert refused(lambda b=bad: step(*b)).status == 409
    assert refused(lambda: step(ResultState.UNDER_WAY, 20, " ")).status == 409
    step(ResultState.UNDER_WAY, 20)
    step(ResultState.UNDER_WAY, 60)
    assert refused(lambda: step(ResultState.PLANNED, 0)).status == 409
    done = step(ResultState.DONE, 100, "Ci si siede.")
    assert (done.state, done.percent) == (ResultState.DONE, 100)
    assert [one.percent for one in queries.updates_of(done)] == [100, 60, 20]
    assert told().count("idea_result") == 3
    assert [row.pk for row in queries.shown_results()] == [accepted.pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.update(percent=50)


def test_milestones(lucia, anna, accepted, monkeypatch):
    result, today = queries.result_of(accepted), clock.today()
    row = actions.add_milestone(by=lucia, result=result, title="Ordine", due_on=today)
    assert refused(lambda: actions.finish_milestone(by=anna, milestone=row)).status == 403
    assert list(queries.milestones_due(lucia, today)) == [row]
    assert not queries.milestones_due(anna, today)
    with clock.at(clock.now() + dt.timedelta(days=1)):
        assert row.is_late
    done = actions.finish_milestone(by=lucia, milestone=row)
    assert (done.done_on, done.is_late) == (today, False)
    assert actions.finish_milestone(by=lucia, milestone=done).done_on is None
    monkeypatch.setattr(rules, "MOST_MILESTONES", 1)
    assert (
        refused(lambda: actions.add_milestone(by=lucia, result=result, title="x", due_on=today)).status == 409
    )
    actions.drop_milestone(by=lucia, milestone=row)
    assert queries.milestones_of(result) == []


# Who sees what, and people ----------------------------------------------------------------------------------------


def test_who_sees_what(cast, lucia, anna, sent, published):
    hidden = send().idea
    assert set(queries.ideas(lucia)) == {published, hidden}
    assert list(queries.ideas(anna)) == [published]
    assert not queries.ideas(cast.actor(cast.vera))
    assert list(queries.ideas_due(lucia, clock.today() + dt.timedelta(days=30))) == [hidden]
    assert not queries.ideas_due(anna, clock.today() + dt.timedelta(days=30))
    waiting = queries.waiting(lucia)
    assert (waiting.ideas_to_read, waiting.ideas_to_answer, waiting.late_resolutions) == (1, 1, 0)


def test_people_are_visible_to_who_runs_it(lucia, anna, published):
    actions.support(by=VISITOR, idea=published, once="a", details=UGO)
    people_ids = set(Person.objects.values_list("pk", flat=True))
    assert set(queries.visible_people(lucia).values_list("person_id", flat=True)) == people_ids
    assert not set(queries.visible_people(anna).values_list("person_id", flat=True))
    one = min(people_ids)
    assert set(queries.visible_people(lucia, [one]).values_list("person_id", flat=True)) == {one}


def test_a_person_gets_a_copy_and_is_forgotten(cast, lucia, accepted):
    idea = send(details=MARIA, text="Solo io la leggo.", files=[upload(phone_photo())])
    supported = actions.publish(by=lucia, idea=send(details=None).idea)
    actions.support(by=VISITOR, idea=supported, once="a", details=MARIA)
    maria = Person.objects.get()
    copy = queries.copy_for_person(maria.pk)
    assert [sorted(row) for row in copy] == [["nome", "proposta", "testo", "titolo"]] * 2 + [
        ["giorno", "sostegno a"]
    ]
    assert people_read.email_of(maria.pk) == "maria@posta.example"
    carla = cast.actor(cast.carla)
    people.erase(by=carla, person=maria)
    accepted.refresh_from_db()
    hidden = Idea.objects.get(pk=idea.idea.pk)
    assert "panchine" in accepted.text
    assert (hidden.title, hidden.text) == ("…", "…")
    assert queries.credits_of(accepted) == ([], 1)
    assert Support.objects.get().person is None
    assert not attachments.of(hidden).filter(removed_at=None)
    assert queries.copy_for_person(maria.pk) == []
    with pytest.raises(NotVisible):
        queries.idea_of_link(idea.token)
    assert not OutboxMessage.objects.filter(to="maria@posta.example").exists()
