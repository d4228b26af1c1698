"""The parts of a SARA sheet, what each asks, and the stage of the case that waits for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.states import Stage
from vicinia.foundation.kernel.verdict import Sentence


class Part(models.TextChoices):
    """The parts of the sheet, in the order in which they are thought and printed."""

    SCANNING = "scanning", _("Emersione")
    ANALYSIS = "analysis", _("Approfondimento")
    RESPONSE = "response", _("Intervento")
    ASSESSMENT = "assessment", _("Verifica")
    MAINTENANCE = "maintenance", _("Mantenimento")


# The stage that may not be entered while the part is not complete.
BLOCKS = {
    Part.SCANNING: Stage.ANALYSIS,
    Part.ANALYSIS: Stage.RESPONSE,
    Part.RESPONSE: Stage.ASSESSMENT,
    Part.ASSESSMENT: Stage.WATCHING,
    Part.MAINTENANCE: Stage.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the sheet asks. `name` is the column that keeps the answer."""

    name: str
    label: Sentence
    hint: Sentence = ""


# CHEERS, 5W1H and the problem triangle as in the guides of problem-oriented policing (Clarke and Eck 2005).
QUESTIONS: dict[str, tuple[Question, ...]] = {
    Part.SCANNING: (
        Question("community", _("Chi ne soffre"), _("Residenti, negozianti, scuole: gruppi, non nomi.")),
        Question("harm", _("Che danno fa"), _("Alle persone, alle cose, all'uso del luogo.")),
        Question("expectation", _("Che cosa ci si aspetta da noi")),
        Question("events", _("Quali episodi"), _("Fatti distinti, con che frequenza.")),
        Question("recurring", _("Come si ripete"), _("Da quando, in quali giorni e ore.")),
        Question("similarity", _("Che cosa hanno in comune"), _("Luogo, ora, comportamento, occasione.")),
    ),
    Part.ANALYSIS: (
        Question("who", _("Chi è coinvolto"), _("Gruppi e ruoli, mai nomi: «ragazzi dopo la scuola».")),
        Question("what", _("Che cosa succede, passo per passo")),
        Question("where", _("Dove, esattamente")),
        Question("when", _("Quando")),
        Question("why", _("Perché proprio lì e allora")),
        Question("how", _("Come riesce a succedere")),
        Question("place_manager", _("Il luogo, e chi lo gestisce"), _("Chi potrebbe cambiarlo o aprirlo.")),
        Question("target_guardian", _("Chi ne soffre, e chi lo protegge")),
        Question("source_handler", _("Chi disturba, e chi ha ascendente"), _("Famiglie, scuola, gestori.")),
        Question("present_responses", _("Che cosa si fa già, e con che effetto")),
        Question("hypothesis", _("La nostra ipotesi"), _("In una frase: succede perché…")),
    ),
    Part.RESPONSE: (),
    Part.ASSESSMENT: (
        Question("process", _("È stato fatto quello che era previsto?")),
        Question("impact", _("È diminuito?"), _("Stesse misure, stessa stagione, prima e dopo.")),
        Question(
            "attribution", _("È stato per quello che abbiamo fatto?"), _("E se non si può dire, perché.")
        ),
        Question("side_effects", _("Si è spostato altrove? Qualcosa è migliorato attorno?")),
    ),
    Part.MAINTENANCE: (
        Question("maintenance", _("Che cosa va tenuto vivo, da chi e fino a quando"), _("Da 6 a 24 mesi.")),
    ),
}
