"""Teams: which people work on which areas."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts import actions, queries
from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.models import Team
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.interfaces.administration.forms import TeamForm

administrator = needs(Capability.MANAGE_USERS)


@administrator
def teams(request: HttpRequest) -> HttpResponse:
    """Every team with its areas."""
    page = page_of(request, queries.teams_with_members(by=actor_of(request)))
    names = {area.pk: area.name for area in territory.reference_areas()}
    rows = [(team, [names[area] for area in team.area_ids if area in names]) for team in page]
    return render(request, "administration/teams.html", {"page": page, "rows": rows})


@administrator
def new_team(request: HttpRequest) -> HttpResponse:
    """Make a team."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.make_team(by=actor_of(request), **form.cleaned_data)
        messages.success(request, _("Fatto. Il gruppo c'è."))
        return go_to(request, reverse("teams"))
    return render(request, "administration/team.html", {"form": form}, status=422 if form.errors else 200)


@administrator
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a team's name, areas and people."""
    shown = _team(request, pk)
    members = [user.pk for user in shown.members.all()]
    initial = {"name": shown.name, "area_ids": shown.area_ids, "member_ids": members}
    form = TeamForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_team(by=actor_of(request), team=shown, **form.cleaned_data)
        messages.success(request, _("Fatto. Il gruppo è cambiato."))
        return go_to(request, reverse("teams"))
    context = {"form": form, "shown": shown}
    return render(request, "administration/team.html", context, status=422 if form.errors else 200)


def _team(request: HttpRequest, pk: int) -> Team:
    found = queries.teams_with_members(by=actor_of(request)).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found
