"""The `vicinia` command: every management command of the project under one name."""

import os
import sys


def main() -> None:
    """Run `vicinia <command> ...`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vicinia.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
