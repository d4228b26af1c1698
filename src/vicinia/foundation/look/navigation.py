"""The desk's navigation: the desk interface fills it when it is ready, the base page reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from vicinia.foundation.look.components import NavEntry


def _no_entries(request: HttpRequest) -> Iterable[NavEntry]:
    return ()


@dataclass(slots=True)
class DeskNavigation:
    """What stands in the desk's bar: entries for one request, and the name of the search page's URL."""

    entries: Callable[[HttpRequest], Iterable[NavEntry]] = _no_entries
    search_url_name: str = ""


desk = DeskNavigation()
