"""Pages that belong to one person: kept nowhere, found by no search engine, named to no other site."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def private_page(view: View) -> View:
    """Mark every answer of a view as private."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Nothing of the address leaves this site. "no-referrer" would also hide the origin of our own forms,
        # which the protection against forged requests needs to see.
        response["Referrer-Policy"] = "same-origin"
        return response

    return shown
