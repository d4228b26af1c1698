"""Addresses of early warning."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
