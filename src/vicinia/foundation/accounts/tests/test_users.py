"""Changing users, teams and one's own account: what is kept and what the journal says."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from vicinia.foundation.accounts import actions
from vicinia.foundation.accounts.actions import KeyDetails, UserDetails
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def details_of(user: User, **changes: object) -> UserDetails:
    """What the form sends when only `changes` are touched."""
    same = {
        "name": user.name,
        "email": user.email,
        "role": Role(user.role),
        "phone": user.phone,
        "language": user.language,
        "team_ids": tuple(user.teams.values_list("pk", flat=True)),
    }
    return UserDetails(**(same | changes))


def told(user: User) -> list[str]:
    lines = Entry.objects.filter(event="user.changed", about=f"user:{user.pk}").order_by("pk")
    return [line.facts["changes"] for line in lines]


def test_saving_a_user_as_they_were_records_nothing(cast: Cast):
    actions.change_user(by=cast.ada.as_actor(), user=cast.anna, details=details_of(cast.anna))
    assert told(cast.anna) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Anna Ferri Bassi"}, "nome"),
        ({"phone": "0521 000000"}, "telefono"),
        ({"team_ids": ()}, "gruppi"),
        ({"role": Role.LABORATORY}, "ruolo da Operatore di prossimità a Operatore del laboratorio"),
    ],
)
def test_the_journal_says_what_of_anna_changed(cast: Cast, changes, words):
    wanted = details_of(cast.anna, **changes)
    actions.change_user(by=cast.ada.as_actor(), user=cast.anna, details=wanted)
    assert told(cast.anna) == [words]
    assert details_of(User.objects.get(pk=cast.anna.pk)) == wanted


def test_anna_changes_her_own_name_telephone_and_language(cast: Cast):
    anna = cast.anna
    actions.change_my_account(by=anna.as_actor(), user=anna, name=" Anna F. ", phone="0521 1", language="en")
    anna.refresh_from_db()
    assert (anna.name, anna.phone, anna.language) == ("Anna F.", "0521 1", "en")
    assert told(anna) == ["nome, telefono o lingua"]


def test_the_members_of_a_changed_team_see_its_new_areas(cast: Cast):
    team = cast.anna.teams.get()
    areas = [cast.stazione.pk, cast.stazione.pk]
    actions.change_team(
        by=cast.ada.as_actor(), team=team, name=" Gruppo Est ", area_ids=areas, member_ids=[cast.lucia.pk]
    )
    lucia, anna = User.objects.get(pk=cast.lucia.pk), User.objects.get(pk=cast.anna.pk)
    assert lucia.as_actor().area_ids == {cast.stazione.pk}
    assert anna.as_actor().area_ids == frozenset()
    assert Entry.objects.get(event="team.changed").facts == {"name": "Gruppo Est"}


def test_carla_may_not_change_a_team(cast: Cast):
    team = cast.anna.teams.get()
    with pytest.raises(Refused):
        actions.change_team(by=cast.carla.as_actor(), team=team, name="Nostro", area_ids=[], member_ids=[])
    team.refresh_from_db()
    assert team.name == "Gruppo Crocetta"


def test_the_use_of_a_key_is_noted_once_an_hour(cast: Cast):
    details = KeyDetails("Sito del Comune", ("enter_reports",), everywhere=True)
    key, secret = actions.make_key(by=cast.ada.as_actor(), details=details)
    assert actions.enter_with_key(key=secret)
    key.refresh_from_db()
    first_use = key.last_used_at
    assert actions.enter_with_key(key=secret)
    key.refresh_from_db()
    assert key.last_used_at == first_use
