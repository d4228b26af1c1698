"""Taking part: processes, assemblies, proposals and what came of them. No account, no JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies import papers
from vicinia.domain.assemblies import queries as assemblies_read
from vicinia.domain.assemblies.states import AssemblyState
from vicinia.domain.elections import queries as elections
from vicinia.domain.participation import actions, queries, rules
from vicinia.domain.participation.actions.telling import link_of
from vicinia.domain.participation.states import LIVE_IDEAS, IdeaState
from vicinia.domain.territory import queries as territory
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import pdf, qr
from vicinia.foundation.documents.wording import markdown
from vicinia.foundation.kernel import clock, languages
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible, Refused
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.look.acting import refused_at
from vicinia.interfaces.portal.forms.participation import (
    CorrectionForm,
    IdeaForm,
    SendIdeaForm,
    SupportIdeaForm,
)
from vicinia.interfaces.portal.views import browsers, limits

FEW = 5
# Which browser supports what: a random word, of which each proposal keeps a digest of its own.
COOKIE = "sostegni"


@require_GET
def take_part(request: HttpRequest) -> HttpResponse:
    """What one can take part in now, and what came of it."""
    to_come = assemblies_read.shown_assemblies().filter(state=AssemblyState.CALLED)
    context = {
        "processes": queries.in_lines(queries.shown_processes().filter(state="open").newest_first())[:FEW],
        "assemblies": to_come.soonest_first()[:FEW],
        "polls": elections.shown_polls().filter(state="called").newest_first()[:FEW],
        "ideas": queries.with_counts(queries.shown_ideas().live().newest_first())[:FEW],
        "results": queries.shown_results()[:FEW],
    }
    return render(request, "portal/take_part.html", context)


@require_GET
def process(request: HttpRequest, reference: str) -> HttpResponse:
    """A process, phase by phase, with its assemblies and proposals."""
    row, today = queries.shown_process(reference), clock.today()
    phases = queries.phases_of(row)
    ideas = queries.shown_ideas().filter(process=row).newest_first()
    context = {
        "process": row,
        "body": markdown(row.body, top=2),
        "areas": list(row.areas.defer("boundary")),
        "phases": [(phase, phase.is_on(today)) for phase in phases],
        "assemblies": queries.assemblies_of(row, shown_only=True),
        "page": page_of(request, queries.with_counts(ideas)),
        "may_propose": rules.takes_ideas(row, phases, today),
    }
    return render(request, "portal/process.html", context)


# Assemblies -------------------------------------------------------------------------------------------------------


@require_GET
def public_assemblies(request: HttpRequest) -> HttpResponse:
    """All published assemblies, those to come first. 50 rows a page."""
    rows = assemblies_read.shown_assemblies().newest_first()
    return render(request, "portal/assemblies.html", {"page": page_of(request, rows)})


@require_GET
def assembly(request: HttpRequest, reference: str) -> HttpResponse:
    """The call of an assembly; once the minutes are approved, they and what was decided."""
    found = assemblies_read.shown_assembly(reference)
    context = {
        "found": found,
        "assembly": found.assembly,
        "text": markdown(found.text, top=3) if found.text else "",
        "quorum": papers.quorum_words(found.assembly),
        "process": queries.process_of(found.assembly),
        "languages": languages.WRITTEN_LANGUAGES,
    }
    return render(request, "portal/assembly.html", context)


@require_GET
def call_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The call as PDF, in the language asked for."""
    row = assemblies_read.shown_assembly(reference).assembly
    asked = request.GET.get("lingua", "") or get_language() or ""
    language = asked if asked in dict(languages.WRITTEN_LANGUAGES) else "it"
    content = papers.call(assembly=row, language=language)
    return pdf.as_response(content, papers.name_of(row, f"convocazione-{language}"))


@private_page
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, token: str) -> HttpResponseBase:
    """The draft of minutes for who was there: to read, and to ask for corrections until the term."""
    minutes = assemblies_read.draft_of_link(token)
    form = CorrectionForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        limits.may(request, limits.WRITING).require()
        by = Actor.resident(minutes.assembly.reference)
        refused = refused_at(
            form, lambda: assemblies.propose_amendment(by=by, minutes=minutes, **form.cleaned_data)
        )
        if not refused:
            messages.success(request, _("Grazie: la correzione è arrivata a chi cura il verbale."))
            return redirect("minutes_draft", token)
        status = refused.verdict.status
    context = {
        "minutes": minutes,
        "assembly": minutes.assembly,
        "text": markdown(assemblies_read.text_of(minutes), top=2),
        "form": form,
    }
    return render(request, "portal/draft.html", context, status=status)


# Proposals --------------------------------------------------------------------------------------------------------


@require_GET
def public_ideas(request: HttpRequest) -> HttpResponse:
    """Proposals that everybody reads: by area and by what became of them. 50 rows a page."""
    area, state = request.GET.get("zona", ""), request.GET.get("stato", "")
    rows = queries.shown_ideas()
    if area:
        rows = rows.filter(area__code=area)
    if state in IdeaState.values:
        rows = rows.filter(state=state)
    shown = (IdeaState.PUBLISHED, IdeaState.EVALUATING, IdeaState.ACCEPTED, IdeaState.REJECTED)
    context = {
        "page": page_of(request, queries.with_counts(rows.newest_first())),
        "areas": territory.reference_areas(),
        "states": [(one.value, one.label) for one in shown],
        "area": area,
        "state": state,
    }
    return render(request, "portal/ideas.html", context)


