"""How the town is watched: runs, groups of kinds, settings; and how well it does."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.foresight import actions, drawing, queries, rules, sentences
from vicinia.domain.foresight.forms import GroupForm, SettingsForm
from vicinia.domain.foresight.models import KindGroup, WatchSettings
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, versioned_form


@needs(Capability.SEE_ALERTS)
def runs(request: HttpRequest) -> HttpResponse:
    """When the town was looked at, and how far the look is that goes on now."""
    running = queries.open_run()
    context = {
        "running": running,
        "page": page_of(request, queries.runs()),
        "may_run": rules.may_ask_run(request.actor, running, queries.groups_in_use().count()),
    }
    return render(request, "foresight/runs.html", context)


@needs(Capability.SEE_ALERTS)
def running(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one run is: a part that asks again while it goes on, a page without JavaScript."""
    context = {"run": queries.run_numbered(pk)}
    return page_or_part(request, "foresight/run_page.html", "foresight/run.html", context)


@needs(Capability.DECIDE_ALERTS)
@require_POST
def run_now(request: HttpRequest) -> HttpResponse:
    """Ask for a look at the town as it is now."""
    actions.ask_now(by=request.actor)
    messages.success(request, _("La ricerca comincia entro un minuto."))
    return go_to(request, reverse("alert_runs"))


@needs(Capability.DECIDE_ALERTS)
@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask again for a run that failed."""
    actions.ask_again(by=request.actor, run=queries.run_numbered(pk))
    messages.success(request, _("La ricerca ricomincia entro un minuto."))
    return go_to(request, reverse("alert_runs"))


@needs(Capability.SET_ALERTS)
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of kinds that are watched together."""
    context = {"groups": queries.group_rows(), "unwatched": queries.kinds_unwatched()}
    return render(request, "foresight/groups.html", context)


@needs(Capability.SET_ALERTS)
@require_POST
def propose_groups(request: HttpRequest) -> HttpResponse:
    """Make groups out of those of the categories."""
    actions.propose_groups(by=request.actor)
    messages.success(request, _("Fatto."))
    return go_to(request, reverse("alert_groups"))


@needs(Capability.SET_ALERTS)
def new_group(request: HttpRequest) -> HttpResponse:
    """Add a group."""
    return _group(request, None)


@needs(Capability.SET_ALERTS)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a group."""
    return _group(request, queries.group_named(pk))


def _group(request: HttpRequest, row: KindGroup | None) -> HttpResponse:
    form = GroupForm(request.POST or None, group=row)
    return versioned_form(
        request,
        row=row or KindGroup(version=0),
        title=_("Gruppo di tipi"),
        about=row or "",
        form=form,
        do=lambda values: actions.save_group(
            by=request.actor, group=row, new=form.new_group(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown_group(row),
        done=_("Salvato."),
        back=reverse("alert_groups"),
        lead=_("Questi tipi si contano insieme. Ogni tipo sta in un gruppo solo."),
    )


def _shown_group(row: KindGroup | None) -> Shown:
    if row is None:
        return []
    return [(_("Nome"), row.name), (_("Tipi"), ", ".join(kind.label for kind in queries.kinds_of(row)))]


@needs(Capability.SET_ALERTS)
def settings(request: HttpRequest) -> HttpResponse:
    """How alerts are looked for, from the next run on."""
    row = queries.watch_settings()
    form = SettingsForm(request.POST or None, initial=SettingsForm.initial_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Come si cercano le allerte"),
        form=form,
        do=lambda values: actions.change_settings(
            by=request.actor, new=form.new_settings(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown_settings(queries.watch_settings()),
        done=_("Salvato: vale dalla prossima ricerca."),
        back=reverse("alerts"),
    )


def _shown_settings(row: WatchSettings) -> Shown:
    labels = SettingsForm.base_fields
    return [(labels[name].label or name, getattr(row, name)) for name in SettingsForm.NAMES]


@needs(Capability.SEE_ALERTS)
def quality(request: HttpRequest) -> HttpResponse:
    """What was promised and what came: how many alerts, how many useless, how soon."""
    shown = queries.quality(request.actor)
    context = {"quality": shown, "weeks": drawing.weeks(shown.weeks)}
    return render(request, "foresight/quality.html", context)


@needs(Capability.SEE_ALERTS)
def silent(request: HttpRequest) -> HttpResponse:
    """Where nobody has looked, or nobody has reported, for longer than usual."""
    can_walk = request.actor.can(Capability.KEEP_PRESENCE)
    return render(
        request, "foresight/silent.html", {"areas": queries.silent_areas(request.actor), "can_walk": can_walk}
    )


@needs(Capability.SEE_ALERTS)
def repeats(request: HttpRequest) -> HttpResponse:
    """Where the reports of a group come from again and again, and how soon one follows another."""
    groups = queries.groups_looked_at()
    asked = request.GET.get("gruppo", "")
    chosen = next((group for group in groups if str(group.pk) == asked), groups[0] if groups else None)
    shown = queries.repeats_of(request.actor, chosen) if chosen else None
    share = round(100 * shown.kept.share) if shown and shown.kept else 0
    near = [(sentences.how_near(one), one) for one in shown.kept.near] if shown and shown.kept else []
    context = {"groups": groups, "chosen": chosen, "shown": shown, "percent": share, "near": near}
    return render(request, "foresight/repeats.html", context)
