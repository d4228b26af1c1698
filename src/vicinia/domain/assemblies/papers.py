"""The call, the attendance sheet and the minutes on paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.assemblies import queries, rules
from vicinia.domain.assemblies.documents import CALL, LANGUAGE, MINUTES, SHEET
from vicinia.domain.assemblies.models import Assembly, Minutes
from vicinia.domain.assemblies.states import AssemblyState, QuorumRule
from vicinia.foundation.documents import pdf, qr
from vicinia.foundation.documents.composing import Composed, compose, compose_kept, part
from vicinia.foundation.documents.wording import markdown

# Lines to sign on a sheet: as many as may come, between these.
FEWEST_LINES, MOST_LINES = 15, 150


def page_link(assembly: Assembly) -> str:
    """Where everybody reads of it."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("public_assembly", args=[assembly.reference])


def quorum_words(assembly: Assembly) -> str:
    """How many must be there, in a sentence; "" where nobody counts."""
    least = rules.needed(assembly)
    if assembly.quorum_rule == QuorumRule.NONE or not least:
        return ""
    words = ngettext(
        "Per decidere serve almeno %(n)s presente.", "Per decidere servono almeno %(n)s presenti.", least
    ) % {"n": least}
    if assembly.quorum_rule == QuorumRule.SHARE and assembly.entitled:
        words += " " + _("Gli aventi diritto sono %(n)s.") % {"n": assembly.entitled}
    return words


def _named(assembly: Assembly) -> dict[str, Any]:
    hours = "–".join(time_format(time, "G:i") for time in (assembly.meets_at, assembly.to_time))
    return {
        "reference": assembly.reference,
        "kind": assembly.get_kind_display(),
        "title": assembly.title,
        "day": assembly.meets_on,
        "hours": time_format(assembly.meets_at, "G:i") if assembly.is_second_call else hours,
        "place": assembly.place,
    }


def call(*, assembly: Assembly, language: str = LANGUAGE) -> bytes:
    """The call, in one of the languages of residents."""

    def values() -> dict[str, Any]:
        where = {"link": page_link(assembly), "qr": qr.svg(page_link(assembly))}
        agenda = {"points": queries.points_of(assembly)}
        is_shown = assembly.is_public and assembly.state != AssemblyState.DRAFT
        return {
            **_named(assembly),
            "invitation": assembly.invitation,
            "agenda": part("assemblies/papers/agenda.html", agenda),
            "second_day": None if assembly.is_second_call else assembly.second_day,
            "second_hour": time_format(assembly.second_time, "G:i") if assembly.second_time else "",
            "quorum": quorum_words(assembly),
            "short_notice": assembly.short_notice_reason,
            "called_on": assembly.called_at,
            "where_to_read": part("assemblies/papers/where.html", where) if is_shown else "",
        }

    return _printed(compose(CALL, language, values))


def sheet(*, assembly: Assembly) -> bytes:
    """Lines to sign: those called by name first, then empty ones."""

    def values() -> dict[str, Any]:
        seats = queries.seats_of(assembly)
        expected = assembly.entitled - len(seats)
        lines = 0 if seats and expected <= 0 else min(max(expected, FEWEST_LINES), MOST_LINES)
        shown = {"seats": seats, "lines": range(lines)}
        return {
            **_named(assembly),
            "quorum": quorum_words(assembly),
            "rows": part("assemblies/papers/sheet_rows.html", shown),
        }

    return _printed(compose(SHEET, LANGUAGE, values))


def minutes(*, minutes: Minutes) -> bytes:
    """The minutes at the step where they are; approved ones are printed as they were approved."""
    assembly = minutes.assembly

    def values() -> dict[str, Any]:
        shown = {
            "seats": queries.seats_of(assembly),
            "text": markdown(queries.text_of(minutes), top=2),
            "resolutions": queries.resolutions_of(assembly),
        }
        return {
            **_named(assembly),
            "is_draft": not minutes.is_validated,
            "stage": minutes.get_stage_display(),
            "chair": assembly.chair,
            "secretary": assembly.secretary,
            "present": str(assembly.present),
            "entitled": str(assembly.entitled or ""),
            "validated_on": minutes.validated_at,
            "fingerprint": minutes.fingerprint,
            "minutes": part("assemblies/papers/minutes_parts.html", shown),
        }

    document = compose_kept(MINUTES, minutes.text_digest, LANGUAGE, values)
    context = {"document": document}
    return pdf.render(
        "documents/paper.html", context, language=document.language, made_at=minutes.validated_at
    )


def _printed(document: Composed) -> bytes:
    return pdf.render("documents/paper.html", {"document": document}, language=document.language)


def name_of(assembly: Assembly, paper: str) -> str:
    """What a file is called: no name of anybody."""
    return f"{paper}-{assembly.reference}.pdf"
