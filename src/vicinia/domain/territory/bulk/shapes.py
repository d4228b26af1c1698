"""Rows of files of shapes: GeoJSON, GeoPackage, Shapefile, whatever GDAL reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _

from vicinia.domain.territory.bulk.coordinates import DECIMALS, ToDegrees, to_degrees
from vicinia.domain.territory.bulk.mapping import Section
from vicinia.domain.territory.bulk.tables import Line, Unusable, no_such_column, place_of, street_of
from vicinia.domain.territory.incoming import (
    AreaRow,
    Geometry,
    Origin,
    PlaceRow,
    Refusal,
    ShapeRow,
    StreetRow,
)
from vicinia.domain.territory.queries import same_name

_SURFACES = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """A feature of a file: its words, and its shape in the file's own coordinates (None when it has none)."""

    line: Line
    drawn: Any
    degrees: ToDegrees

    def shape(self) -> Any:
        """The shape in degrees."""
        if self.drawn is None or self.drawn.is_empty:
            raise Unusable(_("Non ha una forma."))
        turned = self.degrees.geometry(self.drawn)
        west, south, east, north = turned.bounds
        if not (self.degrees.is_used_at(south, west) and self.degrees.is_used_at(north, east)):
            raise Unusable(_("La forma è fuori dalla zona in cui si usa questo sistema di coordinate."))
        return turned

    def surface(self) -> Any:
        """The shape as a valid surface: files of municipalities have rings that cross themselves."""
        shape = self.shape()
        shape = shape if shape.is_valid else shapely.make_valid(shape)
        if shape.geom_type == "GeometryCollection":
            shape = shapely.union_all([part for part in shape.geoms if part.geom_type in _SURFACES])
        if shape.is_empty or shape.geom_type not in _SURFACES:
            raise Unusable(_("La forma non è una superficie."))
        return shape


def read_areas(section: Section) -> Iterator[AreaRow | Refusal]:
    """The areas of a file; an area in several pieces is one."""
    pieces: dict[tuple[str, str, str], list[Any]] = {}
    origins: dict[tuple[str, str, str], Origin] = {}
    for drawing in _drawings(section):
        try:
            key, surface = _area_key(drawing.line), drawing.surface()
        except Unusable as unusable:
            yield Refusal(drawing.line.origin, str(unusable))
            continue
        pieces.setdefault(key, []).append(surface)
        origins.setdefault(key, drawing.line.origin)
    for key, found in pieces.items():
        yield _area(section, origins[key], key, shapely.union_all(found) if len(found) > 1 else found[0])


def read_streets(section: Section) -> Iterator[StreetRow | Refusal]:
    """The streets of a file with their lines; a street in several pieces is one."""
    streets: dict[str, StreetRow] = {}
    lines: dict[str, list[Any]] = {}
    for drawing in _drawings(section):
        try:
            street, line = street_of(drawing.line, "code", "kind", "name"), drawing.shape()
        except Unusable as unusable:
            yield Refusal(drawing.line.origin, str(unusable))
            continue
        streets.setdefault(street.code, street)
        lines.setdefault(street.code, []).append(line)
    for code, street in streets.items():
        whole = shapely.line_merge(shapely.union_all(lines[code]))
        yield StreetRow(street.origin, code, street.kind, street.name, _geojson(whole))


def read_places(section: Section) -> Iterator[PlaceRow | Refusal]:
    """The named places of a file; one drawn as a surface is put at a point inside it."""
    for drawing in _drawings(section):
        try:
            point = drawing.shape().representative_point()
            yield place_of(drawing.line, round(point.y, DECIMALS), round(point.x, DECIMALS))
        except Unusable as unusable:
            yield Refusal(drawing.line.origin, str(unusable))


def read_base(section: Section) -> Iterator[ShapeRow | Refusal]:
    """The shapes of a layer of the background map; without a code, one is known again by its place in the file."""
    for drawing in _drawings(section):
        line = drawing.line
        try:
            code, shape = line.get("code", 60) or str(line.origin.line), _geojson(drawing.shape())
            yield ShapeRow(line.origin, section.shapes, code, line.get("name"), shape)
        except Unusable as unusable:
            yield Refusal(line.origin, str(unusable))


def _area_key(line: Line) -> tuple[str, str, str]:
    name = line.must("name", 120)
    kind = line.get("kind", 30) or line.section.kind
    return kind, line.get("code", 60) or same_name(name)[:60], name


def _area(section: Section, origin: Origin, key: tuple[str, str, str], whole: Any) -> AreaRow:
    kind, code, name = key
    west, south, east, north = whole.bounds
    return AreaRow(
        origin=origin,
        kind=kind,
        code=code,
        name=name,
        boundary=_geojson(whole),
        box=(south, west, north, east),
        valid_from=section.valid_from,
        valid_to=section.valid_to,
        source=(section.source or section.file.name)[:60],
    )


def _geojson(shape: Any) -> Geometry:
    geometry: Geometry = json.loads(shapely.to_geojson(shape))
    return geometry


def _drawings(section: Section) -> Iterator[Drawing]:
    """The features of a file, numbered from 1."""
    import pyogrio

    try:
        told, _ids, shapes, words = pyogrio.raw.read(
            section.file,
            layer=section.layer,
            columns=list(section.columns.values()),
            encoding=None if section.encoding == "utf-8" else section.encoding,
        )
        header = list(pyogrio.read_info(section.file, layer=section.layer)["fields"])
    except pyogrio.errors.DataLayerError as error:
        raise section.wrong("layer", str(error)) from error
    except (pyogrio.errors.DataSourceError, UnicodeDecodeError) as error:
        raise section.wrong("file", str(error)) from error
    missing = next((key for key, name in section.columns.items() if name not in header), None)
    if missing:
        raise no_such_column(section, missing, header)
    degrees, names = to_degrees(section, told["crs"]), list(told["fields"])
    for at, drawn in enumerate(shapely.from_wkb(shapes)):
        cells = {name: _word(column[at]) for name, column in zip(names, words, strict=True)}
        line = {key: cells[name] for key, name in section.columns.items()}
        yield Drawing(Line(section, Origin(at + 1, ";".join(cells.values())), line), drawn, degrees)


def _word(value: Any) -> str:
    """A cell in words; GDAL gives whole numbers of some files as 1.0."""
    if value is None or value != value:  # NaN is the only value that differs from itself
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
