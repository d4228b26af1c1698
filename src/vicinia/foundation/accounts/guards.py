"""Who may open a view: decorators for adapters."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts.states import CAPABILITY_NAMES, Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.verdict import Verdict, forbid

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_only(view: View[P]) -> View[P]:
    """Only the municipality's staff: visitors are led to sign in, partners are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not actor_of(request).is_staff:
            raise Refused(forbid(_("Questa pagina è di chi lavora per il Comune.")))
        return view(request, *args, **kwargs)

    return guarded


def signed_in(view: View[P]) -> View[P]:
    """Anybody who has an account, partners too."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def needs(*capabilities: Capability) -> Callable[[View[P]], View[P]]:
    """Only who has at least one of these capabilities; visitors are led to sign in, others read which one it takes."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(actor_of(request).can(capability) for capability in capabilities):
                raise Refused(_lacking(capabilities[0]))
            return view(request, *args, **kwargs)

        return guarded

    return guard


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware put on the request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]  # set by ActorMiddleware


def _lacking(capability: Capability) -> Verdict:
    sentence = _("Per questa pagina serve poter %(capability)s: il tuo ruolo non lo prevede.")
    return forbid(sentence % {"capability": CAPABILITY_NAMES[capability]})
