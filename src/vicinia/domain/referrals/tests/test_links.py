"""A body without accounts: one request by a link and a code, and nothing else."""

import datetime as dt
import re

import pytest

from vicinia.domain.casework.tests.factories import close_case
from vicinia.domain.network import actions as network
from vicinia.domain.network import queries as network_queries
from vicinia.domain.network.models import BodyPerson, PartnerBody
from vicinia.domain.referrals import actions, queries
from vicinia.domain.referrals.states import ReferralState
from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts import queries as accounts_queries
from vicinia.foundation.accounts.actions import CodeAnswer
from vicinia.foundation.accounts.models import LinkPurpose, OneTimeCode, PrivateLink
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
VISITOR = Actor.visitor()


@pytest.fixture
def parish(cast) -> PartnerBody:
    """A body with an e-mail and nobody who signs in."""
    by = cast.actor(cast.carla)
    card = network.BodyCard(code="parrocchia", name="Parrocchia", email="parrocchia@ente.example")
    body = network.write_body(by=by, card=card)
    network.write_person(by=by, body=body, card=network.PersonCard(name="Don Luca"))
    return body


@pytest.fixture
def sent(send, parish):
    return send(body=parish)


def mails(template):
    return list(OutboxMessage.objects.filter(template=template).order_by("id"))


def link_in(message) -> PrivateLink:
    token = re.search(r"/collegamento/(\S+)", message.body)[1]
    return accounts_queries.live_link(token, LinkPurpose.REFERRAL)


def code_in(message) -> str:
    return re.search(r"^(\d{6})$", message.body, re.M)[1]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def body_actor(referral, body=None) -> Actor:
    rights = frozenset({Capability.ANSWER_REFERRALS})
    return Actor.body((body or referral.body).pk, "Parrocchia", only=referral.reference, capabilities=rights)


def lines(case):
    return list(
        Entry.objects.filter(about=f"case:{case.reference}").order_by("id").values_list("event", flat=True)
    )


def test_a_body_without_accounts_gets_a_link_and_no_data(sent):
    message = mails("referral_by_link")[0]
    assert message.to == "parrocchia@ente.example"
    assert "Riparare" not in message.body and "Porta rotta" not in message.body
    link = link_in(message)
    assert link.about == sent.reference
    assert link.token_digest not in message.body, "only the digest is kept, only the token travels"
    last_day = (link.expires_at - clock.now()).days + 1
    assert last_day == (sent.answer_by - clock.today()).days + actions.LINK_MARGIN.days
    assert not mails("referral_for_body")
    assert lines(sent.case)[-2:] == ["referral.sent", "referral.link_sent"]


def test_a_body_with_an_account_is_led_to_its_pages_as_before(send, casa, cast):
    referral = send()
    assert f"/rete/{referral.reference}" in mails("referral_for_body")[0].body
    assert not PrivateLink.objects.filter(purpose=LinkPurpose.REFERRAL).exists()
    assert "referral.link_sent" not in lines(referral.case)
    with pytest.raises(Refused):
        actions.send_link(by=cast.actor(cast.anna), referral=referral)
    BodyPerson.objects.update(is_active=False)
    assert actions.send_link(by=cast.actor(cast.anna), referral=referral)


def test_a_body_without_an_e_mail_gets_nothing(send, parish, anna):
    PartnerBody.objects.filter(pk=parish.pk).update(email="")
    parish.refresh_from_db()
    referral = send(body=parish)
    assert not OutboxMessage.objects.filter(to_masked__startswith="p").exists()
    assert not PrivateLink.objects.filter(purpose=LinkPurpose.REFERRAL).exists()
    with pytest.raises(Refused):
        actions.send_link(by=anna, referral=referral)


