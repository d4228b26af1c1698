"""What the mobility shows on pages of other subjects: the way to a file, for who accompanies the household."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vicinia.domain.casework import queries as casework
from vicinia.domain.mobility import queries
from vicinia.domain.mobility.views.shared import run
from vicinia.domain.people import queries as people
from vicinia.foundation.kernel.htmx import page_or_part

_PAGE, _PART = "mobility/of_other_page.html", "mobility/of_other.html"


@run
def of_case(request: HttpRequest, reference: str) -> HttpResponse:
    """On a case: the household's file that it belongs to."""
    by = request.actor
    case = casework.case_named(by, reference)
    file = queries.file_of_case(by, case.reference)
    return page_or_part(request, _PAGE, _PART, {"about": case.reference, "files": [file] if file else []})


@run
def of_household(request: HttpRequest, number: int) -> HttpResponse:
    """On a household: its files."""
    by = request.actor
    household = people.household_numbered(by, number)
    files = queries.files_of_household(by, household.number)
    return page_or_part(request, _PAGE, _PART, {"about": household.label, "files": files})


@run
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """On a person: the files of the household in which they live."""
    by = request.actor
    person = people.person_of(by, reference)
    files = queries.files_of_person(by, people.ids_of(person))
    return page_or_part(request, _PAGE, _PART, {"about": person.reference, "files": files})
