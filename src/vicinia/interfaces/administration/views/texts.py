"""The texts of documents: what each says in each language, tried out before it is put into use."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import actions, checking, composing, pdf, queries, rules
from vicinia.foundation.documents.kinds import DocumentKind
from vicinia.foundation.documents.models import DocumentText, digest_of
from vicinia.foundation.documents.wording import TextRefused
from vicinia.foundation.kernel.errors import Conflict
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import once_more, refused_at
from vicinia.interfaces.administration.forms import TextForm

administrator = needs(Capability.MANAGE_SETTINGS)

Changes = list[tuple[str, str]]


@administrator
def texts(request: HttpRequest) -> HttpResponse:
    """Every kind of document with its languages: ours, changed, with a draft."""
    return render(request, "administration/texts.html", {"rows": queries.overview(by=actor_of(request))})


@dataclass(frozen=True)
class _Desk:
    """What the page of one text works on."""

    kind: DocumentKind
    language: str
    draft: DocumentText | None
    in_use: queries.Text | None
    published: DocumentText | None
    ours: queries.Text | None

    @property
    def start(self) -> str:
        """What the editor begins with: the draft, else what is in use, else the Italian to be translated."""
        if self.draft:
            return self.draft.source
        shown = self.in_use or queries.text_of(self.kind.key, "it")
        return shown.source

    def composed(self, source: str) -> composing.Composed:
        """The text with the samples of its words."""
        text = queries.Text(source, self.language, 0, digest_of(source), is_reviewed=True)
        return composing.compose_text(text, lambda: checking.samples_of(self.kind))


def _desk(request: HttpRequest, key: str, language: str) -> _Desk:
    by = actor_of(request)
    kind = queries.kind_for(by=by, key=key, language=language)
    found = queries.text_of(key, language)
    return _Desk(
        kind=kind,
        language=language,
        draft=queries.draft(by=by, key=key, language=language),
        in_use=found if found.language == language else None,
        published=queries.published(by=by, key=key, language=language),
        ours=queries.our_text(key, language),
    )


@administrator
def text(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """One text: edit it, look at it, keep the draft, put it into use."""
    desk = _desk(request, key, language)
    form = TextForm(request.POST or None, initial=_initial(desk), language=language)
    status, conflict, source = 200, None, desk.start
    if request.method == "POST":
        status = 422
        source = str(form.data.get("source", ""))
        if form.is_valid():
            try:
                if done := _act(request, desk, form):
                    return done
                status = 422 if form.errors else 200
            except Conflict as happened:
                conflict, status = happened, happened.verdict.status
                desk = _desk(request, key, language)
    context = {**_shown(request, desk, source), "form": form, "conflict": conflict}
    is_first_look = conflict is not None or not form.is_bound
    seen = (desk.draft.version if desk.draft else 0) if is_first_look else form["seen_version"].value()
    return render(request, "administration/text.html", {**context, "version": seen}, status=status)


def _initial(desk: _Desk) -> dict[str, Any]:
    draft = desk.draft
    return {
        "source": desk.start,
        "note": draft.note if draft else "",
        "is_reviewed": bool(draft and draft.is_reviewed),
    }


def _act(request: HttpRequest, desk: _Desk, form: TextForm) -> HttpResponse | None:
    """Do what the button says. Gives where to go then, or None to stay on the page."""
    wanted = request.POST.get("act")
    if wanted not in ("save", "publish"):
        return None
    by, key, language = actor_of(request), desk.kind.key, desk.language
    faults = checking.faults_of(form.cleaned_data["source"], desk.kind)
    if wanted == "publish" and faults:
        for fault in faults:
            form.add_error("source", str(fault))
        return None
    saved = actions.save_draft(by=by, key=key, language=language, **form.cleaned_data)
    here = reverse("text", args=[key, language])
    if wanted == "save":
        messages.success(request, _saved_words(len(faults)))
        return go_to(request, here)
    if refused_at(form, lambda: actions.publish(by=by, text=saved)):
        form.data = {**form.data.dict(), "seen_version": saved.version}
        return None
    messages.success(request, _("Fatto. Da adesso i documenti escono con questo testo."))
    return go_to(request, here)


def _saved_words(faults: int) -> str:
    if not faults:
        return _("Fatto. La bozza è salvata e si può mettere in uso.")
    sentence = ngettext(
        "La bozza è salvata. C'è %(count)s cosa da correggere prima di metterla in uso.",
        "La bozza è salvata. Ci sono %(count)s cose da correggere prima di metterla in uso.",
        faults,
    )
    return sentence % {"count": faults}


def _shown(request: HttpRequest, desk: _Desk, source: str) -> dict[str, Any]:
    by = actor_of(request)
    preview, faults = None, checking.faults_of(source, desk.kind)
    if not faults:
        preview = desk.composed(source)
    return {
        "kind": desk.kind,
        "language": desk.language,
        "language_name": queries.language_name(desk.language),
        "languages": [(code, queries.language_name(code)) for code in rules.languages_for(desk.kind)],
        "direction": queries.direction_of(desk.language),
        "draft": desk.draft,
        "published": desk.published,
        "ours": desk.ours,
        "is_reviewed": desk.in_use is not None and desk.in_use.is_reviewed,
        "in_use": desk.in_use,
        "words": desk.kind.words,
        "preview": preview,
        "faults": faults,
        "changes": list(changes(desk.ours.source, source)) if desk.ours else [],
        "page": page_of(request, queries.versions(by=by, key=desk.kind.key, language=desk.language)),
    }


def changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The lines of two texts, each "same", "gone" or "new"."""
    signs = {"  ": "same", "- ": "gone", "+ ": "new"}
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if line[:2] in signs:
            yield signs[line[:2]], line[2:]


