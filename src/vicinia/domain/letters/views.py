"""What staff see and do of letters and of the plan of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.casework import actions as casework_actions
from vicinia.domain.casework import queries as casework
from vicinia.domain.casework import rules as casework_rules
from vicinia.domain.letters import actions, papers, queries, rules
from vicinia.domain.letters.documents import PLAN_FOR_PERSON
from vicinia.domain.letters.forms import AnswerForm, DeliveryForm, LetterForm, PlanForm, ProtocolForm
from vicinia.domain.letters.models import Letter
from vicinia.domain.letters.states import ON_ITS_WAY, TO_BODY, LetterKind, LetterState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, once_more, one_form, refused_at, versioned_form
from vicinia.foundation.look.choosing import chosen_view
from vicinia.foundation.look.forms import ReasonForm


@needs(Capability.SEE_CASES)
def letters(request: HttpRequest) -> HttpResponse:
    """The letters of the cases one sees, by what they wait for: 50 rows a page."""
    rows = queries.letters(request.actor).in_lines()
    views = {
        "da-finire": (_("Da finire"), rows.drafts()),
        "da-consegnare": (_("Da consegnare"), rows.to_hand_over()),
        "in-attesa": (_("In attesa di risposta"), rows.awaiting()),
        "tutte": (_("Tutte"), rows),
    }
    chosen, tabs = chosen_view(request, reverse("case_letters"), views)
    context = {"tabs": tabs, "page": page_of(request, views[chosen][1])}
    return render(request, "letters/letters.html", context)


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: its letters and how they stand."""
    case = casework.case_named(request.actor, reference)
    context = {
        "case": case,
        "letters": queries.letters_of(case)[:20],
        "may_write": rules.may_write(request.actor, case),
    }
    return page_or_part(request, "letters/on_case_page.html", "letters/on_case.html", context)


@needs(Capability.WORK_CASES)
def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """What the letter is for, before anything is written."""
    case = casework.case_named(request.actor, reference)
    rules.may_write(request.actor, case).require()
    context = {
        "case": case,
        "to_people": [kind for kind in LetterKind if kind not in TO_BODY],
        "to_bodies": [kind for kind in LetterKind if kind in TO_BODY],
    }
    return render(request, "letters/choose.html", context)


