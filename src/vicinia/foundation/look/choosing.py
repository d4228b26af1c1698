"""Which of several views of a list is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.components import Tab


def chosen_view(
    request: HttpRequest, address: str, views: Mapping[str, tuple[Sentence, Any]]
) -> tuple[str, list[Tab]]:
    """The name of the view that `?vista=` asks for, the first if it names none of them; and the tabs to all."""
    asked = request.GET.get("vista", "")
    chosen = asked if asked in views else next(iter(views))
    tabs = [Tab(label, f"{address}?vista={name}", name == chosen) for name, (label, _rows) in views.items()]
    return chosen, tabs
