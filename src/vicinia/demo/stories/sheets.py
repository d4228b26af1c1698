"""What the unit has thought about its place problems: SARA sheets by the story that they belong to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thinking:
    """A sheet: the answers by column, the causes with what shows them, the measures with cause, mechanism and owner."""

    answers: dict[str, str]
    causes: tuple[tuple[str, str], ...]
    measures: tuple[
        tuple[int, str, str, str, str, int], ...
    ]  # cause, kind, what, mechanism, owner, days until


SHEETS = {
    "giardini-siringhe": Thinking(
        answers={
            "community": "Le classi della scuola accanto, le famiglie con bambini piccoli, chi attraversa i giardini per andare in stazione.",
            "harm": "Paura di pungersi: le classi non escono più, i giardini si svuotano di giorno.",
            "expectation": "Giardini puliti prima delle otto e qualcuno che passi quando esce la scuola.",
            "events": "Undici ritrovamenti in due mesi, quasi tutti fra il lunedì e il mercoledì.",
            "recurring": "Da settembre, al mattino presto, dopo le sere senza mercato.",
            "similarity": "Sempre dietro la siepe del lato est, a dieci passi dalla panchina senza luce.",
            "who": "Un piccolo gruppo che arriva dalla stazione la sera tardi; chi trova è la custode della scuola.",
            "what": "Si fermano dietro la siepe, lasciano le siringhe a terra e se ne vanno prima dell'alba.",
            "where": "Lato est, fra la siepe e il muro della scuola.",
            "when": "Dalle 23 alle 5; il ritrovamento è alle 7.30.",
            "why": "Dalla strada non si vede e l'ultima ronda passa alle 22.",
            "how": "Il cancello pedonale resta aperto e la siepe è alta due metri.",
            "place_manager": "L'ufficio verde: può abbassare la siepe e chiudere il cancello.",
            "target_guardian": "I bambini; li protegge la custode, che arriva alle 7.",
            "source_handler": "L'unità di strada conosce quasi tutti e ha la loro fiducia.",
            "present_responses": "Raccolta a chiamata: efficace, ma arriva quando i bambini sono già entrati.",
            "hypothesis": "Succede perché dietro la siepe non vede nessuno e il contenitore più vicino è a seicento metri.",
        },
        causes=(
            ("la siepe alta nasconde il lato est", "fotografie del sopralluogo, due sere"),
            ("nessun contenitore per le siringhe entro 600 metri", "detto dall'unità di strada"),
        ),
        measures=(
            (0, "works", "abbassare la siepe a 80 centimetri", "chi passa vede, e chi è visto non si ferma", "ufficio verde", 12),
            (1, "social", "contenitore con l'unità di strada tre sere a settimana", "chi ha dove lasciarle non le lascia a terra", "unità di strada", 5),
        ),
    ),
}  # fmt: skip
