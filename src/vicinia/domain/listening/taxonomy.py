"""The two levels of categories that a new town starts from, each mapped to a category of the national model."""

from dataclasses import dataclass

# The eleven categories of the national template for "Segnalazione disservizio" (Designers Italia, sito dei Comuni).
NATIONAL = {
    "acqua": "Acqua, allagamenti, problemi fognari",
    "ambiente": "Ambiente, inquinamento, protezione ambientale",
    "arredo-urbano": "Arredo urbano",
    "derattizzazione": "Disinfestazione, derattizzazione, animali randagi",
    "igiene": "Igiene urbana, rifiuti, pulizia e decoro",
    "manutenzione": "Manutenzione immobili, edifici pubblici, scuole, barriere architettoniche, cimiteri",
    "ordine-pubblico": "Ordine pubblico, disturbo della quiete",
    "parchi": "Parchi e verde pubblico",
    "servizi": "Servizi del comune",
    "sicurezza": "Sicurezza, degrado urbano e sociale",
    "strade": "Strade, marciapiedi, segnaletica e viabilità",
}


@dataclass(frozen=True)
class CategoryGroup:
    """First level: how a resident would name the matter."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class CategoryKind:
    """Second level: one kind of problem."""

    code: str
    name: str
    name_en: str
    group: str
    national_code: str
    public: bool  # only things, never people or conflicts
    keywords: tuple[str, ...]
    default_legal_basis: str  # "administrative" or "police"
    first_contact_days: int

    @property
    def national_name(self) -> str:
        """The national category's name."""
        return NATIONAL[self.national_code]


GROUPS: tuple[CategoryGroup, ...] = (
    CategoryGroup("quiete", "Rumore e quiete", "Noise and quiet"),
    CategoryGroup("vicinato", "Convivenza tra vicini", "Neighbours"),
    CategoryGroup("spazi", "Uso degli spazi pubblici", "Use of public space"),
    CategoryGroup("degrado", "Rifiuti e degrado", "Rubbish and decay"),
    CategoryGroup("animali", "Animali", "Animals"),
    CategoryGroup("persone", "Persone in difficoltà", "People in difficulty"),
    CategoryGroup("sicurezza", "Sicurezza", "Safety"),
    CategoryGroup("strada", "Strada e soste", "Streets and parking"),
    CategoryGroup("luce-verde", "Luce, verde e arredi", "Lights, green and furniture"),
    CategoryGroup("case-cantieri", "Case popolari e cantieri", "Public housing and building sites"),
)

