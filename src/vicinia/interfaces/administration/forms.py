"""What an administrator types, and what the data-protection officer looks for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.actions import KeyDetails, UserDetails
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import CAPABILITY_NAMES, KEY_SCOPES, Role
from vicinia.foundation.documents.queries import direction_of
from vicinia.foundation.documents.states import OUR_LANGUAGES
from vicinia.foundation.documents.wording import LONGEST_SOURCE
from vicinia.foundation.journal.queries import AccessFilter
from vicinia.foundation.look.forms import DateInput, VersionedForm

Choices = list[tuple[str, Any]]


def _team_choices() -> Choices:
    return [(str(team.pk), team.name) for team in accounts.teams()]


def _area_choices() -> Choices:
    return [(str(area.pk), area.name) for area in territory.reference_areas()]


def _member_choices() -> Choices:
    return [(str(user.pk), user.name) for user in accounts.active_users()]


class _Numbers(forms.TypedMultipleChoiceField):
    """Some rows by number, from choices read when the form is made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class UserForm(forms.Form):
    """A user as an administrator describes them."""

    name = forms.CharField(label=_("Nome e cognome"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Ruolo"), choices=Role.choices)
    phone = forms.CharField(label=_("Telefono d'ufficio"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Lingua"), choices=settings.LANGUAGES)
    team_ids = _Numbers(label=_("Gruppi"), choices=_team_choices)

    def details(self) -> UserDetails:
        """The clean values, as the action takes them."""
        clean = self.cleaned_data
        return UserDetails(**{**clean, "role": Role(clean["role"]), "team_ids": tuple(clean["team_ids"])})


class ChangeUserForm(UserForm):
    """The same for someone who is there already: the e-mail is how they come in, and stays."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        initial = {
            "name": user.name,
            "email": user.email,
            "role": user.role,
            "phone": user.phone,
            "language": user.language,
            "team_ids": [team.pk for team in user.teams.all()],
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["email"].disabled = True


class UserFilterForm(forms.Form):
    """What the list of users is narrowed to."""

    parole = forms.CharField(label=_("Nome o e-mail"), required=False)
    ruolo = forms.ChoiceField(label=_("Ruolo"), required=False, choices=[("", _("Tutti")), *Role.choices])


class TeamForm(forms.Form):
    """A team, its areas and its people."""

    name = forms.CharField(label=_("Nome del gruppo"), max_length=120)
    area_ids = _Numbers(label=_("Zone"), choices=_area_choices)
    member_ids = _Numbers(label=_("Persone"), choices=_member_choices)


class KeyForm(forms.Form):
    """A key for another program."""

    name = forms.CharField(label=_("A che cosa serve"), max_length=120)
    scopes = forms.MultipleChoiceField(
        label=_("Che cosa può fare"),
        choices=[(scope, CAPABILITY_NAMES[scope]) for scope in KEY_SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )
    everywhere = forms.BooleanField(label=_("In tutte le zone"), required=False)
    area_ids = _Numbers(label=_("Oppure in queste zone"), choices=_area_choices)
    expires_on = forms.DateField(label=_("Vale fino al"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if not clean.get("everywhere") and not clean.get("area_ids"):
            self.add_error("area_ids", _("Scegli le zone, o tutte."))
        return clean

    def details(self) -> KeyDetails:
        """The clean values, as the action takes them; a key lasts to the end of its last day."""
        clean = self.cleaned_data
        return KeyDetails(
            name=clean["name"],
            scopes=tuple(clean["scopes"]),
            area_ids=tuple(clean["area_ids"]),
            everywhere=clean["everywhere"],
            expires_at=_end_of(clean["expires_on"]),
        )


class AccessFilterForm(forms.Form):
    """What the access log is narrowed to."""

    persona = forms.CharField(
        label=_("Persona"),
        required=False,
        help_text=_("Il codice della sua scheda, come nella colonna «Di chi»."),
    )
    utente = forms.CharField(label=_("Chi ha guardato"), required=False)
    motivo = forms.CharField(label=_("Motivo"), required=False)
    dal = forms.DateField(label=_("Dal"), required=False, widget=DateInput)
    al = forms.DateField(label=_("Al"), required=False, widget=DateInput)

    def sought(self) -> AccessFilter:
        """The clean values; what is not readable narrows nothing."""
        clean = self.cleaned_data if self.is_valid() else {}
        return AccessFilter(
            person=clean.get("persona", ""),
            user=clean.get("utente", ""),
            purpose=clean.get("motivo", ""),
            since=_start_of(clean.get("dal")),
            until=_end_of(clean.get("al")),
        )


def _start_of(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None


def _end_of(day: dt.date | None) -> dt.datetime | None:
    return _start_of(day + dt.timedelta(days=1)) if day else None


class TextForm(VersionedForm):
    """The text of a document as it is being written. What is wrong in it is said when it is put into use."""

    source = forms.CharField(
        label=_("Testo"), max_length=LONGEST_SOURCE, strip=False, widget=forms.Textarea(attrs={"rows": 22})
    )
    note = forms.CharField(
        label=_("Che cosa cambia"),
        max_length=200,
        required=False,
        help_text=_("Resta nell'elenco delle versioni."),
    )
    is_reviewed = forms.BooleanField(
        label=_("Qualcuno che parla questa lingua ha riletto il testo"), required=False
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"lang": language, "dir": direction_of(language), "spellcheck": "true", "class": "source"}
        self.fields["source"].widget.attrs.update(attrs)
        if language in OUR_LANGUAGES:
            del self.fields["is_reviewed"]

    def clean_source(self) -> str:
        """One kind of line end, whatever the browser sends."""
        return "\n".join(str(self.cleaned_data["source"]).splitlines()) + "\n"
