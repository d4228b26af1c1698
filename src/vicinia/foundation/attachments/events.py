"""What can happen to files, in the timeline of what they are about."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

ATTACHED = declare("attachment.added", _("È stato aggiunto un file: %(kind)s."), group="attachments")
REMOVED = declare("attachment.removed", _("Un file è stato tolto: %(kind)s."), group="attachments")
ERASED = declare("attachment.erased", _("I file sono stati cancellati."), group="attachments")