@needs(Capability.WORK_CASES)
def new(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Begin a letter: whom it is for, and the few words of its kind."""
    by = request.actor
    case = casework.case_named(by, reference)
    if kind not in LetterKind.values:
        raise NotVisible
    rules.may_write(by, case).require()
    form = LetterForm(request.POST or None, case=case, kind=kind)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        made: list[Letter] = []
        whom = {"to": form.cleaned_data.get("to"), "body": form.cleaned_data.get("body")}
        refused = refused_at(
            form, lambda: made.append(actions.draft(by=by, case=case, kind=kind, new=form.words, **whom))
        )
        if refused is None:
            return go_to(request, reverse("letter", args=[made[0].pk]))
        status = refused.verdict.status
    context = {
        "title": LetterKind(kind).label,
        "about": case,
        "back": reverse("letter_choose", args=[reference]),
        "form": form,
        "lead": _("Dopo la vedi come la leggerà chi la riceve. Finché non la firmi puoi cambiarla."),
        "label": _("Guarda la lettera"),
    }
    return render(request, "look/act.html", context, status=status)


@needs(Capability.SEE_CASES)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it is read, and what can be done with it."""
    row = queries.letter_named(request.actor, pk)
    return _shown(request, row)


def _shown(request: HttpRequest, row: Letter, *, refusal: str = "", status: int = 200) -> HttpResponse:
    by = request.actor
    paper = seal = None
    if row.is_issued and row.erased_at is None:
        paper = papers.frozen(
            by=by, letter=row, purpose=_("leggo la lettera %(number)s") % {"number": row.number}
        )
    elif row.state == LetterState.DRAFT and rules.may_change(by, row):
        paper, _text = papers.compose(by=by, letter=row, purpose=_("preparo una lettera"))
        seal = papers.seal_of(paper)
    is_draft = row.state == LetterState.DRAFT
    context = {
        "letter": row,
        "paper": paper,
        "seal": seal,
        "refusal": refusal,
        "text": papers.text_of(row),
        "named": queries.people_named(row) if is_draft and row.is_to_body else (),
        "may_change": rules.may_change(by, row),
        "may_deliver": rules.may_deliver(by, row, LetterState.HANDED),
        "may_mail": rules.may_deliver(by, row, LetterState.EMAILED, has_email=bool(queries.email_of(row))),
        "may_call_back": rules.may_call_back(by, row, "-"),
        "may_protocol": rules.may_protocol(by, row),
        "may_answer": rules.may_answer(by, row),
        "was_delivered": row.state in ON_ITS_WAY,
    }
    return render(request, "letters/letter.html", context, status=status)


@needs(Capability.WORK_CASES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft. When someone else did meanwhile, both versions are shown."""
    by = request.actor
    row = queries.letter_named(by, pk)
    rules.may_change(by, row).require()
    form = LetterForm(request.POST or None, case=row.case, kind=row.kind, letter=row)

    def now() -> Shown:
        typed = LetterForm(case=row.case, kind=row.kind, letter=row)
        return [
            (field.label, typed.get_initial_for_field(field, name))
            for name, field in typed.fields.items()
            if name != "seen_version"
        ]

    return versioned_form(
        request,
        row=row,
        title=row.get_kind_display(),
        about=row.to_role,
        form=form,
        do=lambda values: actions.change(
            by=by, letter=row, new=form.words, seen_version=values["seen_version"]
        ),
        now=now,
        done=_("Salvato."),
        label=_("Guarda la lettera"),
        back=reverse("letter", args=[pk]),
    )


@require_POST
@needs(Capability.WORK_CASES)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign what was just looked at; what a rule refuses is said on the letter's page."""
    row = queries.letter_named(request.actor, pk)
    form = forms.Form(request.POST)
    seal = request.POST.get("seal", "")
    refused = refused_at(form, lambda: actions.issue(by=request.actor, letter=row, seal=seal))
    if refused is not None:
        row.refresh_from_db()
        return _shown(
            request, row, refusal=" ".join(map(str, form.non_field_errors())), status=refused.verdict.status
        )
    messages.success(request, _("Lettera firmata: ora stampala o mandala."))
    return go_to(request, reverse("letter", args=[pk]))


@needs(Capability.WORK_CASES)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up, after asking."""
    by = request.actor
    row = queries.letter_named(by, pk)
    rules.may_drop(by, row).require()
    if request.method == "POST":
        actions.drop(by=by, letter=row)
        messages.success(request, _("Bozza lasciata cadere."))
        return go_to(request, reverse("case", args=[row.case.reference]))
    return once_more(
        request,
        title=_("Lasciare cadere la bozza?"),
        sentence=_("Le parole scritte finora saranno cancellate."),
        label=_("Lascia cadere"),
        back=reverse("letter", args=[pk]),
    )


@needs(Capability.SEE_CASES)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as PDF: a draft as it would be signed now, the others as they were signed."""
    row = queries.letter_named(request.actor, pk)
    rules.may_print(request.actor, row).require()
    name = row.number or _("bozza")
    return pdf.as_response(papers.print_letter(by=request.actor, letter=row), f"{name}.pdf")


@needs(Capability.WORK_CASES)
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the letter was handed over or posted."""
    row = queries.letter_named(request.actor, pk)
    rules.may_deliver(request.actor, row, LetterState.HANDED).require()
    return _act(
        request,
        row,
        title=_("La lettera è partita"),
        form=DeliveryForm(request.POST or None),
        do=lambda values: actions.deliver(by=request.actor, letter=row, **values),
    )


@require_POST
@needs(Capability.WORK_CASES)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the words of the letter to the address that we know."""
    row = queries.letter_named(request.actor, pk)
    actions.deliver(by=request.actor, letter=row, state=LetterState.EMAILED)
    messages.success(request, _("La lettera parte tra poco per e-mail."))
    return go_to(request, reverse("letter", args=[pk]))


@needs(Capability.WORK_CASES)
def call_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the letter."""
    row = queries.letter_named(request.actor, pk)
    rules.may_call_back(request.actor, row, "-").require()
    return _act(
        request,
        row,
        title=_("Richiama la lettera"),
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.call_back(by=request.actor, letter=row, **values),
    )


@needs(Capability.WORK_CASES)
def protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """The number of the town's register."""
    row = queries.letter_named(request.actor, pk)
    rules.may_protocol(request.actor, row).require()
    return _act(
        request,
        row,
        title=_("Protocollo"),
        form=ProtocolForm(request.POST or None, initial={"protocol": row.protocol}),
        do=lambda values: actions.register(by=request.actor, letter=row, **values),
    )


@needs(Capability.WORK_CASES)
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer has come."""
    row = queries.letter_named(request.actor, pk)
    rules.may_answer(request.actor, row).require()
    return _act(
        request,
        row,
        title=_("È arrivata la risposta"),
        form=AnswerForm(request.POST or None),
        do=lambda values: actions.note_answer(by=request.actor, letter=row, **values),
    )


@needs(Capability.WORK_CASES)
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """No answer is awaited any more."""
    row = queries.letter_named(request.actor, pk)
    rules.may_answer(request.actor, row).require()
    return _act(
        request,
        row,
        title=_("Non aspettare più la risposta"),
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.give_up_answer(by=request.actor, letter=row, **values),
    )


def _act(
    request: HttpRequest, row: Letter, *, title: str, form: forms.Form, do: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    back = reverse("letter", args=[row.pk])
    return one_form(request, title=title, form=form, do=do, back=back, done=_("Fatto."), about=row.number)


# The plan of a case ----------------------------------------------------------------------------------------------


@needs(Capability.SEE_CASES)
def plan_on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: what is wanted, and when it is looked at again."""
    case = casework.case_named(request.actor, reference)
    context = {
        "case": case,
        "plan": casework.plan_of(case),
        "may_plan": casework_rules.may_work(request.actor, case),
        "is_page": False,
    }
    return page_or_part(request, "letters/plan_on_case_page.html", "letters/plan_on_case.html", context)


@needs(Capability.WORK_CASES)
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan of a case, and the papers that it is printed on: one for us, one for each who reports."""
    case = casework.case_named(request.actor, reference)
    context = {
        "case": case,
        "plan": casework.plan_of(case),
        "is_page": True,
        "may_plan": casework_rules.may_work(request.actor, case),
        "commitments": [(casework_rules.who_committed(row), row) for row in casework.commitments_of(case)],
        "interventions": casework.interventions_of(case),
        "tasks": casework.progress(case).open_tasks,
        "reporters": queries.reporters(case),
        "languages": documents.languages_of(PLAN_FOR_PERSON),
    }
    return render(request, "letters/plan.html", context)


@needs(Capability.WORK_CASES)
def plan_write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the goal and the day. When someone else did meanwhile, both versions are shown."""
    by = request.actor
    case = casework.case_named(by, reference)
    casework_rules.may_work(by, case).require()
    row = casework.plan_of(case)
    return versioned_form(
        request,
        row=row,
        title=_("Piano del caso"),
        about=case,
        form=PlanForm(request.POST or None, plan=row),
        do=lambda values: casework_actions.write_plan(by=by, case=case, **values),
        now=lambda: [(_("Che cosa vogliamo ottenere"), row.goal), (_("Quando lo rivediamo"), row.review_on)],
        done=_("Piano salvato."),
        back=reverse("case_plan", args=[reference]),
    )


@needs(Capability.WORK_CASES)
def plan_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan for who works on the case, as PDF."""
    case = casework.case_named(request.actor, reference)
    return pdf.as_response(papers.print_plan(by=request.actor, case=case), f"piano-{reference}.pdf")


@needs(Capability.WORK_CASES)
def plan_person_paper(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The plan for one who reports, as PDF in `?lingua=`, or in theirs."""
    case = casework.case_named(request.actor, reference)
    row = queries.reporter_of(case, pk)
    language = request.GET.get("lingua") or row.person.language
    content = papers.print_plan_for(by=request.actor, case=case, row=row, language=language)
    return pdf.as_response(content, f"piano-{reference}.pdf")
