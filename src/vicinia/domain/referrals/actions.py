"""Asking a body, its answers, and what follows for the case. The body and we act on the same row, one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.rules import must_say_why
from vicinia.domain.network import queries as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.referrals import events, queries, rules
from vicinia.domain.referrals.models import Referral, ReferralNote
from vicinia.domain.referrals.queries import Shareable
from vicinia.domain.referrals.states import ReferralKind, ReferralState
from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts.models import LinkPurpose, PrivateLink
from vicinia.foundation.accounts.tokens import new_token
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.events import Event
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.notifications import actions as notifications

# How long a link opens after the day by which an answer was asked, and after the request has ended.
LINK_MARGIN = dt.timedelta(days=60)
LINK_AFTER_END = dt.timedelta(days=30)
# Working days after which an answer that has not come is the coordinator's too.
RAISED_AFTER_DAYS = 3


@dataclass(frozen=True)
class NewReferral:
    """What is asked of whom, on what basis, and what is shared for it."""

    body: PartnerBody
    kind: str
    asked: str
    basis: str
    basis_note: str
    answer_by: dt.date
    # Which body takes care of a household is not its neighbours' to read, who may have reported the same.
    told_to_reporter: bool = False
    share: Sequence[Shareable] = ()


@transaction.atomic
def send(*, by: Actor, case: Case, new: NewReferral) -> Referral:
    """Ask a body. What it sees is frozen now; from now on the case waits for its answer."""
    case = Case.objects.lock(case)
    rules.may_send(by, case, new.body).require()
    categories = {thing.category for thing in new.share}
    agreement = network.agreement_with(new.body)
    rules.may_share(new.basis, new.basis_note, categories, agreement).require()

    referral = Referral(
        reference=f"R{next_reference('referral')}",
        case=case,
        body=new.body,
        kind=new.kind,
        asked=new.asked,
        basis=new.basis,
        basis_note=new.basis_note,
        answer_by=new.answer_by,
        told_to_reporter=new.told_to_reporter,
        by_ref=by.ref,
        by_name=by.name,
    )
    referral.shared = queries.as_seen(by, case, list(new.share), f"{new.body.name}: {new.asked}"[:200])
    referral.save(force_insert=True)
    referral.people.set(thing.person.person_id for thing in new.share if thing.person)

    facts = {"kind": journal.kept(ReferralKind(new.kind).label), "due": new.answer_by.isoformat()}
    journal.record(events.SENT, by=by, about=case, body=new.body.name, **facts)
    _leave_open(by, referral, events.WAITING, due_on=new.answer_by, blocks=_blocks(referral))
    if _answers_by_link(new.body):
        journal.record(events.LINK_SENT, by=by, about=case, body=new.body.name)
    _write_to_body(by, referral)
    return referral


@transaction.atomic
def accept(*, by: Actor, referral: Referral) -> Referral:
    """The body accepts. Of a transfer, the responsibility moves now and not before."""
    referral = _answered(by, referral)
    event = events.ACCEPTED_TOLD if referral.told_to_reporter else events.ACCEPTED
    _enter(by, referral, ReferralState.ACCEPTED, event)
    if referral.kind == ReferralKind.TRANSFER:
        _leave_open(by, referral, events.MOVED, due_on=clock.today())
    else:
        _leave_open(by, referral, events.GOING_ON, due_on=_later(), blocks=_blocks(referral))
    return referral


@transaction.atomic
def decline(*, by: Actor, referral: Referral, reason: str) -> Referral:
    """The body declines, saying why: the case is as before, and who is in charge reads it today."""
    referral = _answered(by, referral)
    must_say_why(reason).require()
    _enter(by, referral, ReferralState.DECLINED, events.DECLINED, reason=reason)
    _let_links_end(by, referral)
    _to_read(by, referral)
    return referral


@transaction.atomic
def start(*, by: Actor, referral: Referral) -> Referral:
    """The body says that it has begun."""
    referral = _gone_on(by, referral, ReferralState.IN_PROGRESS)
    _enter(by, referral, ReferralState.IN_PROGRESS, events.STARTED)
    _leave_open(by, referral, events.GOING_ON, due_on=_later(), blocks=_blocks(referral))
    return referral


@transaction.atomic
def finish(*, by: Actor, referral: Referral, report: str) -> Referral:
    """The body says that it has done, and how it went."""
    referral = _gone_on(by, referral, ReferralState.DONE)
    rules.may_write(by, referral, referral.body, report).require()
    _note(by, referral, report, is_theirs=True)
    _enter(by, referral, ReferralState.DONE, events.DONE)
    _let_links_end(by, referral)
    _to_read(by, referral)
    return referral


@transaction.atomic
def write(*, by: Actor, referral: Referral, text: str) -> ReferralNote:
    """A word to the other side: what we add, what they ask for or report. Theirs comes up in the operator's day."""
    referral = _locked(referral)
    rules.may_write(by, referral, network.body_of(by), text).require()

    note = _note(by, referral, text, is_theirs=not by.is_staff)

    event = events.NOTE_OURS if by.is_staff else events.NOTE_THEIRS
    journal.record(event, by=by, about=referral.case, body=referral.body.name)
    if by.is_staff:
        _leave_open(by, referral, _waited_for(referral), due_on=_later(), blocks=_blocks(referral))
        _write_to_body(by, referral, key=f"note:{note.pk}")
    else:
        _leave_open(by, referral, events.WRITTEN, due_on=clock.today(), blocks=_blocks(referral))
    return note


