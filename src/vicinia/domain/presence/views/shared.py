"""What the pages of presence share: their tabs, and a form that says when somebody was faster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.foundation.kernel.errors import Conflict
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.components import Tab

Shown = Sequence[tuple[Sentence, Any]]


def tabs(current: str) -> list[Tab]:
    """The pages of presence, the present one marked."""
    pages = [
        (_("Giri"), "rounds"),
        (_("Testimoni"), "key_contacts"),
        (_("Da decidere"), "observations"),
        (_("Copertura"), "coverage"),
    ]
    return [Tab(label, reverse(name), name == current) for label, name in pages]


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
    label: Sentence = "",
    has_map: bool = False,
) -> HttpResponse:
    """A form on a row that others may be changing: who was slower keeps what was typed and sees how it is `now` (409)."""
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Conflict as happened:
            conflict = happened
            row.refresh_from_db()
        else:
            messages.success(request, str(done))
            return go_to(request, back)
    context = {
        "title": title,
        "about": about,
        "form": form,
        "conflict": conflict,
        "now": now() if conflict else (),
        "version": row.version,
        "back": back,
        "label": label,
        "has_map": has_map,
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "presence/form.html", context, status=status)
