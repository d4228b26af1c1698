"""What worksites ask for today."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from vicinia.domain.worksites.models import Complaint, Disruption, SiteWalk, WalkPoint
from vicinia.interfaces.desk.day.item import Do, Item

LONGEST = 90


def complaint(row: Complaint) -> Item:
    """A complaint whose answer is late or urgent, or whose promise was not kept."""
    url = reverse("site_complaint", args=[row.reference])
    return Item(
        what=_("Dal cantiere: %(kind)s") % {"kind": row.get_kind_display()},
        why=f"{row.reference}, {row.lot.name}",
        url=url,
        due_on=row.due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="answer",
    )


def disruption(row: Disruption) -> Item:
    """A disruption of which nobody was told, or whose days have moved since."""
    url = reverse("disruption", args=[row.reference])
    words = _("Disagio da controllare: %(kind)s") if row.stale_since else _("Avviso da dare: %(kind)s")
    return Item(
        what=words % {"kind": row.get_kind_display()},
        why=f"{row.reference}, {row.lot.name}",
        url=url,
        due_on=row.notice_due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def walk(row: SiteWalk) -> Item:
    """A site walk of today, or one of which nobody has written how it went."""
    url = reverse("site_walk", args=[row.reference])
    return Item(
        what=_("Sopralluogo delle %(hour)s") % {"hour": f"{row.at_time:%H:%M}"},
        why=f"{row.meeting_point}, {row.lot.name}",
        url=url,
        due_on=row.day,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def point(row: WalkPoint) -> Item:
    """Something to be fixed whose day has come."""
    url = reverse("site_walk", args=[row.walk.reference])
    return Item(
        what=_("Da sistemare: %(words)s") % {"words": Truncator(row.words).chars(LONGEST)},
        why=f"{row.owner}, {row.walk.lot.name}",
        url=url,
        due_on=row.due_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )
