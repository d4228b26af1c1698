"""What a household reads on its private page, and what it writes from there."""

from __future__ import annotations

from dataclasses import dataclass

from vicinia.domain.mobility.models import (
    Accord,
    Expense,
    FamilyMessage,
    FamilyMessageRows,
    Offer,
    RehousingFile,
    RehousingRows,
    Relocation,
    Removal,
    RemovalStep,
)
from vicinia.domain.mobility.queries.files import companions_of
from vicinia.domain.mobility.queries.offers import in_offer_lines
from vicinia.domain.mobility.queries.stories import story
from vicinia.domain.mobility.states import UNPAID, AccordState, FileState, OfferState
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.paging import counts_up_to


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """Who accompanies the household, where it will live by the plan, what waits for it, what it is owed."""

    story: str
    companions: tuple[str, ...]
    offer: Offer | None
    accord: Accord | None
    removal: Removal | None
    steps: tuple[RemovalStep, ...]
    expenses: tuple[Expense, ...]
    has_right: bool


def link_about(file: RehousingFile) -> str:
    """What a private link to a household's page is about."""
    return f"rehousing:{file.pk}"


def file_of_link(token: str) -> RehousingFile:
    """The file whose household holds this private link (404 otherwise, and once the accompaniment is closed)."""
    about = accounts.link_is_about(token, LinkPurpose.REHOUSING) or ""
    rows = RehousingFile.objects.exclude(state=FileState.CLOSED).select_related(
        "relocation__adequacy", "household__dwelling", "home__stair", "home__building"
    )
    found = rows.filter(pk=int(about.removeprefix("rehousing:") or 0)).first()
    if found is None:
        raise NotVisible
    return found


def family_page(file: RehousingFile) -> FamilyPage:
    """All that the page says, in the language that it is read in. Seven queries."""
    waits = in_offer_lines(
        Offer.objects.filter(file=file, state__in=(OfferState.SENT, OfferState.UNANSWERED))
    )
    removal = (
        Removal.objects.filter(file=file)
        .to_come()
        .select_related("to_dwelling__stair", "to_dwelling__building")
        .order_by("-id")
        .first()
    )
    steps = removal.steps.filter(is_needed=True).order_by("id") if removal else ()
    return FamilyPage(
        story=story(file),
        companions=tuple(one.user.name for one in companions_of(file)),
        offer=waits.newest_first().first(),
        accord=Accord.objects.filter(file=file, state=AccordState.PREPARED).order_by("-id").first(),
        removal=removal,
        steps=tuple(steps),
        expenses=tuple(Expense.objects.filter(file=file).order_by("-id")[:50]),
        has_right=file.claims_return and file.return_ended_on is None,
    )


def waiting(by: Actor, relocation: Relocation) -> dict[str, int]:
    """How much of a relocation waits for `by`, who accompanies some of its households. One statement."""
    here = {"file__relocation": relocation}
    unanswered = (OfferState.SENT, OfferState.UNANSWERED)
    rights: RehousingRows = RehousingFile.objects.filter(relocation=relocation).open()
    return counts_up_to(
        1000,
        offers=Offer.objects.visible_to(by).filter(state__in=unanswered, **here),
        accords=Accord.objects.visible_to(by).filter(state=AccordState.PREPARED, **here),
        removals=Removal.objects.visible_to(by).to_come().filter(**here),
        expenses=Expense.objects.visible_to(by).filter(state__in=UNPAID, **here),
        late_expenses=Expense.objects.visible_to(by).late().filter(**here),
        rights=rights.visible_to(by).with_right_of_return(),
    )


# Messages ---------------------------------------------------------------------------------------------------------


def messages(by: Actor) -> FamilyMessageRows:
    """What the households that `by` accompanies have written."""
    rows: FamilyMessageRows = FamilyMessage.objects.visible_to(by)
    return rows


def message_numbered(by: Actor, pk: int) -> FamilyMessage:
    """One message (404 if its household is not accompanied)."""
    row: FamilyMessage = messages(by).select_related("file__household").one(pk=pk)
    return row


def messages_of(file: RehousingFile) -> list[FamilyMessage]:
    """What a household has written, the latest first."""
    return list(FamilyMessage.objects.filter(file=file).newest_first()[:50])


def message_once(once: str) -> FamilyMessage | None:
    """The message that was sent with this token of a page, if it was."""
    found: FamilyMessage | None = FamilyMessage.objects.filter(once=once).first()
    return found


def unread_messages(by: Actor) -> FamilyMessageRows:
    """What nobody of those who accompany has read yet, the oldest first."""
    rows = messages(by).unread().select_related("file__household")
    found: FamilyMessageRows = rows.order_by("id")
    return found