def test_the_code_goes_to_the_body_and_is_kept_nowhere(sent, caplog):
    link = link_in(mails("referral_by_link")[0])
    with caplog.at_level("DEBUG"):
        actions.send_code(by=VISITOR, link=link)
        message = mails("referral_code")[0]
        code = code_in(message)
        assert actions.enter_code(by=VISITOR, link=link, code=code) == CodeAnswer.RIGHT
    assert message.to == "parrocchia@ente.example"
    assert code not in caplog.text
    written = [str((entry.facts, entry.note)) for entry in Entry.objects.all()]
    assert not [words for words in written if code in words]
    row = OneTimeCode.objects.get()
    assert code not in row.code_digest
    assert lines(sent.case)[-2:] == ["referral.code_sent", "referral.entered"]


def test_a_code_is_good_once(sent):
    link = link_in(mails("referral_by_link")[0])
    actions.send_code(by=VISITOR, link=link)
    code = code_in(mails("referral_code")[0])
    assert actions.enter_code(by=VISITOR, link=link, code=code) == CodeAnswer.RIGHT
    assert actions.enter_code(by=VISITOR, link=link, code=code) == CodeAnswer.OVER


def test_a_code_is_good_for_ten_minutes(sent):
    link = link_in(mails("referral_by_link")[0])
    actions.send_code(by=VISITOR, link=link)
    code = code_in(mails("referral_code")[0])
    with clock.at(clock.now() + dt.timedelta(minutes=11)):
        assert actions.enter_code(by=VISITOR, link=link, code=code) == CodeAnswer.OVER


def test_the_sixth_try_is_too_many_even_if_it_is_right(sent):
    link = link_in(mails("referral_by_link")[0])
    actions.send_code(by=VISITOR, link=link)
    code = code_in(mails("referral_code")[0])
    answers = [actions.enter_code(by=VISITOR, link=link, code=wrong(code)) for _try in range(5)]
    assert answers == [CodeAnswer.WRONG] * 4 + [CodeAnswer.OVER]
    assert actions.enter_code(by=VISITOR, link=link, code=code) == CodeAnswer.OVER
    assert lines(sent.case)[-1] == "referral.code_wrong"


def test_a_new_code_ends_the_one_before(sent):
    link = link_in(mails("referral_by_link")[0])
    for _time in range(2):
        actions.send_code(by=VISITOR, link=link)
    first, second = (code_in(message) for message in mails("referral_code"))
    if first != second:  # once in a million
        assert actions.enter_code(by=VISITOR, link=link, code=first) == CodeAnswer.WRONG
    assert actions.enter_code(by=VISITOR, link=link, code=second) == CodeAnswer.RIGHT


def test_a_code_of_one_link_opens_no_other(send, parish):
    for _time in range(2):
        send(body=parish)
    one, other = (link_in(message) for message in mails("referral_by_link"))
    actions.send_code(by=VISITOR, link=one)
    actions.send_code(by=VISITOR, link=other)
    codes = [code_in(message) for message in mails("referral_code")]
    if codes[0] != codes[1]:  # once in a million
        assert actions.enter_code(by=VISITOR, link=other, code=codes[0]) == CodeAnswer.WRONG


def test_five_codes_an_hour_are_enough(sent):
    link = link_in(mails("referral_by_link")[0])
    for _time in range(accounts.MOST_CODES):
        actions.send_code(by=VISITOR, link=link)
    with pytest.raises(Refused):
        actions.send_code(by=VISITOR, link=link)
    with clock.at(clock.now() + dt.timedelta(minutes=61)):
        actions.send_code(by=VISITOR, link=link)
    assert link.codes.count() == 1, "those of an hour ago are not kept"


