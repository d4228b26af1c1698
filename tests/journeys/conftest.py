"""A served town and real browsers: phone and desktop, with and without JavaScript, and axe."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.cast import Cast, gather_cast
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.territory.models import CivicNumber, Street
from vicinia.foundation.kernel import clock

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DESKTOP = {"viewport": {"width": 1366, "height": 900}}
SIZES = {"390": PHONE, "1366": DESKTOP}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WITHOUT_SCRIPTS: set[BrowserContext] = set()
_SCRIPTS = re.compile(r"<script.*?</script>|</?noscript>", re.DOTALL)
SHOTS = os.environ.get("VICINIA_SHOTS", "")
# Milliseconds: how long a busy machine may take; a page that is there is not waited for.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session, skipped where there is none."""
    path = os.environ.get("VICINIA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium: set VICINIA_CHROMIUM to its path")
    # Playwright keeps an event loop in this thread, and Django would refuse its own synchronous queries beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def compressed(settings: Any, tmp_path: Path) -> None:
    """Static files as a town serves them: collected, compressed, named by their content. Without it, straight from the source."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    compressed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": compressed}
    others = ["admin", "rest_framework", "drf_spectacular*", "django_htmx"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=others)


@pytest.fixture(autouse=True)
def _static_files_from_the_source(settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


class Served:
    """A running server; its address is `url`."""

    def __init__(self, thread: LiveServerThread) -> None:
        self.thread = thread
        self.url = f"http://{thread.host}:{thread.port}"


@pytest.fixture
def town(shared_database: None, settings: Any) -> Iterator[Served]:
    """The town served over HTTP, static files by whitenoise as in production."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    settings.TOWN_NAME, settings.UNIT_NAME = "Comune di Borgo Vicino", "Nucleo di prossimità"
    settings.HELP_PHONE, settings.HELP_HOURS = "059 000 000", "dal lunedì al sabato, dalle 8 alle 19"
    settings.HELP_ADDRESS, settings.HELP_EMAIL = "piazza Grande 1", "vicino@borgo.example"
    # whitenoise serves the static files, so nothing else stands in front of the application.
    thread = LiveServerThread("127.0.0.1", lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    served = Served(thread)
    settings.PUBLIC_URL = served.url
    yield served
    thread.terminate()


@pytest.fixture
def without_second_factor(settings: Any) -> None:
    """Staff come in with a password only, for journeys about something else."""
    settings.SECOND_FACTOR = False


@pytest.fixture
def place(town: object) -> Cast:
    """A town with its people, a street, a house number and two kinds of problem."""
    cast = gather_cast()
    street = Street.objects.create(code="1", kind="Via", name="dei Mille")
    CivicNumber.objects.create(street=street, number=12, lat=44.805, lon=10.605, area=cast.crocetta)
    kind("rumore", name="Rumori e schiamazzi", name_en="Noise", keywords=["musica", "schiamazzi"])
    kind("rifiuti", name="Rifiuti abbandonati", name_en="Dumped rubbish", is_public=True)
    return cast


class Travel:
    """The time that the whole served town lives, in all its threads. It begins on a Monday morning and runs on."""

    BEGINS = dt.date(2026, 3, 2)

    def __init__(self) -> None:
        self._ahead = dt.timedelta()
        # What an import or the demo says of its own rows still stands above it.
        self._told: ContextVar[dt.datetime | None] = ContextVar("told_on_the_way", default=None)
        self.set, self.reset = self._told.set, self._told.reset
        self.to(self.BEGINS)

    def get(self) -> dt.datetime:
        return self._told.get() or timezone.now() + self._ahead

    def to(self, day: dt.date, hour: int = 9) -> None:
        """Go on to an hour of a day."""
        self._ahead = clock.start_of(day) + dt.timedelta(hours=hour) - timezone.now()


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Go on in time, so that a journey may last as long as it does in a town."""
    travel = Travel()
    monkeypatch.setattr(clock, "_told", travel)
    return travel


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, town: Served) -> Iterator[Opener]:
    """Open a page of the town in a new browser context, in Italian unless said otherwise."""
    contexts: list[BrowserContext] = []

    def opened(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**{"locale": "it-IT", "base_url": town.url, **PHONE, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if options.get("java_script_enabled") is False:
            WITHOUT_SCRIPTS.add(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@contextmanager
def _where_scripts_run(page: Page) -> Iterator[Page]:
    """The page itself; of one without scripts, in which axe would wait forever, its words in a context that has them."""
    if page.context not in WITHOUT_SCRIPTS:
        yield page
        return
    browser = page.context.browser
    assert browser is not None
    with browser.new_context(locale="it-IT", viewport=page.viewport_size) as context:
        words = _SCRIPTS.sub("", page.content())
        context.route(
            lambda url: url == page.url,
            lambda route: route.fulfill(body=words, content_type="text/html; charset=utf-8"),
        )
        twin = context.new_page()
        twin.goto(page.url)
        yield twin


def check_accessible(page: Page, name: str = "") -> None:
    """No violation of WCAG 2.2 AA that axe can see; keeps a picture of the page where VICINIA_SHOTS says."""
    # A press waits for the next page to begin, not to be there.
    page.wait_for_load_state()
    if SHOTS and name:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    # Only what fails is described node by node.
    options = {"runOnly": WCAG, "resultTypes": ["violations"]}
    with _where_scripts_run(page) as readable:
        results = Axe().run(readable, options=options)
    found = [
        (one["id"], [node["html"][:160] for node in one["nodes"]]) for one in results.response["violations"]
    ]
    assert not found, f"{page.url}: {found}"
