"""A report begun at the portal is sent once, however often it is asked."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from vicinia.domain.listening.actions import drafts
from vicinia.domain.listening.models import Draft, MeToo, Report
from vicinia.domain.listening.queries.drafts import draft_content
from vicinia.domain.listening.tests.factories import new_report, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
VISITOR = Actor.visitor()
GINO = PersonDetails(name="Gino Verdi", phone="059 654321")


@pytest.fixture
def token() -> str:
    """The token of a draft with a title typed."""
    drafts.keep_draft(by=VISITOR, token="bozza", answers={"title": "Rumore"})
    return "bozza"


def test_a_draft_sent_twice_is_one_report_with_the_same_link(token: str) -> None:
    sent = drafts.send_draft(by=VISITOR, token=token, new=new_report())
    assert drafts.send_draft(by=VISITOR, token=token, new=new_report(title="Altro")) == sent
    assert Report.objects.get().reference == sent.reference


def test_a_name_added_twice_from_a_draft_counts_once(token: str, cast: Cast) -> None:
    report = report_in(cast.crocetta)
    for words in ("Anche da me.", "Lo ripeto."):
        sent = drafts.send_draft_as_me_too(by=VISITOR, token=token, report=report, reporter=GINO, words=words)
        assert (sent.reference, sent.is_me_too) == (report.reference, True)
    assert MeToo.objects.get().words == "Anche da me."


def test_what_is_typed_in_another_window_after_sending_is_not_kept(token: str) -> None:
    sent = drafts.send_draft(by=VISITOR, token=token, new=new_report())
    drafts.keep_draft(by=VISITOR, token=token, answers={"title": "Tardi"})
    content = draft_content(token)
    assert content is not None
    assert (content.sent, content.answers) == (sent, {})


def test_forgetting_a_draft_that_is_gone_leaves_the_others(token: str) -> None:
    drafts.drop_draft(by=VISITOR, token="di nessuno")
    assert Draft.objects.count() == 1
    drafts.drop_draft(by=VISITOR, token=token)
    assert not Draft.objects.exists()
