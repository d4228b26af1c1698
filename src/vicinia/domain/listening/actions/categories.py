"""The kinds of problem that a town uses."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.listening import events, rules, taxonomy
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class CategoryCard:
    """What a kind of problem is, or a group of kinds when it has no `group`."""

    code: str
    name: str
    name_en: str = ""
    group: Category | None = None
    national_code: str = ""
    national_name: str = ""
    keywords: tuple[str, ...] = ()
    is_public: bool = False
    legal_basis: str = "administrative"
    first_contact_days: int | None = None
    position: int = 0
    is_active: bool = True


@transaction.atomic
def write_category(*, by: Actor, card: CategoryCard) -> Category:
    """Add a kind or a group, or change the one with this code. What has been used is never deleted, only closed."""
    rules.may_keep_categories(by, is_public=card.is_public, legal_basis=card.legal_basis).require()

    values = {
        "name": card.name,
        "name_en": card.name_en,
        "parent": card.group,
        "national_code": card.national_code,
        "national_name": card.national_name,
        "keywords": list(card.keywords),
        "is_public": card.is_public,
        "legal_basis": card.legal_basis,
        "first_contact_days": card.first_contact_days,
        "position": card.position,
        "is_active": card.is_active,
    }
    category, _made = Category.objects.update_or_create(code=card.code, defaults=values)
    if not card.is_public or card.legal_basis != LegalBasis.ADMINISTRATIVE:
        # What is no longer public leaves the public map with its kind.
        Report.objects.filter(category=category, is_published=True).update(is_published=False)

    journal.record(events.CATEGORY_WRITTEN, by=by, about=f"category:{category.code}")
    return category


@transaction.atomic
def write_default_categories(*, by: Actor) -> int:
    """Give a new town its first categories; those that it has already stay as they are."""
    known = set(Category.objects.values_list("code", flat=True))
    groups: dict[str, Category] = {}
    for position, group in enumerate(taxonomy.GROUPS):
        card = CategoryCard(group.code, group.name, group.name_en, position=position)
        groups[group.code] = (
            Category.objects.get(code=group.code) if group.code in known else write_category(by=by, card=card)
        )
    missing = [kind for kind in taxonomy.CATEGORIES if kind.code not in known]
    for position, kind in enumerate(missing):
        write_category(by=by, card=_card(kind, groups[kind.group], position))
    return len(missing)


def _card(kind: taxonomy.CategoryKind, group: Category, position: int) -> CategoryCard:
    return CategoryCard(
        code=kind.code,
        name=kind.name,
        name_en=kind.name_en,
        group=group,
        national_code=kind.national_code,
        national_name=kind.national_name,
        keywords=kind.keywords,
        is_public=kind.public,
        legal_basis=kind.default_legal_basis,
        first_contact_days=kind.first_contact_days,
        position=position,
    )