@administrator
@require_POST
def text_paper(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """What is written in the editor as the PDF that would be printed, with samples; nothing is kept."""
    desk = _desk(request, key, language)
    source = request.POST.get("source", "")
    faults = [str(fault) for fault in checking.faults_of(source, desk.kind)]
    try:
        document = desk.composed(source)
    except TextRefused:
        context = {"kind": desk.kind, "language": language, "faults": faults}
        return render(request, "administration/text_refused.html", context, status=422)
    content = pdf.render("documents/paper.html", {"document": document}, language=language)
    return pdf.as_response(content, f"prova-{key}-{language}.pdf")


@administrator
@require_POST
def drop_draft(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Give the draft up."""
    desk = _desk(request, key, language)
    if desk.draft:
        actions.drop_draft(by=actor_of(request), text=desk.draft)
        messages.success(request, _("Fatto. La bozza è scartata."))
    return go_to(request, reverse("text", args=[key, language]))


@administrator
def withdraw_text(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Go back to our text, after a question."""
    desk = _desk(request, key, language)
    here = reverse("text", args=[key, language])
    rules.may_withdraw(actor_of(request), desk.published).require()
    if request.method == "POST":
        actions.withdraw(by=actor_of(request), key=key, language=language)
        messages.success(request, _("Fatto. È di nuovo in uso il testo di partenza."))
        return go_to(request, here)
    sentence = _("Il testo del Comune resta tra le versioni e si può rimettere in uso.")
    if desk.ours is None:
        sentence += " " + _("In questa lingua non c'è un testo di partenza: il documento uscirà in italiano.")
    return once_more(
        request,
        title=_("Vuoi tornare al testo di partenza?"),
        sentence=sentence,
        label=_("Torna al testo di partenza"),
        back=here,
        is_danger=False,
    )


@administrator
@require_GET
def download_text(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The text in use as a file, for who translates it elsewhere."""
    desk = _desk(request, key, language)
    headers = {"Content-Disposition": f'attachment; filename="{key}.{language}.md"'}
    return HttpResponse(desk.start, content_type="text/markdown; charset=utf-8", headers=headers)


@administrator
@require_GET
def text_version(request: HttpRequest, key: str, language: str, number: int) -> HttpResponse:
    """An older version, and what differs from it in what is in use."""
    by, desk = actor_of(request), _desk(request, key, language)
    row = queries.version(by=by, key=key, language=language, number=number)
    faults = checking.faults_of(row.source, desk.kind)
    context = {
        "kind": desk.kind,
        "language": language,
        "language_name": queries.language_name(language),
        "direction": queries.direction_of(language),
        "row": row,
        "may_restore": rules.may_restore(by, row, faults=faults),
        "changes": list(changes(row.source, desk.in_use.source)) if desk.in_use else [],
    }
    return render(request, "administration/text_version.html", context)


@administrator
@require_POST
def restore_text(request: HttpRequest, key: str, language: str, number: int) -> HttpResponse:
    """Put an older version into use again."""
    by = actor_of(request)
    queries.kind_for(by=by, key=key, language=language)
    row = queries.version(by=by, key=key, language=language, number=number)
    actions.restore(by=by, text=row)
    messages.success(request, _("Fatto. La versione %(number)s è di nuovo in uso.") % {"number": number})
    return go_to(request, reverse("text", args=[key, language]))
