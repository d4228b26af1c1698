"""Who may change users, teams and keys, and what is never allowed."""

from __future__ import annotations

import datetime as dt

import pytest

from vicinia.foundation.accounts import rules
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.verdict import Verdict

pytestmark = pytest.mark.django_db


def refusal(verdict: Verdict) -> tuple[int, str]:
    assert not verdict.allowed
    return verdict.status, str(verdict.sentence)


@pytest.mark.parametrize("who", ["anna", "carla", "lucia", "marco", "paolo", "vera", "dario"])
def test_only_ada_manages_users(cast, who):
    assert rules.may_manage_users(cast.ada.as_actor())
    status, sentence = refusal(rules.may_manage_users(getattr(cast, who).as_actor()))
    assert (status, sentence) == (403, "Utenti e gruppi li gestisce chi amministra il sistema.")


def test_ada_closes_the_access_of_anna_and_not_twice(cast):
    ada = cast.ada.as_actor()
    assert rules.may_deactivate(ada, cast.anna, other_managers=1)
    cast.anna.is_active = False
    assert refusal(rules.may_deactivate(ada, cast.anna, other_managers=1)) == (409, "L'accesso è già chiuso.")


def test_the_last_who_manages_users_is_not_closed(cast):
    ada, bruno = cast.ada, cast.bruno
    bruno.role = ada.role
    manager = bruno.as_actor()
    assert rules.may_deactivate(manager, ada, other_managers=1)
    status, sentence = refusal(rules.may_deactivate(manager, ada, other_managers=0))
    assert (status, sentence) == (409, "Resterebbe nessuno che gestisce gli utenti.")


def test_carla_hears_that_it_is_not_hers_before_why_it_is_not_now(cast):
    carla = cast.carla.as_actor()
    assert rules.may_deactivate(carla, cast.ada, other_managers=0).status == 403
    assert rules.may_reset_factor(carla, cast.anna, has_factor=False, reason="").status == 403


@pytest.mark.parametrize(
    ("whose", "has_factor", "reason", "said"),
    [
        ("ada", True, "Telefono perso.", "Il tuo secondo fattore lo cambi dalla tua pagina."),
        ("anna", False, "Telefono perso.", "Non ha ancora un secondo fattore."),
        ("anna", True, "  ", "Scrivi il motivo: come sai che è proprio lui o lei?"),
    ],
)
def test_a_second_factor_is_taken_away_from_another_who_has_one_with_a_reason(
    cast, whose, has_factor, reason, said
):
    ada = cast.ada.as_actor()
    verdict = rules.may_reset_factor(ada, getattr(cast, whose), has_factor=has_factor, reason=reason)
    assert refusal(verdict) == (409, said)
    assert rules.may_reset_factor(ada, cast.anna, has_factor=True, reason="Telefono perso.")


@pytest.mark.parametrize(
    ("scopes", "days_left", "status", "said"),
    [
        ([], 1, 409, "Scegli almeno una cosa che la chiave può fare."),
        ([Capability.SEE_CASES], 1, 403, "Una chiave non può vedere casi, persone o utenti."),
        ([Capability.SEE_REPORTS], -1, 409, "La scadenza è già passata."),
    ],
)
def test_a_key_is_for_something_that_keys_may_do_and_not_expired(cast, scopes, days_left, status, said):
    ada, now = cast.ada.as_actor(), clock.now()
    expires_at = now + dt.timedelta(days=days_left)
    assert refusal(rules.may_make_key(ada, scopes=scopes, expires_at=expires_at, now=now)) == (status, said)
    later = now + dt.timedelta(days=1)
    assert rules.may_make_key(ada, scopes=[Capability.SEE_REPORTS], expires_at=later, now=now)
