"""What assemblies, decisions and proposals ask for today."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from vicinia.domain.assemblies.models import Assembly, Minutes, Resolution
from vicinia.domain.participation.models import Idea, Milestone
from vicinia.domain.participation.states import IdeaState
from vicinia.domain.programme.models import FunderReport
from vicinia.domain.programme.models import Milestone as SheetMilestone
from vicinia.interfaces.desk.day.item import Do, Item

LONGEST = 90


def assembly(row: Assembly) -> Item:
    """An assembly that is to be opened, or declared deserted."""
    url = reverse("assembly", args=[row.reference])
    return Item(
        what=_("Assemblea delle %(hour)s: %(title)s") % {"hour": f"{row.meets_at:%H:%M}", "title": row.title},
        why=row.place,
        url=url,
        due_on=row.meets_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def minutes(row: Minutes) -> Item:
    """Minutes that can go on to their next step."""
    url = reverse("assembly_minutes", args=[row.assembly.reference])
    return Item(
        what=_("Verbale da portare avanti: %(stage)s") % {"stage": row.get_stage_display()},
        why=row.assembly.title,
        url=url,
        due_on=row.amendments_until,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def resolution(row: Resolution) -> Item:
    """A decision that falls due."""
    url = reverse("resolution", args=[row.reference])
    return Item(
        what=_("Decisione da attuare: %(words)s") % {"words": Truncator(row.words).chars(LONGEST)},
        why=f"{row.who}, {row.assembly.title}",
        url=url,
        due_on=row.due_on,
        dos=(Do(_("A che punto è"), url, is_main=True),),
        kind="deadline",
    )


def idea(row: Idea) -> Item:
    """A proposal to be read or answered."""
    url = reverse("idea", args=[row.reference])
    words = _("Proposta da leggere") if row.state == IdeaState.DRAFT else _("Proposta che aspetta risposta")
    return Item(
        what=words,
        why=f"{row.reference}, {row.title}",
        url=url,
        due_on=row.answer_due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="answer",
    )


def milestone(row: Milestone) -> Item:
    """A step of a result that falls due."""
    url = reverse("idea", args=[row.result.idea.reference])
    return Item(
        what=_("Tappa: %(title)s") % {"title": row.title},
        why=row.result.idea.title,
        url=f"{url}#risultato",
        due_on=row.due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def sheet_milestone(row: SheetMilestone) -> Item:
    """A milestone of an action sheet that falls due: reached, or moved with its reason."""
    url = reverse("action_sheet", args=[row.sheet_id])
    return Item(
        what=_("Tappa della scheda %(code)s: %(title)s") % {"code": row.sheet.code, "title": row.title},
        why=row.sheet.title,
        url=url,
        due_on=row.expected_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def funder_report(row: FunderReport) -> Item:
    """A report to the funder that is to be finished or answered."""
    url = reverse("funder_report", args=[row.reference])
    return Item(
        what=_("Rendiconto %(reference)s: %(state)s")
        % {"reference": row.reference, "state": row.get_state_display()},
        why=row.programme.title,
        url=url,
        due_on=row.due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )
