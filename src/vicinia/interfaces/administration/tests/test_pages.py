"""Who runs the installation, who watches it, and who does neither: by name."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.people import queries as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts import actions, queries
from vicinia.foundation.accounts.models import ApiKey, Team, User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.registries import Panel, panels
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
ADMINISTRATORS_PAGES = ("/utenti", "/utenti/invita", "/gruppi", "/gruppi/nuovo", "/chiavi", "/chiavi/nuova")
NEW = {"name": "Nora Blu", "email": "Nora@prova.example", "role": "operator", "language": "it"}


@pytest.fixture(autouse=True)
def _town(settings):
    settings.SECOND_FACTOR = False


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", ADMINISTRATORS_PAGES)
def test_ada_opens_the_pages_of_the_administrator(cast: Cast, path):
    assert of(cast.ada).get(path).status_code == 200


@pytest.mark.parametrize("path", ADMINISTRATORS_PAGES)
@pytest.mark.parametrize("who", ["anna", "carla", "lucia", "marco", "paolo", "vera", "dario"])
def test_nobody_else_opens_them(cast: Cast, path, who):
    assert of(getattr(cast, who)).get(path).status_code == 403


@pytest.mark.parametrize("path", (*ADMINISTRATORS_PAGES, "/registro-accessi", "/registro-accessi.csv"))
def test_a_visitor_is_led_to_sign_in(client, db, path):
    assert client.get(path)["Location"].startswith("/accesso?next=/")


@pytest.mark.parametrize("who", ["anna", "carla", "lucia", "marco", "paolo", "vera", "ada"])
def test_only_dario_opens_the_access_log(cast: Cast, who):
    journal.seen(by=cast.anna.as_actor(), person="person:71", purpose="primo contatto")
    for path in ("/registro-accessi", "/registro-accessi.csv"):
        assert of(getattr(cast, who)).get(path).status_code == 403
        assert of(cast.dario).get(path).status_code == 200


@pytest.mark.parametrize("act", ["chiudi", "riapri", "secondo-fattore", "invita"])
def test_carla_changes_no_user(cast: Cast, act):
    assert of(cast.carla).post(f"/utenti/{cast.anna.pk}/{act}", {"reason": "x"}).status_code == 403
    cast.anna.refresh_from_db()
    assert cast.anna.is_active


def test_ada_invites_nora_who_chooses_a_password(cast: Cast):
    answer = of(cast.ada).post("/utenti/invita", NEW)
    link = re.search(r"<code>\S+?(/accesso/invito/\S+)</code>", answer.content.decode()).group(1)
    nora = User.objects.get(email="nora@prova.example")
    assert not nora.has_usable_password()
    assert OutboxMessage.objects.filter(about=f"user:{nora.pk}").count() == 1

    password = "una-frase-tutta-mia"
    assert Client().get(link).status_code == 200
    assert Client().get(link).status_code == 200  # looking does not use it up
    assert Client().post(link, {"password1": password, "password2": password})["Location"] == "/accesso"
    nora.refresh_from_db()
    assert nora.check_password(password)
    assert Client().get(link).status_code == 404


def test_the_message_to_nora_carries_the_link(cast: Cast):
    of(cast.ada).post("/utenti/invita", NEW)
    message = OutboxMessage.objects.get()
    assert re.search(r"/accesso/invito/\S{40,}", message.body)
    assert "Ada Greco" in message.body


def test_a_new_invitation_closes_the_old_link(cast: Cast):
    ada = of(cast.ada)
    first = re.search(r"(/accesso/invito/[^<\s]+)", ada.post("/utenti/invita", NEW).content.decode()).group(1)
    nora = User.objects.get(email="nora@prova.example")
    assert ada.post(f"/utenti/{nora.pk}/invita").status_code == 200
    assert Client().get(first).status_code == 404


def test_an_address_in_use_is_refused_in_words(cast: Cast):
    answer = of(cast.ada).post("/utenti/invita", NEW | {"email": cast.anna.email})
    assert answer.status_code == 409
    assert "già un utente" in answer.content.decode()


def test_a_wrong_form_keeps_what_was_typed(cast: Cast):
    answer = of(cast.ada).post("/utenti/invita", NEW | {"email": "non una mail"})
    assert answer.status_code == 422
    assert "non una mail" in answer.content.decode()


def test_ada_gives_anna_another_role_and_team(cast: Cast):
    team = Team.objects.get(name="Gruppo Stazione")
    data = {"name": cast.anna.name, "role": "coordinator", "language": "it", "team_ids": [team.pk]}
    assert of(cast.ada).post(f"/utenti/{cast.anna.pk}", data).status_code == 303
    anna = User.objects.get(pk=cast.anna.pk)
    assert (anna.role, anna.email) == (Role.COORDINATOR, "anna@prova.example")
    assert anna.as_actor().area_ids == frozenset({cast.stazione.pk})
    entry = Entry.objects.get(event="user.changed")
    assert entry.facts["changes"] == "ruolo da Operatore di prossimità a Coordinatore, gruppi"


def test_the_last_administrator_stays(cast: Cast):
    ada = of(cast.ada)
    data = {"name": "Ada Greco", "role": "operator", "language": "it"}
    assert ada.post(f"/utenti/{cast.ada.pk}", data).status_code == 409
    assert ada.post(f"/utenti/{cast.ada.pk}/chiudi", {"reason": "x"}).status_code == 409
    assert User.objects.get(pk=cast.ada.pk).role == Role.ADMINISTRATOR


def test_what_anna_has_in_charge_is_shown_before_closing(cast: Cast):
    panel = Panel("user", "user", "Casi in carico")
    panels.append(panel)
    try:
        page = of(cast.ada).get(f"/utenti/{cast.anna.pk}/chiudi").content.decode()
    finally:
        panels.remove(panel)
    assert "Casi in carico" in page


def test_closing_an_access_keeps_the_reason(cast: Cast):
    of(cast.ada).post(f"/utenti/{cast.anna.pk}/chiudi", {"reason": "Ha cambiato ufficio."})
    assert not User.objects.get(pk=cast.anna.pk).is_active
    assert Entry.objects.get(event="user.deactivated").note == "Ha cambiato ufficio."


def test_a_second_factor_is_reset_with_a_reason(cast: Cast):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(cast.anna, generate_totp_secret())
    anna = of(cast.anna)
    ada = of(cast.ada)
    assert ada.post(f"/utenti/{cast.anna.pk}/secondo-fattore", {"reason": " "}).status_code == 422
    ada.post(f"/utenti/{cast.anna.pk}/secondo-fattore", {"reason": "Riconosciuta di persona."})
    assert not queries.has_second_factor(cast.anna)
    assert Entry.objects.get(event="user.factor_reset").note == "Riconosciuta di persona."
    assert anna.get("/io")["Location"].startswith("/accesso?")


def test_a_team_gets_areas_and_people(cast: Cast):
    data = {"name": "Gruppo nuovo", "area_ids": [cast.crocetta.pk], "member_ids": [cast.bruno.pk]}
    assert of(cast.ada).post("/gruppi/nuovo", data).status_code == 303
    assert cast.crocetta.pk in User.objects.get(pk=cast.bruno.pk).as_actor().area_ids


def test_a_key_is_shown_once_and_opens_until_revoked(cast: Cast):
    ada = of(cast.ada)
    data = {"name": "Sito del Comune", "scopes": ["enter_reports"], "everywhere": "on"}
    secret = re.search(r"<code>(\S+)</code>", ada.post("/chiavi/nuova", data).content.decode()).group(1)
    actor = actions.enter_with_key(key=secret)
    assert actor.can("enter_reports") and not actor.can("see_cases")
    assert secret not in ada.get("/chiavi").content.decode()
    key = ApiKey.objects.get()
    assert key.last_used_at is not None and secret not in str(vars(key))
    ada.post(f"/chiavi/{key.pk}/revoca")
    assert actions.enter_with_key(key=secret) is None


def test_a_key_never_sees_cases(cast: Cast):
    data = {"name": "Curioso", "scopes": ["see_cases"], "everywhere": "on"}
    assert of(cast.ada).post("/chiavi/nuova", data).status_code == 422
    assert not ApiKey.objects.exists()


def test_the_access_log_as_a_table_is_recorded(cast: Cast):
    journal.seen(by=cast.anna.as_actor(), person="person:71", purpose="=primo contatto")
    journal.seen(by=cast.anna.as_actor(), person="person:72", purpose="verifica")
    answer = of(cast.dario).get("/registro-accessi.csv?persona=71")
    words = b"".join(answer.streaming_content).decode()
    assert "person:71" in words and "person:72" not in words
    assert "'=primo" in words
    assert Entry.objects.get(event="journal.access_exported").facts["lines"] == 1


def test_dario_filters_the_access_log_by_what_he_reads_on_it(cast: Cast):
    anna, details = cast.anna.as_actor(), PersonDetails(name="Maria Bassi", phone="059 123456")
    maria, other = (
        report_in(cast.crocetta, reporter=who).reporter
        for who in (details, PersonDetails(name="Ugo Neri", phone="059 765432"))
    )
    people.find(anna, "bassi maria")
    people.reveal(anna, maria, "verifico il recapito")
    people.reveal(anna, other, "altro motivo")
    dario = of(cast.dario)
    page = dario.get("/registro-accessi").content.decode()
    assert f"?persona=person%3A{maria.reference}" in page and f">person:{maria.reference}<" in page
    for words in (maria.reference, f" {maria.reference.upper()} ", f"person:{maria.reference}"):
        page = dario.get("/registro-accessi", {"persona": words}).content.decode()
        assert "verifico il recapito" in page and "altro motivo" not in page, words
        assert "ricerca per nome o recapito" in page, "the search that showed her name"
    page = dario.get("/registro-accessi", {"persona": "people:search"}).content.decode()
    assert "ricerca per nome" in page and "verifico il recapito" not in page


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/utenti", "/gruppi", "/chiavi"])
def test_lists_cost_the_same_with_one_row_and_with_fifty(cast: Cast, path):
    ada = of(cast.ada)
    ApiKey.objects.create(name="Prima", key_digest="prima", capabilities=["see_reports"])
    few = queries_of(ada, path)
    team = Team.objects.first()
    for n in range(50):
        User.objects.create_user(f"u{n}@prova.example", name=f"U {n}", role="operator").teams.add(team)
        Team.objects.create(name=f"Gruppo {n}", area_ids=[cast.crocetta.pk])
        ApiKey.objects.create(name=f"K {n}", key_digest=str(n), capabilities=["see_reports"])
    assert queries_of(ada, path) == few


def test_the_access_log_costs_the_same_with_one_line_and_with_fifty(cast: Cast):
    dario = of(cast.dario)
    journal.seen(by=cast.anna.as_actor(), person="person:1", purpose="p")
    few = queries_of(dario, "/registro-accessi")
    for n in range(60):
        journal.seen(by=cast.anna.as_actor(), person=f"person:{n}", purpose="p")
    assert queries_of(dario, "/registro-accessi") == few
