"""Buildings chosen on the map, or by name and address from the list beside it."""

from __future__ import annotations

from typing import Any

from django import forms

from vicinia.domain.territory.models import Building
from vicinia.foundation.look.forms import CheckboxCards


class HousesWidget(CheckboxCards):
    """Boxes with their addresses; those that have a point are also on the map above them."""

    template_name = "territory/widgets/houses.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The box, with the point and the address of its building."""
        option = super().create_option(name, value, *args, **kwargs)
        building: Building = value.instance
        if building.lat is not None and building.lon is not None:
            option["attrs"] |= {"data-lat": f"{building.lat:.6f}", "data-lon": f"{building.lon:.6f}"}
        hint = building.address if building.address != building.name else ""
        return {**option, "hint": hint}


class HousesField(forms.ModelMultipleChoiceField):
    """Whole buildings; its queryset is given by the form."""

    widget = HousesWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, required=False, **kwargs)
