"""The `vicinia` command: every management command of the project under one name."""

import os
import sys


def main() -> None:
    """Run `vicinia <command> ...`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vicinia.config.settings")
    from django.core.management import execute_from_command_line

    # Commands are typed as words with dashes, but live in Python files, which can't have any.
    program, *words = sys.argv
    if words and not words[0].startswith("-"):
        words[0] = words[0].replace("-", "_")
    execute_from_command_line([program, *words])


if __name__ == "__main__":
    main()
