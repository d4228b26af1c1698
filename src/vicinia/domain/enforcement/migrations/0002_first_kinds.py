"""The kinds of acts that every local police has. The town corrects amounts and adds those of its own regulations."""

from django.db import migrations

# Removal orders: decree-law 14/2017, articles 9 and 10 (a fine from 100 to 300 euro and 48 hours).
KINDS = (
    ("diffida", "Diffida", "Warning", "Regolamento di polizia urbana", None, None, None),
    ("sanzione", "Sanzione amministrativa", "Fine", "L. 689/1981; art. 7-bis D.Lgs. 267/2000", 25, 500, None),
    ("allontanamento", "Ordine di allontanamento", "Removal order", "D.L. 14/2017, artt. 9 e 10", 100, 300, 48),
    ("proposta-divieto", "Proposta di divieto di accesso al Questore", "Proposal of an access ban", "D.L. 14/2017, art. 10", None, None, None),
)


def add_kinds(apps, schema_editor):
    kind = apps.get_model("enforcement", "ActKind")
    for code, name, name_en, law, least, most, hours in KINDS:
        values = {"name": name, "name_en": name_en, "law": law, "least": least, "most": most, "lasts_hours": hours}
        kind.objects.get_or_create(code=code, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0001_register_of_acts")]
    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
