"""The index: one row per document, and what each database finds them by (see `index.py`)."""

from __future__ import annotations

from django.db import models

from vicinia.foundation.kernel.models import Rows


class Document(models.Model):
    """The words that one row of a subject is found by. Words of people's names never come here."""

    kind = models.CharField(max_length=20)
    row_id = models.BigIntegerField()
    heading = models.TextField(blank=True)
    at = models.DateTimeField(null=True, blank=True)
    words = models.TextField()  # last: SQLite reads the columns before it without following its pages

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["kind", "row_id"], name="one_document_per_row")]


class Line(models.Model):
    """SQLite's full-text table over the documents' words; made by `index.prepare`, filled by its triggers."""

    document = models.OneToOneField(
        Document, primary_key=True, db_column="rowid", on_delete=models.DO_NOTHING, related_name="+"
    )

    objects = Rows.as_manager()

    class Meta:
        managed = False
        db_table = "search_line"
