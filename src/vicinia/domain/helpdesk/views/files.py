"""Help files: what one conversation could not settle."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.helpdesk import actions, queries, rules
from vicinia.domain.helpdesk.forms import BecomeForm, FileForm, NoteForm, OwnerForm, StepForm
from vicinia.domain.helpdesk.models import HelpContact, HelpFile
from vicinia.domain.helpdesk.states import FileState
from vicinia.domain.helpdesk.views.shared import tabs, to_file
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.acting import Shown, one_form, versioned_form


@needs(Capability.SEE_HELPDESK)
def files(request: HttpRequest) -> HttpResponse:
    """The help files: open ones by their next day, or all, or one's own. 50 rows a page."""
    by = request.actor
    state, mine = request.GET.get("stato", ""), bool(request.GET.get("mie"))
    rows = queries.files(by)
    if state in FileState.values:
        rows = rows.filter(state=state).newest_first()
    else:
        rows = rows.open().due_first()
    if mine:
        rows = rows.filter(owner_id=by.user_id)
    context = {
        "tabs": tabs(by, "help_files"),
        "page": page_of(request, queries.files_in_lines(rows)),
        "states": FileState.choices,
        "state": state,
        "mine": mine,
        "may_keep": rules.may_keep(by),
    }
    return render(request, "helpdesk/files.html", context)


@needs(Capability.RUN_HELPDESK)
def new(request: HttpRequest) -> HttpResponse:
    """Open a help file, by itself or from a contact (`?contatto=`)."""
    by = request.actor
    asked = request.GET.get("contatto", "")
    contact = queries.contact_numbered(by, int(asked)) if asked.isdigit() else None
    form = FileForm(request.POST or None, initial=_from(contact))
    made: list[HelpFile] = []

    def do(_values: dict[str, Any]) -> None:
        made.append(actions.open_file(by=by, new=form.new(), owner=request.user, contact=contact))  # type: ignore[arg-type]

    answer = one_form(
        request,
        title=_("Nuova pratica"),
        lead=_("La leggono solo il laboratorio e chi la segue."),
        form=form,
        do=do,
        done=_("Pratica aperta: la segui tu."),
        back=reverse("help_contact", args=[contact.pk]) if contact else reverse("help_files"),
        label=_("Apri la pratica"),
    )
    return go_to(request, to_file(made[0])) if made else answer


def _from(contact: HelpContact | None) -> dict[str, Any]:
    if contact is None:
        return {}
    kept = {name: getattr(contact, name) for name in ("kind", "topic", "language", "words")}
    return kept | {"title": contact.words[:140]}


@needs(Capability.SEE_HELPDESK)
def file(request: HttpRequest, reference: str) -> HttpResponse:
    """One help file: what is needed, the diary, what comes next and where it can go."""
    by = request.actor
    row = queries.file_named(by, reference)
    context = {
        "file": row,
        "notes": queries.notes_of(row),
        "contacts": queries.contacts_of(row),
        "attachments": list(attachments.of(row)),
        "form": NoteForm(),
        "may_change": rules.may_change_file(by, row),
        "may_report": rules.may_become_report(by, row),
        "may_case": rules.may_become_case(by, row),
        "may_keep": rules.may_keep(by),
        "may_see_person": by.can(Capability.REVEAL_PEOPLE),
        "panels": panels_at("help_file", by),
    }
    return render(request, "helpdesk/file.html", context)


@needs(Capability.SEE_HELPDESK)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Say better what is needed."""
    by = request.actor
    row = queries.file_named(by, reference)
    rules.may_change_file(by, row).require()
    form = FileForm(request.POST or None, initial=FileForm.values_of(row))

    def do(values: dict[str, Any]) -> HelpFile:
        return actions.change_file(by=by, file=row, new=form.new(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Correggi la pratica"),
        about=row,
        form=form,
        do=do,
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_file(row),
    )


def _shown(row: HelpFile) -> Shown:
    return [
        (_("In breve"), row.title),
        (_("Che cosa serve"), row.words),
        (_("A che punto è"), row.get_state_display()),
        (_("Prossimo passo il"), row.next_on),
    ]


@needs(Capability.SEE_HELPDESK)
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write in the diary."""
    by = request.actor
    row = queries.file_named(by, reference)
    rules.may_change_file(by, row).require()
    return one_form(
        request,
        title=_("Scrivi nel diario"),
        about=row,
        form=NoteForm(request.POST or None, request.FILES or None),
        do=lambda values: actions.write_note(by=by, file=row, words=values["words"], files=values["photos"]),
        done=_("Scritto."),
        back=to_file(row),
    )


@needs(Capability.SEE_HELPDESK)
def step(request: HttpRequest, reference: str) -> HttpResponse:
    """Wait for somebody, answer, close, or open again."""
    by = request.actor
    row = queries.file_named(by, reference)
    rules.may_follow(by, row).require()
    form = StepForm(request.POST or None, file=row, initial={"seen_version": row.version})

    def do(values: dict[str, Any]) -> HelpFile:
        return actions.enter_file(by=by, file=row, step=form.step(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("A che punto è"),
        about=row,
        form=form,
        do=do,
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_file(row),
    )


@needs(Capability.SEE_HELPDESK)
def hand(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a colleague follow it."""
    by = request.actor
    row = queries.file_named(by, reference)
    rules.may_change_file(by, row).require()
    return one_form(
        request,
        title=_("Passa la pratica"),
        about=row,
        form=OwnerForm(request.POST or None, initial={"owner": row.owner}),
        do=lambda values: actions.hand_over(by=by, file=row, owner=values["owner"]),
        done=_("Passata: la trova nella sua giornata."),
        back=reverse("help_files"),
    )


@needs(Capability.SEE_HELPDESK)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Put what was told into the register of reports."""
    by = request.actor
    row = queries.file_named(by, reference)
    rules.may_become_report(by, row).require()
    form = BecomeForm(request.POST or None)
    return one_form(
        request,
        title=_("Fanne una segnalazione"),
        about=row,
        lead=_("Passano il titolo e che cosa serve. Il diario resta qui."),
        form=form,
        do=lambda _values: actions.to_report(
            by=by, file=row, category=form.category, location=form.location()
        ),
        done=_("La segnalazione è nel registro."),
        back=to_file(row),
        label=_("Crea la segnalazione"),
    )


@needs(Capability.SEE_HELPDESK)
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a case on what was told."""
    by = request.actor
    row = queries.file_named(by, reference)
    rules.may_become_case(by, row).require()
    form = BecomeForm(request.POST or None)
    return one_form(
        request,
        title=_("Apri un caso"),
        about=row,
        lead=_("Nasce una segnalazione e su di essa un caso. Poi si decide chi lo prende in carico."),
        form=form,
        do=lambda _values: actions.to_case(by=by, file=row, category=form.category, location=form.location()),
        done=_("Il caso è aperto."),
        back=to_file(row),
        label=_("Apri il caso"),
    )


@needs(Capability.SEE_HELPDESK)
def attachment(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """Something that was handed in."""
    row = queries.file_named(request.actor, reference)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))
