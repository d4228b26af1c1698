"""The pages of assemblies at the desk: who opens them, what they cost, what is typed is not lost, what is on paper."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from vicinia.domain.assemblies import actions, queries
from vicinia.domain.assemblies.models import Assembly, CallRule, Resolution
from vicinia.domain.assemblies.states import AssemblyKind, AssemblyState, MinutesStage, ResolutionState
from vicinia.domain.assemblies.tests.conftest import on, plan_in
from vicinia.domain.assemblies.tests.test_holding import decide
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES

pytestmark = pytest.mark.django_db
# What a browser sends with every form, also an empty one.
YES = {"csrfmiddlewaretoken": "x"}
STRANGERS = ("marco", "paolo", "vera", "dario", "ada")
PLAN = {
    "kind": "assembly",
    "title": "Assemblea",
    "from_time": "18:00",
    "to_time": "20:00",
    "place": "Sala",
    "entitled": "20",
    "is_public": "on",
}


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name, row, *more):
    return reverse(name, args=[row.reference, *more])


def words_of(answer):
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_from_planning_to_the_call_by_pages(cast):
    lucia = of(cast.lucia)
    day = clock.today() + dt.timedelta(days=20)
    assert lucia.get(reverse("assembly_new")).status_code == 200
    assert lucia.get(reverse("assembly_new") + "?tipo=committee").status_code == 200
    wrong = lucia.post(
        reverse("assembly_new"),
        PLAN | {"day": day.isoformat(), "to_time": "17:00", "second_day": day.isoformat()},
    )
    assert wrong.status_code == 422
    assert "Finisce prima di cominciare" in wrong.content.decode()
    made = lucia.post(reverse("assembly_new"), PLAN | {"day": day.isoformat(), "areas": [cast.crocetta.pk]})
    row = Assembly.objects.get()
    assert made.url == at("assembly", row)
    page = lucia.get(made.url).content.decode()
    assert "Scrivi prima l&#x27;ordine del giorno" in page
    for title in ("Le panchine", "Il cancello"):
        lucia.post(at("assembly_point_new", row), {"title": title})
    point = queries.points_of(row)[1]
    lucia.post(at("assembly_point", row, point.pk), {"title": "Il portone", "seen_version": 1})
    lucia.post(at("assembly_point_move", row, point.pk), {"dove": "su"})
    seats = {"users": [cast.anna.pk], "words": "Maria Bassi\n\nUgo", "role": "abitante"}
    assert lucia.post(at("assembly_seats", row), YES).status_code == 422
    lucia.post(at("assembly_seats", row), seats)
    seat = queries.seats_of(row)[2]
    lucia.post(at("assembly_seat_drop", row, seat.pk))
    for name in ("assembly_change", "assembly_seats", "assembly_call", "assembly_cancel"):
        assert lucia.get(at(name, row)).status_code == 200, name
    for name in ("assembly_point",):
        assert lucia.get(at(name, row, point.pk)).status_code == 200, name
    lucia.post(at("assembly_change", row), PLAN | {"day": day.isoformat(), "title": "Assemblea grande"})
    lucia.post(at("assembly_call", row), YES)
    row.refresh_from_db()
    assert (row.state, row.title) == (AssemblyState.CALLED, "Assemblea grande")
    assert [one.title for one in queries.points_of(row)] == ["Il portone", "Le panchine"]
    page = lucia.get(at("assembly", row)).content.decode()
    assert "Anna Ferri" in page and "Ugo" not in page
    last = queries.points_of(row)[1]
    assert lucia.post(at("assembly_point_move", row, last.pk), {"dove": "togli"}).status_code == 409


def test_slower_writers_keep_what_they_typed(cast, assembly):
    lucia = of(cast.lucia)
    values = PLAN | {
        "day": assembly.day.isoformat(),
        "title": "Il mio titolo",
        "seen_version": assembly.version - 1,
    }
    answer = lucia.post(at("assembly_change", assembly), values)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Il mio titolo" in page and "Assemblea del cortile" in page
    point = queries.points_of(assembly)[0]
    slow = lucia.post(at("assembly_point", assembly, point.pk), {"title": "Altro", "seen_version": 9})
    assert slow.status_code == 409
    cancel = {"reason": "Piove", "seen_version": assembly.version + 4}
    assert lucia.post(at("assembly_cancel", assembly), cancel).status_code == 409
    assert lucia.post(at("assembly_call", assembly), {"seen_version": 99}).status_code == 409


def test_the_day_and_the_minutes_by_pages(cast, called):
    lucia, row = of(cast.lucia), called
    assert lucia.get(at("assembly_open", row)).status_code == 409
    with on(row.day, 18):
        for name in ("assembly_open", "assembly_no_quorum", "assembly_marks"):
            assert lucia.get(at(name, row)).status_code == 200, name
        assert lucia.post(at("assembly_marks", row), {"seen_version": 1}).status_code == 409
        assert lucia.post(at("assembly_marks", row), YES).status_code == 303
        few = lucia.post(at("assembly_open", row), {"present": 2, "chair": "Anna", "secretary": "Lucia"})
        assert few.status_code == 409
        assert "Manca il numero legale" in few.content.decode()
        assert lucia.post(at("assembly_no_quorum", row), {"present": 9}).status_code == 409
        assert lucia.post(at("assembly_open", row), {"present": 9, "seen_version": 99}).status_code == 409
        done = lucia.post(at("assembly_open", row), {"present": 9, "chair": "Anna", "secretary": "Lucia"})
        assert done.url == at("assembly_minutes", row)
        row.refresh_from_db()
        held = queries.minutes_of(row)
        assert "Scrivi" in lucia.get(done.url).content.decode()
        assert lucia.get(at("assembly_minutes_write", row)).status_code == 200
        text = {"text": "## Uno\r\n\r\n<script>alert(1)</script> **bene**", "seen_version": held.version}
        lucia.post(at("assembly_minutes_write", row), text)
        assert lucia.post(at("assembly_minutes_write", row), text).status_code == 409
        page = lucia.get(at("assembly_minutes", row)).content.decode()
        assert "<script>alert" not in page and "<strong>bene</strong>" in page and "<h2>Uno</h2>" in page
        assert lucia.get(at("assembly_version", row, 1)).status_code == 200
        assert lucia.get(at("assembly_version", row, 9)).status_code == 404
        lucia.post(at("assembly_minutes_step", row), {"passo": "avanti"})
        lucia.post(at("assembly_minutes_step", row), {"passo": "indietro"})
        lucia.post(at("assembly_minutes_step", row), {"passo": "avanti"})
        assert lucia.get(at("assembly_amendments", row)).status_code == 200
        until = row.day + dt.timedelta(days=5)
        assert lucia.post(at("assembly_amendments", row), {"until": row.day.isoformat()}).status_code == 409
        assert (
            lucia.post(
                at("assembly_amendments", row), {"until": until.isoformat(), "seen_version": 99}
            ).status_code
            == 409
        )
        lucia.post(at("assembly_amendments", row), {"until": until.isoformat()})
        link = lucia.post(at("assembly_draft_link", row))
        assert link["Cache-Control"] == "private, no-store"
        assert "/partecipa/bozza/" in link.content.decode()
        assert lucia.get(at("assembly_amendment_new", row)).status_code == 200
        lucia.post(at("assembly_amendment_new", row), {"words": "Erano nove.", "who": "Maria"})
        one = held.amendments.get()
        assert lucia.get(at("assembly_amendment", row, one.pk)).status_code == 200
        lucia.post(at("assembly_amendment", row, one.pk), {"state": "accepted"})
        assert "accolta" in lucia.get(at("assembly_minutes", row)).content.decode()
        assert lucia.get(at("assembly_validate", row)).status_code == 409
    with on(until + dt.timedelta(days=1)):
        assert lucia.get(at("assembly_validate", row)).status_code == 200
        assert lucia.post(at("assembly_validate", row), {"seen_version": 99}).status_code == 409
        lucia.post(at("assembly_validate", row), YES)
    held.refresh_from_db()
    assert held.stage == MinutesStage.VALIDATED
    page = lucia.get(at("assembly_minutes", row)).content.decode()
    assert held.fingerprint in page


def test_decisions_by_pages(cast, lucia, held):
    client = of(cast.lucia)
    assert client.get(at("resolution_new", held)).status_code == 200
    new = {"words": "Tre panchine.", "due_on": held.day.isoformat(), "point": queries.points_of(held)[0].pk}
    assert client.post(at("resolution_new", held), new).status_code == 422
    assert (
        client.post(
            at("resolution_new", held), new | {"owner": f"user:{cast.anna.pk}", "votes_for": 1}
        ).status_code
        == 409
    )
    client.post(at("resolution_new", held), new | {"owner": f"user:{cast.anna.pk}"})
    row = Resolution.objects.get()
    anna, bruno = of(cast.anna), of(cast.bruno)
    page = anna.get(at("resolution", row)).content.decode()
    assert "Salva" in page
    assert "Salva" not in bruno.get(at("resolution", row)).content.decode()
    follow = {
        "state": "under_way",
        "note": "Ordinate.",
        "due_on": held.day.isoformat(),
        "seen_version": row.version,
    }
    assert anna.post(at("resolution", row), follow).status_code == 303
    assert anna.post(at("resolution", row), follow).status_code == 409
    row.refresh_from_db()
    assert row.state == ResolutionState.UNDER_WAY
    assert "Ordinate." in anna.get(at("resolution", row)).content.decode()
    for view in ("aperte", "scadute", "mie", "tutte", "boh"):
        assert anna.get(reverse("resolutions") + f"?vista={view}").status_code == 200
    assert "Tre panchine." in anna.get(reverse("resolutions") + "?vista=mie").content.decode()
    assert "Tre panchine." not in client.get(reverse("resolutions") + "?vista=mie").content.decode()
    assert client.get(at("resolution_take_back", row)).status_code == 200
    client.post(at("resolution_take_back", row))
    assert not Resolution.objects.exists()


def test_who_opens_what(cast, lucia, held):
    row = decide(lucia, held)
    for who in STRANGERS:
        client = of(getattr(cast, who))
        for name in ("assemblies", "resolutions", "assembly_new"):
            assert client.get(reverse(name)).status_code == 403, (who, name)
        for name, one in (("assembly", held), ("assembly_minutes", held), ("resolution", row)):
            assert client.get(at(name, one)).status_code == 403, (who, name)
    anna = of(cast.anna)
    for name in ("assembly", "assembly_minutes", "assembly_call_paper"):
        assert anna.get(at(name, held)).status_code == 200, name
    for name in (
        "assembly_change",
        "assembly_minutes_write",
        "assembly_sheet",
        "assembly_minutes_paper",
        "resolution_new",
    ):
        assert anna.get(at(name, held)).status_code == 403, name
    for name in ("assembly_draft_link", "assembly_minutes_step"):
        assert anna.post(at(name, held)).status_code == 403, name
    assert Client().get(at("assembly", held)).status_code == 302


def test_the_rules_by_pages(cast):
    carla = of(cast.carla)
    assert "10 giorni" in carla.get(reverse("call_rules")).content.decode()
    address = reverse("call_rule", args=["assembly"])
    assert carla.get(address).status_code == 200
    assert carla.get(reverse("call_rule", args=["boh"])).status_code == 404
    values = {"notice_days": 12, "quorum_rule": "number", "quorum_value": 5, "seen_version": 1}
    assert carla.post(address, values).status_code == 303
    assert carla.post(address, values).status_code == 409
    assert CallRule.objects.get().notice_days == 12
    assert of(cast.lucia).get(address).status_code == 403


def test_papers(cast, lucia, assembly, casa):
    actions.add_seats(by=lucia, assembly=assembly, new=[actions.NewSeat(body=casa, role="proprietà")])
    client = of(cast.lucia)
    draft = words_of(client.get(at("assembly_call_paper", assembly)))
    assert "/partecipa/" not in draft
    second = {"second_day": assembly.day, "second_time": dt.time(19), "short_notice_reason": "Subito."}
    actions.change(by=lucia, assembly=assembly, new=plan_in(21, **second), seen_version=None)
    row = actions.call(by=lucia, assembly=assembly)
    words = words_of(client.get(at("assembly_call_paper", row)))
    for part in (
        "Assemblea del cortile",
        "seconda convocazione",
        "almeno 6 presenti",
        "Le panchine",
        "/partecipa/",
    ):
        assert part in words, part
    for language, _name in RESIDENT_LANGUAGES:
        answer = client.get(at("assembly_call_paper", row) + f"?lingua={language}")
        assert f"convocazione-{language}-" in answer["Content-Disposition"]
        assert "Le panchine" in words_of(answer)
    sheet = words_of(client.get(at("assembly_sheet", row)))
    assert "Azienda casa" in sheet and " 19. Questo" in sheet
    with on(row.day):
        held = actions.open_assembly(by=lucia, assembly=row, present=8, chair="Anna Ferri", secretary="Lucia")
    decide(lucia, held, votes_for=8, votes_against=0, votes_abstained=0)
    minutes = words_of(client.get(at("assembly_minutes_paper", held)))
    for part in ("scrittura condivisa", "Presiede: Anna Ferri", "8 favorevoli", "Tre panchine", "8 su 20"):
        assert part in minutes, part


def test_approved_minutes_print_the_same_again(cast, validated):
    client = of(cast.lucia)
    first, second = (
        client.get(at("assembly_minutes_paper", validated.assembly)).content for _time in range(2)
    )
    assert first == second
    assert validated.fingerprint[:20] in words_of(
        client.get(at("assembly_minutes_paper", validated.assembly))
    )


def test_a_sheet_of_a_committee_has_its_members_only(cast, lucia):
    row = actions.plan(by=lucia, kind=AssemblyKind.COMMITTEE, new=plan_in(10, entitled=0))
    actions.add_point(by=lucia, assembly=row, new=actions.NewPoint("Il bilancio"))
    actions.add_seats(by=lucia, assembly=row, new=[actions.NewSeat(words=f"Persona {n}") for n in range(3)])
    row = actions.call(by=lucia, assembly=row)
    words = words_of(of(cast.lucia).get(at("assembly_sheet", row)))
    assert "Persona 2" in words and "1." not in words.replace("/ 1", "")


@pytest.mark.parametrize("name", ["assemblies", "resolutions"])
def test_lists_cost_the_same_with_one_row_and_many(cast, lucia, held, name):
    decide(lucia, held)
    client, address = of(cast.lucia), reverse(name) + "?vista=tutte"
    client.get(address)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries_run:
            assert client.get(address).status_code == 200
        return len(queries_run)

    one = cost()
    for _number in range(12):
        actions.plan(by=lucia, kind=AssemblyKind.ASSEMBLY, new=plan_in(21, areas=[cast.crocetta]))
        decide(lucia, held, owner_words="", owner_user=cast.anna)
    assert cost() == one
    assert client.get(reverse("assemblies") + "?vista=verbali").status_code == 200
    assert client.get(reverse("assemblies") + "?vista=boh").status_code == 200


def test_empty_lists_say_what_will_appear(cast):
    client = of(cast.lucia)
    assert "Quando ne prepari una" in client.get(reverse("assemblies")).content.decode()
    assert "si seguono da qui" in client.get(reverse("resolutions")).content.decode()
