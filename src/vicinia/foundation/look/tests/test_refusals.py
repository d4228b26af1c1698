"""What people read when a rule says no, when something is not there, and which headers travel along."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.kernel.verdict import forbid, no
from vicinia.foundation.look.middleware import RefusalMiddleware


def answer(exception, *, htmx=False):
    request = RequestFactory().get("/casi/2026-0143", headers={"HX-Request": "true"} if htmx else {})
    request.htmx = HtmxDetails(request)
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, exception)


def test_a_refusal_of_the_moment_is_a_409_page_with_its_reason():
    response = answer(Refused(no("Un impegno è ancora aperto.", hint="Segnalo come mantenuto.")))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Un impegno è ancora aperto." in page
    assert "Segnalo come mantenuto." in page
    assert "<title>" in page


def test_a_refusal_of_the_person_is_a_403_page():
    response = answer(Refused(forbid("Solo chi coordina approva le chiusure.")))
    assert response.status_code == 403
    assert "Solo chi coordina approva le chiusure." in response.content.decode()


def test_a_conflict_shows_both_versions():
    page = answer(Conflict("Anna ha salvato prima.", current="Porta rotta", yours="Porta riparata"))
    assert page.status_code == 409
    assert "Porta rotta" in page.content.decode()
    assert "Porta riparata" in page.content.decode()


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (Refused(no("Non ora.")), 409),
        (Refused(forbid("Non tu.")), 403),
        (NotVisible(), 404),
        (Http404(), 404),
    ],
)
def test_htmx_gets_a_notice_for_its_place_not_a_page(exception, status):
    response = answer(exception, htmx=True)
    assert response.status_code == status
    assert response["HX-Retarget"] == "#refusal"
    assert "<html" not in response.content.decode()


def test_other_mistakes_and_hidden_rows_are_left_to_django():
    assert answer(ValueError("ours")) is None
    assert answer(NotVisible()) is None


@pytest.mark.django_db
def test_a_missing_page_says_what_to_do(client):
    response = client.get("/non-esiste")
    assert response.status_code == 404
    assert "Questa pagina non c'è" in response.content.decode()


@pytest.mark.django_db
def test_every_answer_limits_what_the_browser_may_do(client):
    assert "geolocation=(self)" in client.get("/non-esiste")["Permissions-Policy"]


@pytest.mark.django_db
def test_pages_of_who_is_signed_in_are_not_kept_by_the_browser(client, django_user_model):
    assert not client.get("/non-esiste").has_header("Cache-Control")
    user = django_user_model.objects.create_user("anna@example.org", "una frase lunga", role="operator")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/non-esiste")["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_catalogue_is_only_for_developers_and_the_demo(client, settings):
    settings.DEBUG = settings.DEMO = False
    assert client.get("/catalogo").status_code == 404
    settings.DEMO = True
    assert client.get("/catalogo").status_code == 200
    assert client.get("/catalogo/portale").status_code == 200
    assert client.get("/catalogo/rifiuta").status_code == 409
