"""Who writes, and how: each voice puts the same facts in its own order, with its own manners and slips."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """A way of writing. `slips` are written by hand or in a hurry: typos, no capitals, dialect touches."""

    code: str
    who: str
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    sentences: tuple[int, int]  # fewest and most sentences in the middle
    quoted: bool = False  # noted down by staff, the person's words between «»
    manner: str = "plain"  # plain, simple, hasty, formal, dialect, terse


VOICES: tuple[Voice, ...] = (
    Voice("father", "un padre stanco", ("Buonasera.", "Scrivo a quest'ora perché tanto non si dorme.", "Ci risiamo.", "Salve,", "", ""),
          ("Fate qualcosa, per favore.", "Grazie a chi leggerà.", "Non so più a chi dirlo.", "Sono disponibile a incontrarvi dopo le 18.", ""), (2, 4)),
    Voice("grandmother", "una signora anziana che detta alla nipote", ("Scrivo per mia nonna, che mi detta.", "Buongiorno signori del Comune,", "Mia nipote mi aiuta con il computer."),
          ("Scusate il disturbo.", "Dio vi benedica per il lavoro che fate.", "Se mi telefonate lasciate squillare, ci metto ad arrivare.", "Vi ringrazio di cuore."), (2, 4), manner="dialect"),
    Voice("shopkeeper", "una commerciante", ("Buongiorno, ho un negozio qui vicino.", "Sono la titolare di un'attività in zona.", "Vi scrivo dalla bottega.", "Di nuovo io, dal negozio."),
          ("Io chiudo alle 19.30, mi trovate qui.", "Noi commercianti siamo pronti a fare la nostra parte.", "Così si spegne la via.", "Saluti."), (2, 3)),
    Voice("mother", "una madre arrivata da pochi anni", ("Buongiorno, scusate mio italiano.", "Ciao, io abito qui.", "Buona sera, io scrivo per mia famiglia.", "Salve, sono mamma di tre bambini."),
          ("Grazie mille.", "Io posso venire quando bambini a scuola.", "Meglio messaggio, telefono capisco poco.", "Per favore aiuto."), (1, 3), manner="simple"),
    Voice("teenager", "una ragazza di sedici anni", ("ciao", "ciao, non so se è il posto giusto", "raga serve aiuto", "allora", ""),
          ("grazie", "non ditelo ai miei che ho scritto io", "boh vedete voi", "ok ciao", ""), (1, 3), manner="hasty"),
    Voice("caretaker", "il custode", ("Dal portierato:", "Segnalo per conto degli inquilini.", "Buongiorno, sono il custode.", "Come portierato vi informiamo."),
          ("Ho avvisato anche l'ente gestore.", "Le chiavi le ho io, dalle 8 alle 12.", "A disposizione per un sopralluogo.", "Ne ho preso nota sul quaderno."), (2, 3), manner="formal"),
    Voice("officer", "un agente in servizio a piedi", ("Durante il servizio a piedi.", "Nel corso della ronda,", "Raccolto in strada da due residenti.", "Osservato sul posto.", "Passaggio in zona:"),
          ("Da rivedere nel prossimo turno.", "Lasciato il biglietto con i nostri orari.", "Nessuno ha voluto lasciare il nome.", "Foto agli atti.", "Parlato con il negoziante."), (1, 3), manner="terse"),
    Voice("precise", "un pensionato preciso", ("Spettabile ufficio,", "Con la presente segnalo quanto segue.", "Alla cortese attenzione del Nucleo di prossimità.", "Gentili signori,"),
          ("In attesa di un cortese riscontro, porgo distinti saluti.", "Confido in un vostro intervento.", "Allego documentazione fotografica, se occorre.", "Distinti saluti."), (3, 5), manner="formal"),
    Voice("worker", "chi fa i turni", ("Faccio i turni, quindi sono brevissimo.", "Ciao a tutti,", "Scrivo dal lavoro.", "", ""),
          ("Chiamatemi la mattina.", "Grazie.", "Non sono il tipo che si lamenta, ma adesso basta.", ""), (1, 3)),
    Voice("neighbour", "una vicina che si preoccupa", ("Buongiorno.", "Forse mi sbaglio, ma preferisco dirlo.", "Non so se siete voi a dovervene occupare.", "Vi avevo conosciuti alla festa di quartiere.", ""),
          ("Se mi sbaglio, meglio così.", "Vorrei restare anonima con i vicini.", "Fatemi sapere se posso fare qualcosa io.", "Grazie per l'attenzione.", ""), (2, 4)),
    Voice("student", "uno studente fuori sede", ("Buonasera, abito qui da settembre.", "Salve, condivido l'appartamento con altri.", "Ciao,"),
          ("Grazie e buon lavoro.", "Possiamo sentirci su messaggio?", "Non vorrei creare problemi con il padrone di casa.", ""), (1, 3)),
)  # fmt: skip

# By phone or at the desk the operator writes: who called, in one clause, then the words between quotes.
CALLERS = {
    "woman": (
        "Chiama una signora:",
        "Telefona una donna, parla in fretta:",
        "Chiama la figlia per conto della madre:",
        "Una signora, al telefono, voce bassa:",
        "Chiama una residente, già sentita in altre occasioni:",
    ),
    "man": (
        "Chiama un residente, agitato:",
        "Telefona un padre, voce stanca:",
        "Chiama un signore, molto gentile:",
        "Telefona un uomo dal lavoro:",
        "Chiama un inquilino, ha fretta:",
    ),
    "old": (
        "Al telefono una persona anziana, parla piano:",
        "Telefona una persona di una certa età, bisogna alzare la voce:",
        "Chiama dalla cabina del centro anziani, si scusa due volte:",
    ),
    "young": (
        "Chiama dall'autobus, si sente a tratti:",
        "Voce giovane, dà del tu:",
        "Telefona con un'amica accanto che suggerisce:",
    ),
    "newcomer": (
        "Chiama con la figlia che traduce:",
        "Italiano incerto, ci capiamo lo stesso:",
        "Prima chiamata senza interprete, richiamato con la mediatrice:",
    ),
    "unknown": (
        "Telefona qualcuno che preferisce non dire il nome:",
        "Chiamata da numero nascosto:",
        "Telefona una voce che non vuole lasciare recapiti:",
        "Chiama e dice solo di abitare in zona:",
    ),
    "again": (
        "Richiama:",
        "Chiama di nuovo:",
        "Terza telefonata del mese:",
        "Richiama, questa volta più calma la voce:",
    ),
}
DESK = {
    "woman": (
        "Una signora si ferma allo sportello dopo il mercato:",
        "Allo sportello, con una borsa di fotografie stampate:",
        "Allo sportello una vicina, parla anche per chi non cammina:",
    ),
    "man": (
        "Viene allo sportello con il nipote:",
        "Si presenta senza appuntamento, aspetta mezz'ora:",
        "Allo sportello un uomo con un foglio di firme:",
    ),
    "old": (
        "Viene allo sportello accompagnata dalla badante, la voce ferma:",
        "Si siede, riprende fiato, poi racconta:",
        "Allo sportello con il bastone e un quaderno:",
    ),
    "young": ("Passa allo sportello con lo zaino:", "Due ragazzi allo sportello, parla uno solo:"),
    "newcomer": (
        "Allo sportello con il figlio che traduce:",
        "Allo sportello, con la mediatrice:",
        "Mostra il video sul telefono e racconta:",
    ),
    "unknown": ("Passa allo sportello una coppia:", "Allo sportello, senza lasciare il nome:"),
    "again": ("Torna allo sportello:", "Di nuovo allo sportello, con altre date:"),
}
DESK_NOTES = (
    "Chiede una telefonata dopo le 17.", "Non vuole comparire con i vicini.", "Spiegati i tempi, va bene così.", "Lasciato il numero del figlio.",
    "Torna giovedì con le foto.", "Alla fine la voce era più tranquilla.", "Preferisce parlare con una donna.", "Sa che non siamo il 112 e chi chiamare per l'urgenza.",
    "Va bene un incontro a casa.", "Serve la mediatrice linguistica.", "Ha chiesto se può esserci anche la vicina.", "Meglio la mattina presto.", "Detto che passiamo in settimana.",
    "Chiede che non si vada in divisa.", "Si scusa per il disturbo.", "Vuole sapere come va a finire.", "", "", "", "",
)  # fmt: skip
PARTNERS = (
    "Dal servizio sociale territoriale:", "La scuola ci segnala:", "Dal gestore delle case popolari:", "La parrocchia ha raccolto questa voce:", "Dal centro anziani:",
    "L'unità di strada riferisce:", "Dall'ambulatorio della Casa della comunità:", "Il doposcuola ci scrive:",
)  # fmt: skip
PARTNER_NOTES = (
    "Siamo disponibili per un incontro congiunto.", "La persona sa che vi scriviamo.", "Chiediamo un riscontro entro la settimana.", "Abbiamo già incontrato la famiglia una volta.",
    "Referente: l'assistente sociale di turno.", "Restiamo in contatto.",
)  # fmt: skip

# A second or third report on the same place carries on the story.
AGAIN = (
    "Avevo già scritto {prima}.", "È la {volta} volta che segnalo, la prima {prima}.", "Dopo la mia segnalazione del {giorno_prima} era andata meglio, ora siamo da capo.",
    "Come vi dicevo {prima}, non è cambiato molto.", "Torno sull'argomento: {prima} mi avevate risposto che sareste passati.", "Qualcuno di voi è venuto, e per qualche giorno è servito.",
    "Anche la vicina vi ha scritto {prima} per la stessa cosa.", "Aggiungo un altro episodio a quello del {giorno_prima}.", "Mi avevate detto di annotare: ecco, {quando} di nuovo.",
    "So che ve ne state occupando dal {giorno_prima}, vi aggiorno.",
)  # fmt: skip

DIALECT = (
    ("Buongiorno signori del Comune,", "Buongiorno signori del Comun,"), ("i bambini", "i putìn"), ("per terra", "par tèra"), ("un limite", "un lìmit"), ("tutta la notte", "tuta la not"),
    ("una persona", "una cristiana"), ("poveretto", "puvrét"), ("non si vive", "as viv brisa"),
)  # fmt: skip
SIMPLE = (
    (" della ", " di "), (" delle ", " di "), (" nella ", " in "), (" sulla ", " su "), ("bisogna ", "io devo "), (" alla ", " a "), ("C'è ", "Qui c'è "), ("Ci sono ", "Qui sono "),
    ("non si passa", "non posso passare"), (" il marciapiede", " marciapiede"), (" la bambina", " mia bambina"), ("è andata avanti", "andata avanti"),
)  # fmt: skip
SLIPS = (
    ("perché", "perche"), ("perché", "xké"), ("più", "piu"), ("qualcuno", "qualcuno"), ("però", "pero"), ("cioè", "cioe"), ("è ", "e' "), ("un'altra", "un altra"), ("qual è", "qual'è"),
    ("po'", "pò"), ("comunque", "comuqnue"), ("sempre", "smepre"), ("tutti", "tutt"), ("davanti", "d'avanti"), ("macchina", "machina"), ("abbiamo", "abiamo"), ("anche", "nache"),
)  # fmt: skip
