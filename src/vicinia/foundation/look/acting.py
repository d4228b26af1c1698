"""A page with one form: filled in, it does its act and goes back; otherwise it is shown with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vicinia.foundation.kernel.errors import Conflict, Refused
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Sentence

FORBIDDEN = 403


def one_form(
    request: HttpRequest,
    *,
    title: Sentence,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    done: Sentence,
    back: str,
    about: Any = "",
    lead: str = "",
    label: str = "",
) -> HttpResponse:
    """Do the act with the clean values of a valid form, say that it is done and go `back`; else show the page.

    `about` stands above the title, `lead` above the fields, `label` on the button ("Salva" if empty).
    What a rule refuses is said at the form: 409 if it is about the moment; `Refused` goes on if it is about the person.
    """
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        if not (refused := refused_at(form, lambda: do(form.cleaned_data))):
            messages.success(request, str(done))
            return go_to(request, back)
        status = refused.verdict.status
    context = {"title": title, "about": about, "back": back, "form": form, "lead": lead, "label": label}
    return render(request, "look/act.html", context, status=status)


def refused_at(form: forms.Form, do: Callable[[], Any]) -> Refused | None:
    """Do it; if a rule refuses the moment, say so at the form, which keeps what was typed. Gives the refusal, or None."""
    try:
        do()
    except Conflict:
        raise  # both versions are shown, on a page of their own
    except Refused as refused:
        if refused.verdict.status == FORBIDDEN:
            raise
        words = (refused.verdict.sentence, refused.verdict.hint)
        form.add_error(None, " ".join(str(part) for part in words if part))
        return refused
    return None


def once_more(
    request: HttpRequest,
    *,
    title: Sentence,
    sentence: Sentence,
    label: Sentence,
    back: str,
    form: forms.Form | None = None,
    is_danger: bool = True,
) -> HttpResponse:
    """The page that asks once more before an act, in a sentence that says what follows; `form` if a reason is asked."""
    context = {
        "title": title,
        "sentence": sentence,
        "form": form or "",
        "label": label,
        "back": back,
        "is_danger": is_danger,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "look/confirm.html", context, status=status)


Shown = Sequence[tuple[Sentence, Any]]


def versioned_form(
    request: HttpRequest,
    *,
    row: Any,
    title: Sentence,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    now: Callable[[], Shown],
    done: Sentence,
    back: str,
    about: Any = "",
    lead: Sentence = "",
    label: Sentence = "",
    has_map: bool = False,
) -> HttpResponse:
    """The same for a `row` that others may be changing: who was slower keeps what was typed and sees how it is `now` (409).

    The form has a hidden `seen_version`, which `do` gets with the other values. It stays the version that was read until
    the page has shown a newer one: a slip in a field is not a look at what others did. `has_map` if the form asks where.
    """
    conflict = None
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            refused = refused_at(form, lambda: do(form.cleaned_data))
        except Conflict as happened:
            conflict, status = happened, happened.verdict.status
            row.refresh_from_db()
        else:
            if not refused:
                messages.success(request, str(done))
                return go_to(request, back)
            status = refused.verdict.status
    context = {
        "title": title,
        "about": about,
        "back": back,
        "form": form,
        "lead": lead,
        "label": label,
        "conflict": conflict,
        "now": now() if conflict else (),
        "version": row.version if conflict or not form.is_bound else form["seen_version"].value(),
        "has_map": has_map,
    }
    return render(request, "look/act_versioned.html", context, status=status)
