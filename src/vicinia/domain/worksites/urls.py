"""Addresses of worksites at the desk; the public pages are the portal's, those of bodies the partner's."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
