"""What cases ask for today."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.casework.models import (
    Case,
    Commitment,
    Intervention,
    Matter,
    OutcomeReply,
    Proposal,
    Task,
    WatchPoint,
)
from vicinia.domain.casework.rules import who_committed
from vicinia.interfaces.desk.day.item import Do, Item


def next_contact(case: Case) -> Item:
    """A case whose reporter is to be heard."""
    call = Do(_("Chiama"), reverse("call_case", args=[case.reference]), is_main=True)
    done = Do(_("Fatto"), reverse("case_contact", args=[case.reference]))
    return Item(
        what=case.next_contact_words or _("Richiamare chi segnala"),
        why=_("Caso %(reference)s, %(title)s") % {"reference": case.reference, "title": case.title},
        url=reverse("case", args=[case.reference]),
        due_on=case.next_contact_on,
        dos=(call, done),
        kind="contact",
    )


def contested(reply: OutcomeReply) -> Item:
    """An outcome that a reporter contests."""
    url = reverse("case", args=[reply.case.reference])
    return Item(
        what=_("Esito contestato"),
        why=f"{reply.case.reference}, {reply.case.title}: «{Truncator(reply.words).chars(90)}»",
        url=url,
        due_on=None,
        dos=(
            Do(_("Apri"), url, is_main=True),
            Do(_("Riapri"), reverse("case_reopen", args=[reply.case.reference])),
        ),
        kind="answer",
        call=_("da riguardare"),
    )


def all_proposed(proposals: list[Proposal]) -> Iterator[Item]:
    """One is answered from here; many, as when a colleague leaves, are read and accepted together."""
    if len(proposals) <= 1:
        yield from map(_proposed, proposals)
        return
    url = reverse("proposals")
    yield Item(
        what=ngettext("%(n)s caso proposto a te", "%(n)s casi proposti a te", len(proposals))
        % {"n": len(proposals)},
        why=", ".join(proposal.case.title for proposal in proposals[:3]),
        url=url,
        due_on=None,
        dos=(Do(_("Leggi e accetta"), url, is_main=True),),
        kind="answer",
        call=_("da accettare"),
    )


def _proposed(proposal: Proposal) -> Item:
    case = proposal.case
    accept = Do(_("Accetto"), reverse("proposal_accept", args=[case.reference]), is_main=True, is_post=True)
    decline = Do(_("Non posso"), reverse("proposal_decline", args=[case.reference]))
    return Item(
        what=_("%(name)s ti propone un caso") % {"name": proposal.by_name},
        why=f"{case.reference}, {case.title}",
        url=reverse("case", args=[case.reference]),
        due_on=None,
        dos=(accept, decline),
        kind="answer",
        call=_("da accettare"),
    )


def commitment(row: Commitment) -> Item:
    """A commitment that falls due."""
    end = reverse("commitment_end", args=[row.case.reference, row.pk])
    return Item(
        what=_("Impegno in scadenza: %(what)s") % {"what": row.what},
        why=_("%(who)s, caso %(reference)s")
        % {"who": capfirst(str(who_committed(row))), "reference": row.case.reference},
        url=reverse("case", args=[row.case.reference]),
        due_on=row.due_on,
        dos=(Do(_("Mantenuto?"), end),),
        kind="deadline",
    )


def intervention(row: Intervention) -> Item:
    """An intervention to be carried out."""
    return Item(
        what=capfirst(row.what),
        why=_("Intervento (%(kind)s), caso %(reference)s")
        % {"kind": row.get_kind_display(), "reference": row.case.reference},
        url=reverse("case", args=[row.case.reference]),
        due_on=row.planned_on,
        dos=(Do(_("Svolto"), reverse("intervention_done", args=[row.case.reference, row.pk])),),
        kind="deadline",
    )


def task(task: Task) -> Item:
    """Something to do in a case."""
    return Item(
        what=capfirst(task.what),
        why=_("Caso %(reference)s, %(title)s") % {"reference": task.case.reference, "title": task.case.title},
        url=reverse("case", args=[task.case.reference]),
        due_on=task.due_on,
        dos=(Do(_("Fatto"), reverse("task_done", args=[task.case.reference, task.pk]), is_post=True),),
        kind="deadline",
    )


def matter(row: Matter) -> Item:
    """What a higher subject has open on a case."""
    return Item(
        what=row.sentence,
        why=_("Caso %(reference)s, %(title)s") % {"reference": row.case.reference, "title": row.case.title},
        url=row.url,
        due_on=row.due_on,
        dos=(Do(_("Apri"), row.url, is_main=True),),
        kind="deadline",
    )


def watch(point: WatchPoint) -> Item:
    """A closed case to be looked at."""
    return Item(
        what=_("Guardare com'è andata"),
        why=_("Caso chiuso %(reference)s, %(title)s")
        % {"reference": point.case.reference, "title": point.case.title},
        url=reverse("case", args=[point.case.reference]),
        due_on=point.due_on,
        dos=(Do(_("Guarda"), reverse("watch_point", args=[point.case.reference, point.pk])),),
        kind="watch",
    )
