"""The picture of a plan: dwellings or households by months, as a table of bars. Purely from what is given."""

from vicinia.domain.mobility.drawing.charts import Cell, Chart, Group, Head, Line, heads
from vicinia.domain.mobility.drawing.occupation import Place, by_dwelling, by_household
from vicinia.domain.mobility.drawing.spare import spare_chart

__all__ = [
    "Cell",
    "Chart",
    "Group",
    "Head",
    "Line",
    "Place",
    "by_dwelling",
    "by_household",
    "heads",
    "spare_chart",
]
