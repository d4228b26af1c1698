"""Pages of relocations, dwellings and households: who opens what, what each says, what they cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import actions
from vicinia.domain.mobility.actions import NewInterview, NewRefusal, NewSpell, Numbers, Words
from vicinia.domain.mobility.models import (
    AdequacyTable,
    Companion,
    Interview,
    NearWish,
    Refusal,
    RehousingFile,
    Relocation,
    Spell,
    Unit,
)
from vicinia.domain.mobility.tests.factories import (
    DAY,
    a_lot,
    an_own_file,
    counted_file,
    court,
    has_moved,
    interviewed,
    somebody_at,
    works,
)
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.worksites.models import Worksite
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
SECRET = "Ha paura del vicino di sotto."


@pytest.fixture
def at(client, cast):
    """A browser in which somebody has signed in."""

    def sign_in(name: str):
        client.force_login(getattr(cast, name))
        return client

    return sign_in


def words_of(answer) -> str:
    return answer.content.decode()


def here(file: RehousingFile, name: str, *more: object) -> str:
    return reverse(name, args=[file.relocation.reference, file.household.number, *more])


# Who opens what ---------------------------------------------------------------------------------------------------


def every_page(file: RehousingFile) -> list[str]:
    reference = file.relocation.reference
    unit = Unit.objects.get(dwelling=file.home)
    one = [reverse(name, args=[reference]) for name in ("relocation_change", "relocation_close")]
    one += [reverse(name, args=[reference]) for name in ("relocation_units_add", "relocation_doors_add")]
    one += [reverse(name, args=[reference]) for name in ("rehousing_files", "rehousing_file_new")]
    one += [reverse(name, args=[reference]) for name in ("rehousing_import", "rehousing_export")]
    one += [reverse(name, args=[reference, unit.pk]) for name in ("unit_spell_new", "relocation_unit_remove")]
    one += [reverse("relocation_new"), reverse("adequacy_tables"), reverse("adequacy_table_new")]
    one += [here(file, "rehousing_numbers"), here(file, "rehousing_give"), here(file, "rehousing_companions")]
    return one


def test_who_only_sees_the_mobility_reads_dwellings_and_no_number(at, file, cast):
    anna, reference = at("anna"), file.relocation.reference
    unit = Unit.objects.get(dwelling=file.home)
    for url in (
        reverse("relocations"),
        reverse("relocation", args=[reference]),
        reverse("relocation_units", args=[reference]),
        reverse("relocation_unit", args=[reference, unit.pk]),
        reverse("mobility_in_laboratory"),
    ):
        page = anna.get(url)
        assert page.status_code == 200, url
        assert file.household.label not in words_of(page), url
    listed = words_of(anna.get(reverse("relocation_units", args=[reference])))
    assert "abitato" in listed and ">Nucleo<" not in listed
    for url in every_page(file):
        assert anna.get(url).status_code == 403, url
    for name in ("marco", "paolo", "vera", "dario", "ada"):
        assert at(name).get(reverse("relocations")).status_code == 403, name
    page = at("vera").get(reverse("relocation", args=[reference]))
    assert page.status_code == 403


def own_pages(file: RehousingFile) -> list[str]:
    names = ("rehousing_file", "rehousing_interview_new", "rehousing_needs", "rehousing_near_new")
    names += ("rehousing_refusal_new", "rehousing_close", "rehousing_reopen", "rehousing_return_end")
    interview = Interview.objects.get()
    return [here(file, name) for name in names] + [here(file, "rehousing_interview", interview.pk)]


def test_a_file_exists_only_for_who_accompanies_the_household(at, lucia, relocation, doors, cast):
    file = interviewed(lucia, an_own_file(lucia, relocation, doors[0], claims_return=True), SECRET)
    refusal = actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[1], "fear", SECRET))
    carla = at("carla")
    for url in own_pages(file):
        assert carla.get(url).status_code == 404, url
    posts = [here(file, name) for name in ("rehousing_confirm", "rehousing_reveal", "rehousing_close")]
    posts += [here(file, "rehousing_near_drop", 1), here(file, "rehousing_refusal_withdraw", refusal.pk)]
    for url in posts:
        assert carla.post(url).status_code == 404, url
    seen = [carla.get(url) for url in every_page(file) if "close" not in url]
    assert not any(SECRET in words_of(page) for page in seen if not page.streaming)
    lucia_reads = at("lucia")
    assert {lucia_reads.get(url).status_code for url in own_pages(file)} <= {200, 409}
    assert words_of(lucia_reads.get(here(file, "rehousing_file"))).count(SECRET) == 2


# Relocations and tables -------------------------------------------------------------------------------------------


def test_from_the_tables_to_a_relocation(at, category):
    page = at("lucia").get(reverse("relocation_new"))
    assert "Prima serve una tabella" in words_of(page)
    assert at("lucia").post(reverse("adequacy_tables_take_in")).status_code == 403
    client = at("carla")
    assert "Ancora nessuna tabella" in words_of(client.get(reverse("adequacy_tables")))
    assert client.post(reverse("adequacy_tables_take_in")).status_code == 303
    page = words_of(client.get(reverse("adequacy_tables")))
    assert "l.r. 39/1995" in page and "Carica le tabelle" not in page
    site = Worksite.objects.create(reference="CA1", name="Tetti", summary="", who_to_call="")
    client = at("lucia")
    new = {
        "name": "Corti nuove",
        "worksites": [site.pk],
        "adequacy": AdequacyTable.objects.first().pk,
        "kind": category.pk,
        "most_moves": 2,
        "most_moves_fragile": 1,
        "answer_days": 15,
        "payment_days": 28,
    }
    assert client.post(reverse("relocation_new"), new | {"name": ""}).status_code == 422
    made = client.post(reverse("relocation_new"), new)
    row = Relocation.objects.get()
    assert made.status_code == 303 and made.url == reverse("relocation", args=[row.reference])
    page = words_of(client.get(made.url))
    assert "Ancora nessun alloggio" in page and "Tetti" in page
    Category.objects.filter(pk=category.pk).update(is_active=False)
    change = reverse("relocation_change", args=[row.reference])
    assert "Corti nuove" in words_of(client.get(change))
    saved = client.post(change, new | {"name": "Corti vecchie", "seen_version": 1})
    assert saved.status_code == 303
    late = client.post(change, new | {"name": "Altro", "seen_version": 1})
    assert late.status_code == 409 and "Corti vecchie" in words_of(late) and "Altro" in words_of(late)


def test_a_table_is_written_copied_changed_and_taken_off(at):
    client = at("carla")
    new = {
        "name": "Regione",
        "source": "l.r. 1",
        "sizes": "28 − 15 %\n40,5 m²\n60; 10 %",
        "people_per_room": 2,
    }
    assert client.post(reverse("adequacy_table_new"), new | {"sizes": "tanti"}).status_code == 422
    assert client.post(reverse("adequacy_table_new"), new | {"sizes": "40\n20"}).status_code == 409
    made = client.post(reverse("adequacy_table_new"), new)
    table = AdequacyTable.objects.get()
    assert table.sizes == [[1, 28, 0.15], [2, 40.5, 0], [3, 60, 0.1]]
    page = words_of(client.get(made.url))
    assert "23,80 m²" in page and "40,5" in page
    copied = words_of(client.get(f"{reverse('adequacy_table_new')}?da={table.code}"))
    assert "28 − 15 %" in copied and "40,5" in copied
    change = reverse("adequacy_table_change", args=[table.code])
    assert client.get(change).status_code == 200
    assert client.post(change, new | {"sizes": "30", "seen_version": 1}).status_code == 303
    late = client.post(change, new | {"sizes": "31", "seen_version": 1})
    assert late.status_code == 409 and "30" in words_of(late)
    retire = reverse("adequacy_table_retire", args=[table.code])
    assert "Togliere" in words_of(client.get(retire))
    assert client.post(retire).status_code == 303
    assert client.get(change).status_code == 409
    assert "non più in uso" in words_of(client.get(reverse("adequacy_table", args=[table.code])))


def test_a_relocation_is_closed_and_opened_again(at, relocation):
    client, close = at("lucia"), reverse("relocation_close", args=[relocation.reference])
    assert "Chiudere la mobilità?" in words_of(client.get(close))
    assert client.post(close).status_code == 303
    page = words_of(client.get(reverse("relocation", args=[relocation.reference])))
    assert "Riapri" in page and "Cambia i dati" not in page
    assert "chiusa" in words_of(client.get(reverse("relocations")))
    assert client.post(reverse("relocation_reopen", args=[relocation.reference])).status_code == 303
    Relocation.objects.update(stale_since=clock.now())
    for url in (reverse("relocations"), reverse("relocation", args=[relocation.reference])):
        assert "slittano" in words_of(client.get(url))
    assert "slittano" in words_of(
        client.get(reverse("mobility_in_laboratory"), headers={"hx-request": "true"})
    )


def test_the_laboratory_leads_to_the_relocations(at, relocation):
    assert reverse("mobility_in_laboratory") in words_of(at("lucia").get(reverse("outreach")))
    Relocation.objects.all().delete()
    assert "Ancora nessuna" in words_of(at("lucia").get(reverse("mobility_in_laboratory")))
    assert "Ancora nessuna mobilità" in words_of(at("lucia").get(reverse("relocations")))


def test_figures_of_a_relocation_lead_to_what_they_count(at, lucia, relocation, file, doors):
    counted_file(lucia, relocation, doors[1])
    client, address = at("carla"), reverse("rehousing_files", args=[relocation.reference])
    page = words_of(client.get(reverse("relocation", args=[relocation.reference])))
    assert f'<a href="{address}?stato=census">2</a>' in page
    assert f'<a href="{address}?chi=nessuno">1</a>' in page
    units = reverse("relocation_units", args=[relocation.reference])
    assert f'<a href="{units}?stato=taken">2</a>' in page and f'<a href="{units}?stato=free">2</a>' in page


# Dwellings --------------------------------------------------------------------------------------------------------


def test_dwellings_are_added_by_building_and_one_by_one(at, relocation, cast):
    first, second = court("corteB", doors=2, area=cast.crocetta)
    client, add = at("lucia"), reverse("relocation_units_add", args=[relocation.reference])
    assert client.post(add, {"is_spare": "on"}).status_code == 422
    single = reverse("relocation_doors_add", args=[relocation.reference])
    assert "Corte corteB" in words_of(client.get(single))
    assert "Nessun edificio così" in words_of(client.get(f"{single}?q=zzzz"))
    url = f"{single}?edificio=corteB"
    assert "int. 2" in words_of(client.get(url))
    assert client.post(url, {"dwellings": [second.pk], "is_spare": "on"}).status_code == 303
    assert Unit.objects.get(is_spare=True).dwelling == second
    assert "int. 2" not in words_of(client.get(url))
    assert client.post(add, {"buildings": [first.building_id]}).status_code == 303
    assert Unit.objects.count() == 6
    assert client.post(add, {"buildings": [first.building_id]}).status_code == 409


def test_the_list_of_dwellings_is_narrowed(at, relocation, doors, file):
    unknown = doors[3]
    unknown.rooms = None
    unknown.save()
    Unit.objects.filter(dwelling=doors[2]).update(is_spare=True)
    client, address = at("lucia"), reverse("relocation_units", args=[relocation.reference])

    def listed(query: str) -> list[str]:
        page = client.get(f"{address}?{query}")
        return [line.facts.code for line in page.context["lines"]]

    assert len(listed("")) == 4
    assert listed("volano=on") == ["corteA-3"]
    assert listed("mancano=on") == ["corteA-4"]
    assert listed("stato=taken") == ["corteA-1"]
    assert listed("stato=free&edificio=corteA") == ["corteA-2", "corteA-3", "corteA-4"]
    assert listed("stato=boh") == [f"corteA-{number}" for number in (1, 2, 3, 4)]
    assert "Nessun alloggio così" in words_of(client.get(f"{address}?stato=works"))
    Unit.objects.all().delete()
    assert "Ancora nessun alloggio" in words_of(client.get(address))


def test_a_dwelling_says_why_nobody_can_live_there(at, lucia, relocation, doors):
    today = clock.today()
    site = Worksite.objects.create(reference="CA1", name="Tetti", summary="", who_to_call="")
    works(a_lot(site, today, today + 9 * DAY), doors[0], today, today + 9 * DAY)
    unit = Unit.objects.get(dwelling=doors[0])
    client, one = at("lucia"), reverse("relocation_unit", args=[relocation.reference, unit.pk])
    page = words_of(client.get(one))
    assert "in lavori" in page and "Ristrutturazione, Lotto 1" in page
    listed = words_of(client.get(reverse("relocation_units", args=[relocation.reference])))
    assert "ristrutturazione" in listed
    add = reverse("unit_spell_new", args=[relocation.reference, unit.pk])
    spell = {"kind": "unfit", "from_day": today.isoformat(), "note": "piove dentro"}
    early = (today - DAY).isoformat()
    assert client.post(add, spell | {"to_day": early}).status_code == 422
    assert client.post(add, spell).status_code == 303
    row = Spell.objects.get()
    assert "piove dentro" in words_of(client.get(one))
    change = reverse("unit_spell", args=[relocation.reference, unit.pk, row.pk])
    assert "piove dentro" in words_of(client.get(change))
    assert client.post(change, spell | {"note": "secco", "seen_version": 1}).status_code == 303
    late = client.post(change, spell | {"seen_version": 1})
    assert late.status_code == 409 and "secco" in words_of(late)
    end = reverse("unit_spell_end", args=[relocation.reference, unit.pk, row.pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"day": today.isoformat()}).status_code == 303
    drop = reverse("unit_spell_remove", args=[relocation.reference, unit.pk, row.pk])
    assert client.post(drop).status_code == 303 and not Spell.objects.exists()


def test_a_dwelling_is_kept_spare_and_taken_out(at, relocation, doors):
    unit = Unit.objects.get(dwelling=doors[3])
    doors[3].square_metres = None
    doors[3].save()
    args = [relocation.reference, unit.pk]
    client = at("lucia")
    assert client.post(reverse("relocation_unit_spare", args=args), {"volano": "si"}).status_code == 303
    page = words_of(client.get(reverse("relocation_unit", args=args)))
    assert "alloggio volano" in page and "Mancano dei dati" in page and "Non ci abita nessuno" in page
    remove = reverse("relocation_unit_remove", args=args)
    assert "Togliere" in words_of(client.get(remove))
    assert client.post(remove).status_code == 303 and not Unit.objects.filter(pk=unit.pk).exists()
    assert client.get(reverse("relocation_unit", args=args)).status_code == 404


# Files ------------------------------------------------------------------------------------------------------------


def test_a_household_is_added_by_its_number(at, lucia, relocation, doors):
    household = somebody_at(lucia, doors[0])
    client, new = at("lucia"), reverse("rehousing_file_new", args=[relocation.reference])
    values = {"number": household.number, "size": 3, "language": "it"}
    assert client.get(new).status_code == 200
    missing = client.post(new, values | {"number": 99999})
    assert missing.status_code == 422 and "Non troviamo un nucleo" in words_of(missing)
    assert client.post(new, values).status_code == 303
    assert client.post(new, values).status_code == 409
    numbers = here(RehousingFile.objects.get(), "rehousing_numbers")
    assert client.get(numbers).status_code == 200
    changed = {"size": 4, "language": "it", "seen_version": 1}
    assert client.post(numbers, changed).status_code == 303
    assert client.post(numbers, changed | {"size": 5}).status_code == 409
    assert RehousingFile.objects.get().size == 4


def test_who_accompanies_is_taken_given_and_taken_off(at, cast, lucia, relocation, doors):
    file = counted_file(lucia, relocation, doors[0])
    client = at("lucia")
    page = words_of(client.get(reverse("rehousing_files", args=[relocation.reference])))
    assert "nessuno accompagna" in page and "Accompagno io" in page
    assert client.get(here(file, "rehousing_give")).status_code == 403
    assert client.post(here(file, "rehousing_take")).status_code == 303
    client = at("carla")
    assert "Lucia Sala" in words_of(client.get(here(file, "rehousing_companions")))
    give = here(file, "rehousing_give")
    assert client.get(give).status_code == 200
    assert client.post(give, {"user": cast.carla.pk, "is_first": "on"}).status_code == 303
    assert client.post(give, {"user": cast.carla.pk}).status_code == 409
    assert client.post(give, {"user": cast.anna.pk}).status_code == 422
    assert client.get(here(file, "rehousing_file")).status_code == 200
    mine = Companion.objects.get(user=cast.carla)
    assert client.post(here(file, "rehousing_companion_remove", mine.pk)).status_code == 303
    assert client.get(here(file, "rehousing_file")).status_code == 404


def test_the_list_of_files_is_narrowed_and_names_nobody(at, lucia, carla, relocation, doors, cast):
    mine = an_own_file(lucia, relocation, doors[0], fragile=True, claims_return=True)
    nobodys = counted_file(lucia, relocation, doors[1], needs_step_free=True)
    closed = an_own_file(lucia, relocation, doors[2])
    actions.close_file(by=lucia, file=closed, reason="x", seen_version=None)
    people.move_out(by=lucia, household=nobodys.household)
    people.move_in(by=lucia, household=mine.household, dwelling=doors[3])
    people.add_newcomer(by=lucia, household=mine.household, details=PersonDetails(name="Maria Bassi"))
    client, address = at("lucia"), reverse("rehousing_files", args=[relocation.reference])

    def listed(query: str) -> list[int]:
        return [line.file.pk for line in client.get(f"{address}?{query}").context["lines"]]

    assert listed("") == [mine.pk, nobodys.pk]
    assert listed("stato=closed") == [closed.pk]
    assert listed("chi=io") == [mine.pk]
    assert listed("chi=nessuno") == [nobodys.pk]
    assert listed("serve=barriere") == [nobodys.pk]
    assert listed("serve=fragile") == [mine.pk]
    assert listed("serve=rientro") == [mine.pk]
    assert "Nessun nucleo così" in words_of(client.get(f"{address}?stato=away"))
    page = words_of(client.get(address))
    assert "Bassi" not in page and "ora in" in page and "ora altrove" in page
    RehousingFile.objects.all().delete()
    assert "Ancora nessun nucleo" in words_of(client.get(address))


def test_a_household_is_accompanied_from_the_first_talk_to_the_end(at, cast, lucia, relocation, doors):
    other = counted_file(lucia, relocation, doors[1])
    file = an_own_file(lucia, relocation, doors[0])
    client = at("lucia")
    page = words_of(client.get(here(file, "rehousing_file")))
    assert "Prima parla con il nucleo" in page
    talk = here(file, "rehousing_interview_new")
    assert "nasce un caso" in words_of(client.get(talk))
    told = {"day": clock.today().isoformat(), "place": "home", "words": SECRET, "once": "una"}
    assert client.post(talk, told | {"words": ""}).status_code == 422
    ahead = (clock.today() + DAY).isoformat()
    late = client.post(talk, told | {"day": ahead})
    assert late.status_code == 409 and SECRET in words_of(late)
    assert client.post(talk, told).status_code == 303
    assert client.post(talk, told).status_code == 303
    assert Interview.objects.count() == Case.objects.count() == 1
    change = here(file, "rehousing_interview", Interview.objects.get().pk)
    assert SECRET in words_of(client.get(change))
    assert client.post(change, told | {"words": "Altro.", "seen_version": 1}).status_code == 303
    assert client.post(change, told | {"seen_version": 1}).status_code == 409
    needs = here(file, "rehousing_needs")
    file.refresh_from_db()
    values = {
        "size": 2,
        "language": "it",
        "claims_return": "on",
        "wishes": SECRET,
        "seen_version": file.version,
    }
    assert client.get(needs).status_code == 200
    assert client.post(needs, values).status_code == 303
    assert client.post(needs, values | {"wishes": "Altro"}).status_code == 409
    assert client.post(here(file, "rehousing_confirm")).status_code == 303
    assert client.post(here(file, "rehousing_near_new"), {"other": other.pk}).status_code == 303
    assert client.get(here(file, "rehousing_near_new")).status_code == 200
    refuse = {
        "dwelling": doors[2].pk,
        "reason": "steps",
        "words": "Tre piani.",
        "on": clock.today().isoformat(),
    }
    assert client.get(here(file, "rehousing_refusal_new")).status_code == 200
    assert client.post(here(file, "rehousing_refusal_new"), refuse).status_code == 303
    page = words_of(client.get(here(file, "rehousing_file")))
    assert SECRET in page and "Tre piani." in page and other.household.label in page
    refusal = here(file, "rehousing_refusal_withdraw", Refusal.objects.get().pk)
    assert client.post(refusal).status_code == 303
    assert "ora può andare" in words_of(client.get(here(file, "rehousing_file")))
    assert client.post(here(file, "rehousing_near_drop", NearWish.objects.get().pk)).status_code == 303
    assert client.get(here(file, "rehousing_return_end")).status_code == 200
    file.refresh_from_db()
    has_moved(file, doors[3])
    assert "diritto al rientro" in words_of(client.get(here(file, "rehousing_file")))
    given_up = {"reason": "Firmata.", "seen_version": file.version}
    assert client.post(here(file, "rehousing_return_end"), given_up).status_code == 303
    assert client.post(here(file, "rehousing_return_end"), given_up).status_code == 409
    assert "Firmata." in words_of(client.get(here(file, "rehousing_file")))
    RehousingFile.objects.filter(pk=file.pk).update(state="settled")
    file.refresh_from_db()
    end = {"reason": "È a casa.", "seen_version": file.version}
    assert client.get(here(file, "rehousing_close")).status_code == 200
    assert client.post(here(file, "rehousing_close"), end | {"seen_version": 1}).status_code == 409
    assert client.post(here(file, "rehousing_close"), end).status_code == 303
    page = words_of(client.get(here(file, "rehousing_file")))
    assert "È a casa." in page and "Riapri il fascicolo" in page
    assert client.get(talk).status_code == 409
    assert client.get(here(file, "rehousing_reopen")).status_code == 200
    again = {"reason": "Nuovi lavori.", "seen_version": file.version + 1}
    assert client.post(here(file, "rehousing_reopen"), again | {"seen_version": 1}).status_code == 409
    assert client.post(here(file, "rehousing_reopen"), again).status_code == 303


def test_names_are_shown_for_a_purpose(at, lucia, file):
    people.add_newcomer(
        by=lucia, household=file.household, details=PersonDetails(name="Maria Bassi"), relation="reference"
    )
    client = at("lucia")
    assert "Maria Bassi" not in words_of(client.get(here(file, "rehousing_file")))
    assert client.post(here(file, "rehousing_reveal"), {"purpose": "", "words": ""}).status_code == 422
    shown = client.post(
        here(file, "rehousing_reveal"), {"purpose": "contact"}, headers={"hx-request": "true"}
    )
    assert "Maria Bassi" in words_of(shown) and Sight.objects.count() == 1


def test_other_pages_lead_to_a_file_for_who_accompanies(at, lucia, carla, file):
    interviewed(lucia, file)
    person = people.add_newcomer(
        by=lucia, household=file.household, details=PersonDetails(name="Maria Bassi")
    ).person
    panels = [
        (
            reverse("case", args=[file.case.reference]),
            reverse("rehousing_of_case", args=[file.case.reference]),
        ),
        (
            reverse("household", args=[file.household.number]),
            reverse("rehousing_of_household", args=[file.household.number]),
        ),
        (reverse("person", args=[person.reference]), reverse("rehousing_of_person", args=[person.reference])),
    ]
    for page, panel in panels:
        client = at("lucia")
        assert panel in words_of(client.get(page)), page
        assert here(file, "rehousing_file") in words_of(client.get(panel)), panel
        client = at("carla")
        assert here(file, "rehousing_file") not in words_of(client.get(panel)), panel
        assert panel not in words_of(at("anna").get(page)), page


# What they cost ---------------------------------------------------------------------------------------------------


def cost(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_lists_cost_the_same_with_one_row_and_with_fifty(at, cast, lucia, relocation, file, category):
    client = at("lucia")
    reference = relocation.reference
    urls = [
        reverse("relocations"),
        reverse("relocation", args=[reference]),
        reverse("relocation_units", args=[reference]),
        reverse("rehousing_files", args=[reference]),
        reverse("adequacy_tables"),
    ]
    before = [cost(client, url) for url in urls]
    interviewed(lucia, file)
    for number, door in enumerate(court("corteB", doors=49, area=cast.crocetta)):
        unit = Unit.objects.create(relocation=relocation, dwelling=door)
        an_own_file(lucia, relocation, door)
        actions.add_spell(by=lucia, unit=unit, new=NewSpell("unfit", clock.today()))
        row = Relocation.objects.create(
            reference=f"MX{number}", name="Altra", adequacy=relocation.adequacy, category=category
        )
        AdequacyTable.objects.create(code=f"t{row.pk}", name="x", source="x", sizes=[[1, 28, 0]])
    after = [cost(client, url) for url in urls]
    for url, few, many in zip(urls, before, after, strict=True):
        assert many <= few + 1, (url, few, many)


def test_a_file_with_much_in_it_costs_as_one_with_little(at, cast, lucia, relocation, file, doors):
    interviewed(lucia, file)
    client, url = at("lucia"), here(file, "rehousing_file")
    actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(doors[1], "size"))
    actions.wish_near(by=lucia, file=file, other=counted_file(lucia, relocation, doors[2]))
    few = cost(client, url)
    more = court("corteB", doors=8, area=cast.crocetta)
    actions.add_units(by=lucia, relocation=relocation, dwellings=more)
    for day, door in enumerate(more):
        actions.write_interview(
            by=lucia,
            file=file,
            new=NewInterview(clock.today() - dt.timedelta(days=day), "desk", SECRET, f"o{day}"),
        )
        actions.refuse_dwelling(by=lucia, file=file, new=NewRefusal(door, "size"))
        actions.wish_near(by=lucia, file=file, other=counted_file(lucia, relocation, door))
    many = cost(client, url)
    assert many <= few + 1


def test_words_are_kept_sealed(lucia, file):
    interviewed(lucia, file, SECRET)
    words = Words(needs=SECRET)
    actions.change_needs(by=lucia, file=file, numbers=Numbers(2), words=words, seen_version=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT needs FROM mobility_rehousingfile UNION SELECT words FROM mobility_interview")
        assert not any("paura" in (row[0] or "") for row in cursor.fetchall())
