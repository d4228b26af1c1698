"""Key contacts: the list with who is due first, one of them, and a talk in ten seconds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.presence import actions, queries, rules
from vicinia.domain.presence.forms import (
    ContactCardForm,
    ContactFilter,
    NewContactForm,
    RhythmForm,
    TalkForm,
    VersionedReasonForm,
)
from vicinia.domain.presence.models import KeyContact, KeyContactRows
from vicinia.domain.presence.views.shared import tabs
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, versioned_form
from vicinia.foundation.look.components import Tab
from vicinia.foundation.look.dates import day_of_month_words

HISTORY_LINES = 30


def _views(rows: KeyContactRows) -> dict[str, tuple[str, KeyContactRows]]:
    return {
        "da-sentire": (_("Da sentire"), rows.due_by(clock.today()).most_urgent_first()),
        "tutti": (_("Tutti"), rows.active().most_urgent_first()),
        "tolti": (_("Non più sentiti"), rows.filter(is_active=False).order_by("-id")),
    }


@needs(Capability.KEEP_PRESENCE)
def key_contacts(request: HttpRequest) -> HttpResponse:
    """Who is to be heard first: due, all, no longer heard; 50 rows a page."""
    views = _views(queries.key_contacts(request.actor))
    chosen = request.GET.get("vista", "tutti")
    chosen = chosen if chosen in views else "tutti"
    address = reverse("key_contacts")
    filters = ContactFilter(request.GET, queryset=views[chosen][1].in_lines())
    context = {
        "tabs": tabs("key_contacts"),
        "views": [
            Tab(label, f"{address}?vista={name}", name == chosen) for name, (label, _rows) in views.items()
        ],
        "view": chosen,
        "filters": filters,
        "page": page_of(request, filters.qs),
    }
    return page_or_part(request, "presence/contacts.html", "presence/contact_rows.html", context)


@needs(Capability.KEEP_PRESENCE)
def key_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """One key contact: where, at which rhythm, what they said and where it went. The name is shown on the person's page."""
    by = request.actor
    row = queries.key_contact_named(by, reference)
    context = {
        "contact": row,
        "page": page_of(request, queries.talks_of(by, row), per_page=20),
        "may_talk": rules.may_log_talk(by, row, became="nothing", words="", reached=True),
        "may_change": rules.may_change_contact(by, row),
        "may_resume": rules.may_resume(by, row),
        "sees_people": by.can(Capability.REVEAL_PEOPLE),
        "chronology": timeline([f"keycontact:{row.reference}"], limit=HISTORY_LINES),
    }
    return render(request, "presence/contact.html", context)


@needs(Capability.KEEP_PRESENCE)
def new(request: HttpRequest) -> HttpResponse:
    """A new key contact."""
    form = NewContactForm(request.POST or None, by=request.actor)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        contact = actions.add_contact(
            by=request.actor, card=form.card(), rhythm_days=values["rhythm_days"], next_on=values["next_on"]
        )
        messages.success(request, _("Aggiunto: da ora torna da solo quando è il momento di sentirlo."))
        return go_to(request, reverse("key_contact", args=[contact.reference]))
    context: dict[str, Any] = {
        "title": _("Nuovo testimone privilegiato"),
        "about": "",
        "form": form,
        "conflict": None,
        "now": (),
        "version": "",
        "back": reverse("key_contacts"),
        "lead": "",
        "label": "",
        "has_map": True,
    }
    return render(request, "look/act_versioned.html", context, status=422 if form.is_bound else 200)


