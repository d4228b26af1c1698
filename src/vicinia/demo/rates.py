"""How often each kind of problem is reported, in which season, on which days and hours, through which channel."""

# Reports a thousand, then profiles: season (months), week (Monday first), hours. Rates are a proximity unit's, invented.
SEASONS: dict[str, tuple[float, ...]] = {
    "even": (1,) * 12,
    "summer": (0.5, 0.5, 0.7, 0.9, 1.3, 1.8, 2.0, 1.6, 1.3, 0.9, 0.6, 0.6),
    "winter": (1.7, 1.4, 1.1, 0.8, 0.6, 0.5, 0.5, 0.5, 0.9, 1.3, 1.8, 1.9),
    "school": (1.1, 1.1, 1.2, 1.2, 1.2, 0.8, 0.5, 0.4, 1.1, 1.2, 1.1, 0.9),
    "growth": (0.4, 0.5, 0.9, 1.4, 1.8, 1.8, 1.5, 1.2, 1.0, 0.8, 0.5, 0.4),
}
WEEKS: dict[str, tuple[float, ...]] = {
    "even": (1, 1, 1, 1, 1, 1, 1),
    "weekend": (0.5, 0.5, 0.7, 1.0, 1.8, 2.2, 1.1),
    "monday": (2.2, 1.2, 0.9, 0.9, 0.9, 1.0, 0.6),
    "workdays": (1.3, 1.2, 1.2, 1.2, 1.2, 0.5, 0.3),
    "market": (0.9, 0.9, 1.7, 0.9, 0.9, 1.7, 0.6),
}
HOURS: dict[str, dict[int, float]] = {
    "night": {22: 2, 23: 4, 0: 4, 1: 3, 2: 2, 3: 1, 21: 1},
    "evening": {17: 1, 18: 2, 19: 3, 20: 3, 21: 3, 22: 2, 23: 1},
    "morning": {6: 1, 7: 3, 8: 4, 9: 3, 10: 2, 11: 2, 12: 1},
    "day": {8: 2, 9: 3, 10: 3, 11: 3, 12: 2, 14: 1, 15: 2, 16: 3, 17: 3, 18: 2, 19: 1},
    "afternoon": {14: 2, 15: 3, 16: 4, 17: 4, 18: 3, 19: 2},
    "dark": {17: 3, 18: 4, 19: 3, 20: 2, 21: 2, 22: 1, 5: 1, 6: 2},
}
# kind: per thousand, season, week, hours, where (home: at doors; open: streets, squares, parks; estate: public housing)
RATES: dict[str, tuple[float, str, str, str, str]] = {
    "rumore-notturno": (74, "summer", "weekend", "night", "home"),
    "schiamazzi": (62, "summer", "weekend", "night", "open"),
    "musica-locali": (26, "summer", "weekend", "night", "bar"),
    "allarmi-impianti": (14, "summer", "even", "night", "home"),
    "conflitto-vicini": (62, "even", "even", "evening", "home"),
    "odori-fumi": (18, "even", "even", "evening", "home"),
    "cani-che-abbaiano": (26, "even", "workdays", "day", "home"),
    "parti-comuni": (30, "even", "even", "afternoon", "home"),
    "acqua-dal-piano-sopra": (14, "growth", "even", "day", "home"),
    "minacce": (13, "even", "even", "evening", "home"),
    "occupazione-spazi": (20, "summer", "market", "day", "open"),
    "pallone-giochi": (20, "summer", "even", "afternoon", "open"),
    "alcol-in-strada": (24, "summer", "weekend", "evening", "open"),
    "bivacchi": (13, "even", "even", "morning", "open"),
    "monopattini": (16, "school", "workdays", "afternoon", "open"),
    "abbandono-rifiuti": (88, "even", "monday", "morning", "open"),
    "ingombranti": (44, "even", "monday", "morning", "open"),
    "vandalismo": (24, "school", "monday", "morning", "open"),
    "scritte-sui-muri": (14, "even", "monday", "morning", "open"),
    "siringhe": (15, "even", "even", "morning", "open"),
    "vetri-rotti": (18, "summer", "monday", "morning", "open"),
    "sporcizia": (20, "summer", "market", "morning", "open"),
    "deiezioni-cani": (22, "even", "workdays", "morning", "open"),
    "randagi-colonie": (12, "growth", "even", "day", "open"),
    "topi-insetti": (18, "growth", "even", "day", "home"),
    "animali-maltrattati": (7, "summer", "even", "day", "home"),
    "anziano-solo": (26, "winter", "workdays", "morning", "home"),
    "persona-in-difficolta": (26, "even", "workdays", "day", "home"),
    "senza-dimora": (14, "winter", "even", "dark", "open"),
    "ragazzi-soli": (14, "school", "workdays", "afternoon", "estate"),
    "violenza-in-casa": (9, "even", "weekend", "night", "home"),
    "spaccio": (20, "even", "even", "evening", "open"),
    "furti-cantine": (16, "winter", "even", "morning", "home"),
    "truffe": (12, "even", "workdays", "morning", "home"),
    "molestie": (8, "even", "weekend", "evening", "open"),
    "edificio-abbandonato": (9, "even", "even", "evening", "open"),
    "sosta-irregolare": (44, "school", "workdays", "morning", "open"),
    "velocita": (20, "even", "workdays", "day", "open"),
    "veicolo-abbandonato": (14, "even", "workdays", "day", "open"),
    "marciapiedi": (18, "winter", "workdays", "day", "open"),
    "illuminazione": (36, "winter", "even", "dark", "open"),
    "verde-siepi": (20, "growth", "workdays", "day", "open"),
    "arredi-rotti": (14, "growth", "monday", "afternoon", "open"),
    "ascensore": (24, "even", "workdays", "morning", "estate"),
    "luci-scale": (20, "winter", "even", "dark", "estate"),
    "porta-citofono": (18, "even", "even", "evening", "estate"),
    "pulizia-scale": (14, "even", "monday", "morning", "estate"),
    "umidita": (22, "winter", "workdays", "day", "estate"),
    "cantiere-rumore-polvere": (14, "growth", "workdays", "morning", "estate"),
    "cantiere-accessi": (8, "growth", "workdays", "morning", "estate"),
}
CHANNELS = {"web": 36, "phone": 29, "desk": 14, "street": 9, "email": 7, "partner": 5}
ANONYMOUS = {"web": 0.22, "phone": 0.14, "desk": 0.04, "street": 0.6, "email": 0.05, "partner": 1.0}
# Kinds that people rather say to a face, and kinds that officers find by themselves.
SPOKEN = frozenset(
    {"anziano-solo", "persona-in-difficolta", "violenza-in-casa", "truffe", "minacce", "umidita", "ascensore"}
)
FOUND = frozenset(
    {
        "siringhe",
        "bivacchi",
        "vetri-rotti",
        "edificio-abbandonato",
        "veicolo-abbandonato",
        "spaccio",
        "senza-dimora",
    }
)
AT_RISK = {
    "violenza-in-casa": 0.7,
    "anziano-solo": 0.3,
    "persona-in-difficolta": 0.25,
    "senza-dimora": 0.3,
    "minacce": 0.3,
    "siringhe": 0.1,
}
