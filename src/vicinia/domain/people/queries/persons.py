"""Finding and showing people. Whatever gives a name, a number or an address away writes a line of the access log."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vicinia.domain.people import details, names, rules
from vicinia.domain.people.models import ContactKind, ContactPoint, NameKey, Person
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.actions import seen
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.blind_index import digest, fold
from vicinia.foundation.kernel.errors import NotVisible

CANDIDATES_MAX = 2000  # rows of the index looked at for one search
DECRYPTED_MAX = 200  # names decrypted for one search
HITS_MAX = 30
WORDS_MAX = 6
ASKED_AT_ONCE = 5000  # values in one statement: SQLite takes 32,766
_REFERENCE = re.compile(r"(19|20)\d\d-\d{1,7}")  # the number of a report or case, not a telephone


class Purpose(TextChoices):
    """Why someone's data are looked at, in the cases that come every day."""

    CONTACT = "contact", _("la contatto per una segnalazione o un caso")
    CALLED = "called", _("è al telefono o davanti a me")
    CHECK = "check", _("controllo se è la stessa persona")
    CORRECT = "correct", _("correggo i suoi dati")
    VISIT = "visit", _("preparo una visita")
    RIGHTS = "rights", _("rispondo a una sua richiesta sui dati")


@dataclass(frozen=True, slots=True)
class RevealedPerson:
    """A person's data as shown to someone whose sight of them was written down."""

    reference: str
    name: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    address: str
    language: str
    contact_way: str
    needs: str
    version: int

    @property
    def postal_lines(self) -> tuple[str, ...]:
        """Name and address, as on an envelope."""
        return tuple(line for line in (self.name, self.address) if line)

    @property
    def on_one_line(self) -> str:
        """Name, telephones, e-mails and address, one after the other."""
        return ", ".join(part for part in (self.name, *self.phones, *self.emails, self.address) if part)


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person found. `is_near` when the name is not spelled as asked; `hint` tells apart two people of one name."""

    person_id: int
    reference: str
    name: str
    hint: str
    score: float
    is_near: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Where messages of the program for a person go. Never shown to anyone: pages use `reveal`."""

    name: str
    phone: str
    email: str
    language: str
    contact_way: str


@dataclass(frozen=True, slots=True)
class Double:
    """Another row that may be the same person, and why."""

    person: Person
    why: str


# One person, with the rows merged into it -----------------------------------------------------------------------


def root_of(person: Person) -> Person:
    """The row that stands for this person after merges."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def ids_of(person: Person | str) -> list[int]:
    """The keys of a person's row and of every row merged into it: what rows of other subjects may point at."""
    found = (
        list(Person.objects.filter(reference=person).values_list("pk", flat=True))
        if isinstance(person, str)
        else [person.pk]
    )
    layer = found
    while layer := list(Person.objects.filter(merged_into__in=layer).values_list("pk", flat=True)):
        found = found + layer
    return found


def roots_of(ids: Collection[int]) -> dict[int, int]:
    """For each of some rows, the key of the row that stands for the person after merges."""
    roots = {pk: pk for pk in ids}
    layer = set(roots)
    while layer:
        further: dict[int, int | None] = {}
        asked = sorted(layer)
        for first in range(0, len(asked), ASKED_AT_ONCE):
            some = asked[first : first + ASKED_AT_ONCE]
            rows = Person.objects.filter(pk__in=some, merged_into__isnull=False)
            further |= dict(rows.values_list("pk", "merged_into_id"))
        roots = {pk: further.get(root) or root for pk, root in roots.items()}
        layer = {pk for pk in further.values() if pk is not None}
    return roots


def points_of(ids: Collection[int]) -> dict[int, frozenset[str]]:
    """By what each of some people can be reached, as digests only: enough to tell people apart, not to reach them.

    The keys are of rows that stand for a person (see `roots_of`); the points of what was merged into them count too.
    """
    owners = {pk: pk for pk in ids}
    layer = dict(owners)
    while layer:
        rows = Person.objects.filter(merged_into__in=layer).values_list("pk", "merged_into_id")
        layer = {pk: owners[kept] for pk, kept in rows if kept is not None}
        owners |= layer
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    for pk, key in ContactPoint.objects.filter(person_id__in=owners).values_list("person_id", "digest"):
        found[owners[pk]].add(key)
    return {pk: frozenset(keys) for pk, keys in found.items()}


def person_of(by: Actor, reference: str) -> Person:
    """The person of a page, if connected to something that `by` may see; else there is none (404)."""
    person: Person = Person.objects.select_related("merged_into").one(reference=reference)
    require_visible(by, person)
    return person


def require_visible(by: Actor, person: Person) -> None:
    """Raise NotVisible unless the person, or a row merged into it, is connected to something `by` may see."""
    everyone = ids_of(root_of(person))
    if not Person.objects.visible_to(by, among=everyone).exists():
        raise NotVisible


