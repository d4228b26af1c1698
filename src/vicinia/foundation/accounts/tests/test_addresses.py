"""Whose address a request has."""

import pytest
from django.test import RequestFactory

from vicinia.foundation.accounts.addresses import UNKNOWN, client_address, limited_address


def address(settings, proxies: int, forwarded: str = "", peer: str = "192.0.2.1") -> str:
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "10.0.0.1, 198.51.100.9", "198.51.100.9"),
        (2, "10.0.0.1, 198.51.100.9, 203.0.113.4", "198.51.100.9"),
        (2, "198.51.100.9", "192.0.2.1"),
        (1, "not an address", "192.0.2.1"),
        (1, "[2001:db8::5]:443", "2001:db8::5"),
        (1, "198.51.100.9:5012", "198.51.100.9"),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(settings, proxies, forwarded, seen):
    assert address(settings, proxies, forwarded) == seen


def test_a_request_without_an_address_has_one_all_the_same(settings):
    assert address(settings, 0, peer="") == UNKNOWN


def test_addresses_of_one_subscriber_share_a_limit(settings):
    settings.TRUSTED_PROXIES = 0
    request = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    assert limited_address(request) == "2001:db8:1:2::/64"
