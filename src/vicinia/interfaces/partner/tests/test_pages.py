"""The partner's pages: what was asked of one's body, and nothing else."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.network import actions as network
from vicinia.domain.network.models import BodyPerson
from vicinia.domain.referrals import actions
from vicinia.domain.referrals.tests.conftest import _with_a_password_only, anna, casa, case, paolo, send
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Role

__all__ = ["_with_a_password_only", "anna", "casa", "case", "paolo", "send"]
pytestmark = pytest.mark.django_db
PARTNER_PAGES = ("partner_referral", "partner_decline", "partner_write", "partner_finish")
PARTNER_ACTS = ("partner_accept", "partner_start")
STAFF_PAGES = ("referral", "referral_write", "referral_revoke")


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_body_without_requests_reads_how_they_come(cast, casa):
    assert "Nessuna richiesta, per ora" in of(cast.paolo).get(reverse("partner_referrals")).content.decode()


def test_the_whole_way_of_a_request(cast, case, casa):
    anna, paolo = of(cast.anna), of(cast.paolo)
    new = reverse("referral_new", args=[case.reference])
    person = case.case_people.get()
    typed = {
        "body": casa.pk,
        "kind": "referral",
        "asked": "Riparare la porta",
        "share": ["kind", f"contacts-{person.pk}"],
        "basis": "consent",
        "basis_note": "a voce",
        "answer_by": "2030-01-10",
    }
    assert anna.post(new, typed | {"asked": ""}).status_code == 422
    preview = anna.post(new, typed)
    assert "Ecco che cosa vedrà" in preview.content.decode()
    assert "Maria Bassi" in preview.content.decode()
    assert anna.post(new, typed | {"send": "1"}).status_code == 200, "nothing goes out unseen"
    seal = re.search(r'name="seal" value="(\w+)"', preview.content.decode())
    assert seal is not None
    more = typed | {"share": ["kind", "place", f"contacts-{person.pk}"]}
    assert anna.post(new, more | {"send": "1", "seal": seal[1]}).status_code == 200, "something else was seen"
    sent = anna.post(new, typed | {"send": "1", "seal": seal[1]})
    assert sent.status_code == 303
    reference = sent["Location"].rsplit("/", 1)[1]
    assert reference in paolo.get(reverse("partner_referrals")).content.decode()
    page = paolo.get(reverse("partner_referral", args=[reference])).content.decode()
    assert "Maria Bassi" in page
    assert "Porta rotta" not in page, "only what was chosen is theirs"
    assert paolo.post(reverse("partner_accept", args=[reference])).status_code == 303
    assert paolo.post(reverse("partner_accept", args=[reference])).status_code == 409
    assert paolo.post(reverse("partner_start", args=[reference])).status_code == 303
    assert paolo.post(reverse("partner_write", args=[reference]), {"text": ""}).status_code == 422
    assert paolo.post(reverse("partner_write", args=[reference]), {"text": "Quale scala?"}).status_code == 303
    assert "Quale scala?" in anna.get(reverse("referral", args=[reference])).content.decode()
    assert anna.post(reverse("referral_write", args=[reference]), {"text": "La B"}).status_code == 303
    assert paolo.post(reverse("partner_finish", args=[reference]), {"text": "Fatta"}).status_code == 303
    panel = anna.get(reverse("referrals_on_case", args=[case.reference])).content.decode()
    assert "concluso" in panel
    assert anna.post(reverse("referral_read_end", args=[reference])).status_code == 303


def test_a_request_is_declined_with_its_reason(cast, send):
    referral = send()
    decline = reverse("partner_decline", args=[referral.reference])
    assert of(cast.paolo).get(decline).status_code == 200
    assert of(cast.paolo).post(decline, {"reason": "non è nostra"}).status_code == 303
    assert (
        "non è nostra" in of(cast.anna).get(reverse("referral", args=[referral.reference])).content.decode()
    )


def test_what_was_revoked_shows_no_data_any_more(cast, send, anna):
    referral = send(share=("contacts",))
    address = reverse("referral_revoke", args=[referral.reference])
    assert of(cast.anna).post(address, {"reason": "risolto"}).status_code == 303
    page = of(cast.paolo).get(reverse("partner_referral", args=[referral.reference])).content.decode()
    assert "risolto" in page
    assert "Maria" not in page


def test_another_body_and_other_roles_find_nothing(cast, send):
    referral = send(share=("contacts",))
    by = cast.actor(cast.carla)
    stranger = User(email="rita@prova.example", name="Rita Pini", role=Role.PARTNER)
    stranger.set_unusable_password()
    stranger.save()
    other = network.write_body(by=by, card=network.BodyCard(code="altro", name="Altro ente"))
    network.write_person(by=by, body=other, card=network.PersonCard(name="Rita", user=stranger))
    assert referral.reference not in of(stranger).get(reverse("partner_referrals")).content.decode()
    for name in (*PARTNER_PAGES, *PARTNER_ACTS):
        method = "post" if name in PARTNER_ACTS else "get"
        assert getattr(of(stranger), method)(reverse(name, args=[referral.reference])).status_code == 404, (
            name
        )
        for user in cast.everybody:
            if user != cast.paolo:
                answer = getattr(of(user), method)(reverse(name, args=[referral.reference]))
                assert answer.status_code == 403, (user, name)
    expected = {"anna": 200, "bruno": 404, "carla": 200, "lucia": 200}
    expected |= dict.fromkeys(("marco", "paolo", "vera", "dario", "ada"), 403)
    for who, status in expected.items():
        for name in STAFF_PAGES:
            answer = of(getattr(cast, who)).get(reverse(name, args=[referral.reference]))
            assert answer.status_code == status, (who, name)
        panel = of(getattr(cast, who)).get(reverse("referrals_on_case", args=[referral.case.reference]))
        assert panel.status_code == status, who
        new = of(getattr(cast, who)).get(reverse("referral_new", args=[referral.case.reference]))
        assert new.status_code == status, who


def test_who_left_the_body_finds_nothing(cast, send):
    referral = send()
    BodyPerson.objects.update(is_active=False)
    assert of(cast.paolo).get(reverse("partner_referral", args=[referral.reference])).status_code == 404
    assert referral.reference not in of(cast.paolo).get(reverse("partner_referrals")).content.decode()


def test_a_partner_signs_in_to_the_requests_and_nowhere_else(cast, send):
    send()
    paolo = of(cast.paolo)
    assert paolo.get(reverse("day"))["Location"] == reverse("partner_referrals")
    for name in ("cases", "inbox", "bodies", "search", "map", "statistics"):
        assert paolo.get(reverse(name)).status_code == 403, name


def test_fifty_requests_cost_as_much_as_one(cast, send, anna):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert paolo.get(reverse("partner_referrals")).status_code == 200
        return len(asked)

    paolo = of(cast.paolo)
    first = send()
    cost()
    one = cost()
    for _number in range(49):
        send()
    actions.accept(by=cast.actor(cast.paolo), referral=first)
    assert cost() == one


def test_a_partner_is_offered_no_search(cast, casa):
    assert 'role="search"' not in of(cast.paolo).get(reverse("partner_referrals")).content.decode()
    assert 'role="search"' in of(cast.anna).get(reverse("cases")).content.decode()
