"""What the catalogue shows: invented names, every state of every component."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse_lazy

from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.verdict import YES, no
from vicinia.foundation.look.charts import Bar, BarSeries, Line, LineSeries
from vicinia.foundation.look.components import Link, NavEntry, Step, Tab, TimelineEntry
from vicinia.foundation.look.forms import CheckboxCards, DateInput, PhotosField, RadioCards, SuggestInput

STREETS = ("Via dei Mille", "Via del Forno", "Viale Gramsci", "Piazza Liberazione", "Vicolo Stretto")


class SampleForm(forms.Form):
    """One field of each kind."""

    place = forms.CharField(
        label="Dove succede",
        help_text="Scrivi la via e il numero, oppure parole tue: «dietro la scuola».",
        widget=SuggestInput(reverse_lazy("look:catalogue-suggestions")),
    )
    subject = forms.CharField(label="Titolo", max_length=60)
    details = forms.CharField(
        label="Che cosa succede",
        help_text="Bastano poche righe.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label="Argomento", choices=[("", "Scegli"), ("n", "Rumore"), ("r", "Rifiuti")])
    when = forms.DateField(label="Da quando", required=False, widget=DateInput())
    contact = forms.ChoiceField(
        label="Come preferisci essere contattato",
        choices=[("phone", "Telefono"), ("email", "E-mail"), ("no", "Non contattatemi")],
        widget=RadioCards(hints={"phone": "Ti chiamiamo entro 2 giorni lavorativi."}),
    )
    times = forms.MultipleChoiceField(
        label="In quali momenti",
        required=False,
        choices=[("d", "Di giorno"), ("n", "Di notte")],
        widget=CheckboxCards(),
    )
    photos = PhotosField(
        label="Foto", required=False, help_text="Fino a 5, quelle che ti servono per spiegare."
    )
    privacy = forms.BooleanField(label="Ho letto e compreso l'informativa sulla privacy")


def streets_like(words: str) -> list[dict[str, str]]:
    """Streets that contain the words."""
    found = [street for street in STREETS if words.casefold() in street.casefold()]
    return [{"value": street, "label": street, "hint": "Crocetta"} for street in found]


def context() -> dict[str, Any]:
    """Everything the catalogue's pages show, dated around today."""
    now, today = clock.now(), clock.today()
    days = {name: today + dt.timedelta(days=gap) for name, gap in DAYS.items()}
    return {
        "deadlines": [days[name] for name in DAYS],
        "at_noon": now + dt.timedelta(minutes=40),
        "an_hour_ago": now - dt.timedelta(hours=1),
        "form_steps": ("Autorizzazioni e condizioni", "Dati di segnalazione", "Riepilogo"),
        "stages": STAGES,
        "yes": YES,
        "refused": no("Un impegno di ACER è ancora aperto."),
        "entries": _entries(now),
        "views": (
            Tab("Mappa", "?vista=mappa", icon="map-marker"),
            Tab("Elenco", "?vista=elenco", active=True, count=240, icon="list"),
        ),
        "days_chart": DAYS_CHART,
        "months_chart": MONTHS_CHART,
        "desk_nav": NAVIGATION,
        "desk_search_url": "/catalogo",
    }


DAYS = {"long past": -40, "last week": -4, "yesterday": -1, "today": 0, "tomorrow": 1, "soon": 2, "week": 7}
STAGES = (
    Step("Emersione"), Step("Approfondimento"), Step("Intervento", "dal 18 nov"),
    Step("Verifica"), Step("Monitoraggio"), Step("Chiuso"),
)  # fmt: skip
NAVIGATION = (
    NavEntry("Oggi", "/oggi"),
    NavEntry("In arrivo", "/in-arrivo", count=14),
    NavEntry("Segnala", "/segnalazioni/nuova", primary=True),
    NavEntry("Casi", "/casi", active=True),
    NavEntry("Mappa", "/mappa"),
    NavEntry("Statistiche", "/statistiche", on_phone=False),
)