def is_visible(by: Actor, reference: str) -> bool:
    """Whether this is the reference of a person connected to something that `by` may see."""
    try:
        person_of(by, reference)
    except NotVisible:
        return False
    return True


# Showing --------------------------------------------------------------------------------------------------------


def reveal(by: Actor, person: Person, purpose: str) -> RevealedPerson:
    """A person's data, for a purpose (one of `Purpose` or some words) that is written in the access log."""
    rules.may_reveal(by, purpose=purpose).require()
    require_visible(by, person)
    person = root_of(person)
    words = str(Purpose(purpose).label) if purpose in Purpose.values else purpose.strip()
    seen(by=by, person=person, purpose=words[:200], shown="nome, recapiti, indirizzo, note")
    points = _points_of(person)
    return RevealedPerson(
        reference=person.reference,
        name=person.name,
        phones=tuple(point.value for point in points if point.kind == ContactKind.PHONE),
        emails=tuple(point.value for point in points if point.kind == ContactKind.EMAIL),
        address=person.address,
        language=person.language,
        contact_way=person.contact_way,
        needs=person.needs,
        version=person.version,
    )


def reach(person: Person) -> Reach:
    """Where the program's own messages go; nobody sees it, so nothing is logged."""
    person = root_of(person)
    points = _points_of(person)
    first = {point.kind: point.value for point in reversed(points)}
    return Reach(
        name=person.name,
        phone=first.get(ContactKind.PHONE, ""),
        email=first.get(ContactKind.EMAIL, ""),
        language=person.language,
        contact_way=person.contact_way,
    )


def email_of(person_id: int) -> str:
    """The e-mail address for the program's own messages, or "". One statement for who left one and was not merged."""
    own = ContactPoint.objects.filter(person_id=person_id, kind=ContactKind.EMAIL).order_by("id").first()
    if own is not None:
        return own.value
    person = Person.objects.filter(pk=person_id).select_related("merged_into").first()
    return reach(person).email if person is not None else ""


def _points_of(person: Person) -> list[ContactPoint]:
    """The contact points of a person and of the rows merged into it, each value once, own ones first."""
    rows = ContactPoint.objects.filter(person_id__in=ids_of(person)).order_by("kind", "id")
    own_first = sorted(rows, key=lambda point: point.person_id != person.pk)
    return list({point.digest: point for point in reversed(own_first)}.values())[::-1]


# Finding --------------------------------------------------------------------------------------------------------


def name_keys(person: Person) -> list[NameKey]:
    """The blind index of a person's name, not saved: its words, and each with one letter left out."""
    words = names.name_words(person.name)
    exact = {digest("name", word) for word in words}
    near: set[str] = set().union(*map(names.key_digests, words)) - exact
    keys = [NameKey(person=person, digest=key, exact=True) for key in sorted(exact)]
    return keys + [NameKey(person=person, digest=key, exact=False) for key in sorted(near)]


def looks_personal(words: str) -> bool:
    """Whether words could be a name, a telephone number or an e-mail: others never touch people's data."""
    if "@" in words or _as_phone(words):
        return True
    parts = fold(words).split()
    return 0 < len(parts) <= WORDS_MAX and len("".join(parts)) >= 3 and not any(c.isdigit() for c in words)


def find(by: Actor, words: str) -> list[PersonHit]:
    """People by name (exact or near, in any order), telephone in any spelling or e-mail, best first.

    Only those connected to rows that `by` may see. One line of the access log for each search that looks at people.
    """
    words = words.strip()[: details.NAME_MAX]
    if not by.can(Capability.REVEAL_PEOPLE) or not looks_personal(words):
        return []
    exact = _point_digest(words)
    hits = _by_point(by, exact) if exact else _by_name(by, words)
    shown = f"{len(hits)} nomi: " + " ".join(hit.reference for hit in hits[:14])
    seen(by=by, person="people:search", purpose="ricerca per nome o recapito", shown=shown[:200])
    return hits


def _as_phone(words: str) -> str:
    digits = sum(letter.isdigit() for letter in words)
    if digits < 6 or any(letter.isalpha() for letter in words) or _REFERENCE.fullmatch(words.strip()):
        return ""
    try:
        return details.clean_phone(words)
    except ValidationError:
        return ""


def _point_digest(words: str) -> str:
    if "@" in words:
        return digest(ContactKind.EMAIL, words.lower())
    phone = _as_phone(words)
    return digest(ContactKind.PHONE, phone) if phone else ""


def _by_point(by: Actor, point: str) -> list[PersonHit]:
    owners = ContactPoint.objects.filter(digest=point).values_list("person_id", flat=True)
    people = _visible(by, list(owners[:CANDIDATES_MAX]))
    return _hits([(person, 1.0, False) for person in people])


