"""The form, in the steps of the national model: privacy, details, summary. Every step works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vicinia.domain.listening import actions
from vicinia.domain.listening.actions import NewReport
from vicinia.domain.listening.drafts import DraftContent
from vicinia.domain.listening.queries import drafts as kept
from vicinia.domain.listening.queries import similar
from vicinia.foundation.accounts.tokens import new_token
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible, Refused
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.interfaces.portal.forms.report import DetailsForm, PrivacyForm
from vicinia.interfaces.portal.views import drafts, limits

STEPS = [
    gettext_lazy("Autorizzazioni e condizioni"),
    gettext_lazy("Dati di segnalazione"),
    gettext_lazy("Riepilogo"),
]
ME_TOO_SALT = "portal.me-too"
TRAP = "indirizzo_web"  # a field that people don't see and machines fill in


@private_page
@require_http_methods(["GET", "POST"])
def privacy(request: HttpRequest) -> HttpResponseBase:
    """First step: what we do with what you write."""
    content = drafts.content_of(request) or DraftContent()
    if content.sent is not None:
        content = DraftContent()
    form = PrivacyForm(request.POST if request.method == "POST" else None, initial=dict(content.answers))
    if not form.is_valid():
        context = {"form": form, "steps": STEPS, "has_draft": bool(content.answers)}
        return render(request, "portal/report_privacy.html", context)

    is_new = not content.answers
    token = new_token() if is_new else drafts.token_of(request)
    answers = drafts.answers_in(request, content.answers, PrivacyForm.base_fields)
    actions.keep_draft(by=Actor.visitor(), token=token, answers=answers)
    return drafts.remember(redirect("report_details"), token)


@private_page
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponseBase:
    """Second step: where, what, who. What was typed is kept before anything is checked."""
    token, content = drafts.token_of(request), drafts.content_of(request)
    if content is None and request.method == "GET":
        return redirect("report_start")
    if content is not None and content.sent is not None:
        return redirect("report_sent")
    if request.method == "GET":
        answers = content.answers if content else {}
        return _show_details(request, token, DetailsForm(initial=_first_answers(answers)))

    answers = drafts.answers_in(request, content.answers if content else {}, DetailsForm.base_fields)
    form = DetailsForm(request.POST, request.FILES)
    form.full_clean()
    _keep(request, token, answers, form)
    if request.POST.get(TRAP):
        # Never lose a person's report because a browser filled in what only machines should: ask once more.
        form.add_error(
            None, _("Un programma ha riempito un campo nascosto. Controlla i dati e premi di nuovo Avanti.")
        )
    return drafts.remember(_after_details(request, token, form), token)


def _keep(request: HttpRequest, token: str, answers: dict[str, str], form: DetailsForm) -> None:
    """Keep what was typed, then the good photos: a photo that can't be kept loses nothing else."""
    answers["kind"] = form.cleaned_data.get("kind") or answers.get("kind", "")
    actions.keep_draft(by=Actor.visitor(), token=token, answers=answers)
    for name in request.POST.getlist("remove"):
        actions.remove_draft_file(by=Actor.visitor(), token=token, name=name)
    files = form.cleaned_data.get("photos") or []
    if not files:
        return
    try:
        limits.may(request, limits.KEEPING).require()
        actions.keep_draft(by=Actor.visitor(), token=token, answers=answers, files=files)
    except Refused as refused:
        form.add_error("photos", str(refused.verdict.sentence))


def _after_details(request: HttpRequest, token: str, form: DetailsForm) -> HttpResponse:
    if "back" in request.POST:
        return redirect("report_start")
    if "save" in request.POST:
        messages.success(
            request, _("Abbiamo salvato la richiesta: la ritrovi su questo dispositivo per 7 giorni.")
        )
        return redirect("report_details")
    if "remove" in request.POST and "next" not in request.POST:
        return redirect("report_details")
    if form.errors:
        return _show_details(request, token, form, status=422)
    return redirect("report_summary")


