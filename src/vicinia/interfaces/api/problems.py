"""Errors as problem+json (RFC 9457): a sentence for a person, and what a program needs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status

from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.presence.models import KeyContact, Round
from vicinia.foundation.kernel.errors import Conflict, Refused
from vicinia.interfaces.api import shapes

logger = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"
SHAPES: dict[type[Any], Callable[[Any], Any]] = {
    Report: shapes.report,
    Case: shapes.case,
    Round: shapes.round_line,
    KeyContact: shapes.key_contact,
}


def problem(status_code: int, title: str, detail: str = "", **more: Any) -> JsonResponse:
    """An answer that says what is wrong."""
    body = {"type": "about:blank", "title": title, "status": status_code, "detail": detail} | more
    response = JsonResponse(body, status=status_code, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def handle(exception: Exception, context: dict[str, Any]) -> JsonResponse:
    """What Django REST framework calls for every exception. The words of unforeseen ones stay in the log."""
    if isinstance(exception, Refused):
        return _refusal(exception, context.get("request"))
    if isinstance(exception, exceptions.ValidationError):
        return problem(422, _("Controlla i dati."), errors=_sentences(exception.detail))
    if isinstance(exception, DjangoValidationError):
        errors = exception.message_dict if hasattr(exception, "error_dict") else {"": exception.messages}
        return problem(422, _("Controlla i dati."), errors=errors)
    if isinstance(exception, Http404):
        return problem(404, _("Qui non c'è niente con questo nome o numero."))
    if isinstance(exception, PermissionDenied):
        return problem(403, _("Non è permesso."))
    if isinstance(exception, exceptions.APIException):
        response = problem(exception.status_code, str(exception.detail))
        for name in ("auth_header", "wait"):
            if value := getattr(exception, name, None):
                response["WWW-Authenticate" if name == "auth_header" else "Retry-After"] = str(value)
        return response
    number = token_hex(4)
    logger.error("API error %s", number, exc_info=exception)
    return problem(500, _("Qualcosa non ha funzionato."), _("Riferimento: %(number)s") % {"number": number})


def _refusal(refused: Refused, request: Any) -> JsonResponse:
    """403 or 409 with the rule's sentence; a conflict carries both versions. Else the body may be none that is understood."""
    verdict = refused.verdict
    more: dict[str, Any] = {"hint": str(verdict.hint)} if verdict.hint else {}
    if isinstance(refused, Conflict):
        more |= {"current": _current(refused.current), "yours": request.data if request else None}
    return problem(verdict.status, str(verdict.sentence), **more)


def _current(row: Any) -> Any:
    for model, shape in SHAPES.items():
        if isinstance(row, model):
            return shape(row)
    return None


def _sentences(detail: Any) -> Any:
    """Sentences by field, as plain words."""
    if isinstance(detail, dict):
        return {name: _sentences(inner) for name, inner in detail.items()}
    if isinstance(detail, list):
        return [_sentences(inner) for inner in detail]
    return str(detail)


def nothing_here(request: HttpRequest, **names: str) -> JsonResponse:
    """The answer of every address under the API that is none."""
    return problem(status.HTTP_404_NOT_FOUND, _("Qui non c'è niente con questo nome o numero."))
