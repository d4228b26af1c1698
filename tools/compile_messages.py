"""Compile the message catalogues without needing gettext on the machine."""

from pathlib import Path

import polib

for source in sorted(Path("src").glob("**/locale/*/LC_MESSAGES/*.po")):
    polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
