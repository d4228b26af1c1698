"""Users: who comes in, with which role, and who no longer does."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts import queries, rules
from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.acting import once_more
from vicinia.foundation.look.forms import ReasonForm
from vicinia.interfaces.administration import actions
from vicinia.interfaces.administration.forms import ChangeUserForm, UserFilterForm, UserForm

administrator = needs(Capability.MANAGE_USERS)


@administrator
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who has an access, open ones first."""
    form = UserFilterForm(request.GET)
    clean = form.cleaned_data if form.is_valid() else {}
    rows = queries.users(by=actor_of(request), words=clean.get("parole", ""), role=clean.get("ruolo", ""))
    return render(request, "administration/users.html", {"page": page_of(request, rows), "form": form})


@administrator
def invite_user(request: HttpRequest) -> HttpResponse:
    """Invite someone; the link is shown too, for towns whose mail is slow."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation = actions.invite(by=actor_of(request), details=form.details())
        return _invited(request, invitation)
    return render(request, "administration/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@administrator
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation again."""
    return _invited(request, actions.invite_again(by=actor_of(request), user=_user(request, pk)))


def _invited(request: HttpRequest, invitation: accounts.Invitation) -> HttpResponse:
    context = {"invited": invitation.user, "link": actions.invitation_link(invitation)}
    return render(request, "administration/invited.html", context)


@administrator
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: what they may, what they have in charge, what happened."""
    by, shown = actor_of(request), _user(request, pk)
    form = ChangeUserForm(request.POST or None, user=shown)
    if request.method == "POST" and form.is_valid():
        accounts.change_user(by=by, user=shown, details=form.details())
        messages.success(request, _("Fatto. I dati sono cambiati."))
        return go_to(request, reverse("user", args=[pk]))
    managers = queries.users_who_can(Capability.MANAGE_USERS).exclude(pk=pk).count()
    context = {
        "shown": shown,
        "form": form,
        "may_deactivate": rules.may_deactivate(by, shown, other_managers=managers),
        "may_activate": rules.may_activate(by, shown),
        "may_invite_again": rules.may_invite_again(by, shown),
        "may_reset_factor": rules.may_reset_factor(by, shown, has_factor=shown.has_factor, reason="-"),
        "panels": panels_at("user", by),
        "lines": timeline([f"user:{pk}"], limit=30),
    }
    return render(request, "administration/user.html", context, status=422 if form.errors else 200)


@administrator
def deactivate_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an access, after reading what the person has in charge."""
    by, shown = actor_of(request), _user(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts.deactivate_user(by=by, user=shown, reason=form.cleaned_data["reason"])
        messages.success(request, _("Fatto. L'accesso è chiuso."))
        return go_to(request, reverse("user", args=[pk]))
    context = {"shown": shown, "form": form, "panels": panels_at("user", by)}
    return render(request, "administration/deactivate.html", context, status=422 if form.errors else 200)


@require_POST
@administrator
def activate_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an access again."""
    accounts.activate_user(by=actor_of(request), user=_user(request, pk))
    messages.success(request, _("Fatto. L'accesso è di nuovo aperto."))
    return go_to(request, reverse("user", args=[pk]))


@administrator
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factor of someone who lost it."""
    shown = _user(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts.reset_second_factor(by=actor_of(request), user=shown, reason=form.cleaned_data["reason"])
        messages.success(request, _("Fatto. Al prossimo accesso ne aggiunge un altro."))
        return go_to(request, reverse("user", args=[pk]))
    return once_more(
        request,
        title=_("Vuoi togliere il secondo fattore di %(name)s?") % {"name": shown.name},
        sentence=_("Prima assicurati che sia proprio lui o lei. Il motivo resta nel diario."),
        form=form,
        label=_("Togli il secondo fattore"),
        back=reverse("user", args=[pk]),
    )


def _user(request: HttpRequest, pk: int) -> User:
    found = queries.users(by=actor_of(request)).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found
