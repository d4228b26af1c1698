"""The base map as SVG: for a look at the whole town, and for small maps in documents."""

from html import escape

from shapely.geometry import LineString, Polygon

from vicinia.demo.town.shapes import Town

WIDTHS = {"radial": 13, "bypass": 16, "ring": 15, "main": 10, "local": 8, "lane": 4.5, "rural": 6}
STYLE = """
.quarter{fill:none;stroke:#17324d;stroke-width:3;stroke-dasharray:10 10;opacity:.35}.built{fill:#eceae4}
.park{fill:#cfe3c4}.water{fill:none;stroke:#a9cbe3;stroke-width:22}.rail{fill:none;stroke:#8b8b93;stroke-width:5}
.sleepers{fill:none;stroke:#fff;stroke-width:3;stroke-dasharray:14 14}.houses{fill:#d6d0c4;stroke:#c2bbad;stroke-width:.8}
.building{fill:#c3a98e;stroke:#94795c;stroke-width:1}.casing{fill:none;stroke:#cfc9bd}.street{fill:none;stroke:#fff}
.radial,.bypass{stroke:#fbe9b7}.square{fill:#fff;stroke:#cfc9bd;stroke-width:1}
text{font-family:sans-serif;fill:#17324d;text-anchor:middle}.q{font-size:44px;font-weight:bold;opacity:.55;letter-spacing:2px}
"""


def svg(town: Town, *, width: int = 1400) -> str:
    """Draw the town from above, north up."""
    box = town.quarters[0].outline.union(town.built_up).buffer(420).bounds
    left, bottom, right, top = box
    body = [f'<rect x="{left}" y="{-top}" width="{right - left}" height="{top - bottom}" fill="#f3f4ea"/>']
    body += [_shape(town.built_up, "built")]
    body += [_shape(park.outline, "park") for park in town.parks]
    body += [_shape(town.canal, "water"), _shape(town.railway, "rail"), _shape(town.railway, "sleepers")]
    body += [_shape(house, "houses") for house in town.footprints]
    streets = [street for street in town.streets if street.rank != "square"]
    body += [_shape(street.line, "casing", WIDTHS[street.rank] + 3) for street in streets]
    body += [_shape(street.line, f"street {street.rank}", WIDTHS[street.rank]) for street in streets]
    body += [
        _shape(Polygon(street.line.coords), "square") for street in town.streets if street.rank == "square"
    ]
    body += [_shape(building.outline, "building") for building in town.buildings]
    for quarter in town.quarters:
        spot = quarter.outline.intersection(town.built_up).representative_point()
        body.append(_shape(quarter.outline, "quarter"))
        body.append(f'<text class="q" x="{spot.x:.0f}" y="{-spot.y:.0f}">{escape(quarter.name)}</text>')
    height = round(width * (top - bottom) / (right - left))
    view = f"{left:.0f} {-top:.0f} {right - left:.0f} {top - bottom:.0f}"
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{view}">'
    return "\n".join([opening, f"<style>{STYLE}</style>", *body, "</svg>"])


def _shape(shape: LineString | Polygon, css: str, thickness: float | None = None) -> str:
    rings = [shape.exterior, *shape.interiors] if isinstance(shape, Polygon) else [shape]
    path = " ".join("M" + " L".join(f"{x:.1f} {-y:.1f}" for x, y in ring.coords) for ring in rings)
    wide = f' stroke-width="{thickness}"' if thickness else ""
    return f'<path class="{css}" d="{path}" fill-rule="evenodd"{wide}/>'
