"""The languages that residents speak to us in: more than those of the interface."""

from django.utils.translation import gettext_lazy as _

RESIDENT_LANGUAGES = [
    ("it", _("italiano")),
    ("en", _("inglese")),
    ("fr", _("francese")),
    ("ro", _("romeno")),
    ("uk", _("ucraino")),
    ("ar", _("arabo")),
    ("ur", _("urdu")),
    ("zh-hans", _("cinese")),
    ("sq", _("albanese")),
    ("es", _("spagnolo")),
    ("ru", _("russo")),
    ("bn", _("bengalese")),
    ("pa", _("panjabi")),
    ("tl", _("tagalog")),
    ("xx", _("un'altra lingua")),
]

WRITTEN_LANGUAGES = [(code, name) for code, name in RESIDENT_LANGUAGES if code != "xx"]
"""Those that something can be written in."""
