"""Addresses of Open311: each ends with its format."""

from django.urls import path, re_path

from vicinia.interfaces.api.open311 import requests, services, updates
from vicinia.interfaces.api.open311.answers import endpoint, unknown

FORM = r"\.(?P<form>xml|json)$"

urlpatterns = [
    re_path(rf"^discovery{FORM}", endpoint(GET=services.discovery)),
    re_path(rf"^services{FORM}", endpoint(GET=services.services)),
    re_path(rf"^services/(?P<code>[^/]+?){FORM}", endpoint(GET=services.definition)),
    re_path(rf"^requests{FORM}", endpoint(GET=requests.requests, POST=requests.send_request)),
    re_path(rf"^requests/(?P<reference>[^/]+?){FORM}", endpoint(GET=requests.one_request)),
    re_path(rf"^tokens/(?P<token>[^/]+?){FORM}", endpoint(GET=requests.token)),
    re_path(rf"^servicerequestupdates{FORM}", endpoint(GET=updates.updates, POST=updates.send_update)),
    path("", endpoint(GET=unknown, POST=unknown), name="open311_root"),
    re_path(rf"^.*{FORM}", endpoint(GET=unknown, POST=unknown)),
    re_path(r"^.*$", endpoint(GET=unknown, POST=unknown)),
]
