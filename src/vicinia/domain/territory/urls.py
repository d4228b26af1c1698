"""Addresses of the territory: what every page asks for, and the desk's pages that keep it in order."""

from django.urls import path

from vicinia.domain.territory.views import desk, public

urlpatterns = [
    path("territorio/base.geojson", public.base_map, name="base_map"),
    path("territorio/indirizzi", public.address_suggestions, name="address_suggestions"),
    path("territorio/qui", public.here, name="here"),
    path("territorio", desk.areas, name="territory"),
    path("territorio/strade", desk.streets, name="territory_streets"),
    path("territorio/qualita", desk.quality, name="territory_quality"),
    path("territorio/luoghi", desk.places, name="territory_places"),
    path("territorio/luoghi/nuovo", desk.name_place, name="name_place"),
    path("territorio/luoghi/<path:code>/correggi", desk.change_place, name="change_place"),
    path("territorio/luoghi/<path:code>/togli", desk.retire_place, name="retire_place"),
    path("territorio/luoghi/<path:code>/rimetti", desk.restore_place, name="restore_place"),
]
