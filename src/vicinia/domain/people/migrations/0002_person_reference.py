from django.db import migrations, models

import vicinia.domain.people.models


def name_people(apps, schema_editor):
    for person in apps.get_model("people", "Person").objects.filter(reference=None).iterator():
        person.reference = vicinia.domain.people.models.new_reference()
        person.save(update_fields=["reference"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="reference",
            field=models.CharField(max_length=16, null=True, editable=False),
        ),
        migrations.RunPython(name_people, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="person",
            name="reference",
            field=models.CharField(
                default=vicinia.domain.people.models.new_reference, editable=False, max_length=16, unique=True
            ),
        ),
    ]
