"""The pages of processes and proposals at the desk."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.participation import actions, queries
from vicinia.domain.participation.models import Idea, Process, Result, Support
from vicinia.domain.participation.states import IdeaState, ProcessState
from vicinia.domain.participation.tests.conftest import UGO, VISITOR, send
from vicinia.foundation.accounts.models import User
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
YES = {"csrfmiddlewaretoken": "x"}
STRANGERS = ("marco", "paolo", "vera", "dario", "ada")


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name, row, *more):
    return reverse(name, args=[row.reference, *more])


def test_a_process_by_pages(cast):
    lucia, today = of(cast.lucia), clock.today()
    words = {"title": "Il cortile", "summary": "Insieme", "body": "## Perché", "areas": [cast.crocetta.pk]}
    assert lucia.get(reverse("process_new")).status_code == 200
    made = lucia.post(reverse("process_new"), words)
    row = Process.objects.get()
    assert made.url == at("process", row)
    assert "almeno una fase" in lucia.get(made.url).content.decode()
    phase = {"title": "Idee", "from_day": today.isoformat(), "to_day": today.isoformat(), "takes_ideas": "on"}
    late = phase | {"to_day": (today - dt.timedelta(days=1)).isoformat()}
    assert lucia.get(at("phase_new", row)).status_code == 200
    assert lucia.post(at("phase_new", row), late).status_code == 422
    lucia.post(at("phase_new", row), phase)
    (kept,) = queries.phases_of(row)
    assert lucia.get(at("phase", row, kept.pk)).status_code == 200
    assert lucia.post(at("phase", row, kept.pk), phase | {"seen_version": 9}).status_code == 409
    lucia.post(at("phase", row, kept.pk), phase | {"title": "Le idee", "seen_version": 1})
    lucia.post(at("process_open", row))
    assert lucia.get(at("process_change", row)).status_code == 200
    assert lucia.post(at("process_change", row), words | {"seen_version": 99}).status_code == 409
    lucia.post(at("process_change", row), words | {"title": "Il nuovo cortile"})
    page = lucia.get(at("process", row)).content.decode()
    assert "Il nuovo cortile" in page and "Le idee" in page and "adesso" in page
    new = {"kind": "workshop", "title": "Disegniamo", "day": (today + dt.timedelta(days=9)).isoformat()}
    new |= {"from_time": "17:00", "to_time": "19:00", "place": "Sala"}
    assert lucia.get(at("process_assembly_new", row)).status_code == 200
    lucia.post(at("process_assembly_new", row), new)
    assembly = Assembly.objects.get()
    assert (
        "Il nuovo cortile"
        in lucia.get(reverse("process_of_assembly", args=[assembly.reference])).content.decode()
    )
    assert "Disegniamo" in lucia.get(at("process", row)).content.decode()
    assert lucia.get(at("process_end", row)).status_code == 200
    assert lucia.post(at("process_end", row), YES).status_code == 422
    lucia.post(at("process_end", row), {"state": "concluded", "outcome": "Fatto."})
    row.refresh_from_db()
    assert row.state == ProcessState.CONCLUDED
    assert "Riapri" in lucia.get(at("process", row)).content.decode()
    assert lucia.post(at("phase_drop", row, kept.pk)).status_code == 409
    lucia.post(at("process_open", row))
    lucia.post(at("phase_drop", row, kept.pk))
    assert queries.phases_of(row) == []


def test_a_proposal_by_pages(cast, sent):
    lucia, row = of(cast.lucia), sent.idea
    first = lucia.get(reverse("ideas")).content.decode()
    assert row.title in first
    page = lucia.get(at("idea", row)).content.decode()
    assert "La scheda della persona" in page and "maria@" not in page
    assert lucia.get(at("idea_correct", row)).status_code == 200
    assert (
        lucia.post(
            at("idea_correct", row), {"title": "Panchine", "text": "Tre.", "seen_version": 9}
        ).status_code
        == 409
    )
    lucia.post(at("idea_correct", row), {"title": "Panchine", "text": "Tre panchine."})
    assert lucia.get(at("idea_publish", row)).status_code == 200
    lucia.post(at("idea_publish", row), YES)
    assert lucia.get(at("idea_support", row)).status_code == 200
    support = {"channel": "paper", "name": "Ugo Neri", "phone": "059 123456", "once": "a"}
    assert lucia.post(at("idea_support", row), support | {"phone": "12"}).status_code == 422
    lucia.post(at("idea_support", row), support)
    lucia.post(at("idea_support", row), support | {"once": "b"})
    assert Support.objects.count() == 1
    lucia.post(at("idea_take_up", row))
    assert lucia.get(at("idea_answer", row)).status_code == 200
    lucia.post(at("idea_answer", row), {"state": "accepted", "words": "Costa poco."})
    row.refresh_from_db()
    assert (row.state, row.text) == (IdeaState.ACCEPTED, "Tre panchine.")
    for name in ("idea_result", "milestone_new"):
        assert lucia.get(at(name, row)).status_code == 200
    step = {"state": "under_way", "percent": 30, "words": "Ordinate.", "who": "Ufficio verde"}
    assert lucia.post(at("idea_result", row), step | {"percent": 100}).status_code == 409
    assert lucia.post(at("idea_result", row), step | {"seen_version": 9}).status_code == 409
    lucia.post(at("idea_result", row), step)
    lucia.post(at("milestone_new", row), {"title": "Ordine", "due_on": clock.today().isoformat()})
    milestone = Result.objects.get().milestones.get()
    lucia.post(at("milestone", row, milestone.pk), {"che": "fatta"})
    page = lucia.get(at("idea", row)).content.decode()
    assert "Ordinate." in page and "Ordine" in page and "30 %" in page and "Non è fatta" in page
    lucia.post(at("milestone", row, milestone.pk), {"che": "togli"})
    assert not Result.objects.get().milestones.exists()
    link = lucia.post(at("idea_link", row))
    assert "/partecipa/mia/" in link.content.decode()
    assert link["Cache-Control"] == "private, no-store"


def test_at_the_desk_similar_ones_are_shown_first(cast, published):
    lucia = of(cast.lucia)
    page = lucia.get(reverse("idea_new")).content.decode()
    assert "Scrivi con le parole di chi propone" in page
    new = {"title": "Panchine nel cortile", "text": "Panchine all'ombra nel cortile.", "channel": "desk"}
    new |= {"language": "it", "once": "uno", "name": "Ugo", "area": cast.crocetta.pk}
    shown = lucia.post(reverse("idea_new"), new)
    assert published.title in shown.content.decode()
    assert Idea.objects.count() == 1
    lucia.post(reverse("idea_new"), new | {"anyway": "1"})
    made = Idea.objects.order_by("-id").first()
    assert (made.channel, made.area) == ("desk", cast.crocetta)
    assert lucia.post(reverse("idea_new"), new | {"title": ""}).status_code == 422


def test_merge_and_withdraw_by_pages(cast, lucia, published):
    client, other = of(cast.lucia), send(details=UGO).idea
    assert client.get(at("idea_merge", other)).status_code == 200
    assert (
        client.post(at("idea_merge", other), {"into": published.reference, "seen_version": 9}).status_code
        == 409
    )
    client.post(at("idea_merge", other), {"into": published.reference})
    other.refresh_from_db()
    assert other.state == IdeaState.MERGED
    assert published.title in client.get(at("idea", other)).content.decode()
    assert "Proposte unite a questa" in client.get(at("idea", published)).content.decode()
    assert client.get(at("idea_withdraw", published)).status_code == 200
    client.post(at("idea_withdraw", published))
    published.refresh_from_db()
    assert published.state == IdeaState.WITHDRAWN


def test_photos_are_for_who_may_see_them(cast, lucia):
    idea = send(files=[upload(phone_photo())]).idea
    name = attachments.of(idea).get().name
    assert of(cast.lucia).get(at("idea_photo", idea, name)).status_code == 200
    actions.publish(by=lucia, idea=idea)
    assert of(cast.anna).get(at("idea_photo", idea, name)).status_code == 404
    Idea.objects.update(shows_photos=True)
    assert of(cast.anna).get(at("idea_photo", idea, name)).status_code == 200
    assert "foto" in of(cast.anna).get(at("idea", idea)).content.decode()


def test_who_opens_what(cast, process, sent, published, accepted):
    for who in STRANGERS:
        client = of(getattr(cast, who))
        for name in ("processes", "ideas", "participation_in_laboratory", "process_new", "idea_new"):
            assert client.get(reverse(name)).status_code == 403, (who, name)
        for name, row in (("process", process), ("idea", accepted)):
            assert client.get(at(name, row)).status_code == 403, (who, name)
    anna, hidden = of(cast.anna), send().idea
    assert anna.get(at("idea", accepted)).status_code == 200
    assert anna.get(at("idea", hidden)).status_code == 404
    assert "da-leggere" not in anna.get(reverse("ideas")).content.decode()
    assert anna.get(at("process", process)).status_code == 200
    for name in (
        "idea_correct",
        "idea_publish",
        "idea_answer",
        "idea_merge",
        "idea_withdraw",
        "idea_support",
        "idea_result",
    ):
        assert anna.get(at(name, accepted)).status_code == 403, name
    for name in ("idea_take_up", "idea_link"):
        assert anna.post(at(name, accepted)).status_code == 403, name
    assert "Partecipazione" in anna.get(reverse("participation_in_laboratory")).content.decode()


@pytest.mark.parametrize("name", ["processes", "ideas"])
def test_lists_cost_the_same_with_one_row_and_many(cast, lucia, process, published, name):
    client, address = of(cast.lucia), reverse(name) + "?vista=tutte"
    client.get(address)

    def cost():
        with CaptureQueriesContext(connection) as run:
            assert client.get(address).status_code == 200
        return len(run)

    one = cost()
    for number in range(10):
        actions.plan_process(by=lucia, new=actions.ProcessPlan(f"P{number}", "x", areas=[cast.crocetta]))
        idea = actions.publish(by=lucia, idea=send(details=None, area=cast.crocetta, process=process).idea)
        actions.support(by=VISITOR, idea=idea, once="a")
    assert cost() == one
    for view in ("da-valutare", "in-ritardo", "risposte", "boh"):
        assert client.get(reverse("ideas") + f"?vista={view}").status_code == 200


def test_empty_lists_say_what_will_appear(cast):
    client = of(cast.lucia)
    assert "Un processo raccoglie" in client.get(reverse("processes")).content.decode()
    assert "Le proposte arrivano" in client.get(reverse("ideas")).content.decode()