def _by_name(by: Actor, words: str) -> list[PersonHit]:
    """Exact words first; near ones too, unless the page is full without them."""
    slots = names.name_slots(words)[:WORDS_MAX]
    people = _visible(by, _exact_candidates(slots))
    if len(people) < HITS_MAX:
        known = {person.pk for person in people}
        near = [pk for pk in _near_candidates(slots) if pk not in known]
        people = list({person.pk: person for person in (*people, *_visible(by, near))}.values())
    scored = [(person, names.likeness(slots, person.name)) for person in people]
    kept = [(person, score, score < 0.85) for person, score in scored if score is not None]
    return _hits(kept)


def _exact_candidates(slots: list[set[str]]) -> list[int]:
    return _answering([{digest("name", word) for word in slot} for slot in slots], exact=True)


def _near_candidates(slots: list[set[str]]) -> list[int]:
    """Keys of people whose index answers every slot with at most a slip; exact ones among them."""
    return _answering([set().union(*map(names.key_digests, slot)) for slot in slots], exact=False)


def _answering(slots: list[set[str]], *, exact: bool) -> list[int]:
    rows: QuerySet[Person] = Person.objects.filter(erased_at__isnull=True).order_by()
    for digests in slots:
        keys = NameKey.objects.filter(digest__in=digests)
        rows = rows.filter(pk__in=(keys.filter(exact=True) if exact else keys).values("person_id"))
    return list(rows.values_list("pk", flat=True)[:CANDIDATES_MAX])


def _visible(by: Actor, ids: list[int]) -> list[Person]:
    """The people among `ids` that `by` may see, in the order of `ids`, each once and after merges."""
    if not ids:
        return []
    place = {pk: position for position, pk in enumerate(ids)}
    rows = Person.objects.visible_to(by, among=ids).filter(erased_at__isnull=True).defer("address", "needs")
    chosen = sorted(rows.select_related("merged_into"), key=lambda person: place[person.pk])[:DECRYPTED_MAX]
    return list({person.pk: person for person in map(root_of, chosen)}.values())


def _hits(kept: list[tuple[Person, float, bool]]) -> list[PersonHit]:
    best = sorted(kept, key=lambda row: (-row[1], fold(row[0].name), row[0].pk))[:HITS_MAX]
    hints = _hints(person.pk for person, _score, _near in best)
    return [
        PersonHit(person.pk, person.reference, person.name, hints.get(person.pk, ""), round(score, 3), near)
        for person, score, near in best
    ]


def _hints(ids: Iterable[int]) -> dict[int, str]:
    """The end of a telephone number: enough to tell two people of one name apart, too little to call."""
    points = ContactPoint.objects.filter(person_id__in=list(ids), kind=ContactKind.PHONE).order_by("-id")
    return {point.person_id: f"…{point.value[-3:]}" for point in points}


# Doubles and copies ---------------------------------------------------------------------------------------------


def doubles(by: Actor, person: Person) -> list[Double]:
    """Rows that may be the same person: a contact point in common, or a near name at the same address."""
    own = ids_of(person)
    shared = ContactPoint.objects.filter(
        digest__in=ContactPoint.objects.filter(person_id__in=own).values("digest")
    )
    by_point = [pk for pk in shared.values_list("person_id", flat=True)[:200] if pk not in own]
    found = {
        other.pk: Double(other, str(_("ha lo stesso telefono o la stessa e-mail")))
        for other in _visible(by, by_point)
    }
    if person.address and person.name:
        slots = names.name_slots(person.name)
        for other in _visible(by, [pk for pk in _near_candidates(slots) if pk not in own]):
            if fold(other.address) == fold(person.address) and names.likeness(slots, other.name):
                found.setdefault(other.pk, Double(other, str(_("ha un nome simile allo stesso indirizzo"))))
    return [double for pk, double in sorted(found.items()) if pk not in own]


def copy_of_row(person_id: int) -> dict[str, Any]:
    """What one row says of a person, in words, for the copy that the person asks for."""
    person = Person.objects.get(pk=person_id)
    points = ContactPoint.objects.filter(person_id=person_id)
    return {
        gettext("nome"): person.name,
        gettext("indirizzo"): person.address,
        gettext("recapiti"): [point.value for point in points],
        gettext("lingua"): person.language,
        gettext("come contattarla"): person.get_contact_way_display(),
        gettext("cose da sapere"): person.needs,
        gettext("conosciuta il"): person.created_at.date().isoformat(),
    }


def merged_into(person: Person) -> QuerySet[Person]:
    """Rows merged straight into this one: what may still be undone."""
    return Person.objects.filter(merged_into=person, erased_at__isnull=True).order_by("id")


def subject_title(name: str) -> str:
    """How the copy for the person calls what a subject holds."""
    titles = {
        "people": gettext("Chi sei e come raggiungerti"),
        "households": gettext("Con chi e dove abiti"),
        "listening": gettext("Le tue segnalazioni"),
        "casework": gettext("I casi che ti riguardano"),
        "letters": gettext("Le lettere che ti abbiamo scritto"),
        "mediation": gettext("Le tue mediazioni"),
        "agreements": gettext("I tuoi accordi di comportamento"),
    }
    return titles.get(name, name)
