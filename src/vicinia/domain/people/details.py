"""What someone tells of themselves, cleaned: the same spelling for the same thing, nonsense refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from vicinia.domain.people.models import ContactKind, ContactWay

REGION = "IT"  # how a number without a country prefix is read
NAME_MAX, ADDRESS_MAX, NEEDS_MAX = 120, 200, 2000


def clean_name(text: str) -> str:
    """A name with single spaces; refuses what can't be one."""
    name = " ".join(text.split())
    if not name:
        return ""
    if "@" in name:
        raise ValidationError(_("Qui va il nome: l'e-mail ha il suo campo."))
    if "://" in name or not any(letter.isalpha() for letter in name):
        raise ValidationError(_("Questo non sembra un nome. Scrivi nome e cognome, per esempio Maria Rossi."))
    if len(name) > NAME_MAX:
        raise ValidationError(
            _("Il nome è troppo lungo: può avere al massimo %(most)d caratteri.") % {"most": NAME_MAX}
        )
    return name


def clean_phone(text: str) -> str:
    """A telephone number in E.164, such as +390131234567; numbers without a prefix are Italian."""
    text = text.strip()
    if not text:
        return ""
    sentence = _("Questo numero di telefono non sembra completo. Scrivilo per esempio così: 333 1234567.")
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        raise ValidationError(sentence)
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(sentence)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def clean_email(text: str) -> str:
    """An e-mail address in lower case."""
    email = text.strip().lower()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            _("Questo indirizzo e-mail non è scritto bene. Scrivilo per esempio così: maria@esempio.it.")
        )
    return email


def spoken_phone(e164: str) -> str:
    """A number as people read it aloud: 333 123 4567, with the prefix only when it is foreign."""
    try:
        number = phonenumbers.parse(e164, REGION)
    except phonenumbers.NumberParseException:
        return e164
    style = phonenumbers.PhoneNumberFormat
    chosen = style.NATIONAL if number.country_code == 39 else style.INTERNATIONAL
    return str(phonenumbers.format_number(number, chosen))


def clean_address(text: str) -> str:
    return _short_enough(" ".join(text.split()), ADDRESS_MAX)


def clean_needs(text: str) -> str:
    return _short_enough(text.strip(), NEEDS_MAX)


def _short_enough(text: str, most: int) -> str:
    if len(text) > most:
        raise ValidationError(
            _("Questo testo è troppo lungo: può avere al massimo %(most)d caratteri.") % {"most": most}
        )
    return text


def _each(clean: Callable[[str], str]) -> Callable[[Iterable[str]], tuple[str, ...]]:
    return lambda given: tuple(value for text in given if (value := clean(text)))


_CLEANERS: dict[str, Callable[[Any], Any]] = {
    "name": clean_name,
    "phone": clean_phone,
    "email": clean_email,
    "other_phones": _each(clean_phone),
    "other_emails": _each(clean_email),
    "address": clean_address,
    "needs": clean_needs,
}


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """A person's data as given, cleaned while being made.

    Raises ValidationError with the sentences by field. Everything may be empty except all of name, phone and e-mail.
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    language: str = "it"
    contact_way: str = ""
    needs: str = ""
    other_phones: tuple[str, ...] = ()
    other_emails: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        errors: dict[str, list[str]] = {}
        for field, clean in _CLEANERS.items():
            try:
                object.__setattr__(self, field, clean(getattr(self, field) or ""))
            except ValidationError as problem:
                errors[field] = problem.messages
        if self.contact_way not in ("", *ContactWay.values):
            errors["contact_way"] = [_("Scegli uno dei modi di contatto della lista.")]
        if not errors and not (self.name or self.points):
            errors["name"] = [_("Scrivi almeno un nome, un telefono o un'e-mail.")]
        if errors:
            raise ValidationError(errors)

    @property
    def points(self) -> list[tuple[str, str]]:
        """The telephone numbers and e-mail addresses, each once, as (kind, value)."""
        phones = [(ContactKind.PHONE.value, value) for value in (self.phone, *self.other_phones)]
        emails = [(ContactKind.EMAIL.value, value) for value in (self.email, *self.other_emails)]
        given = [*phones, *emails]
        return list(dict.fromkeys(point for point in given if point[1]))
