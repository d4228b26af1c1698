"""Addresses of the statistics, at the desk and for everyone."""

from django.urls import path

from vicinia.interfaces.statistics import views

urlpatterns = [
    path("statistiche", views.statistics, name="statistics"),
    path("statistiche.csv", views.statistics_csv, name="statistics_csv"),
    path("metodo", views.method, name="early_warning_method"),
    path("dati", views.yearly, name="open_data"),
    path("dati/dcat.jsonld", views.catalogue, name="open_data_catalogue"),
    path("dati/<int:year>", views.yearly, name="open_data_year"),
    path("dati/<int:year>.csv", views.yearly_csv, name="open_data_csv"),
]
