"""What the web process loads, and what it leaves to the worker."""

import os
import subprocess
import sys

from vicinia.config.schedule import SCHEDULE
from vicinia.domain.foresight import jobs as foresight

_SERVE = """
import sys
from vicinia.config.wsgi import application
from django.conf import settings
from django.urls import get_resolver
from django.test import Client, override_settings

get_resolver().url_patterns
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
storages = settings.STORAGES | {"staticfiles": plain}
with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False, STORAGES=storages):
    for address in ("/accesso", "/allerte", "/allerte/ricerche", "/api/v1/alerts", "/segnala", "/healthz"):
        assert Client().get(address).status_code < 500, address
import vicinia.domain.foresight.jobs, vicinia.domain.foresight.views.alerts, vicinia.config.schedule
loaded = sorted({name.split(".")[0] for name in sys.modules} & {"numba", "llvmlite", "scipy"})
print("loaded:", loaded)
"""


def test_the_web_process_never_loads_the_compiler(tmp_path):
    environment = os.environ | {
        "VICINIA_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "vicinia.config.settings",
    }
    environment["VICINIA_DATABASE_URL"] = f"sqlite:///{tmp_path}/town.sqlite3"
    run = [sys.executable, "-m", "vicinia.config.command", "migrate", "--verbosity", "0"]
    subprocess.run(run, check=True, env=environment, timeout=300)
    served = subprocess.run(
        [sys.executable, "-c", _SERVE], env=environment, capture_output=True, text=True, timeout=300
    )
    assert served.returncode == 0, served.stderr
    assert served.stdout.strip().endswith("loaded: []"), served.stdout


def test_the_check_would_notice():
    """Looking for clusters does load it, so the test above can fail."""
    code = "import sys, numba; print('numba' in sys.modules)"
    served = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert served.stdout.strip() == "True"


def test_looking_for_alerts_is_on_the_schedule_of_the_worker():
    assert any(job.run is foresight.watch for job in SCHEDULE)
