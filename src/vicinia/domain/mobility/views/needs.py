"""What is written in a household's file, and how the file ends."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, queries, rules
from vicinia.domain.mobility.forms import InterviewForm, NearForm, NeedsForm, RefusalForm
from vicinia.domain.mobility.models import RehousingFile
from vicinia.domain.mobility.views.shared import run, to_file
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.forms import VersionedReasonForm


def _to_write(request: HttpRequest, reference: str, number: int) -> RehousingFile:
    """The file of a household that who asks accompanies, if it is open."""
    row = queries.file_named(request.actor, reference, number)
    rules.may_write(request.actor, row, is_companion=True).require()
    return row


@run
@never_cache
def add_interview(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Write down a talk."""
    by, row = request.actor, _to_write(request, reference, number)
    form = InterviewForm(request.POST or None)
    lead = "" if row.case else _("Con il primo colloquio nasce un caso, che segui tu. Le parole restano qui.")
    return one_form(
        request,
        title=_("Scrivi un colloquio"),
        about=row.household.label,
        lead=lead,
        form=form,
        do=lambda _values: actions.write_interview(by=by, file=row, new=form.interview()),
        done=_("Colloquio scritto."),
        back=to_file(row),
    )


@run
@never_cache
def change_interview(request: HttpRequest, reference: str, number: int, pk: int) -> HttpResponse:
    """Put right what was written of a talk."""
    by = request.actor
    row = queries.interview_of(_to_write(request, reference, number), pk)
    form = InterviewForm(request.POST or None, initial=InterviewForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Correggi il colloquio"),
        about=row.file.household.label,
        form=form,
        do=lambda values: actions.change_interview(
            by=by, interview=row, new=form.interview(), seen_version=values["seen_version"]
        ),
        now=lambda: [(_("Giorno"), row.day), (_("Che cosa è stato detto"), row.words)],
        done=_("Salvato."),
        back=to_file(row.file),
    )


def _shown(row: RehousingFile) -> Shown:
    names = ("size", "needs", "school", "work", "pets", "belongings", "wishes")
    return [(queries.label_of_file(name), getattr(row, name)) for name in names]


@run
@never_cache
def change_needs(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What a household needs and wishes."""
    by, row = request.actor, _to_write(request, reference, number)
    form = NeedsForm(request.POST or None, initial=NeedsForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Esigenze del nucleo"),
        about=row.household.label,
        lead=_("Chi fa il piano legge solo numeri e caselle. Le parole le legge chi accompagna il nucleo."),
        form=form,
        do=lambda values: actions.change_needs(
            by=by,
            file=row,
            numbers=form.numbers(),
            words=form.words(),
            seen_version=values["seen_version"],
        ),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_file(row),
    )


@require_POST
@run
def confirm(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What the household needs is clear."""
    row = queries.file_named(request.actor, reference, number)
    actions.confirm_needs(by=request.actor, file=row)
    messages.success(request, _("Esigenze confermate: ora si può offrire un alloggio."))
    return go_to(request, to_file(row))


@run
def add_near(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Whom the household wants to stay near."""
    by, row = request.actor, _to_write(request, reference, number)
    return one_form(
        request,
        title=_("Vicino a chi vuole restare"),
        about=row.household.label,
        lead=_("Vale per tutti e due i nuclei: basta scriverlo una volta."),
        form=NearForm(request.POST or None, file=row),
        do=lambda values: actions.wish_near(by=by, file=row, other=values["other"]),
        done=_("Salvato."),
        back=to_file(row),
    )


@require_POST
@run
def drop_near(request: HttpRequest, reference: str, number: int, pk: int) -> HttpResponse:
    """They do not mind any more."""
    row = queries.file_named(request.actor, reference, number)
    actions.drop_near(by=request.actor, file=row, wish=queries.near_wish_of(row, pk))
    messages.success(request, _("Salvato."))
    return go_to(request, to_file(row))


@run
@never_cache
def add_refusal(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A dwelling where the household will not live."""
    by, row = request.actor, _to_write(request, reference, number)
    form = RefusalForm(request.POST or None, file=row)
    return one_form(
        request,
        title=_("Un alloggio che non va bene"),
        about=row.household.label,
        lead=_("Il piano non glielo propone più."),
        form=form,
        do=lambda _values: actions.refuse_dwelling(by=by, file=row, new=form.refusal()),
        done=_("Salvato."),
        back=to_file(row),
    )


@require_POST
@run
def withdraw_refusal(request: HttpRequest, reference: str, number: int, pk: int) -> HttpResponse:
    """The household has changed its mind."""
    row = queries.file_named(request.actor, reference, number)
    actions.take_refusal_back(by=request.actor, refusal=queries.refusal_of(row, pk))
    messages.success(request, _("Salvato: il piano può proporlo di nuovo."))
    return go_to(request, to_file(row))


# The end ----------------------------------------------------------------------------------------------------------


@run
def end_return(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The household gives up coming back."""
    by, row = request.actor, _to_write(request, reference, number)
    rules.may_end_return(by, row, is_companion=True, reason="…").require()
    return versioned_form(
        request,
        row=row,
        title=_("Rinuncia al rientro"),
        about=row.household.label,
        lead=_("Scrivi perché e come l'ha detto: la rinuncia vale se è firmata."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.end_return(by=by, file=row, **values),
        now=lambda: [(_("A che punto è"), row.get_state_display())],
        done=_("Salvato."),
        back=to_file(row),
    )


@run
def close(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Nobody accompanies the household any more."""
    by, row = request.actor, _to_write(request, reference, number)
    return versioned_form(
        request,
        row=row,
        title=_("Chiudi il fascicolo"),
        about=row.household.label,
        lead=_("Poi si può chiudere anche il caso. Il fascicolo si può riaprire."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.close_file(by=by, file=row, **values),
        now=lambda: [(_("A che punto è"), row.get_state_display())],
        done=_("Fascicolo chiuso."),
        back=to_file(row),
        label=_("Chiudi"),
    )


@run
def reopen(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Accompany the household again."""
    by = request.actor
    row = queries.file_named(by, reference, number)
    return versioned_form(
        request,
        row=row,
        title=_("Riapri il fascicolo"),
        about=row.household.label,
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.reopen_file(by=by, file=row, **values),
        now=lambda: [(_("A che punto è"), row.get_state_display())],
        done=_("Fascicolo riaperto."),
        back=to_file(row),
        label=_("Riapri"),
    )