def test_who_came_by_a_link_touches_that_request_and_no_other(send, parish, casa):
    mine, other, foreign = send(body=parish), send(body=parish), send()
    by = body_actor(mine)
    assert network_queries.body_of(by) == parish
    assert list(queries.referrals(by)) == [mine]
    for row in (other, foreign):
        with pytest.raises(NotVisible):
            queries.referral_named(by, row.reference)
        for act in (
            lambda row=row: actions.accept(by=by, referral=row),
            lambda row=row: actions.decline(by=by, referral=row, reason="no"),
            lambda row=row: actions.write(by=by, referral=row, text="x"),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.verdict.status == 403
    actions.accept(by=by, referral=mine)
    actions.start(by=by, referral=mine)
    actions.write(by=by, referral=mine, text="Passiamo lunedì")
    row = actions.finish(by=by, referral=mine, report="Fatto")
    assert row.state == ReferralState.DONE
    line = Entry.objects.filter(about=f"case:{mine.case.reference}", event="referral.accepted").get()
    assert line.by_ref == f"body:{parish.pk} via link"


def test_a_body_that_is_asked_no_more_is_out(sent, parish):
    link = link_in(mails("referral_by_link")[0])
    PartnerBody.objects.filter(pk=parish.pk).update(is_active=False)
    assert network_queries.body_of(body_actor(sent)) is None
    with pytest.raises(NotVisible):
        actions.send_code(by=VISITOR, link=link)


def test_no_code_goes_to_a_body_that_has_lost_its_address(sent, parish):
    link = link_in(mails("referral_by_link")[0])
    PartnerBody.objects.filter(pk=parish.pk).update(email="")
    with pytest.raises(Refused):
        actions.send_code(by=VISITOR, link=link)


def test_a_link_sent_anew_kills_the_old(sent, anna):
    old = link_in(mails("referral_by_link")[0])
    actions.send_link(by=anna, referral=sent)
    new = link_in(mails("referral_by_link")[1])
    old.refresh_from_db()
    assert old.revoked_at is not None and new.pk != old.pk
    assert queries.link_of(sent) == new
    actions.revoke_link(by=anna, referral=sent)
    assert queries.link_of(sent) is None
    assert lines(sent.case)[-1] == "referral.link_revoked"
    with pytest.raises(Refused):
        actions.revoke_link(by=anna, referral=sent)


def test_staff_of_another_area_sends_and_closes_no_link(sent, cast):
    with pytest.raises(Refused) as refused:
        actions.send_link(by=cast.actor(cast.bruno), referral=sent)
    assert refused.value.verdict.status == 403
    for by in (cast.actor(cast.paolo), cast.actor(cast.vera)):
        with pytest.raises(Refused) as refused:
            actions.revoke_link(by=by, referral=sent)
        assert refused.value.verdict.status == 403


def test_our_words_carry_a_link_and_leave_the_earlier_one_open(sent, anna):
    actions.write(by=anna, referral=sent, text="È la scala B")
    first, second = (link_in(message) for message in mails("referral_by_link"))
    assert first.pk != second.pk


def test_what_is_revoked_closes_its_links(sent, anna):
    link = link_in(mails("referral_by_link")[0])
    actions.revoke(by=anna, referral=sent, reason="risolto")
    link.refresh_from_db()
    assert link.revoked_at is not None
    message = mails("referral_taken_back")[0]
    assert "risolto" not in message.body and "/collegamento/" not in message.body


@pytest.mark.parametrize("is_done", [True, False])
def test_after_the_end_a_link_opens_for_a_while(sent, is_done):
    link = link_in(mails("referral_by_link")[0])
    by = body_actor(sent)
    if is_done:
        actions.accept(by=by, referral=sent)
        actions.finish(by=by, referral=sent, report="Fatto")
    else:
        actions.decline(by=by, referral=sent, reason="non è nostra")
    link.refresh_from_db()
    assert link.expires_at <= clock.now() + actions.LINK_AFTER_END
    with clock.at(clock.now() + actions.LINK_AFTER_END + dt.timedelta(minutes=1)):
        assert queries.link_of(sent) is None
    with pytest.raises(Refused):
        actions.send_link(by=by, referral=sent)


def test_a_link_is_closed_also_after_the_case(sent, anna, case):
    by = body_actor(sent)
    actions.decline(by=by, referral=sent, reason="non è nostra")
    actions.read_end(by=anna, referral=sent)
    case.refresh_from_db()
    close_case(anna, case)
    assert actions.revoke_link(by=anna, referral=sent)


def test_a_link_expires(sent):
    message = mails("referral_by_link")[0]
    with clock.at(clock.now() + dt.timedelta(days=90)), pytest.raises(NotVisible):
        link_in(message)
