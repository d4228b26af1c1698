"""The wall: a word is planted in everything that is said to a mediator, and looked for where it must not be.

Tables that others read, the panel on the case, the copies for persons. That nobody but the own mediator reads a word
through any door of the town is tried in tests/permissions/leaks, with the words of all other subjects.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.mediation import actions, queries, urls
from vicinia.domain.mediation.actions import Noted, Pact
from vicinia.domain.mediation.models import CROSSING, MediationFile, Party
from vicinia.domain.mediation.rules import WhoItIs
from vicinia.domain.mediation.tests.conftest import FITTING
from vicinia.domain.people import actions as people
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.fields import encrypted_fields

# No branch is to be measured here: every page of the house is walked.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
PLANTED = {
    name: f"zorb{place:02d}x"
    for place, name in enumerate(
        ("asked", "party", "talk_place", "talk_who", "talk", "session_place", "session_who", "session", "answers",
         "term", "term_when", "signed_at", "check")
    )
}  # fmt: skip
# Said in the words of our own labels, so it is looked for as such.
WHY_UNSUITABLE = "parte dipende dall"
EVERYBODY_ELSE = ("anna", "bruno", "carla", "lucia", "paolo", "vera", "dario", "ada")


@pytest.fixture
def walled(cast: Cast, ask: Any, case: Case, anna: Any, marco: Any, sara: User) -> MediationFile:
    """A mediation that is being checked, with a word planted everywhere; and another that does not suit."""
    word, today = PLANTED, clock.today()
    file = ask(words=word["asked"], second=WhoItIs(words=word["party"]))
    actions.accept(by=marco, file=file)
    for party in file.parties.all():
        noted = Noted(today, word["talk_place"], word["talk_who"], word["talk"])
        actions.write_meeting(by=marco, file=file, party=party, noted=noted)
        answers = FITTING | {"planted": word["answers"]}
        actions.answer_questions(by=marco, file=file, party=party, answers=answers)
    actions.bring_together(by=marco, file=file)
    noted = Noted(today, word["session_place"], word["session_who"], word["session"])
    actions.write_meeting(by=marco, file=file, party=None, noted=noted)
    actions.add_term(by=marco, file=file, pact=Pact("b", word["term"], word["term_when"]))
    actions.agree(by=marco, file=file)
    actions.sign(by=marco, file=file, signed_on=today, place=word["signed_at"])
    actions.check(by=marco, check=queries.checks_of(marco, file)[0], kept="yes", notes=word["check"])
    other = ask(on=case_of(anna, report_in(cast.crocetta)), second=WhoItIs(words="x"))
    actions.accept(by=marco, file=other)
    actions.find_unsuitable(by=marco, file=other, because="imbalance", way_out="social")
    return file


@pytest.fixture(autouse=True)
def _papers_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers as the words that are laid out, which a test can look through."""
    monkeypatch.setattr(pdf, "from_html", lambda html, made_at: html.encode())


def client_of(cast: Cast, who: str, sara: User) -> Client:
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(sara if who == "sara" else getattr(cast, who))
    return client


def leaked(words: str) -> set[str]:
    return {name for name, word in PLANTED.items() if word in words}


def test_every_walled_column_has_its_planted_word(walled: MediationFile) -> None:
    """A column that is added and not planted here would leave the wall untested."""
    for model, names in encrypted_fields().items():
        if model._meta.app_label == "mediation":
            for name in names:
                values = "".join(model._default_manager.values_list(name, flat=True))
                assert leaked(values), f"{model.__name__}.{name} has no planted word"


def read_of(cast: Cast, sara: User, who: str, name: str, *args: Any) -> str:
    return client_of(cast, who, sara).get(reverse(name, args=args)).content.decode()


def test_no_table_keeps_a_word_in_the_clear(walled: MediationFile) -> None:
    call_command("rebuild_search")
    stored = ""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored += str(cursor.fetchall())
    assert walled.reference in stored
    assert leaked(stored) == set()


def test_no_other_subject_keeps_a_word_encrypted(walled: MediationFile) -> None:
    for model, names in encrypted_fields().items():
        if model._meta.app_label != "mediation":
            for name in names:
                values = "".join(value or "" for value in model._default_manager.values_list(name, flat=True))
                assert leaked(values) == set(), f"{model.__name__}.{name}"


