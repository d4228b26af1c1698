"""Coming in: by whom, with what, and what stops everybody else."""

from __future__ import annotations

import re
import threading
import time
from contextlib import nullcontext

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import PASSWORD, Cast
from vicinia.foundation.accounts import actions
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
SET_UP = "/accesso/secondo-fattore"


@pytest.fixture(autouse=True)
def _town(db, settings):
    settings.SECOND_FACTOR = True
    cache.clear()


@pytest.fixture
def anna(cast: Cast) -> User:
    """Anna, who knows her password."""
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    return cast.anna


def sign_in(client: Client, user: User, password: str = PASSWORD, **headers: str):
    return client.post("/accesso", {"login": user.email, "password": password}, **headers)


def code_of(secret: str, step: int = 1) -> str:
    """The code of the next half minute: not the one of the setup, and good also when this half minute ends meanwhile."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def add_app(client: Client, capture) -> str:
    """Set up the code generator as the pages lead to it; returns its secret."""
    page = client.get(f"{SET_UP}/app").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    with capture(execute=True):
        answer = client.post(f"{SET_UP}/app", {"code": code_of(secret, 0)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def sent_mail() -> list[mail.EmailMessage]:
    """What was sent, once the threads that send are done."""
    for thread in threading.enumerate():
        if thread.name == "sign-in-mail":
            thread.join()
    return mail.outbox


def test_the_password_opens_the_town_when_no_second_factor_is_asked(client, anna, settings):
    settings.SECOND_FACTOR = False
    answer = sign_in(client, anna)
    assert answer["Location"] == settings.LOGIN_REDIRECT_URL
    assert client.get("/io").status_code == 200


@pytest.mark.parametrize(
    ("who", "first_page"),
    [
        ("anna", "/oggi"),
        ("ada", "/utenti"),
        ("dario", "/registro-accessi"),
        ("paolo", "/rete"),
        ("marco", "/mediazioni"),
    ],
)
def test_everybody_arrives_at_a_page_of_their_own(cast, settings, who, first_page):
    settings.SECOND_FACTOR = False
    user = getattr(cast, who)
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    assert sign_in(client, user)["Location"] == first_page
    assert client.get(first_page).status_code == 200


def test_a_wrong_password_is_told_apart_from_an_unknown_address_by_nobody(client, anna):
    wrong = sign_in(client, anna, "un'altra-parola-lunga")
    unknown = client.post("/accesso", {"login": "nessuno@prova.example", "password": PASSWORD})
    sentence = "L&#x27;indirizzo o la password non sono giusti."
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()


@pytest.mark.parametrize("away", ["https://altrove.example/", "//altrove.example", "javascript:alert(1)"])
def test_the_next_page_is_never_somebody_elses(client, anna, settings, away):
    settings.SECOND_FACTOR = False
    answer = client.post("/accesso", {"login": anna.email, "password": PASSWORD, "next": away})
    assert answer.status_code == 302
    assert answer["Location"] == settings.LOGIN_REDIRECT_URL


def test_the_next_page_is_where_one_was_going(client, anna, settings):
    settings.SECOND_FACTOR = False
    answer = client.post("/accesso", {"login": anna.email, "password": PASSWORD, "next": "/io"})
    assert answer["Location"] == "/io"


def test_nobody_signs_up(client):
    assert client.get("/accesso/registrazione").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_who_must_have_a_second_factor_reaches_nothing_else(client, anna):
    sign_in(client, anna)
    for path in ("/io", "/accesso/password", reverse("mfa_view_recovery_codes")):
        assert client.get(path)["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200
    assert client.get(f"{SET_UP}/app").status_code == 200
    assert client.get(f"{SET_UP}/chiavi/nuova").status_code == 200


def test_htmx_is_led_to_the_second_factor_too(client, anna):
    sign_in(client, anna)
    answer = client.get("/io", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == SET_UP


def test_paolo_of_a_partner_body_needs_a_second_factor_too(client, cast):
    client.force_login(cast.paolo)
    assert client.get("/io")["Location"] == SET_UP


@pytest.mark.django_db(transaction=True)
def test_the_app_opens_the_town_and_gives_recovery_codes(client, anna):
    sign_in(client, anna)
    add_app(client, lambda execute: nullcontext())
    assert client.get("/io").status_code == 200
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert Entry.objects.filter(event="user.factor_added", about=f"user:{anna.pk}").count() == 1


def test_the_secret_of_the_app_is_not_readable_in_the_database(
    client, anna, django_capture_on_commit_callbacks
):
    sign_in(client, anna)
    secret = add_app(client, django_capture_on_commit_callbacks)
    kept = Authenticator.objects.get(user=anna, type="totp").data
    assert secret not in str(kept)


@pytest.fixture
def guarded(client, anna, django_capture_on_commit_callbacks) -> str:
    """Anna has an app and is out again; its secret."""
    sign_in(client, anna)
    secret = add_app(client, django_capture_on_commit_callbacks)
    client.post("/accesso/esci")
    return secret


def test_the_password_alone_no_longer_opens(client, anna, guarded):
    assert sign_in(client, anna)["Location"] == "/accesso/codice"
    assert client.get("/io")["Location"].startswith("/accesso?")


def test_the_code_is_the_second_step(client, anna, guarded):
    sign_in(client, anna)
    assert client.get("/accesso/codice").status_code == 200
    client.post("/accesso/codice", {"code": code_of(guarded)})
    assert client.get("/io").status_code == 200


def test_a_code_is_good_once(client, anna, guarded):
    code = code_of(guarded)
    sign_in(client, anna)
    client.post("/accesso/codice", {"code": code})
    client.post("/accesso/esci")
    cache.delete(f"allauth.mfa.totp.used?user={anna.pk}&code={code}")  # as after 30 seconds
    sign_in(client, anna)
    answer = client.post("/accesso/codice", {"code": code})
    assert "Il codice non è giusto" in answer.content.decode()


def test_codes_cannot_be_guessed_at_will(client, anna, guarded):
    sign_in(client, anna)
    for guess in range(6):
        client.post("/accesso/codice", {"code": f"00000{guess}"})
    answer = client.post("/accesso/codice", {"code": code_of(guarded)})
    assert answer.status_code == 200
    assert "troppe volte" in answer.content.decode()


def test_a_recovery_code_opens_once(client, anna, guarded):
    code = Authenticator.objects.get(user=anna, type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, anna)
    assert client.post("/accesso/codice", {"code": code})["Location"] == "/oggi"
    client.post("/accesso/esci")
    sign_in(client, anna)
    assert client.post("/accesso/codice", {"code": code}).status_code == 200


def test_a_session_without_the_factor_ends_once_the_user_has_one(anna, guarded):
    """A stolen password, used before the owner set up the app, is worth nothing after."""
    other = Client()
    other.force_login(anna)
    assert other.get(f"{SET_UP}/app")["Location"].startswith("/accesso?")
    assert "_auth_user_id" not in other.session


def test_the_last_factor_is_not_taken_away(client, anna, guarded):
    sign_in(client, anna)
    client.post("/accesso/codice", {"code": code_of(guarded)})
    answer = client.post(f"{SET_UP}/app/togli")
    assert "unico secondo fattore" in answer.content.decode()
    assert Authenticator.objects.filter(user=anna, type="totp").exists()


def test_the_last_passkey_is_not_taken_away(client, anna, guarded):
    Authenticator.objects.filter(user=anna, type="totp").update(type="webauthn")
    key = Authenticator.objects.get(user=anna, type="webauthn")
    client.force_login(anna)
    session = client.session
    session["second_factor_set_up_by"] = anna.pk
    session.save()
    answer = client.post(f"{SET_UP}/chiavi/{key.pk}/togli")
    assert answer["Location"] == f"{SET_UP}/chiavi"
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_one_of_two_factors_is_taken_away_and_the_journal_says_which(client, anna, guarded):
    sign_in(client, anna)
    client.post("/accesso/codice", {"code": code_of(guarded)})
    Authenticator.objects.create(user=anna, type="webauthn", data={})
    answer = client.post(f"{SET_UP}/app/togli")
    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=anna, type="totp").exists()
    line = Entry.objects.get(event="user.factor_removed", about=f"user:{anna.pk}")
    assert line.facts["factor"] == "codici"


def test_changing_factors_asks_again_who_it_is(client, anna, guarded, monkeypatch):
    sign_in(client, anna)
    client.post("/accesso/codice", {"code": code_of(guarded)})
    session = client.session
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - 3600} for record in session["account_authentication_methods"]
    ]
    session.save()
    answer = client.get(f"{SET_UP}/chiavi/nuova")
    assert answer["Location"].startswith("/accesso/conferma")


def test_a_closed_access_does_not_open_by_password(client, anna):
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert sign_in(client, anna)["Location"] == "/accesso/chiuso"
    assert "_auth_user_id" not in client.session


def test_a_closed_access_does_not_open_by_a_code_on_its_way(client, anna, guarded):
    sign_in(client, anna)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    client.post("/accesso/codice", {"code": code_of(guarded)})
    assert client.get("/io")["Location"].startswith("/accesso?")


def test_a_closed_access_gets_no_new_password(client, anna):
    User.objects.filter(pk=anna.pk).update(is_active=False)
    client.post("/accesso/password/dimenticata", {"email": anna.email})
    assert sent_mail() == []


def test_closing_the_access_ends_its_sessions_at_once(client, cast, anna, settings):
    settings.SECOND_FACTOR = False
    sign_in(client, anna)
    actions.deactivate_user(by=cast.ada.as_actor(), user=anna)
    assert client.get("/io")["Location"].startswith("/accesso?")


def test_opening_the_access_again_does_not_bring_old_sessions_back(client, cast, anna, settings):
    settings.SECOND_FACTOR = False
    sign_in(client, anna)
    actions.deactivate_user(by=cast.ada.as_actor(), user=anna)
    actions.activate_user(by=cast.ada.as_actor(), user=anna)
    assert client.get("/io")["Location"].startswith("/accesso?")


def test_a_new_password_ends_the_other_sessions_and_not_this_one(client, anna, settings):
    settings.SECOND_FACTOR = False
    elsewhere = Client()
    sign_in(client, anna)
    sign_in(elsewhere, anna)
    new = "una-frase-ancora-diversa"
    client.post("/accesso/password", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/io").status_code == 200
    assert elsewhere.get("/io")["Location"].startswith("/accesso?")
    assert Entry.objects.filter(event="user.password_changed").count() == 1


def test_one_signs_out_everywhere_else(client, anna, settings):
    settings.SECOND_FACTOR = False
    elsewhere = Client()
    sign_in(client, anna)
    sign_in(elsewhere, anna)
    client.post("/io/esci-ovunque")
    assert client.get("/io").status_code == 200
    assert elsewhere.get("/io")["Location"].startswith("/accesso?")


def test_a_short_password_is_refused(client, anna, settings):
    settings.SECOND_FACTOR = False
    sign_in(client, anna)
    answer = client.post(
        "/accesso/password", {"oldpassword": PASSWORD, "password1": "corta", "password2": "corta"}
    )
    assert answer.status_code == 200
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_a_known_and_an_unknown_address_get_the_same_answer(client, anna):
    known = client.post("/accesso/password/dimenticata", {"email": anna.email})
    unknown = client.post("/accesso/password/dimenticata", {"email": "nessuno@prova.example"})
    assert known["Location"] == unknown["Location"] == "/accesso/password/inviata"
    assert [message.to for message in sent_mail()] == [[anna.email]]


def test_the_link_in_the_mail_changes_the_password_once(client, anna):
    client.post("/accesso/password/dimenticata", {"email": anna.email})
    path = re.search(r"https?://[^/]+(/accesso/password/nuova/\S+)", sent_mail()[0].body).group(1)
    form_page = client.get(path)["Location"]
    new = "una-frase-ancora-diversa"
    answer = client.post(form_page, {"password1": new, "password2": new})
    assert answer["Location"] == "/accesso/password/fatto"
    anna.refresh_from_db()
    assert anna.check_password(new)
    assert "non vale più" in Client().get(path).content.decode()


def test_a_reset_does_not_go_round_the_second_factor(client, anna, guarded):
    client.post("/accesso/password/dimenticata", {"email": anna.email})
    path = re.search(r"(/accesso/password/nuova/\S+)", sent_mail()[-1].body).group(1)
    new = "una-frase-ancora-diversa"
    client.post(client.get(path)["Location"], {"password1": new, "password2": new})
    assert client.get("/io")["Location"].startswith("/accesso?")
    assert sign_in(client, anna, new)["Location"] == "/accesso/codice"


def test_failed_sign_ins_are_limited_by_account_wherever_they_come_from(client, anna):
    for guess in range(5):
        sign_in(client, anna, f"tentativo-numero-{guess}", REMOTE_ADDR=f"203.0.113.{guess}")
    answer = sign_in(client, anna, REMOTE_ADDR="203.0.113.99")
    assert "troppe volte" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_sign_ins_are_limited_by_address_and_a_forged_header_does_not_help(client, anna):
    for guess in range(30):
        forged = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{guess}"}
        client.post("/accesso", {"login": f"n{guess}@prova.example", "password": "x"}, **forged)
    answer = sign_in(client, anna, HTTP_X_FORWARDED_FOR="198.51.100.200")
    assert answer.status_code == 429
    assert "Hai provato troppe volte" in answer.content.decode()


def test_another_address_is_not_limited(client, anna, settings):
    settings.SECOND_FACTOR = False
    for guess in range(31):
        client.post("/accesso", {"login": f"n{guess}@prova.example", "password": "x"})
    assert sign_in(client, anna, REMOTE_ADDR="203.0.113.7").status_code == 302


def test_pages_around_signing_in_have_no_inline_script_or_style(client, anna, guarded):
    sign_in(client, anna)
    pages = [client.get("/accesso/codice").content.decode()]
    client.post("/accesso/codice", {"code": code_of(guarded)})
    for path in (
        SET_UP,
        f"{SET_UP}/chiavi",
        f"{SET_UP}/chiavi/nuova",
        f"{SET_UP}/riserva",
        "/io",
        "/accesso/password",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        pages.append(answer.content.decode())
    for page in pages:
        assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", page)
        assert not re.search(r"\sstyle=|\son[a-z]+=", page)


def test_asking_for_the_second_factor_costs_no_query(client, anna, settings):
    client.force_login(anna)
    session = client.session
    session["second_factor_set_up_by"] = anna.pk
    session.save()
    counts = []
    for asked in (False, True):
        settings.SECOND_FACTOR = asked
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/io").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_who_acts_costs_two_queries_after_the_session(anna, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert User.objects.get(pk=anna.pk).as_actor().area_ids


def test_signing_in_is_in_the_journal(client, anna, settings):
    settings.SECOND_FACTOR = False
    sign_in(client, anna)
    assert Entry.objects.filter(event="user.signed_in", about=f"user:{anna.pk}").count() == 1
