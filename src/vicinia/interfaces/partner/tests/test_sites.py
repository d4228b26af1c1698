"""What a body sees of the complaints of its lots."""

import pytest
from django.test import Client
from django.urls import reverse

from vicinia.domain.worksites.models import Complaint
from vicinia.domain.worksites.tests.conftest import (
    _with_a_password_only,
    builder,
    house,
    lot,
    lucia,
    manager,
    send,
    site,
)
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload

__all__ = ["_with_a_password_only", "builder", "house", "lot", "lucia", "manager", "site"]
pytestmark = pytest.mark.django_db


def test_it_reads_and_answers_what_is_said_of_its_lots_and_no_name(cast, lot):
    paolo = Client()
    paolo.force_login(cast.paolo)
    assert "Niente qui, per ora" in paolo.get(reverse("partner_complaints")).content.decode()
    row = send(lot, files=[upload(phone_photo())]).complaint
    for view in ("da-rispondere", "aperte", "tutte", "boh"):
        page = paolo.get(reverse("partner_complaints") + f"?vista={view}").content.decode()
        assert row.reference in page
    at = lambda name, *more: reverse(name, args=[row.reference, *more])  # noqa: E731
    page = paolo.get(at("partner_complaint")).content.decode()
    assert "polvere ovunque" in page and "Maria" not in page and "maria@" not in page
    assert paolo.get(at("partner_complaint_photo", attachments.of(row).get().name)).status_code == 200
    for name in ("partner_complaint_answer", "partner_complaint_finish"):
        assert paolo.get(at(name)).status_code == 200
    old = {"words": "Sì.", "seen_version": 99}
    assert paolo.post(at("partner_complaint_answer"), old).status_code == 409
    paolo.post(at("partner_complaint_answer"), {"words": "Domani."})
    paolo.post(at("partner_complaint_finish"), {"words": "Fatto."})
    row.refresh_from_db()
    assert row.state == "done"
    lot.contractor = None
    type(lot).objects.update(contractor=None, state="designed")
    for name in ("partner_complaint", "partner_complaint_answer", "partner_complaint_finish"):
        assert paolo.get(at(name)).status_code == 404, name
    assert Complaint.objects.count() == 1
    anna = Client()
    anna.force_login(cast.anna)
    assert anna.get(at("partner_complaint")).status_code == 403