def test_what_crosses_is_state_mediator_days_and_what_to_do(
    cast: Cast, walled: MediationFile, sara: User
) -> None:
    words = read_of(cast, sara, "anna", "mediation_on_case", walled.case.reference)
    assert "accordo firmato, in verifica" in words and "Marco Riva" in words
    other = MediationFile.objects.get(state="not_suitable")
    words = read_of(cast, sara, "anna", "mediation_on_case", other.case.reference)
    assert "servizio sociale" in words and WHY_UNSUITABLE not in words
    assert WHY_UNSUITABLE in read_of(cast, sara, "marco", "mediation", other.reference)
    told = {"case_id", "mediator_id", "reference", "state", "state_since"}
    told |= {"created_at", "accepted_at", "ended_at", "decline", "way_out"}
    assert set(CROSSING) == told, "a column that crosses the wall is decided in docs/adr/0010"


def test_the_copy_for_a_person_says_that_there_is_one(cast: Cast, walled: MediationFile) -> None:
    person = Person.objects.get(pk=walled.parties.get(side="a").person_id)
    copy = people.export(by=cast.actor(cast.carla), person=person)["mediation"]
    assert copy[0]["mediazione"] == walled.reference
    assert leaked(str(copy)) == set()


def test_the_copy_of_a_party_has_nothing_of_the_other(cast: Cast, ask: Any, heard: Any, sara: User) -> None:
    file = heard(ask())
    marco = client_of(cast, "marco", sara)
    paper = marco.post(reverse("mediation_copy", args=[file.reference, "a"])).content.decode()
    assert "Maria Bassi" in paper and "colloquio a" in paper
    assert "colloquio b" not in paper and "Youssef" not in paper


# Who opens what ---------------------------------------------------------------------------------------------------

OUTSIDE = {
    "mediation_on_case": (Capability.SEE_CASES, "get"),
    "mediation_new": (Capability.WORK_CASES, "get"),
    "mediation_withdraw": (Capability.WORK_CASES, "get"),
    "mediation_replace": (Capability.WORK_CASES, "get"),
    "mediation_read_end": (Capability.WORK_CASES, "post"),
}
BY_POST = {
    "mediation_accept",
    "mediation_contacts",
    "mediation_bring_together",
    "mediation_term_drop",
    "mediation_agree",
    "mediation_talk_again",
    "mediation_copy",
}


def test_every_address_of_mediations_by_every_role(cast: Cast, walled: MediationFile, sara: User) -> None:
    pks = {
        "mediation_meeting": walled.meeting_rows.first().pk,
        "mediation_check": walled.checks.last().pk,
        "mediation_term": walled.terms.first().pk,
        "mediation_term_drop": walled.terms.first().pk,
    }
    sees_the_case = {"anna", "carla", "lucia"}
    users = {who: getattr(cast, who) for who in (*EVERYBODY_ELSE, "marco")} | {"sara": sara}
    for pattern in urls.urlpatterns:
        name, asked = str(pattern.name), set(pattern.pattern.converters)
        given: dict[str, Any] = {"side": "a", "pk": pks.get(name), "mediation": walled.reference}
        given["reference"] = walled.case.reference if name in OUTSIDE else walled.reference
        address = reverse(name, kwargs={key: given[key] for key in asked})
        for who, user in users.items():
            method = OUTSIDE[name][1] if name in OUTSIDE else "post" if name in BY_POST else "get"
            status = getattr(client_of(cast, who, sara), method)(address).status_code
            capability = OUTSIDE[name][0] if name in OUTSIDE else Capability.MEDIATE
            if capability not in ROLE_CAPABILITIES[user.role]:
                expected = {403}
            elif name == "mediations":
                expected = {200}
            elif who == "sara" or (name in OUTSIDE and who not in sees_the_case):
                expected = {404}
            else:
                expected = {200, 303, 409}
            assert status in expected, (name, who, status)


def test_parties_are_no_people_of_other_mediators_or_of_the_search(
    cast: Cast, ask: Any, sara: User, marco: Any
) -> None:
    file = ask()
    person = Party.objects.get(file=file, side="a").person
    assert person is not None
    visible = Person.objects.visible_to
    assert visible(marco).filter(pk=person.pk).exists()
    assert not visible(cast.actor(sara)).filter(pk=person.pk).exists()
    for name, method in (
        ("person", "get"),
        ("person_reveal", "post"),
        ("person_correct", "get"),
        ("person_copy", "post"),
    ):
        answer = getattr(client_of(cast, "marco", sara), method)(reverse(name, args=[person.reference]))
        assert answer.status_code == 403, name


def test_the_wall_stands_on_every_model(walled: MediationFile, cast: Cast, marco: Any, sara: User) -> None:
    for model in apps.get_app_config("mediation").get_models():
        rows = model._default_manager
        if not hasattr(rows, "visible_to"):
            assert model.__name__ in ("MediationMove", "Party"), "reached through their file only"
            continue
        assert rows.visible_to(marco).exists(), model
        for user in (cast.anna, cast.carla, cast.ada, cast.dario, sara):
            assert not rows.visible_to(cast.actor(user)).exists(), (model, user)
