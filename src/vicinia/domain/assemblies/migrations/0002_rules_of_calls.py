"""The rules of a call that a town begins with; each changes its own at /laboratorio/assemblee/regole."""

from django.db import migrations

RULES = (
    {"kind": "assembly", "notice_days": 10, "is_binding": True, "quorum_rule": "share", "quorum_value": 30, "second_value": 10},
    {"kind": "workshop", "notice_days": 7, "is_binding": False, "quorum_rule": "none", "quorum_value": 0, "second_value": None},
    {"kind": "committee", "notice_days": 5, "is_binding": False, "quorum_rule": "share", "quorum_value": 50, "second_value": None},
)  # fmt: skip


def add(apps, schema_editor):
    rule = apps.get_model("assemblies", "CallRule")
    for values in RULES:
        rule.objects.get_or_create(kind=values["kind"], defaults=values)


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0001_assemblies_minutes_and_decisions")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
