"""The words of Borgo Vicino: categories, reports, notes of the people who work on them."""

from vicinia.demo.words.grammar import WORDS, ReportText, Telling, voice_for, write
from vicinia.demo.words.notes import (
    PlannedCommitment,
    PlannedIntervention,
    answer,
    closing_note,
    commitment,
    contact_note,
    episode,
    intervention,
    redirection,
    resident_message,
    set_aside_reason,
    task,
)  # fmt: skip
from vicinia.demo.words.voices import VOICES, Voice
from vicinia.domain.listening.taxonomy import CATEGORIES, GROUPS, KINDS, NATIONAL, CategoryGroup, CategoryKind

__all__ = [
    "CATEGORIES", "GROUPS", "KINDS", "NATIONAL", "VOICES", "WORDS", "CategoryGroup", "CategoryKind",
    "PlannedCommitment", "PlannedIntervention", "ReportText", "Telling", "Voice", "answer", "closing_note",
    "commitment", "contact_note", "episode", "intervention", "redirection", "resident_message", "set_aside_reason",
    "task", "voice_for", "write",
]  # fmt: skip
