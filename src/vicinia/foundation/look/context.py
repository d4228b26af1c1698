"""What every page knows: the town, its help, the desk's navigation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from vicinia.foundation.look import navigation
from vicinia.foundation.look.components import NavEntry


@dataclass(frozen=True, slots=True)
class Town:
    """The municipality as residents read it, from the settings of this installation."""

    name: str
    unit: str
    help_phone: str
    help_hours: str
    help_email: str
    help_address: str
    dpo: str
    accessibility_url: str
    source_url: str
    languages: tuple[tuple[str, str], ...]
    map_base: str
    map_attribution: str

    @property
    def help_phone_link(self) -> str:
        """The telephone as a `tel:` address: digits and a leading plus only."""
        return "tel:" + "".join(sign for sign in self.help_phone if sign.isdigit() or sign == "+")


def current_town() -> Town:
    """The town of this installation."""
    return Town(
        name=settings.TOWN_NAME,
        unit=settings.UNIT_NAME,
        help_phone=settings.HELP_PHONE,
        help_hours=settings.HELP_HOURS,
        help_email=settings.HELP_EMAIL,
        help_address=settings.HELP_ADDRESS,
        dpo=settings.DPO_CONTACT,
        accessibility_url=settings.ACCESSIBILITY_URL,
        source_url=settings.SOURCE_URL,
        languages=tuple((code, str(name)) for code, name in settings.LANGUAGES),
        map_base=settings.MAP_BASE,
        map_attribution=settings.MAP_ATTRIBUTION,
    )


def town(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `town`, and the desk's navigation, counted only if the page shows it."""
    return {
        "town": current_town(),
        "desk_nav": SimpleLazyObject(lambda: _entries(request)),
        "desk_search_url": _search_url() if _is_staff(request) else "",
    }


def _entries(request: HttpRequest) -> Iterable[NavEntry]:
    return tuple(navigation.desk.entries(request))


def _is_staff(request: HttpRequest) -> bool:
    """Partners have no search: what they may see stands on one page."""
    actor = getattr(request, "actor", None)
    return actor is not None and actor.is_staff


def _search_url() -> str:
    """Empty until the desk interface names its search page."""
    try:
        return reverse(navigation.desk.search_url_name) if navigation.desk.search_url_name else ""
    except NoReverseMatch:
        return ""
