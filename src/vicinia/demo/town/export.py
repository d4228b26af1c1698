"""The town as files: the base map that Leaflet draws, the areas, and the civic numbers as a municipality gives them."""

import csv
import io
import json
from typing import Any

from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from vicinia.demo.town.shapes import Town, to_wgs84

CSV_COLUMNS = (
    "CodiceVia", "DUG", "DUF", "CAP", "QuartiereSobborgo", "Civico", "Esponente", "InizioValidita", "SezCensimento",
    "CoordX", "CoordY",
)  # fmt: skip
POSTCODE = "42000"  # the province's generic code, of no delivery office

Json = dict[str, Any]


def civics_csv(town: Town) -> str:
    """Write the civic numbers with the columns of Alessandria's open data; CoordX and CoordY are WGS84 degrees."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for civic in town.civics:
        lon, lat = civic.lonlat
        writer.writerow((
            civic.street_code, civic.dug, civic.name, POSTCODE, civic.quarter, civic.number, civic.exponent,
            civic.valid_from, civic.census_section, f"{lon:.6f}", f"{lat:.6f}",
        ))  # fmt: skip
    return out.getvalue()


def areas_geojson(town: Town) -> Json:
    """Give the quarters as GeoJSON polygons with code, name and residents."""
    return _collection([
        _feature(quarter.outline.simplify(0.5), 6, code=quarter.code, name=quarter.name, population=quarter.population)
        for quarter in town.quarters
    ])  # fmt: skip


def base_map(town: Town) -> Json:
    """Give everything that the map draws, from the ground up; `layer` says how to paint it."""
    features = [_feature(town.built_up, 5, layer="built")]
    features += [
        _feature(area.outline.simplify(2), 5, layer="quarter", name=area.name) for area in town.quarters
    ]
    features += [_feature(park.outline.simplify(1), 5, layer="park", name=park.name) for park in town.parks]
    features.append(_feature(town.canal, 5, layer="water", name="Canale Molinara"))
    features.append(_feature(town.railway, 5, layer="rail", name="Ferrovia"))
    features.append(_houses(town))
    features += [
        _feature(Polygon(street.line.coords), 5, layer="square", name=street.label)
        for street in town.streets
        if street.rank == "square"
    ]
    features += [
        _feature(street.line.simplify(1), 5, layer="street", rank=street.rank, name=street.label)
        for street in town.streets
        if street.rank != "square"
    ]
    features += [
        _feature(building.outline, 5, layer="building", name=building.name) for building in town.buildings
    ]
    return _collection(features)


def to_text(geojson: Json) -> str:
    """Write GeoJSON without a needless space."""
    return json.dumps(geojson, ensure_ascii=False, separators=(",", ":"))


def _houses(town: Town) -> Json:
    """All footprints as one MultiPolygon: a thousand features would weigh twice as much."""
    rings = [_rings(house.simplify(0.4), 5) for house in town.footprints]
    return {
        "type": "Feature",
        "properties": {"layer": "houses"},
        "geometry": {"type": "MultiPolygon", "coordinates": rings},
    }


def _feature(shape: BaseGeometry, digits: int, **properties: object) -> Json:
    if isinstance(shape, LineString):
        geometry: Json = {"type": "LineString", "coordinates": _line(shape, digits)}
    elif isinstance(shape, Polygon):
        geometry = {"type": "Polygon", "coordinates": _rings(shape, digits)}
    else:
        raise TypeError(f"a map feature is a line or a polygon, not {shape.geom_type}")
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _rings(shape: Polygon, digits: int) -> list[list[list[float]]]:
    return [_line(ring, digits) for ring in (shape.exterior, *shape.interiors)]


def _line(line: LineString, digits: int) -> list[list[float]]:
    places = [to_wgs84(x, y) for x, y in line.coords]
    return [[round(lon, digits), round(lat, digits)] for lon, lat in places]


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}
