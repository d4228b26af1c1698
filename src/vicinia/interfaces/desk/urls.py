"""Addresses of the desk's own pages."""

from django.urls import path

from vicinia.interfaces.desk import search_views, views

urlpatterns = [
    path("oggi", views.day, name="day"),
    path("cerca", search_views.search, name="search"),
    path("mappa", views.town_map, name="map"),
    path("mappa/punti", views.map_points, name="map_points"),
    path("in-arrivo/<str:reference>/chiama", views.call_report, name="call_report"),
    path("casi/<str:reference>/chiama", views.call_case, name="call_case"),
]