@transaction.atomic
def read_words(*, by: Actor, referral: Referral) -> Referral:
    """Who is in charge has read what the body wrote: we wait for it again, as before it wrote."""
    referral = _locked(referral)
    rules.may_read_words(by, is_waiting=queries.has_words_to_read(referral)).require()
    _leave_open(by, referral, _waited_for(referral), due_on=_later(), blocks=_blocks(referral))
    journal.record(events.READ_WORDS, by=by, about=referral.case, body=referral.body.name)
    return referral


@transaction.atomic
def revoke(*, by: Actor, referral: Referral, reason: str) -> Referral:
    """Take a request back, also after it was accepted: the body reads why and does not see it as its own any more."""
    referral = _locked(referral)
    rules.may_revoke(by, referral).require()
    must_say_why(reason).require()
    _enter(by, referral, ReferralState.REVOKED, events.REVOKED, reason=reason)
    casework.settle_matter(by=by, key=queries.key_of(referral))
    _close_links(by, referral)
    _write_to_body(by, referral, key="revoked")
    return referral


# A body without accounts -----------------------------------------------------------------------------------------


@transaction.atomic
def send_link(*, by: Actor, referral: Referral) -> Referral:
    """Write to a body without accounts anew: whoever holds an older link is out."""
    referral = _locked(referral)
    rules.may_send_link(by, referral, has_account=network.has_account(referral.body)).require()

    _close_links(by, referral)

    journal.record(events.LINK_SENT, by=by, about=referral.case, body=referral.body.name)
    _write_to_body(by, referral, key=f"link:{new_token()[:16]}")
    return referral


@transaction.atomic
def revoke_link(*, by: Actor, referral: Referral) -> Referral:
    """Close the link: the request itself goes on."""
    referral = _locked(referral)
    rules.may_revoke_link(by, is_live=queries.link_of(referral) is not None).require()

    _close_links(by, referral)

    journal.record(events.LINK_REVOKED, by=by, about=referral.case, body=referral.body.name)
    return referral


@transaction.atomic
def send_code(*, by: Actor, link: PrivateLink) -> None:
    """Mail six digits to the body of the request that a link is for. They stand nowhere but in that message."""
    referral = queries.referral_of_link(link)
    rules.may_have_code(referral).require()

    code = accounts.give_code(by=by, link=link)

    journal.record(events.CODE_SENT, by=by, about=referral.case, body=referral.body.name)
    _mail(by, referral, "referral_code", {"code": code}, key=f"code:{new_token()[:16]}")


@transaction.atomic
def enter_code(*, by: Actor, link: PrivateLink, code: str) -> accounts.CodeAnswer:
    """Try the code that came by mail. What came of it is written down, the code is not."""
    referral = queries.referral_of_link(link)
    answer = accounts.use_code(by=by, link=link, code=code)
    is_right = answer == accounts.CodeAnswer.RIGHT
    event = events.ENTERED if is_right else events.CODE_WRONG
    journal.record(event, by=by, about=referral.case, body=referral.body.name)
    return answer


# Reading and forgetting ------------------------------------------------------------------------------------------


@transaction.atomic
def read_end(*, by: Actor, referral: Referral) -> Referral:
    """Who is in charge has read how it ended: it stands open no more."""
    referral = _locked(referral)
    rules.may_read_end(by, referral).require()
    casework.settle_matter(by=by, key=queries.key_of(referral))
    journal.record(events.READ, by=by, about=referral.case, body=referral.body.name)
    return referral


