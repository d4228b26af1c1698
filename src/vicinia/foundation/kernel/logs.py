"""Lines of the log. A private link is a secret: its token is no more in a log than in the database."""

from __future__ import annotations

import logging
import re

# As long as `secrets.token_urlsafe(32)` makes them, and nothing beside.
_TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")


class LineFormatter(logging.Formatter):
    """The usual line, with every token that stands in it blotted out, in a traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return _TOKEN.sub("…", super().format(record))