def _entries(now: dt.datetime) -> list[TimelineEntry]:
    def ago(days: int) -> dt.datetime:
        return now - dt.timedelta(days=days)

    return [
        TimelineEntry(ago(0), "ACER ha accettato l'invio", "sulla porta della scala B, giovedì 26.", "done"),
        TimelineEntry(
            ago(3), "Nuovo episodio", "dal diario di chi segnala: musica fino all'1:30.", "calm",
            links=(Link("1 audio", "#"),),
        ),
        TimelineEntry(
            ago(5), "Contatto a casa",
            "con la famiglia del secondo piano, 40 minuti, con la mediatrice di lingua araba. "
            "Concordato: tappeto, niente musica dopo le 22.",
        ),
        TimelineEntry(ago(10), "Presa in carico", "da Anna Ferri. Primo contatto dopo 5 ore.", "done"),
        TimelineEntry(ago(11), "Segnalazione dal web:", "«Da tre settimane non si dorme…»"),
    ]  # fmt: skip


DAYS_CHART = BarSeries(
    title="Segnalazioni al giorno attorno a piazza Liberazione",
    sentence="Dal 15 al 21 marzo 9 segnalazioni dove se ne attendevano 1,4.",
    bars=tuple(
        Bar(f"{day} mar", value, "#elenco" if value else "", "" if day > 14 else "plain", expected, usual)
        for day, value, expected, usual in zip(
            range(8, 22),
            (0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 2, 1, 2, 3),
            (0.3, 0.3, 0.3, 0.3, 0.6, 0.6, 0.3) * 2,
            (1, 1, 1, 1, 2, 2, 1) * 2,
            strict=True,
        )
    ),
    label_heading="Giorno",
    value_heading="Segnalazioni",
    note="In blu il periodo dell'allerta. Tratteggio: attese. Fascia: oscillazione normale.",
)
MONTHS_CHART = LineSeries(
    title="Segnalazioni arrivate e chiuse, mese per mese",
    sentence="Da settembre si chiude più di quanto arriva.",
    labels=("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov"),
    lines=(
        Line("Arrivate", (42, 38, 51, 60, 72, 81, 79, 40, 66, 58, 49)),
        Line("Chiuse", (30, 35, 44, 52, 60, 70, 71, 38, 75, 64, None)),
    ),
    label_heading="Mese",
)


def _square(west: float, south: float, size: float = 0.004) -> list[list[float]]:
    east, north = west + size, south + size * 0.7
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _feature(properties: dict[str, str], shape: str, coordinates: list[Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": shape, "coordinates": coordinates},
    }


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


AREAS = (
    ("Crocetta", "area", 10.920, 44.650), ("Stazione", "area", 10.924, 44.650),
    ("Parco", "green", 10.920, 44.6528), ("Mercato", "area", 10.924, 44.6528),
)  # fmt: skip
ROADS = (
    ("Via dei Mille", [[10.9205, 44.6505], [10.9225, 44.6515], [10.9275, 44.6520]]),
    ("Viale Gramsci", [[10.9235, 44.6503], [10.9240, 44.6528], [10.9245, 44.6554]]),
    ("Via del Forno", [[10.9205, 44.6540], [10.9240, 44.6528], [10.9278, 44.6545]]),
)
BASE_MAP = _collection(
    [
        _feature({"kind": kind, "name": name}, "Polygon", [_square(west, south)])
        for name, kind, west, south in AREAS
    ]
    + [_feature({"kind": "street", "name": name}, "LineString", line) for name, line in ROADS]
)
POINTS = _collection(
    [
        _feature({"label": label, "url": "#elenco", "meaning": meaning}, "Point", [east, north])
        for label, meaning, east, north in (
            ("Rumore notturno, via dei Mille 12", "late", 10.9222, 44.6513),
            ("Rifiuti in piazza Liberazione", "due", 10.9262, 44.6518),
            ("Luce spenta al parco", "done", 10.9219, 44.6547),
            ("Schiamazzi al parco", "", 10.9223, 44.6549),
        )
    ]
)