def _first_answers(answers: Any) -> dict[str, str]:
    return {"language": get_language() or "it", "contact_way": "phone", **answers}


def _show_details(request: HttpRequest, token: str, form: DetailsForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "steps": STEPS, "photos": kept.draft_files(token), "trap": TRAP}
    return render(request, "portal/report_details.html", context, status=status)


@private_page
@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest) -> HttpResponseBase:
    """Third step: read it again, see whether someone has already reported it, send."""
    token, content = drafts.token_of(request), drafts.content_of(request)
    if content is None:
        return _gone(request)
    if content.sent is not None:
        return redirect("report_sent")
    form = DetailsForm(dict(content.answers))
    if not form.is_valid() or not content.answers.get("privacy"):
        return redirect("report_details" if content.answers.get("privacy") else "report_start")
    if request.method == "GET":
        return _show_summary(request, token, form)

    limits.may(request, limits.SENDING).require()
    actions.send_draft(by=Actor.visitor(), token=token, new=_new_report(form))
    return redirect("report_sent")


def _sought(form: DetailsForm) -> similar.Sought:
    words = f"{form.cleaned_data['title']} {form.cleaned_data['description']}"
    return similar.Sought(form.category, form.place, words)


def _show_summary(request: HttpRequest, token: str, form: DetailsForm) -> HttpResponse:
    found = [
        (one, signing.dumps(one.reference, salt=ME_TOO_SALT)) for one in similar.similar_open(_sought(form))
    ]
    context = {
        "form": form,
        "answers": form.cleaned_data,
        "location": form.place,
        "category": form.category,
        "photos": kept.draft_files(token),
        "similar": found,
        "steps": STEPS,
        "frequency": form.chosen("frequency"),
        "contact_way": form.chosen("contact_way"),
        "language": form.chosen("language"),
    }
    return render(request, "portal/report_summary.html", context)


def _new_report(form: DetailsForm) -> NewReport:
    answers = form.cleaned_data
    return NewReport(
        category=form.category,
        title=answers["title"],
        description=answers["description"],
        location=form.place,
        since_words=answers["since_words"],
        frequency=answers["frequency"],
        who_suffers=answers["who_suffers"],
        at_risk=answers["at_risk"],
        reporter=form.details,
        on_behalf_of=answers["on_behalf_of"],
        contact_way=answers["contact_way"] if form.is_named() else "",
        language=answers["language"] or get_language() or "it",
        privacy_read=True,
    )


@private_page
@require_POST
def me_too(request: HttpRequest) -> HttpResponseBase:
    """Instead of a double: this concerns me too."""
    token, content = drafts.token_of(request), drafts.content_of(request)
    if content is None:
        return _gone(request)
    if content.sent is not None:
        return redirect("report_sent")
    form = DetailsForm(dict(content.answers))
    if not form.is_valid():
        return redirect("report_details")
    limits.may(request, limits.SENDING).require()
    report = similar.similar_named(_sought(form), _signed_reference(request))
    words = form.cleaned_data["description"]
    actions.send_draft_as_me_too(
        by=Actor.visitor(), token=token, report=report, reporter=form.details, words=words
    )
    return redirect("report_sent")


def _signed_reference(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.POST.get("report", ""), salt=ME_TOO_SALT, max_age=86_400))
    except signing.BadSignature as error:
        raise NotVisible from error


@private_page
@require_POST
def start_again(request: HttpRequest) -> HttpResponseBase:
    """Forget this draft, on this device and here."""
    actions.drop_draft(by=Actor.visitor(), token=drafts.token_of(request))
    messages.success(request, _("Abbiamo cancellato quello che avevi scritto."))
    return drafts.forget(redirect("home"))


@private_page
@require_GET
def photo(request: HttpRequest, name: str) -> HttpResponseBase:
    """A photo of this browser's own draft."""
    file = kept.draft_file(drafts.token_of(request), name)
    return stream(request, file, "thumb" if file.is_photo else "")


def _gone(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Non troviamo più quello che avevi scritto: le bozze durano 7 giorni."))
    return redirect("report_start")