@require_GET
def public_idea(request: HttpRequest, reference: str) -> HttpResponse:
    """A proposal, the answer to it and what becomes of it."""
    row = queries.shown_idea(reference)
    if row.reference != reference:
        return redirect("public_idea", row.reference)
    return render(request, "portal/idea.html", _about(row))


def _about(row: Any) -> dict[str, Any]:
    names, unnamed = queries.credits_of(row)
    result = queries.result_of(row) if row.state == IdeaState.ACCEPTED else None
    return {
        "idea": row,
        "names": names,
        "unnamed": unnamed,
        "photos": list(attachments.of(row)) if row.shows_photos else [],
        "result": result,
        "milestones": queries.milestones_of(result) if result else [],
        "updates": queries.updates_of(result) if result else [],
        "is_live": row.state in LIVE_IDEAS,
    }


@require_GET
def idea_photo(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """A photo that was published with a proposal."""
    row = queries.shown_idea(reference)
    if not row.shows_photos:
        raise NotVisible
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))


@require_http_methods(["GET", "POST"])
def support(request: HttpRequest, reference: str) -> HttpResponse:
    """Support a proposal, with a name or without."""
    row = queries.shown_idea(reference)
    rules.may_support(Actor.visitor(), row).require()
    form = SupportIdeaForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"idea": row, "form": form}
        return render(request, "portal/support.html", context, status=422 if form.is_bound else 200)
    limits.may(request, limits.SENDING).require()
    browser = browsers.word_of(request, COOKIE)
    once = browsers.digest_for(browser, row)
    is_counted = actions.support(by=Actor.visitor(), idea=row, once=once, details=form.details_given())
    words = _("Grazie: il tuo sostegno conta.") if is_counted else _("L'hai già sostenuta: conta una volta.")
    messages.success(request, words)
    response = redirect("public_idea", row.reference)
    browsers.keep(response, COOKIE, browser, path="/partecipa")
    return response


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """First step: what and where. Then those much like it are shown, before photos and name."""
    initial = {"process": _process_asked(request)}
    form = IdeaForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return render(request, "portal/propose.html", {"form": form}, status=422 if form.is_bound else 200)
    return _second_step(request, form, SendIdeaForm(), 200)


def _process_asked(request: HttpRequest) -> Any:
    return queries.open_to_ideas(clock.today()).filter(reference=request.GET.get("processo", "")).first()


def _second_step(request: HttpRequest, first: IdeaForm, form: SendIdeaForm, status: int) -> HttpResponse:
    given = first.cleaned_data
    context = {
        "first": first,
        "form": form,
        "given": given,
        "similar": queries.similar_ideas(given["title"], given["text"]),
    }
    return render(request, "portal/propose_send.html", context, status=status)


@require_http_methods(["POST"])
def send_idea(request: HttpRequest) -> HttpResponse:
    """Second step: send it. What was typed is kept if something is not right."""
    first = IdeaForm(request.POST)
    if not first.is_valid():
        return render(request, "portal/propose.html", {"form": first}, status=422)
    form = SendIdeaForm(request.POST, request.FILES)
    if not form.is_valid():
        return _second_step(request, first, form, 422)
    limits.may(request, limits.SENDING).require()
    try:
        sent = actions.propose(by=Actor.visitor(), new=form.idea(first))
    except Refused as refused:
        form.add_error(None, str(refused.verdict.sentence))
        return _second_step(request, first, form, refused.verdict.status)
    if not sent.token:  # the same page sent twice: the private link went out with the first
        messages.info(request, _("La tua proposta è già arrivata: grazie."))
        return redirect("take_part")
    messages.success(request, _("Grazie: la tua proposta è arrivata."))
    return redirect("idea_mine", sent.token)


@private_page
@require_GET
def mine(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page of who made a proposal: where it stands and what comes next."""
    row = queries.idea_of_link(token)
    link = link_of(token)
    target = row.merged_into if row.state == IdeaState.MERGED else None
    context = _about(row) | {
        "token": token,
        "link": link,
        "qr": qr.svg(link),
        "target": target,
        "may_withdraw": rules.may_withdraw(_author(row), row),
    }
    return render(request, "portal/idea_mine.html", context)


def _author(row: Any) -> Actor:
    return Actor.author(row.reference)


@private_page
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponseBase:
    """Take one's own proposal back."""
    row = queries.idea_of_link(token)
    rules.may_withdraw(_author(row), row).require()
    if request.method == "POST":
        actions.withdraw(by=_author(row), idea=row)
        messages.success(request, _("Hai ritirato la proposta."))
        return redirect("idea_mine", token)
    return render(request, "portal/idea_withdraw.html", {"idea": row, "token": token})


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """What came of it: accepted proposals, and decisions of assemblies. 50 rows a page."""
    decided = assemblies_read.shown_resolutions().in_lines().order_by("-id")
    context = {
        "results": queries.shown_results()[: FEW * 10],
        "page": page_of(request, decided),
        "progress": assemblies_read.progress_of(assemblies_read.shown_resolutions()),
    }
    return render(request, "portal/results.html", context)