@needs(Capability.KEEP_PRESENCE)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Put right what is kept of a key contact."""
    by = request.actor
    row = queries.key_contact_named(by, reference)
    rules.may_change_contact(by, row).require()
    form = ContactCardForm(request.POST or None, by=by, initial=ContactCardForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Correggi"),
        about=row,
        form=form,
        do=lambda values: actions.change_contact(
            by=by, contact=row, card=form.card(), seen_version=values["seen_version"]
        ),
        now=lambda: _card(row),
        done=_("Salvato."),
        back=reverse("key_contact", args=[reference]),
        has_map=True,
    )


def _card(row: KeyContact) -> Shown:
    return [
        (_("Che cos'è"), row.get_kind_display()),
        (_("Nome del negozio o dell'ente"), row.body_name),
        (_("Luogo"), row.where),
        (_("Come e quando si raggiunge"), row.reach_words),
    ]


@needs(Capability.KEEP_PRESENCE)
def rhythm(request: HttpRequest, reference: str) -> HttpResponse:
    """Change how often a key contact is heard."""
    by = request.actor
    row = queries.key_contact_named(by, reference)
    rules.may_change_contact(by, row).require()
    form = RhythmForm(request.POST or None, initial={"days": row.rhythm_days, "seen_version": row.version})
    return versioned_form(
        request,
        row=row,
        title=_("Cambia il ritmo"),
        about=row,
        form=form,
        do=lambda values: actions.set_rhythm(by=by, contact=row, **values),
        now=lambda: [(_("Ogni quanti giorni lavorativi lo sentiamo"), row.rhythm_days)],
        done=_("Ritmo cambiato."),
        back=reverse("key_contact", args=[reference]),
    )


@needs(Capability.KEEP_PRESENCE)
def retire(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop hearing a key contact, for a reason."""
    by = request.actor
    row = queries.key_contact_named(by, reference)
    rules.may_change_contact(by, row).require()
    return versioned_form(
        request,
        row=row,
        title=_("Non sentirlo più"),
        about=row,
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.retire_contact(by=by, contact=row, **values),
        now=lambda: [(_("Da sentire entro"), row.next_on), (_("Motivo"), row.retired_reason)],
        done=_("Tolto dall'elenco: ciò che ha detto resta."),
        back=reverse("key_contact", args=[reference]),
    )


@require_POST
@needs(Capability.KEEP_PRESENCE)
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Hear a key contact again."""
    row = queries.key_contact_named(request.actor, reference)
    actions.resume_contact(by=request.actor, contact=row)
    messages.success(request, _("Torna tra quelli da sentire."))
    return go_to(request, reverse("key_contact", args=[reference]))


@needs(Capability.KEEP_PRESENCE)
def talk(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a call or a visit: how, what they said, done. The same key sent twice is one talk."""
    by = request.actor
    row = queries.key_contact_named(by, reference)
    form = TalkForm(request.POST or None, by=by, area_id=row.area_id)
    if request.method == "POST" and form.is_valid():
        # A talk is added beside others: what a colleague changed meanwhile does not stand in its way.
        actions.log_talk(by=by, contact=row, new=form.new_talk())
        _tick(request, row)
        row.refresh_from_db()
        sentence = _("Registrato. Prossima volta entro il %(day)s.")
        messages.success(request, sentence % {"day": day_of_month_words(row.next_on)})
        return go_to(request, _after(request, reference))
    context = {"contact": row, "form": form, "back": request.GET.get("da", "")}
    return render(request, "presence/talk.html", context, status=422 if form.is_bound else 200)


def _tick(request: HttpRequest, row: KeyContact) -> None:
    """Who heard a key contact on their round has passed by the stop: one tap less."""
    by = request.actor
    stop = queries.stop_to_tick(by, request.POST.get("back", ""), row)
    if stop is not None and rules.may_tick(by, stop.round, queries.crew_of(by, stop.round)):
        actions.tick_stop(by=by, stop=stop)


def _after(request: HttpRequest, reference: str) -> str:
    """Back to the day or the round that one came from."""
    came_from = request.POST.get("back", "")
    if came_from == "oggi":
        return reverse("day")
    if came_from and queries.rounds(request.actor).filter(reference=came_from).exists():
        return reverse("round", args=[came_from])
    return reverse("key_contact", args=[reference])
