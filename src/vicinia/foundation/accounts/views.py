"""Accepting an invitation, and one's own account."""

from __future__ import annotations

from typing import cast

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vicinia.foundation.accounts import actions, queries
from vicinia.foundation.accounts.forms import InvitationForm, MyAccountForm
from vicinia.foundation.accounts.guards import actor_of, signed_in
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.htmx import go_to


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the first password. Opening the link does not use it up: e-mail scanners open links."""
    user = queries.invited_user(token)
    form = InvitationForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(by=Actor.visitor(), user=user, password=form.cleaned_data["password1"])
        messages.success(request, _("La password è scelta. Adesso entra."))
        return redirect("account_login")
    status = 422 if form.errors else 200
    return render(request, "accounts/invitation.html", {"form": form, "invited": user}, status=status)


@never_cache
@signed_in
def my_account(request: HttpRequest) -> HttpResponse:
    """Name, telephone, language, and the ways in."""
    user = cast(User, request.user)
    form = MyAccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        actions.change_my_account(by=actor_of(request), user=user, **form.cleaned_data)
        messages.success(request, _("Fatto. I tuoi dati sono cambiati."))
        return go_to(request, reverse("my_account"))
    context = {"form": form, "has_factor": queries.has_second_factor(user), "teams": user.teams.all()}
    return render(request, "accounts/my_account.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every other session; this one goes on."""
    user = actions.sign_out_everywhere(by=actor_of(request), user=cast(User, request.user))
    update_session_auth_hash(request, user)
    messages.success(request, _("Fatto. Sei uscito da tutti gli altri dispositivi."))
    return go_to(request, reverse("my_account"))


@signed_in
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take away a passkey, unless it is the last factor of who must have one.

    allauth asks `can_delete_authenticator` for code generators only.
    """
    mine = queries.factor_of(cast(User, request.user), pk)
    if mine is not None and not get_adapter().can_delete_authenticator(mine):
        error: ValidationError = get_adapter().validation_error("cannot_delete_authenticator")
        get_account_adapter().add_message(request, messages.ERROR, message=error.message)
        return redirect("mfa_list_webauthn")
    response: HttpResponseBase = webauthn.remove_webauthn(request, pk=pk)
    return response
