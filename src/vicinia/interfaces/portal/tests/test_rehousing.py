"""The page of a household that moves: no account, nobody else's words, one form."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.mobility import actions
from vicinia.domain.mobility.models import FamilyMessage, MobilityPlan, RehousingFile, Stay
from vicinia.domain.mobility.tests.conftest import _with_a_password_only, category, courts
from vicinia.domain.mobility.tests.factories import DAY, a_removal, an_expense, an_offer, month
from vicinia.foundation.kernel import clock

__all__ = ["_with_a_password_only", "category", "courts"]
pytestmark = pytest.mark.django_db
WORDS = "La nonna usa la sedia a rotelle."


@pytest.fixture
def token(courts):
    return actions.give_link(by=courts.lucia, file=courts.file)


def read(token, client=None):
    response = (client or Client()).get(reverse("rehousing_mine", args=[token]))
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    return response.content.decode().replace("&#x27;", "'")


def test_nothing_is_to_be_done_yet(courts, token, settings):
    settings.HELP_PHONE, settings.HELP_HOURS, settings.HELP_ADDRESS = "059 1", "9-12", "Via Roma 1"
    page = read(token)
    assert "Non devi fare niente" in page and "Lucia Sala" in page and "059 1" in page
    assert "Diritto a tornare" not in page and "Le tue spese" not in page
    assert Client().get(reverse("rehousing_mine", args=["x"])).status_code == 404


def test_what_is_open_is_said_step_by_step(courts, token):
    RehousingFile.objects.update(claims_return=True, wishes=WORDS)
    offer = an_offer(courts.lucia, courts.file, courts.free[0], words=WORDS)
    page = read(token)
    assert courts.free[0].where in page and "Rispondi entro il" in page and "Diritto a tornare" in page
    accord = actions.accept_offer(by=courts.lucia, offer=offer, answered_on=clock.today())
    assert "L'accordo è pronto" in read(token)
    removal = actions.sign_accord(by=courts.lucia, accord=accord, signed_on=clock.today(), signed_by="x")
    assert "ancora da fissare" in read(token)
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today())
    step = removal.steps.first()
    plan = actions.StepPlan(True, clock.today(), WORDS)
    actions.change_step(by=courts.lucia, step=step, new=plan)
    row = an_expense(courts.lucia, courts.file)
    actions.approve_expense(by=courts.lucia, expense=row)
    page = read(token)
    assert "Il trasloco è il" in page and "Che cosa preparare" in page and "la paghiamo entro il" in page
    assert WORDS not in page
    late = an_offer(courts.lucia, courts.other, courts.free[1])
    with clock.at(clock.now() + 20 * DAY):
        other = actions.give_link(by=courts.lucia, file=courts.other)
        assert "Il tempo per rispondere è passato" in read(other)
        assert late.dwelling.where in read(other)


def test_the_published_plan_is_told_in_one_sentence(courts, token):
    assert "Mese per mese" not in read(token)
    months = [month(0).isoformat(), month(2).isoformat(), month(5).isoformat()]
    plan = MobilityPlan.objects.create(
        relocation=courts.relocation,
        number=1,
        first_day=month(0),
        months=months,
        state="published",
        slot=None,
        instance_sha256="x",
        asked_by="x",
    )
    for period, door in enumerate((courts.home, courts.free[0], courts.home)):
        Stay.objects.create(plan=plan, file=courts.file, dwelling=door, first=period, last=period)
    page = read(token)
    assert "Mese per mese" in page and "Resti a casa" in page and "bilocale in Corte 2" in page
    assert "torni" in page


def test_the_household_asks_and_what_it_typed_is_kept(courts, token):
    address = reverse("rehousing_mine", args=[token])
    wrong = Client().post(address, {"words": WORDS, "once": "a"})
    assert wrong.status_code == 422 and WORDS in wrong.content.decode()
    blank = Client().post(address, {"kind": "question", "words": "  ", "once": "a"})
    assert blank.status_code == 422
    for _tap in range(2):
        sent = Client().post(address, {"kind": "other_day", "words": WORDS, "once": "a"})
        assert sent.status_code == 302
    assert FamilyMessage.objects.get().words == WORDS
    assert WORDS not in read(token)


def test_it_speaks_english_and_needs_no_account(courts, token):
    page = Client(headers={"accept-language": "en"}).get(reverse("rehousing_mine", args=[token]))
    assert 'lang="en"' in page.content.decode()


def test_it_costs_the_same_with_much_and_with_little(courts, token):
    a_removal(courts.lucia, courts.file, courts.free[0])
    an_expense(courts.lucia, courts.file)
    read(token)

    def cost():
        with CaptureQueriesContext(connection) as run:
            read(token)
        return len(run)

    one = cost()
    for _number in range(10):
        an_expense(courts.lucia, courts.file)
    assert cost() == one < 20
