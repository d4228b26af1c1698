"""Taking part at the portal: what everybody reads, proposing in two steps, supporting, one's own page."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies import queries as assemblies_read
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.participation import actions, queries
from vicinia.domain.participation.models import Idea, Support
from vicinia.domain.participation.states import IdeaState, ProcessState
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
YES = {"csrfmiddlewaretoken": "x"}


@pytest.fixture
def lucia(cast):
    return cast.actor(cast.lucia)


@pytest.fixture
def process(lucia, cast):
    row = actions.plan_process(by=lucia, new=actions.ProcessPlan("Il nuovo cortile", "In breve", "## Perché"))
    today = clock.today()
    phase = actions.NewPhase("Idee", today, today + dt.timedelta(days=20), takes_ideas=True)
    actions.add_phase(by=lucia, process=row, new=phase)
    return actions.enter_process(by=lucia, process=row, state=ProcessState.OPEN)


@pytest.fixture
def assembly(lucia, process):
    day = clock.today() + dt.timedelta(days=20)
    new = assemblies.AssemblyPlan(
        "Assemblea del cortile", day, dt.time(18), dt.time(20), "Sala civica", entitled=10
    )
    row = actions.plan_assembly(by=lucia, process=process, kind=AssemblyKind.ASSEMBLY, new=new)
    assemblies.add_point(by=lucia, assembly=row, new=assemblies.NewPoint("Le panchine"))
    return row


def idea_of(title="Panchine nel cortile", text="Tre panchine all'ombra nel cortile.", **more):
    new = actions.NewIdea(title=title, text=text, once=f"{title}{Idea.objects.count()}", **more)
    return actions.propose(by=Actor.visitor(), new=new)


@pytest.fixture
def published(lucia, process):
    return actions.publish(by=lucia, idea=idea_of(process=process, shown="Maria").idea)


def read(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_empty_pages_say_what_will_appear(client):
    assert "la prima può essere la tua" in read(client, "take_part")
    assert "Quando ne convochiamo una" in read(client, "public_assemblies")
    assert "dopo che una persona le ha guardate" in read(client, "public_ideas")
    assert "quando il verbale" in read(client, "public_results")
    assert 'href="/partecipa"' in read(client, "home")


def test_only_what_is_published_is_read(client, lucia, process, assembly):
    hidden = idea_of().idea
    assert client.get(reverse("public_assembly", args=[assembly.reference])).status_code == 404
    assert client.get(reverse("public_idea", args=[hidden.reference])).status_code == 404
    assert client.get(reverse("idea_support_public", args=[hidden.reference])).status_code == 404
    assemblies.call(by=lucia, assembly=assembly)
    page = read(client, "public_assembly", assembly.reference)
    for words in (
        "Le panchine",
        "Sala civica",
        "Vieni: non serve iscriversi.",
        "Il nuovo cortile",
        "almeno 3 presenti",
    ):
        assert words in page, words
    assert "Assemblea del cortile" in read(client, "take_part")
    assert "Assemblea del cortile" in read(client, "public_process", process.reference)
    assert "Assemblea del cortile" in read(client, "public_assemblies")
    paper = client.get(reverse("public_call_paper", args=[assembly.reference]) + "?lingua=ar")
    assert paper["Content-Type"] == "application/pdf"
    assert "convocazione-ar" in paper["Content-Disposition"]
    draft = actions.plan_process(by=lucia, new=actions.ProcessPlan("Nascosto", "x"))
    assert client.get(reverse("public_process", args=[draft.reference])).status_code == 404


def test_minutes_and_decisions_are_read_when_they_are_approved(client, lucia, assembly):
    assemblies.call(by=lucia, assembly=assembly)
    day = clock.start_of(assembly.day) + dt.timedelta(hours=19)
    with clock.at(day):
        held = assemblies.open_assembly(
            by=lucia, assembly=assembly, present=5, chair="Ada Chair", secretary="Leo Secretary"
        )
        minutes = assemblies_read.minutes_of(held)
        assemblies.write_minutes(
            by=lucia, minutes=minutes, text="## Panchine\n\nSi fanno.", seen_version=None
        )
        new = assemblies.NewResolution("Tre panchine nuove.", held.day, owner_words="Signora Privata")
        assemblies.add_resolution(by=lucia, assembly=held, new=new)
        assemblies.make_official(by=lucia, minutes=minutes)
        assemblies.open_amendments(by=lucia, minutes=minutes, until=held.day + dt.timedelta(days=3))
        token = assemblies.give_draft_link(by=lucia, minutes=minutes)
        page = read(client, "public_assembly", held.reference)
        assert "Si fanno." not in page and "Tre panchine" not in page
        address = reverse("minutes_draft", args=[token])
        draft = client.get(address)
        assert "Si fanno." in draft.content.decode()
        assert draft["Cache-Control"] == "private, no-store"
        assert client.post(address, YES).status_code == 422
        assert client.post(address, {"words": "Erano quattro.", "who": "Maria"}).status_code == 302
        (one,) = minutes.amendments.all()
    with clock.at(day + dt.timedelta(days=4)):
        assert client.get(address).status_code == 404
        assemblies.settle_amendment(by=lucia, amendment=one, state="accepted")
        assemblies.validate(by=lucia, minutes=minutes)
        page = read(client, "public_assembly", held.reference)
        for words in ("Si fanno.", "Tre panchine nuove.", "Presenti: 5", "in ritardo"):
            assert words in page, words
        for words in ("Ada Chair", "Leo Secretary", "Signora Privata", "Erano quattro", "Lucia Sala"):
            assert words not in page, words
        assert "Tre panchine nuove." in read(client, "public_results")
    assert client.get(reverse("minutes_draft", args=["x"])).status_code == 404


def test_cancelled_and_deserted_ones_say_so(client, lucia, assembly):
    assemblies.call(by=lucia, assembly=assembly)
    with clock.at(clock.start_of(assembly.day) + dt.timedelta(hours=19)):
        assemblies.no_quorum(by=lucia, assembly=assembly, present=1)
    assert "andata deserta" in read(client, "public_assembly", assembly.reference)


def test_a_proposal_in_two_steps(client, cast, process, published):
    assert "Avanti" in read(client, "propose")
    typed = {
        "title": "Panchine in cortile",
        "text": "Vorrei panchine all'ombra nel cortile.",
        "area": cast.crocetta.pk,
    }
    assert client.post(reverse("propose"), typed | {"title": ""}).status_code == 422
    second = client.post(reverse("propose"), typed | {"process": process.pk})
    page = second.content.decode()
    assert published.title in page and "Sostieni questa" in page
    more = {"once": "uno", "name": "Maria Bassi", "email": "maria@posta.example", "shown": "Maria B."}
    missing = client.post(reverse("idea_send"), typed | more)
    assert missing.status_code == 422
    assert "all&#x27;ombra nel cortile" in missing.content.decode()
    assert client.post(reverse("idea_send"), more).status_code == 422
    files = {"photos": [upload(phone_photo())]}
    sent = client.post(reverse("idea_send"), typed | more | {"privacy": "on", "process": process.pk} | files)
    assert sent.status_code == 302
    idea = Idea.objects.order_by("-id").first()
    assert (idea.process, idea.area, idea.author.shown) == (process, cast.crocetta, "Maria B.")
    assert attachments.of(idea).count() == 1
    mine = client.get(sent.url)
    assert "Conserva questo indirizzo" in mine.content.decode()
    assert mine["Cache-Control"] == "private, no-store"
    again = client.post(reverse("idea_send"), typed | more | {"privacy": "on"})
    assert again.url == reverse("take_part")
    assert Idea.objects.count() == 2
    withdraw = f"{sent.url}/ritira"
    assert client.get(withdraw).status_code == 200
    client.post(withdraw)
    assert "ritirata" in client.get(sent.url).content.decode()
    assert client.get(withdraw).status_code == 409


def test_what_the_process_no_longer_takes_is_said_at_the_form(client, process, lucia):
    typed = {"title": "Panchine", "text": "Tre.", "process": process.pk, "privacy": "on", "once": "a"}
    with clock.at(clock.now() + dt.timedelta(days=60)):
        answer = client.post(reverse("idea_send"), typed)
    assert answer.status_code == 302  # it is taken in, in no process, because none was offered
    assert Idea.objects.get().process is None
    assert client.get(reverse("propose") + f"?processo={process.reference}").status_code == 200


def test_support_counts_once_a_browser(client, published):
    page = read(client, "public_idea", published.reference)
    assert "Sostienila anche tu" in page and "Maria" in page
    address = reverse("idea_support_public", args=[published.reference])
    assert client.get(address).status_code == 200
    assert client.post(address, {"phone": "12"}).status_code == 422
    client.post(address, YES)
    client.post(address, YES)
    assert Support.objects.count() == 1
    Client().post(address, {"name": "Ugo Neri", "phone": "059 123456"})
    assert "2 sostegni" in read(client, "public_idea", published.reference)


def test_too_many_from_one_address_are_stopped(client, published, monkeypatch):
    from vicinia.interfaces.portal.views import limits

    monkeypatch.setattr(limits, "SENDING", limits.Allowance(count=1, seconds=60))
    address = reverse("idea_support_public", args=[published.reference])
    assert [client.post(address, YES).status_code for _time in range(2)] == [302, 409]


def test_the_answer_and_the_result_are_read(client, lucia, published):
    sent = idea_of(title="Altre panchine", shown="Ugo")
    other = sent.idea
    actions.publish(by=lucia, idea=other)
    actions.merge(by=lucia, idea=other, into=published)
    moved = client.get(reverse("public_idea", args=[other.reference]))
    assert moved.url == reverse("public_idea", args=[published.reference])
    assert published.title in client.get(reverse("idea_mine", args=[sent.token])).content.decode()
    actions.take_up(by=lucia, idea=published)
    actions.answer(by=lucia, idea=published, state=IdeaState.ACCEPTED, words="Costano poco.")
    result = queries.result_of(published)
    actions.add_milestone(by=lucia, result=result, title="Ordine", due_on=clock.today())
    actions.follow_result(
        by=lucia, result=result, new=actions.Progress("under_way", 40, "Ordinate.", "Ufficio verde")
    )
    page = read(client, "public_idea", published.reference)
    for words in ("Costano poco.", "40 %", "Ordinate.", "Ordine", "Maria", "Ugo", "Ufficio verde"):
        assert words in page, words
    assert client.get(reverse("idea_support_public", args=[published.reference])).status_code == 409
    assert published.title in read(client, "public_results")
    for query in ("?zona=crocetta", "?stato=accepted", "?stato=boh"):
        assert client.get(reverse("public_ideas") + query).status_code == 200


def test_pages_of_an_author_for_each_state(client, lucia):
    sent = idea_of()
    address = reverse("idea_mine", args=[sent.token])
    assert "Una persona la legge" in client.get(address).content.decode()
    actions.publish(by=lucia, idea=sent.idea)
    assert "È pubblicata" in client.get(address).content.decode()
    actions.take_up(by=lucia, idea=sent.idea)
    actions.answer(by=lucia, idea=sent.idea, state=IdeaState.REJECTED, words="Passa un tubo.")
    assert "Passa un tubo." in client.get(address).content.decode()
    assert client.get(reverse("idea_mine", args=["x"])).status_code == 404


def test_photos_only_if_they_are_published(client, lucia):
    idea = idea_of(files=[upload(phone_photo())]).idea
    actions.publish(by=lucia, idea=idea)
    address = reverse("public_idea_photo", args=[idea.reference, attachments.of(idea).get().name])
    assert client.get(address).status_code == 404
    Idea.objects.update(shows_photos=True)
    assert client.get(address).status_code == 200
    assert address in read(client, "public_idea", idea.reference)


def test_public_lists_cost_the_same_with_one_row_and_many(client, lucia, cast, published):
    def cost(name):
        with CaptureQueriesContext(connection) as run:
            read(client, name)
        return len(run)

    pages = ("public_ideas", "take_part", "public_results")
    before = {name: cost(name) for name in pages}
    for _number in range(4):
        actions.publish(by=lucia, idea=idea_of(area=cast.crocetta).idea)
    assert {name: cost(name) for name in pages} == before
