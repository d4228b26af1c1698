"""Starting the web server and the worker beside each other: a whole town in one command."""

from __future__ import annotations

import signal
import subprocess
import sys


def serve(bind: str, *, workers: int = 2, threads: int = 2) -> int:
    """Serve until Ctrl-C or SIGTERM; the worker stops with the server. Returns the server's exit code."""
    web = ["gunicorn", "vicinia.config.wsgi", "--bind", bind, "--log-level", "warning"]
    sizes = ["--workers", str(workers), "--threads", str(threads)]
    worker = subprocess.Popen([sys.executable, "-m", "vicinia.config.command", "worker"])
    server = subprocess.Popen([sys.executable, "-m", *web, *sizes])  # noqa: S603  our own interpreter
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()
    finally:
        worker.terminate()
        worker.wait(timeout=30)
