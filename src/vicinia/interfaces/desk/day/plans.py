"""What mobility plans ask for today."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.foundation.look import dates
from vicinia.interfaces.desk.day.item import Do, Item


def stale(row: Any) -> Item:
    """A relocation whose works have slipped since its plan was made."""
    url = f"{reverse('mobility_plan_new', args=[row.reference])}?tipo=replan"
    return Item(
        what=_("I lavori slittano: il piano %(number)s non vale più") % {"number": row.plan_number},
        why=row.name,
        url=reverse("mobility_plans", args=[row.reference]),
        due_on=dates.local_day(row.stale_since),
        dos=(Do(_("Ripianifica"), url, is_main=True),),
        kind="deadline",
    )
