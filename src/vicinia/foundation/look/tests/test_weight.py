"""The first visit of the public form is at most 150 kB, all included, as it travels."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

LIMIT = 150_000
FOR_THE_FORM_ITSELF = 20_000
ALWAYS = (
    "look/vendor/bootstrap-italia/bootstrap-italia.css",
    "look/vicinia.css",
    "look/portal.css",
    "look/vendor/bootstrap-italia/icons.svg",
    "look/icon.svg",
    "look/look.js",
    "look/suggest.js",
    "look/draft.js",
    "look/photos.js",
)
MAP = ("look/map.js", "look/vendor/leaflet/leaflet.js", "look/vendor/leaflet/leaflet.css")


def found(name):
    path = finders.find(name)
    assert path, f"{name} is not there"
    return Path(path)


def travels(path):
    """Fonts are already compressed; the rest goes by gzip."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9))


def fonts():
    sheet = found("look/vicinia.css")
    return [sheet.parent / name for name in re.findall(r'url\("([^"]+\.woff2)"\)', sheet.read_text())]


def test_the_portal_without_a_map_is_light():
    total = sum(travels(path) for path in [*map(found, ALWAYS), *fonts()])
    assert len(fonts()) == 3
    assert total <= 100_000, f"{total} bytes"


def test_even_with_the_map_the_form_stays_in_its_limit():
    total = sum(travels(path) for path in [*map(found, ALWAYS + MAP), *fonts()])
    assert total + FOR_THE_FORM_ITSELF <= LIMIT, f"{total} bytes"


@pytest.mark.parametrize("folder", ["bootstrap-italia", "titillium", "leaflet"])
def test_every_vendored_package_has_its_licence_beside_it(folder):
    inside = found("look/vicinia.css").parent / "vendor" / folder
    assert {file.name for file in inside.iterdir()} & {"LICENSE", "OFL.txt"}


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = found("look/vendor/bootstrap-italia/icons.svg").read_text()
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    source = Path(__file__).resolve().parents[4]
    named = {
        name
        for template in source.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text())
    }
    assert named
    assert named <= there, named - there
