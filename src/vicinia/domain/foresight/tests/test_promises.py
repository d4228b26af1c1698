"""What early warning promises: it never sees a person."""

from django.apps import apps
from django.db import models

from vicinia.domain.foresight.models import Alert, AlertMove, FrozenCounts, Recomputation, RunInput
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel.fields import EncryptedTextField

# Words in these tables are those of staff about a place, of the program, or names of kinds and places; each column is known.
WORDS = {
    "Alert": {"reference", "method", "place_name", "state", "dismissed_as"},
    "AlertMove": {"by_ref", "by_name", "from_state", "to_state", "reason"},
    "AlertSighting": set(),
    "FrozenCounts": {"fingerprint"},
    "GroupKind": set(),
    "KindGroup": {"name", "name_en"},
    "Recomputation": {"asked_by", "engine"},
    "Run": {"kind", "state", "asked_by", "engine", "error"},
    "RunInput": set(),
    "RunMove": {"by_ref", "by_name", "from_state", "to_state", "reason"},
    "WatchSettings": set(),
}
# The one way out of these tables: to the case that follows an alert, which no analysis reads.
LEADS_OUT = {("Alert", "area"), ("Alert", "case"), ("GroupKind", "category")}


def tables():
    return list(apps.get_app_config("foresight").get_models())


def leads_to_people(model):
    """Whether a key of a model leads to a person or a user."""
    related = {
        field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete
    }
    return bool(related & {Person, User})


def test_no_table_has_a_key_to_a_person():
    assert not [model.__name__ for model in tables() if leads_to_people(model)]


def test_keys_lead_out_only_to_places_kinds_and_the_case_that_follows():
    out = {
        (model.__name__, field.name)
        for model in tables()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.app_label != "foresight"
    }
    assert out == LEADS_OUT
    feeding = {
        field.related_model
        for model in (RunInput, FrozenCounts)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
    }
    assert not any(
        model._meta.app_label in ("people", "listening", "casework", "accounts") for model in feeding
    )


def test_no_column_of_words_that_nobody_knows_of():
    kinds = (models.CharField, models.TextField)
    words = {
        model.__name__: {field.name for field in model._meta.local_fields if isinstance(field, kinds)}
        for model in tables()
    }
    assert words == WORDS
    assert not [
        field
        for model in tables()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]


def test_a_planted_key_to_a_person_is_caught():
    class Suspect(models.Model):
        person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "planted"

    assert leads_to_people(Suspect)
    assert not any(leads_to_people(model) for model in (Alert, AlertMove, Recomputation))
