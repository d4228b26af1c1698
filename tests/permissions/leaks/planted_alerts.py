"""Alerts of both quarters, found in one night, and what was decided about them. Nothing of the police regime can be in one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.permissions.leaks.town import Town
from vicinia.domain.foresight import actions
from vicinia.domain.foresight.counts import Counts, Grid
from vicinia.domain.foresight.models import Alert
from vicinia.domain.foresight.tests.factories import run_with, signal
from vicinia.domain.listening.tests.factories import kind
from vicinia.foundation.kernel import clock


def plant_alerts(town: Town) -> None:
    """An alert in each quarter, with a word in each verdict; computed again once."""
    w, carla = town.word, town.by("carla")
    new = actions.NewGroup(w("alert groups"), [kind("rumore")], name_en=w("alert groups"))
    actions.save_group(by=carla, group=None, new=new)
    areas = {"own": town.cast.crocetta, "far": town.cast.stazione}

    def found(counts: Counts) -> list[Any]:
        spots = [
            Grid(100).cell_of((area.south or 0) + 0.008, (area.west or 0) + 0.008) for area in areas.values()
        ]
        return [signal(counts, [spot]) for spot in spots]

    run_with(found)
    for regime, area in areas.items():
        alert = Alert.objects.get(area=area)
        until = clock.today() + dt.timedelta(days=9)
        actions.watch(by=carla, alert=alert, until=until, words=w(f"{regime} alert"))
        actions.dismiss(by=carla, alert=alert, reason="over", words=w(f"{regime} alert"))
        actions.take_back(by=carla, alert=alert, reason=w(f"{regime} alert"))
        actions.ask_to_recompute(by=carla, alert=alert)
