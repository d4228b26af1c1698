"""Steps that several journeys take, said as people would."""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import APIResponse, Page, expect
from pypdf import PdfReader

from tests.cast import PASSWORD
from tests.journeys.conftest import Opener, check_accessible
from vicinia.foundation.accounts.models import User
from vicinia.foundation.notifications.models import OutboxMessage


def photo() -> dict[str, object]:
    picture = io.BytesIO()
    Image.new("RGB", (1200, 900), (40, 90, 140)).save(picture, "JPEG")
    return {"name": "cortile.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def read_the_notice(page: Page, name: str = "") -> None:
    if name:
        check_accessible(page, f"{name}-privacy")
    page.get_by_label("Ho letto e compreso").check()
    page.get_by_role("button", name="Avanti").click()


def looked_at(page: Page, name: str) -> None:
    """Everything that the page asks for by itself has come; it is accessible and no wider than the screen."""
    expect(page.locator('[hx-trigger="load"] > a:only-child')).to_have_count(0)
    well_made(page, name)


def well_made(page: Page, name: str) -> None:
    """Accessible, and no wider than the screen."""
    check_accessible(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is too wide"


def words_of_pdf(page: Page, path: str) -> str:
    """What a PDF of the town says, as the person at this page gets it, on one line."""
    return a_pdf(page.request.get(path))


def a_pdf(answer: APIResponse) -> str:
    """What the PDF of an answer says, on one line."""
    assert answer.ok, f"{answer.url}: {answer.status}"
    sheets = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def none_of(page: Page, *words: str) -> None:
    """None of these words stands on the page, in whatever case."""
    text = page.content().casefold()
    found = [word for word in words if word.casefold() in text]
    assert not found, f"{page.url}: {found}"


def mailed_to(email: str, template: str, pattern: str) -> str:
    """What the last message of a kind to an address says where it matches."""
    rows = OutboxMessage.objects.filter(template=template).order_by("-id")
    for message in rows:
        if message.to == email and (found := re.search(pattern, message.body, re.M)):
            return found[0]
    raise AssertionError(f"no {template} to {email} with {pattern}")


def leave_contacts(page: Page) -> None:
    page.get_by_label("Sì, così potete cercarmi").check()
    page.get_by_label("Nome e cognome").fill("Maria Bassi")
    page.get_by_label("Telefono", exact=True).fill("059 123456")
    page.get_by_label("E-mail", exact=True).fill("maria@posta.example")


def tab_to(page: Page, label: str) -> None:
    """Press Tab until what has the focus is called `label`."""
    for _press in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(e => (e.labels?.[0] ?? e).textContent.trim() || e.getAttribute('aria-label') || '')(document.activeElement)"
        )
        if label in name:
            return
    raise AssertionError(f"the keyboard does not reach {label}")


def type_into(page: Page, label: str, words: str) -> None:
    tab_to(page, label)
    page.keyboard.type(words)


def sign_in(page: Page, user: User) -> None:
    """Through the real form, with the password that everybody in the cast knows here."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    page.goto("/accesso")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Entra", exact=True).click()
    expect(page.get_by_role("heading", name="Entra")).to_have_count(0)


def signed_in(open_page: Opener, user: User, **options: object) -> Page:
    """A browser of one's own, signed in."""
    page = open_page("/accesso", **options)
    sign_in(page, user)
    return page


def press(page: Page, label: str) -> None:
    """Press the button, or follow the link, with exactly this name."""
    page.get_by_role("button", name=label, exact=True).or_(
        page.get_by_role("link", name=label, exact=True)
    ).first.click()
