"""The page of a household that moves for the works: where it lives, what waits for it, how to ask. No account, no JavaScript."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vicinia.domain.mobility import actions
from vicinia.domain.mobility.actions.family import link_of
from vicinia.domain.mobility.forms import MessageForm
from vicinia.domain.mobility.queries import family
from vicinia.foundation.documents import qr
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.look.acting import refused_at
from vicinia.interfaces.portal.views import limits


@private_page
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Who accompanies the household, where it lives, what is open now; and one form to ask."""
    file = family.file_of_link(token)
    form = MessageForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        limits.may(request, limits.WRITING).require()
        by = Actor.resident(file.reference, str(_("Il nucleo")))
        refused = refused_at(form, lambda: actions.write_message(by=by, file=file, new=form.message()))
        if not refused:
            messages.success(request, _("Scritto: ti risponde chi ti accompagna."))
            return redirect("rehousing_mine", token)
        status = refused.verdict.status
    link = link_of(token)
    context = {
        "file": file,
        "shown": family.family_page(file),
        "form": form,
        "link": link,
        "qr": qr.svg(link),
        "phone": settings.HELP_PHONE,
        "hours": settings.HELP_HOURS,
        "address": settings.HELP_ADDRESS,
    }
    return render(request, "portal/rehousing_mine.html", context, status=status)
