"""The report in its three forms and the action sheet, each made of plain values and nothing else."""

from vicinia.domain.programme.papers.forms import MEDIA_TYPES, Frozen, frozen_of, made, name_of
from vicinia.domain.programme.papers.pages import sheet

__all__ = ["MEDIA_TYPES", "Frozen", "frozen_of", "made", "name_of", "sheet"]
