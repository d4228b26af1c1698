"""What the network, presence and reviews ask for today."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vicinia.domain.meetings.models import Meeting, MeetingAction
from vicinia.domain.meetings.states import MeetingState
from vicinia.domain.network.models import Agreement
from vicinia.domain.presence.models import KeyContact, Round
from vicinia.domain.reviews.models import Review
from vicinia.interfaces.desk.day.item import Do, Item


def review(row: Review) -> Item:
    """A review in no case."""
    url = reverse("review", args=[row.reference])
    return Item(
        what=_("Riesame %(reference)s: %(state)s")
        % {"reference": row.reference, "state": row.get_state_display()},
        why=f"{row.report.reference}, {row.report.title}",
        url=url,
        due_on=row.due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def walk(row: Round) -> Item:
    """A round on foot."""
    url = reverse("round", args=[row.reference])
    hours = {"from": f"{row.from_time:%H:%M}", "to": f"{row.to_time:%H:%M}"}
    return Item(
        what=_("Giro da concludere") if row.is_under_way else _("Giro a piedi, %(from)s–%(to)s") % hours,
        why=", ".join(area.name for area in row.areas.all()),
        url=url,
        due_on=row.planned_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def meeting(row: Meeting) -> Item:
    """A network meeting, or its minutes."""
    is_planned = row.state == MeetingState.PLANNED
    url = reverse("meeting" if is_planned else "meeting_minutes", args=[row.reference])
    hours = {"from": f"{row.from_time:%H:%M}", "to": f"{row.to_time:%H:%M}"}
    return Item(
        what=_("Tavolo di rete, %(from)s–%(to)s") % hours if is_planned else _("Verbale da chiudere"),
        why=f"{row.title}, {row.place}",
        url=url,
        due_on=row.day,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def key_contact(row: KeyContact) -> Item:
    """A key contact to be heard."""
    return Item(
        what=_("Sentire %(name)s") % {"name": row.label},
        why=", ".join(part for part in (str(row.get_kind_display()), row.where) if part),
        url=reverse("key_contact", args=[row.reference]),
        due_on=row.next_on,
        dos=(Do(_("Sentito"), f"{reverse('key_contact_talk', args=[row.reference])}?da=oggi"),),
        kind="contact",
    )


def undertaken(row: MeetingAction) -> Item:
    """What somebody undertook at a meeting, in no case."""
    reference = row.item.meeting.reference
    return Item(
        what=capfirst(row.what),
        why=_("%(who)s, tavolo %(reference)s") % {"who": row.who, "reference": reference},
        url=reverse("meeting_minutes", args=[reference]),
        due_on=row.due_on,
        dos=(Do(_("Fatto"), reverse("meeting_action_done", args=[reference, row.pk]), is_post=True),),
        kind="deadline",
    )


def agreement(row: Agreement) -> Item:
    """An agreement with a body that expires."""
    url = reverse("body", args=[row.body.code])
    return Item(
        what=_("Accordo che scade: %(title)s") % {"title": row.title},
        why=row.body.name,
        url=url,
        due_on=row.expires_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )
