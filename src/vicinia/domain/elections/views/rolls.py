"""The roll of a vote: who is on it, corrections, codes, who is given a paper ballot."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.elections import actions, papers, queries, rules
from vicinia.domain.elections import codes as code_words
from vicinia.domain.elections.forms import AdmitForm, CodesForm, NamesForm, ReasonForm
from vicinia.domain.elections.models import Poll
from vicinia.domain.elections.states import Basis
from vicinia.domain.elections.views.polls import to_poll
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import once_more, one_form, refused_at
from vicinia.foundation.look.components import Tab


def to_roll(row: Poll) -> str:
    """The address of the roll."""
    return reverse("poll_roll", args=[row.reference])


@needs(Capability.RUN_PARTICIPATION)
def roll(request: HttpRequest, reference: str) -> HttpResponse:
    """The lines of the roll: all, who has not voted yet, who has no code. 50 rows a page."""
    by = request.actor
    row = queries.poll_named(by, reference)
    rows = queries.roll(by, row)
    views = {
        "tutti": (_("Tutti"), rows),
        "da-votare": (_("Devono votare"), rows.filter(is_struck=False, mark__isnull=True)),
        "senza-codice": (_("Senza codice"), queries.without_code(by, row)),
    }
    chosen = request.GET.get("vista", "")
    chosen = chosen if chosen in views else "tutti"
    found = views[chosen][1]
    stair = request.GET.get("scala", "")
    if stair.isdigit():
        found = found.filter(stair_id=int(stair))
    address = to_roll(row)
    context = {
        "poll": row,
        "tabs": [
            Tab(label, f"{address}?vista={name}", name == chosen) for name, (label, _rows) in views.items()
        ],
        "page": page_of(request, found),
        "stairs": list(row.stairs.select_related("building").order_by("building__name", "name", "id")),
        "stair": stair,
        "view": chosen,
        "may_correct": rules.may_correct_roll(by, row),
        "may_give": rules.may_give_codes(by, row),
    }
    return page_or_part(request, "elections/roll.html", "elections/roll_rows.html", context)


@needs(Capability.RUN_PARTICIPATION)
def list_voters(request: HttpRequest, reference: str) -> HttpResponse:
    """Draw up the roll: who lives on the stairs now, or names that are typed."""
    by = request.actor
    row = queries.poll_named(by, reference)
    rules.may_change(by, row).require()
    if row.basis == Basis.LIST:
        form = NamesForm(request.POST or None)
        return one_form(
            request,
            title=_("Chi vota"),
            about=row,
            form=form,
            do=lambda _values: actions.list_voters(by=by, poll=row, names=form.lines()),
            done=_("Elenco preparato."),
            back=to_poll(row),
        )
    if request.method == "POST":
        count = actions.list_voters(by=by, poll=row)
        words = ngettext("Elenco preparato: vota %(n)s.", "Elenco preparato: votano in %(n)s.", count)
        messages.success(request, words % {"n": count})
        return go_to(request, to_roll(row))
    return once_more(
        request,
        title=_("Prepara l'elenco di chi vota"),
        sentence=_("Ci mettiamo chi abita adesso in queste scale, porta per porta."),
        label=_("Prepara l'elenco"),
        back=to_poll(row),
        is_danger=False,
    )


@needs(Capability.RUN_PARTICIPATION)
def admit(request: HttpRequest, reference: str) -> HttpResponse:
    """Add who was forgotten."""
    by = request.actor
    row = queries.poll_named(by, reference)
    rules.may_correct_roll(by, row).require()
    form = AdmitForm(request.POST or None)
    return one_form(
        request,
        title=_("Aggiungi all'elenco"),
        about=row,
        form=form,
        do=lambda values: actions.admit(by=by, poll=row, **values),
        done=_("Aggiunto in fondo all'elenco. Ora dagli un codice."),
        back=to_roll(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def strike(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take somebody off the roll."""
    by = request.actor
    row = queries.poll_named(by, reference)
    voter = queries.voter_numbered(by, row, number)
    rules.may_correct_roll(by, row).require()
    form = ReasonForm(request.POST or None)

    def do() -> None:
        actions.strike(by=by, voter=voter, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and not refused_at(form, do):
        messages.success(request, _("Tolto dall'elenco: resta scritto, con il motivo."))
        return go_to(request, to_roll(row))
    return once_more(
        request,
        title=_("Togli dall'elenco il numero %(n)s") % {"n": number},
        sentence=_("Non potrà votare. Se ha già un codice, non vale più."),
        label=_("Togli dall'elenco"),
        back=to_roll(row),
        form=form,
    )


@needs(Capability.RUN_PARTICIPATION)
def mark_paper(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give somebody a paper ballot: marked on the roll, with a receipt to hand over."""
    by = request.actor
    row = queries.poll_named(by, reference)
    voter = queries.voter_numbered(by, row, number)
    if request.method == "POST":
        receipt = actions.mark_paper(by=by, voter=voter)
        context = {"poll": row, "voter": voter, "receipt": code_words.spoken(receipt)}
        return render(request, "elections/marked.html", context)
    rules.may_mark_paper(by, row, queries.vote_facts(voter)).require()
    return once_more(
        request,
        title=_("Scheda di carta al numero %(n)s") % {"n": number},
        sentence=_("Segnalo prima di dargli la scheda: poi non può più votare con il codice."),
        label=_("Segna che vota su carta"),
        back=to_roll(row),
        is_danger=False,
    )


@needs(Capability.RUN_PARTICIPATION)
def one_code(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Print a new code for somebody who lost theirs or votes at the desk."""
    by = request.actor
    row = queries.poll_named(by, reference)
    voter = queries.voter_numbered(by, row, number)
    if request.method == "POST":
        given = actions.give_codes(by=by, poll=row, voters=[voter])
        return pdf.as_response(papers.letters(poll=row, given=given), papers.name_of(row, "codice"))
    rules.may_give_codes(by, row).require()
    rules.may_have_code(queries.vote_facts(voter)).require()
    return once_more(
        request,
        title=_("Nuovo codice per il numero %(n)s") % {"n": number},
        sentence=_("Se ne aveva già uno, quello di prima non vale più."),
        label=_("Stampa il codice"),
        back=to_roll(row),
        is_danger=False,
    )


@needs(Capability.RUN_PARTICIPATION)
def codes(request: HttpRequest, reference: str) -> HttpResponse:
    """Print the letters with the codes: the only moment in which a code can be read."""
    by = request.actor
    row = queries.poll_named(by, reference)
    rules.may_give_codes(by, row).require()
    form = CodesForm(request.POST or None, poll=row)
    if request.method == "POST" and form.is_valid():
        voters = (
            queries.without_code(by, row) if form.cleaned_data["which"] == "new" else queries.roll(by, row)
        )
        if stair := form.cleaned_data["stair"]:
            voters = voters.filter(stair=stair)
        given = actions.give_codes(by=by, poll=row, voters=voters)
        if given:
            return pdf.as_response(papers.letters(poll=row, given=given), papers.name_of(row, "codici"))
        form.add_error(None, _("Non c'è nessuno a cui dare un codice: hanno già votato o lo hanno già."))
    return once_more(
        request,
        title=_("Stampa i codici"),
        sentence=_("I codici si leggono solo su questi fogli: stampali, imbustali e non tenere il file."),
        label=_("Stampa le lettere"),
        back=to_poll(row),
        form=form,
        is_danger=False,
    )
