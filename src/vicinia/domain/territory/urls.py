"""Addresses of the territory: what every page asks for, and the desk's pages that keep it in order."""

from django.urls import path

from vicinia.domain.territory.views import buildings, desk, houses_import, public

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
    path("edifici", buildings.buildings, name="buildings"),
    path("edifici.csv", buildings.export, name="buildings_export"),
    path("edificio/nuovo", buildings.add_building, name="add_building"),
    path("edificio/importa", houses_import.import_houses, name="import_houses"),
    path("edifici/<str:code>", buildings.building, name="building"),
    path("edifici/<str:code>/correggi", buildings.change_building, name="change_building"),
    path("edifici/<str:code>/togli", buildings.retire_building, name="retire_building"),
    path("edifici/<str:code>/rimetti", buildings.restore_building, name="restore_building"),
    path("edifici/<str:code>/nuova-scala", buildings.add_stair, name="add_stair"),
    path("edifici/<str:code>/scale/<int:pk>", buildings.stair, name="stair"),
    path("edifici/<str:code>/scale/<int:pk>/correggi", buildings.change_stair, name="change_stair"),
    path("edifici/<str:code>/scale/<int:pk>/togli", buildings.retire_stair, name="retire_stair"),
    path("edifici/<str:code>/scale/<int:pk>/rimetti", buildings.restore_stair, name="restore_stair"),
    path("edifici/<str:code>/scale/<int:pk>/alloggi", buildings.add_dwellings, name="add_dwellings"),
    path("alloggi/<int:pk>/correggi", buildings.change_dwelling, name="change_dwelling"),
    path("alloggi/<int:pk>/togli", buildings.retire_dwelling, name="retire_dwelling"),
    path("alloggi/<int:pk>/rimetti", buildings.restore_dwelling, name="restore_dwelling"),
]
