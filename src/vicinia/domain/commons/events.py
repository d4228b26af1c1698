"""What the journal says of bodies of tenants, spaces and pacts. No word of who signs, books or promises."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

GROUP = "participation"

BODY_PROPOSED = declare("tenants_body.proposed", _("Chiesta la costituzione: %(kind)s."), group=GROUP)
BODY_CHANGED = declare("tenants_body.changed", _("Cambiati i dati della struttura."), group=GROUP)
BODY_ENTERED = declare("tenants_body.entered", _("La struttura è ora: %(state)s."), group=GROUP)
BODY_SIGNED = declare("tenants_body.signed", _("Una firma in più: %(kind)s."), group=GROUP)
BODY_CHECKED = declare("tenants_body.checked", _("Firma controllata: %(state)s."), group=GROUP)
BODY_ASSEMBLY = declare("tenants_body.assembly", _("Preparata l'assemblea %(assembly)s."), group=GROUP)
BODY_MANDATE = declare("tenants_body.mandate", _("Cambiati gli incarichi."), group=GROUP)
BODY_NOTICE = declare("tenants_body.notice", _("Data disdetta: si finisce il %(day)s."), group=GROUP)
BODY_RENEWED = declare("tenants_body.renewed", _("Convenzione rinnovata fino al %(day)s."), group=GROUP)
BODY_PRINTED = declare("tenants_body.printed", _("Stampato: %(paper)s."), group=GROUP)
RULES_CHANGED = declare("commons_rules.changed", _("Cambiate le regole delle autogestioni."), group=GROUP)

ACCOUNT_BEGUN = declare("tenants_account.begun", _("Cominciato il rendiconto."), group=GROUP)
ACCOUNT_LINES = declare("tenants_account.lines", _("Cambiate le voci del rendiconto."), group=GROUP)
ACCOUNT_ENTERED = declare("tenants_account.entered", _("Il rendiconto è ora: %(state)s."), group=GROUP)

SPACE_OPENED = declare("space.opened", _("Spazio messo a disposizione."), group=GROUP)
SPACE_CHANGED = declare("space.changed", _("Cambiati i dati dello spazio."), group=GROUP)
SPACE_HOURS = declare("space.hours", _("Cambiati orari e chiusure."), group=GROUP)
BOOKED = declare("booking.made", _("Prenotato %(space)s per il %(day)s."), group=GROUP)
BOOKING_ENTERED = declare("booking.entered", _("La prenotazione è ora: %(state)s."), group=GROUP)
BOOKING_LINK = declare("booking.link", _("Dato un nuovo collegamento a chi ha prenotato."), group=GROUP)

PACT_PROPOSED = declare("pact.proposed", _("Proposto un patto di collaborazione."), group=GROUP)
PACT_CHANGED = declare("pact.changed", _("Cambiati i testi del patto."), group=GROUP)
PACT_PARTIES = declare("pact.parties", _("Cambiato chi firma il patto."), group=GROUP)
PACT_PROMISES = declare("pact.promises", _("Cambiati gli impegni del patto."), group=GROUP)
PACT_ENTERED = declare("pact.entered", _("Il patto è ora: %(state)s."), group=GROUP)
PACT_RENEWED = declare("pact.renewed", _("Patto rinnovato fino al %(day)s."), group=GROUP)
PACT_REPORTED = declare("pact.reported", _("Rendiconto del %(year)s."), group=GROUP)

ERASED = declare("commons.erased", _("Cancellati i dati di una persona."), group=GROUP)
