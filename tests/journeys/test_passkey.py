"""A passkey, from the first sign-in to coming in without a password: in a real browser, with a virtual authenticator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, gather_cast
from vicinia.foundation.accounts.models import User

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(live_server, settings) -> str:
    """A town that asks for a second factor, at a name: passkeys don't belong to bare addresses."""
    settings.SECOND_FACTOR = True
    settings.ALLOWED_HOSTS = ["localhost"]
    cache.clear()
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def anna(town: str) -> User:
    """Anna, who has a password and no second factor yet."""
    user = gather_cast().anna
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone-sized screen whose device knows its owner by the finger. It fails on anything that our policy stops."""
    page = browser.new_page(locale="it-IT", viewport={"width": 390, "height": 844})
    stopped: list[str] = []
    page.on("console", lambda said: stopped.append(said.text) if "Content Security" in said.text else None)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    yield page
    page.close()
    assert stopped == []


FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(page: Page, town: str, user: User) -> None:
    page.goto(f"{town}/accesso")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Entra", exact=True).click()


def add_passkey(page: Page, *, without_password: bool) -> None:
    page.get_by_role("link", name="Aggiungi una chiave").click()
    page.get_by_label("Come vuoi chiamarla").fill("Il mio telefono")
    if without_password:
        page.get_by_label("Usala anche per entrare senza password").check()
    page.get_by_role("button", name="Aggiungi la chiave").click()
    expect(page.get_by_role("heading", name="Codici di riserva")).to_be_visible()


def sign_out(page: Page, town: str) -> None:
    page.goto(f"{town}/accesso/esci")
    page.get_by_role("main").get_by_role("button", name="Esci").click()


def test_anna_adds_a_passkey_and_then_comes_in_without_a_password(page, town, anna):
    sign_in(page, town, anna)
    expect(page.get_by_role("heading", name="Secondo fattore")).to_be_visible()
    add_passkey(page, without_password=True)
    page.goto(f"{town}/io")
    expect(page.get_by_role("heading", name="Il mio accesso")).to_be_visible()

    sign_out(page, town)
    page.goto(f"{town}/accesso")
    page.get_by_role("button", name="Entra con la chiave di accesso").click()
    page.wait_for_url(f"{town}/oggi")


def test_a_passkey_is_the_second_step_after_the_password(page, town, anna):
    sign_in(page, town, anna)
    add_passkey(page, without_password=False)
    sign_out(page, town)

    sign_in(page, town, anna)
    expect(page.get_by_role("heading", name="Il secondo passo")).to_be_visible()
    page.get_by_role("button", name="Usa la chiave di accesso").click()
    page.wait_for_url(f"{town}/oggi")


def test_a_closed_access_does_not_open_by_passkey(page, town, anna):
    sign_in(page, town, anna)
    add_passkey(page, without_password=True)
    sign_out(page, town)
    User.objects.filter(pk=anna.pk).update(is_active=False)

    page.goto(f"{town}/accesso")
    page.get_by_role("button", name="Entra con la chiave di accesso").click()
    expect(page.get_by_role("heading", name="Il tuo accesso è chiuso")).to_be_visible()


def test_a_device_without_the_passkey_is_told_so(page, town, anna):
    page.goto(f"{town}/accesso")
    page.get_by_role("button", name="Entra con la chiave di accesso").click()
    expect(page.get_by_text("La chiave di accesso non ha funzionato")).to_be_visible()