# code | Italian | English | group | national | visible to all | first contact (working days) | regime | keywords
_TABLE = """
rumore-notturno|Rumore notturno in casa|Night noise at home|quiete|ordine-pubblico|no|2|a|musica notte sonno piano di sopra festa televisione
schiamazzi|Schiamazzi in strada|Shouting in the street|quiete|ordine-pubblico|no|2|a|urla gruppo cori risate notte piazza
musica-locali|Musica e clienti dei locali|Music and customers of bars|quiete|ordine-pubblico|no|2|a|bar locale casse dehors bassi karaoke
allarmi-impianti|Allarmi e impianti rumorosi|Alarms and noisy plant|quiete|ambiente|no|2|a|allarme ventola condizionatore sirena compressore
conflitto-vicini|Conflitto tra vicini|Conflict between neighbours|vicinato|sicurezza|no|2|a|lite dispetti litigio vicino condominio
odori-fumi|Odori e fumi|Smells and smoke|vicinato|ambiente|no|2|a|odore puzza fumo grigliata vernice cucina
cani-che-abbaiano|Cani che abbaiano|Barking dogs|vicinato|ordine-pubblico|no|2|a|cane abbaia guaisce balcone
parti-comuni|Uso delle parti comuni|Use of shared parts|vicinato|manutenzione|no|2|a|cortile pianerottolo biciclette androne stendini
acqua-dal-piano-sopra|Acqua e sporco dal piano di sopra|Water and dirt from above|vicinato|acqua|no|2|a|gocciola balcone perdita tovaglia briciole
minacce|Minacce e insulti|Threats and insults|vicinato|sicurezza|no|1|p|minaccia insulti paura offese
occupazione-spazi|Spazi pubblici occupati|Occupied public space|spazi|sicurezza|no|2|a|tavolini merce panchine occupato portico
pallone-giochi|Pallone e giochi|Ball games|spazi|ordine-pubblico|no|2|a|pallone pallonate bambini ragazzi vetri
alcol-in-strada|Alcol in strada|Drinking in the street|spazi|sicurezza|no|2|a|bottiglie birra ubriachi minimarket
bivacchi|Bivacchi|Camping rough|spazi|sicurezza|no|2|a|bivacco coperte materassi fuoco
monopattini|Monopattini e biciclette sui marciapiedi|Scooters and bicycles on pavements|spazi|strade|no|3|a|monopattino bici portico marciapiede
abbandono-rifiuti|Rifiuti abbandonati|Dumped rubbish|degrado|igiene|si|2|a|sacchi cassonetto immondizia spazzatura bidoni
ingombranti|Ingombranti abbandonati|Dumped bulky waste|degrado|igiene|si|2|a|divano materasso frigorifero mobili lavatrice
vandalismo|Vandalismo|Vandalism|degrado|sicurezza|si|2|a|rotto danneggiato spaccato divelto bruciato
scritte-sui-muri|Scritte sui muri|Graffiti|degrado|arredo-urbano|si|3|a|scritte bombolette graffiti tag
siringhe|Siringhe|Syringes|degrado|igiene|si|1|a|siringa ago stagnola
vetri-rotti|Vetri rotti|Broken glass|degrado|igiene|si|2|a|vetri cocci bottiglie
sporcizia|Sporcizia e cattivi odori|Filth|degrado|igiene|si|2|a|urina sporco puzza portico sottopasso
deiezioni-cani|Deiezioni dei cani|Dog fouling|animali|igiene|si|3|a|cacche cani marciapiede sacchetto
randagi-colonie|Randagi e colonie feline|Strays and cat colonies|animali|derattizzazione|si|3|a|gatti randagio piccioni colonia
topi-insetti|Topi e insetti|Rats and insects|animali|derattizzazione|si|2|a|topi ratti zanzare blatte vespe
animali-maltrattati|Animali trascurati|Neglected animals|animali|derattizzazione|no|2|a|catena maltrattato cane solo
anziano-solo|Anziano solo|Older person alone|persone|servizi|no|1|a|anziano sola tapparelle posta spesa
persona-in-difficolta|Persona in difficoltà|Person in difficulty|persone|servizi|no|1|a|aiuto confusa sfratto lavoro bollette
senza-dimora|Persona senza dimora|Person without a home|persone|servizi|no|1|a|dorme freddo coperta stazione
ragazzi-soli|Ragazzi lasciati soli|Children left alone|persone|servizi|no|1|a|bambini minori scuola soli
violenza-in-casa|Violenza in casa|Violence at home|persone|sicurezza|no|1|p|urla botte pianto paura moglie
spaccio|Spaccio|Drug dealing|sicurezza|sicurezza|no|1|p|spaccio bustine droga via vai
furti-cantine|Furti e intrusioni|Thefts and break-ins|sicurezza|sicurezza|no|2|p|furto cantina garage ladri bici
truffe|Truffe agli anziani|Scams on older people|sicurezza|sicurezza|no|1|p|truffa tecnico finto contatore nipote
molestie|Molestie in strada|Harassment in the street|sicurezza|sicurezza|no|1|p|molestia seguita fischi paura
edificio-abbandonato|Edificio abbandonato|Abandoned building|sicurezza|sicurezza|no|2|a|capannone vuoto occupato finestre
sosta-irregolare|Sosta irregolare|Irregular parking|strada|strade|si|3|a|auto doppia fila disabili passo carraio
velocita|Velocità e guida pericolosa|Speeding|strada|strade|si|3|a|veloce corse moto dossi scuola
veicolo-abbandonato|Veicolo abbandonato|Abandoned vehicle|strada|strade|si|3|a|auto targa assicurazione gomme
marciapiedi|Marciapiedi e barriere|Pavements and barriers|strada|strade|si|3|a|buca marciapiede carrozzina gradino
illuminazione|Illuminazione|Street lighting|luce-verde|strade|si|2|a|lampione buio luce spenta
verde-siepi|Verde e siepi|Green and hedges|luce-verde|parchi|si|3|a|erba siepe rami alberi
arredi-rotti|Panchine e giochi rotti|Broken benches and playgrounds|luce-verde|arredo-urbano|si|3|a|altalena panchina fontana giochi
ascensore|Ascensore fermo|Lift out of order|case-cantieri|manutenzione|no|1|a|ascensore fermo guasto scale piano
luci-scale|Luci di scale e cortili|Lights of stairs and yards|case-cantieri|manutenzione|no|2|a|luce scala buio neon
porta-citofono|Portoni e citofoni|Doors and entryphones|case-cantieri|manutenzione|no|2|a|portone citofono serratura sbatte
pulizia-scale|Pulizia delle scale|Cleaning of stairs|case-cantieri|igiene|no|3|a|scale sporche pulizie androne
umidita|Umidità e guasti in alloggio|Damp and faults in dwellings|case-cantieri|manutenzione|no|2|a|muffa umido caldaia termosifoni
cantiere-rumore-polvere|Rumore e polvere del cantiere|Noise and dust of a site|case-cantieri|ambiente|no|1|a|cantiere polvere trapano ponteggio
cantiere-accessi|Accessi e passaggi del cantiere|Access near a site|case-cantieri|strade|si|1|a|transenne passaggio recinzione furgoni
"""


def _kinds() -> tuple[CategoryKind, ...]:
    rows = [line.split("|") for line in _TABLE.strip().splitlines()]
    return tuple(
        CategoryKind(
            code, name, name_en, group, national, seen == "si", tuple(words.split()),
            "police" if regime == "p" else "administrative", int(days),
        )
        for code, name, name_en, group, national, seen, days, regime, words in rows
    )  # fmt: skip


CATEGORIES: tuple[CategoryKind, ...] = _kinds()
KINDS: dict[str, CategoryKind] = {kind.code: kind for kind in CATEGORIES}
