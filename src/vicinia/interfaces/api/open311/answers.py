"""What every Open311 endpoint has in common: formats, errors, keys, limits of the specification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.interfaces.api import throttles, xml
from vicinia.interfaces.api.keys import actor_of_key, key_in_header

LONGEST_SPAN = dt.timedelta(days=90)
MOST_ROWS = 1000


class Problem(Exception):
    """What goes into the errors list: one sentence a fault, all with one status."""

    def __init__(self, status: int, *sentences: str) -> None:
        super().__init__(*sentences)
        self.status = status
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Answer:
    """A value with its names in XML. JSON has lists as they are, without a wrapper."""

    root: str
    value: Any
    item: str = ""
    status: int = 200


View = Callable[..., Answer]


def endpoint(**by_method: View) -> Callable[..., HttpResponse]:
    """A Django view of an address, from what answers each method. `csrf_exempt`: keys, not cookies, say who calls."""

    @csrf_exempt
    def view(request: HttpRequest, form: str = "xml", **names: str) -> HttpResponse:
        try:
            answer = _answer(request, by_method, names)
        except Problem as problem:
            answer = _errors(problem.status, *problem.sentences)
        except Refused as refused:
            answer = _errors(403 if refused.verdict.status == 403 else 400, str(refused.verdict.sentence))
        except Http404:
            answer = _errors(404, _("Qui non c'è niente con questo nome o numero."))
        return _written(answer, form)

    return view


def _answer(request: HttpRequest, by_method: dict[str, View], names: dict[str, str]) -> Answer:
    method = "GET" if request.method == "HEAD" else request.method or ""
    if method not in by_method:
        raise Problem(
            400, _("Metodo non previsto: qui si può usare %(methods)s.") % {"methods": ", ".join(by_method)}
        )
    if method == "GET" and not throttles.may_read(request):
        raise Problem(429, _("Troppe richieste: riprova tra un minuto."))
    _check_jurisdiction(parameter(request, "jurisdiction_id"))
    return by_method[method](request, **names)


def _check_jurisdiction(given: str) -> None:
    """One town answers here: naming it is optional, naming another one is an error."""
    if given and settings.ISTAT_CODE and given != settings.ISTAT_CODE:
        raise Problem(404, _("jurisdiction_id: qui risponde %(code)s.") % {"code": settings.ISTAT_CODE})


def _errors(status: int, *sentences: str) -> Answer:
    errors = [{"code": str(status), "description": sentence} for sentence in sentences]
    return Answer("errors", errors, "error", status)


def _written(answer: Answer, form: str) -> HttpResponse:
    response: HttpResponse
    if form == "json":
        response = JsonResponse(
            answer.value, safe=False, status=answer.status, json_dumps_params={"ensure_ascii": False}
        )
        response["Content-Type"] = "application/json; charset=utf-8"
    else:
        content = xml.document(answer.root, answer.value, answer.item)
        response = HttpResponse(content, status=answer.status, content_type="text/xml; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store" if answer.status != 200 else "public, max-age=60"
    return response


def unknown(request: HttpRequest, **names: str) -> Answer:
    """What stands at no address of the specification."""
    raise Http404


def parameter(request: HttpRequest, name: str) -> str:
    """A parameter of the address or of the form; an empty one is as good as none."""
    value = request.POST.get(name) or request.GET.get(name) or ""
    return value.replace("\x00", "").strip()


def listed(request: HttpRequest, name: str) -> list[str]:
    """A comma list."""
    return [word for word in (part.strip() for part in parameter(request, name).split(",")) if word]


def caller(request: HttpRequest) -> Actor:
    """The actor of the api_key (403 without a good one)."""
    given = parameter(request, "api_key") or key_in_header(request)
    by = actor_of_key(given)
    if by is None:
        raise Problem(403, _("api_key: manca." if not given else "api_key: non è valida."))
    return by


def moment(request: HttpRequest, name: str) -> dt.datetime | None:
    """An instant in W3C format. Without an offset it is read in the town's time zone."""
    word = parameter(request, name)
    if not word:
        return None
    try:
        # A plus sign that was not encoded arrives as a space.
        found = parse_datetime(word.replace(" ", "+") if "T" in word else f"{word}T00:00:00")
    except ValueError:
        found = None
    if found is None:
        raise Problem(400, _("%(name)s: scrivi una data come 2026-01-31T08:00:00+01:00.") % {"name": name})
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def period(request: HttpRequest) -> tuple[dt.datetime, dt.datetime]:
    """From when to when: at most 90 days, the last 90 unless said otherwise."""
    start, end = moment(request, "start_date"), moment(request, "end_date")
    try:
        if end is None:
            end = start + LONGEST_SPAN if start else timezone.now()
        start = start if start else end - LONGEST_SPAN
    except OverflowError:
        raise Problem(400, _("start_date, end_date: date troppo lontane.")) from None
    if end < start:
        raise Problem(400, _("end_date viene prima di start_date."))
    if end - start > LONGEST_SPAN:
        raise Problem(400, _("Il periodo può durare al massimo 90 giorni."))
    return start, end


def as_instant(value: dt.datetime) -> str:
    """ISO 8601 with the town's offset."""
    return timezone.localtime(value).isoformat(timespec="seconds")