@transaction.atomic
def expire(*, by: Actor, referral: Referral) -> Referral:
    """No answer by the day that was asked: who is in charge decides what to do, and the body may still answer."""
    referral = _locked(referral)
    rules.may_expire(referral).require()
    _enter(by, referral, ReferralState.EXPIRED, events.EXPIRED)
    return referral


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """A person is erased: every word of the referrals that held their data goes with them, that it was shared stays."""
    found = queries.referrals_with(person_id)
    for referral in found:
        row = _locked(referral)
        row.shared, row.asked, row.basis_note = [], "", ""
        row.end_reason = "…" if row.end_reason else ""  # that there was a reason stays, its words go
        row.state_moves.update(reason="")
        row.save()
        row.notes.update(text="")
        row.people.remove(person_id)
        journal.record(events.ERASED, by=by, about=row.case, body=row.body.name)
    return len(found)


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("body", "case__owner")
    row: Referral = rows.get(pk=referral.pk)
    return row


def _answered(by: Actor, referral: Referral) -> Referral:
    referral = _locked(referral)
    rules.may_answer(by, referral, network.body_of(by)).require()
    return referral


def _gone_on(by: Actor, referral: Referral, state: str) -> Referral:
    referral = _locked(referral)
    rules.may_go_on(by, referral, network.body_of(by), state).require()
    return referral


def _enter(by: Actor, referral: Referral, state: str, event: Event, reason: str = "") -> None:
    kept = {"end_reason": reason} if reason else {}
    referral.enter(state, by=by, reason=reason, state_since=clock.now(), **kept)
    journal.record(event, by=by, about=referral.case, body=referral.body.name, reason=reason)


def _note(by: Actor, referral: Referral, text: str, *, is_theirs: bool) -> ReferralNote:
    return ReferralNote.objects.create(
        referral=referral, is_theirs=is_theirs, by_ref=by.ref, by_name=by.name, text=text
    )


def _waited_for(referral: Referral) -> str:
    is_waiting = referral.state in (ReferralState.SENT, ReferralState.EXPIRED)
    return events.WAITING if is_waiting else events.GOING_ON


def _blocks(referral: Referral) -> str:
    """An opinion that has not come holds nothing up."""
    return "" if referral.kind == ReferralKind.CONSULTATION else "closed"


def _later() -> dt.date:
    return clock.add_working_days(clock.today(), settings.CONTACT_RHYTHM_DAYS)


def _to_read(by: Actor, referral: Referral) -> None:
    _leave_open(by, referral, events.TO_READ, due_on=clock.today())


def _leave_open(by: Actor, referral: Referral, kind: str, *, due_on: dt.date, blocks: str = "") -> None:
    matter = casework.OpenMatter(
        key=queries.key_of(referral),
        kind=kind,
        url=reverse("referral", args=[referral.reference]),
        facts={"body": referral.body.name, "state": str(referral.get_state_display())},
        due_on=due_on,
        raised_on=clock.add_working_days(due_on, RAISED_AFTER_DAYS),
        blocks=blocks,
    )
    casework.raise_matter(by=by, case=referral.case, matter=matter)


def _answers_by_link(body: PartnerBody) -> bool:
    return bool(body.email) and not network.has_account(body)


def _close_links(by: Actor, referral: Referral) -> None:
    accounts.revoke_links(by=by, purpose=LinkPurpose.REFERRAL, about=referral.reference)


def _let_links_end(by: Actor, referral: Referral) -> None:
    at = clock.now() + LINK_AFTER_END
    accounts.expire_links(by=by, purpose=LinkPurpose.REFERRAL, about=referral.reference, at=at)


def _link_for(by: Actor, referral: Referral) -> str:
    """A fresh link; the ones in earlier messages still open."""
    until = max(referral.answer_by, clock.today()) + LINK_MARGIN
    valid_for = dt.timedelta(days=(until - clock.today()).days)
    purpose, about = LinkPurpose.REFERRAL, referral.reference
    token = accounts.give_link(by=by, purpose=purpose, about=about, valid_for=valid_for)
    return reverse("linked_gate", args=[token])


def _write_to_body(by: Actor, referral: Referral, key: str = "sent") -> None:
    """A message that says that something waits, and nothing of what."""
    body = referral.body
    if not body.email:
        return
    home = settings.PUBLIC_URL.rstrip("/")
    if not _answers_by_link(body):
        link = home + reverse("partner_referral", args=[referral.reference])
        _mail(by, referral, "referral_for_body", {"link": link}, key=key)
    elif referral.state == ReferralState.REVOKED:
        _mail(by, referral, "referral_taken_back", {}, key=key)
    else:
        _mail(by, referral, "referral_by_link", {"link": home + _link_for(by, referral)}, key=key)


def _mail(by: Actor, referral: Referral, template: str, words: dict[str, str], *, key: str) -> None:
    notifications.queue(
        by=by,
        to=referral.body.email,
        template=template,
        context={"reference": referral.reference, **words},
        language="it",
        about=referral,
        key=f"referral:{referral.pk}:{key}",
    )
