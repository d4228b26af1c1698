"""Worksites as everybody reads them, complaints by QR, the survey."""

import pytest
from django.test import Client
from django.urls import reverse

from vicinia.domain.worksites import actions
from vicinia.domain.worksites.models import Complaint, SurveyAnswer
from vicinia.domain.worksites.tests.conftest import (
    _with_a_password_only,
    builder,
    cut,
    house,
    lot,
    lucia,
    manager,
    paolo,
    site,
)
from vicinia.foundation.attachments.tests.factories import phone_photo, upload

__all__ = [
    "_with_a_password_only", "builder", "cut", "house", "lot", "lucia", "manager", "paolo", "site"
]  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    return Client()


def at(name, row):
    return reverse(name, args=[row.reference])


def test_everybody_reads_what_is_open(visitor, lot, cut, site, lucia):
    draft = actions.plan_worksite(by=lucia, new=actions.WorksitePlan("Segreto", "x", "y"))
    assert visitor.get(at("public_worksite", draft)).status_code == 404
    page = visitor.get(reverse("public_worksites")).content.decode()
    assert site.name in page and "Segreto" not in page
    page = visitor.get(at("public_worksite", site)).content.decode()
    assert "Manca l'acqua" in page.replace("&#x27;", "'") and "Ufficio, 059 1" in page
    page = visitor.get(at("public_lot", lot)).content.decode()
    assert "Edil Bianchi" in page and "Scrivilo qui" in page
    feed = visitor.get(at("worksite_calendar", site))
    assert cut.reference.encode() in feed.content
    assert "text/calendar" in feed["Content-Type"]


def test_no_worksite_yet(visitor):
    assert "non ci sono cantieri" in visitor.get(reverse("public_worksites")).content.decode()


def test_a_complaint_without_account_is_followed_by_its_link(visitor, lot, paolo):
    form = visitor.get(at("lot_complain", lot))
    once = form.context["form"]["once"].value()
    new = {"kind": "dust", "words": "Polvere ovunque.", "once": once, "photos": [upload(phone_photo())]}
    assert visitor.post(at("lot_complain", lot), new | {"words": ""}).status_code == 422
    new["photos"] = [upload(phone_photo())]
    sent = visitor.post(at("lot_complain", lot), new)
    assert sent.status_code == 302
    mine = sent.url
    again = visitor.post(at("lot_complain", lot), {key: new[key] for key in ("kind", "words", "once")})
    assert again.url == at("public_lot", lot)
    row = Complaint.objects.get()
    page = visitor.get(mine).content.decode()
    assert "Polvere ovunque." in page and "ti risponde entro" in page
    photo = page.split('<a href="/cantieri/segnalazione/')[1].split('"')[0]
    assert visitor.get(f"/cantieri/segnalazione/{photo}").status_code == 200
    visitor.post(mine, {"words": "Anche oggi.", "che": "scrivi"})
    assert visitor.post(mine, {"words": "", "che": "scrivi"}).status_code == 422
    actions.answer(by=paolo, complaint=row, words="Veniamo domani.")
    assert "Veniamo domani." in visitor.get(mine).content.decode()
    visitor.post(mine, {"words": "Nessuno è venuto.", "che": "ancora"})
    row.refresh_from_db()
    assert row.state == "received"
    actions.finish(by=paolo, complaint=row, words="Lavato.")
    visitor.post(mine, {"che": "risolta"})
    row.refresh_from_db()
    assert row.state == "closed"
    assert "È chiusa" in visitor.get(mine).content.decode()
    assert visitor.get(reverse("complaint_mine", args=["x"])).status_code in (404, 410)


def test_a_browser_answers_the_survey_once(visitor, site, lot):
    page = at("worksite_survey", site)
    assert visitor.get(page).status_code == 200
    assert visitor.post(page, {"informed": "9"}).status_code == 422
    marks = {"informed": "4", "bearable": "2", "heard": "3"}
    visitor.post(page, marks)
    visitor.post(page, marks)
    assert SurveyAnswer.objects.count() == 1
