"""A page with one form: filled in, it does its act and goes back; otherwise it is shown with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Sentence


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
    """
    if request.method == "POST" and form.is_valid():
        do(form.cleaned_data)
        messages.success(request, str(done))
        return go_to(request, back)
    context = {"title": title, "about": about, "back": back, "form": form, "lead": lead, "label": label}
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)
