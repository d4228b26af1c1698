"""What the unit and residents write while a report or case is worked on: short, particular, kept by family of problems."""

from dataclasses import dataclass
from random import Random

from vicinia.domain.listening.taxonomy import KINDS


@dataclass(frozen=True)
class PlannedCommitment:
    """A promise: `by` as in the program's CommitmentBy, `days` until it is due."""

    by: str  # unit, reporter, body, other
    who: str
    what: str
    days: int
    body: str = ""  # code of a body of the network


@dataclass(frozen=True)
class PlannedIntervention:
    """Something the unit does, alone or with others, tied to a cause."""

    kind: str  # presence, preventive, repressive, social, community, mediation, works
    way: str  # direct, shared, partner
    what: str
    cause: str
    result: str
    body: str = ""


# quiete and vicinato share a family, and so on: problems between people, of a space, of things, of a person, of homes.
FAMILY = {
    "quiete": "between", "vicinato": "between", "spazi": "space", "degrado": "thing", "animali": "thing",
    "persone": "person", "sicurezza": "space", "strada": "thing", "luce-verde": "thing", "case-cantieri": "home",
}  # fmt: skip

CONTACTS = {
    "between": (
        "Sentita al telefono, molto stanca. Racconta le ultime notti una per una. Non ha mai parlato con l'altra famiglia se non per le scale.",
        "Incontrato a casa. Il rumore si sente davvero, più dal muro della camera che dal soffitto. Disponibile a un incontro se ci siamo noi.",
        "Richiamato come d'accordo. La settimana è andata meglio, due episodi invece di cinque. Vuole che si continui.",
        "Parlato con l'altra parte sul portone: non sapeva che si sentisse così tanto. Turni di notte e tre bambini in due stanze.",
        "Lasciato il biglietto nella cassetta dopo due telefonate a vuoto.",
        "Colloquio in ufficio, mezz'ora. Ha portato un quaderno con date e ore. Chiede soprattutto di non passare per chi denuncia.",
        "Telefonata breve: conferma che il tappeto è arrivato e che la sera si sta più tranquilli.",
    ),
    "space": (
        "Parlato con tre residenti e con il barista. Concordano su giorni e ore: venerdì e sabato, dalle undici alle due.",
        "Fermati con il gruppo per venti minuti. Abitano quasi tutti nel quartiere, non sanno dove altro andare.",
        "Richiamata la signora: ha visto il presidio di sabato, si è sentita meno sola.",
        "Il gestore accetta di ritirare i tavolini a mezzanotte e di parlarne con i clienti abituali.",
        "Sentita l'educatrice di strada: conosce due dei ragazzi, passa giovedì.",
        "Nessuna risposta al telefono; riprovo domani nella fascia che ha chiesto.",
    ),
    "thing": (
        "Visto sul posto: è come descritto. Fatte le foto, passate al servizio ambiente.",
        "Richiamato per dire che la raccolta straordinaria è fissata per giovedì.",
        "La signora ringrazia, ma chiede che cosa si fa perché non ricominci.",
        "Spiegato come funziona la tessera alla famiglia arrivata a settembre: nessuno gliel'aveva data.",
        "Il residente conferma che è stato sistemato; terrà d'occhio l'angolo.",
    ),
    "person": (
        "Visita a casa con l'assistente sociale. Ci ha fatto entrare, ha parlato soprattutto del figlio. Frigorifero quasi vuoto.",
        "Sentita la vicina che la conosce da quarant'anni: si offre per la spesa del martedì.",
        "Non apre. Risponde dalla finestra, dice che va tutto bene. Torniamo con la parrocchia.",
        "Telefonata alla figlia, che non sapeva. Verrà sabato. Le ho lasciato il numero diretto.",
        "Incontrato al portico. Accetta un caffè e di parlare con l'unità di strada, per ora niente dormitorio.",
        "Colloquio tranquillo. Oggi era più lucida, si ricordava di noi.",
    ),
    "home": (
        "Sopralluogo con il custode: il guasto c'è e la pratica risulta ferma da tre settimane.",
        "Richiamata la famiglia: il tecnico è venuto, manca il pezzo, torna lunedì.",
        "L'ente gestore conferma l'uscita per giovedì mattina.",
        "Sentite quattro famiglie della scala: due hanno bisogno di aiuto per la spesa finché dura il guasto.",
        "Il signore del quarto piano non esce da sei giorni: avvisato il servizio sociale.",
    ),
}  # fmt: skip
COMMITMENTS = {
    "between": (
        PlannedCommitment("reporter", "chi segnala", "annotare le notti in cui succede", 14),
        PlannedCommitment("unit", "noi", "parlare con la famiglia del piano di sopra", 5),
        PlannedCommitment("other", "la famiglia del piano di sopra", "mettere il tappeto e spegnere la musica entro le 22", 10),
        PlannedCommitment("body", "ACER", "sistemare il chiudiporta della scala", 12, "acer"),
        PlannedCommitment("unit", "noi", "organizzare un incontro al laboratorio di quartiere", 15),
        PlannedCommitment("other", "il vicino", "spostare la lavatrice al pomeriggio", 7),
    ),
    "space": (
        PlannedCommitment("other", "il gestore del bar", "ritirare i tavolini a mezzanotte", 7),
        PlannedCommitment("unit", "noi", "passare a piedi il venerdì e il sabato, dalle 22 alle 24", 14),
        PlannedCommitment("body", "Educativa di strada", "incontrare il gruppo due sere a settimana", 20, "educativa"),
        PlannedCommitment("other", "i ragazzi del gruppo", "niente cassa dopo le 22.30", 10),
        PlannedCommitment("reporter", "chi segnala", "chiamare subito quando succede, senza scendere", 14),
        PlannedCommitment("body", "Illuminazione pubblica", "riaccendere i due lampioni", 10, "illuminazione"),
    ),
    "thing": (
        PlannedCommitment("body", "Servizio ambiente", "raccolta straordinaria", 5, "ambiente"),
        PlannedCommitment("unit", "noi", "mettere il cartello in quattro lingue", 10),
        PlannedCommitment("other", "il comitato inquilini", "tenere d'occhio l'angolo e avvisarci", 30),
        PlannedCommitment("reporter", "chi segnala", "mandarci una foto se ricomincia", 21),
        PlannedCommitment("body", "Manutenzione del Comune", "riparare o togliere", 15, "manutenzione"),
    ),
    "person": (
        PlannedCommitment("body", "Servizio sociale", "prima visita a domicilio", 5, "servizi-sociali"),
        PlannedCommitment("reporter", "la vicina", "bussare ogni mattina e chiamarci se non risponde", 14),
        PlannedCommitment("unit", "noi", "richiamare la figlia e tenerla informata", 7),
        PlannedCommitment("body", "Parrocchia di Cristo Lavoratore", "portare la spesa il martedì", 30, "parrocchia"),
        PlannedCommitment("body", "Casa della comunità", "visita del medico di base", 10, "casa-comunita"),
    ),
    "home": (
        PlannedCommitment("body", "ACER", "uscita del tecnico", 4, "acer"),
        PlannedCommitment("unit", "noi", "affiggere l'avviso con la data della riparazione", 2),
        PlannedCommitment("other", "il custode", "tenere le chiavi e aprire al tecnico", 4),
        PlannedCommitment("body", "ACER", "rispondere per iscritto sui tempi", 10, "acer"),
        PlannedCommitment("other", "le famiglie della scala", "turni per la spesa di chi non può scendere", 7),
    ),
}  # fmt: skip
INTERVENTIONS = {
    "between": (
        PlannedIntervention("mediation", "shared", "incontro tra le due famiglie con la mediatrice", "le famiglie non si sono mai parlate con calma", "Un'ora e un quarto. Si sono scambiati i numeri di telefono.", "mediazione"),
        PlannedIntervention("preventive", "direct", "visita serale per sentire il rumore", "nessuno aveva mai verificato da dove viene", "Il rumore viene dalla porta, non dai passi."),
        PlannedIntervention("community", "shared", "merenda di scala al laboratorio di quartiere", "nella scala non ci si conosce", "Undici persone, due scale. Deciso un foglio con gli orari di tutti.", "laboratorio"),
        PlannedIntervention("repressive", "direct", "verbale per disturbo dopo due avvisi", "gli accordi non sono stati rispettati", "Consegnato. Il conduttore ha chiesto un altro incontro."),
    ),
    "space": (
        PlannedIntervention("presence", "direct", "presidio a piedi, ore 22-24", "dopo le dieci non passa nessuno", "Sera tranquilla, quattro residenti si sono fermati a parlare."),
        PlannedIntervention("social", "shared", "uscita con l'educativa di strada", "i ragazzi non hanno un posto dove stare", "Conosciuti sette ragazzi, due interessati alla sala prove.", "educativa"),
        PlannedIntervention("works", "partner", "nuova luce sotto il portico", "l'angolo è buio e fuori vista", "Luce accesa dal 12.", "illuminazione"),
        PlannedIntervention("preventive", "direct", "controllo degli orari dei locali con il gestore", "il dehors resta aperto oltre l'orario", "Concordato l'orario, da ricontrollare fra due settimane."),
        PlannedIntervention("community", "shared", "torneo in piazza con la scuola e i negozianti", "la piazza è di un gruppo solo", "Una sessantina di persone, anche chi segnalava.", "scuola"),
    ),
    "thing": (
        PlannedIntervention("works", "partner", "pulizia straordinaria", "si accumula perché nessuno lo ritira", "Pulito. Foto prima e dopo.", "ambiente"),
        PlannedIntervention("preventive", "shared", "porta a porta per spiegare la raccolta, con la mediatrice", "i nuovi arrivati non hanno la tessera", "Diciotto famiglie incontrate, nove tessere consegnate.", "laboratorio"),
        PlannedIntervention("presence", "direct", "passaggi in orari diversi", "chi butta lo fa quando non c'è nessuno", "Una persona fermata mentre scaricava, sanzione."),
    ),
    "person": (
        PlannedIntervention("social", "shared", "visita congiunta con il servizio sociale", "la persona non chiede aiuto da sola", "Accetta il pasto a domicilio.", "servizi-sociali"),
        PlannedIntervention("community", "shared", "vicini che si danno il turno", "passa giorni senza vedere nessuno", "Quattro vicine, un foglio sul frigorifero.", "parrocchia"),
        PlannedIntervention("presence", "direct", "passaggio quotidiano dell'agente di quartiere", "serve una faccia conosciuta", "Apre la porta e ci aspetta."),
    ),
    "home": (
        PlannedIntervention("works", "partner", "riparazione", "il guasto è vecchio e mai preso in mano", "Riparato, collaudo fatto.", "acer"),
        PlannedIntervention("community", "shared", "assemblea di scala", "ognuno chiamava per conto suo", "Scelta una referente di scala.", "laboratorio"),
        PlannedIntervention("social", "shared", "aiuto per spesa e farmaci durante il guasto", "chi è ai piani alti resta chiuso in casa", "Tre famiglie seguite finché l'ascensore non è ripartito.", "servizi-sociali"),
    ),
}  # fmt: skip
CLOSINGS = {
    "solved": ("Nessun nuovo episodio da sei settimane. Chi segnala conferma.", "Riparato e controllato insieme al residente.", "Le due famiglie si salutano; l'accordo regge.", "L'angolo è pulito da due mesi."),
    "improved": ("Gli episodi sono passati da cinque a uno a settimana. Chi segnala lo riconosce, vuole restare in contatto.", "Il venerdì è tranquillo, resta qualche sabato.", "La situazione è migliore, la causa non è sparita del tutto."),
    "contained": ("Il conflitto resta, ma non ci sono più episodi gravi e ciascuno sa chi chiamare.", "La persona non vuole altro aiuto per ora; la rete è avvisata."),
    "handed_over": ("Prosegue il servizio sociale, con una referente che la signora conosce.", "Passato alla polizia di Stato per la parte che le spetta."),
    "unfounded": ("Tre sopralluoghi in ore diverse, niente di quanto descritto. Lo abbiamo spiegato a chi segnala.",),
    "withdrawn": ("Chi segnalava ha cambiato casa e chiede di chiudere.", "La signora preferisce risolvere da sola, resta il nostro numero."),
}  # fmt: skip
MESSAGES = (
    "Buongiorno, volevo dire che stanotte è stato tranquillo. Grazie.", "È successo di nuovo, ho scritto l'ora sul quaderno.", "Quando passate di nuovo? Io giovedì non ci sono.",
    "Ho parlato con la vicina, è d'accordo anche lei per l'incontro.", "Scusate se insisto, ma non ho più avuto notizie.", "Allego la foto di stamattina.",
    "Posso cambiare il numero di telefono? Questo lo usa mio figlio.", "Grazie della telefonata, mi ha fatto bene.", "Il tecnico non si è presentato.",
    "Hanno messo il cartello, speriamo.", "Mi potete dire se devo venire io in ufficio?", "Preferirei che non si sapesse che ho scritto.",
    "Va meglio, ma il sabato no.", "Ci siamo parlati sul pianerottolo. È stato strano, però ci siamo parlati.",
)  # fmt: skip
EPISODES = {
    "between": ("Musica fino all'una e mezza, poi silenzio.", "Porta sbattuta sette volte tra le undici e mezzanotte.", "Tranquillo fino alle due, poi mobili spostati.", "Ha gridato sulle scale, i bambini si sono svegliati.", "Niente per tre notti, stanotte di nuovo."),
    "space": ("In quindici con la cassa, andati via all'una e venti.", "Due bottiglie rotte sotto il portico.", "Litigio tra due, arrivata la pattuglia.", "Serata tranquilla, erano in quattro."),
    "thing": ("Altri tre sacchi, stesso punto.", "Hanno aggiunto un materasso.", "Stamattina di nuovo pieno.", "Visto un furgone bianco alle sei e dieci."),
    "person": ("Non ha aperto le tapparelle fino alle tre.", "L'ho trovata sulle scale, non sapeva il piano.", "Oggi è scesa a comprare il pane, era contenta.", "Ha bussato da me alle quattro di notte."),
    "home": ("Di nuovo fermo dalle sette.", "Il tecnico è venuto e andato via in dieci minuti.", "Acqua per terra in cantina.", "Luce tornata, ma solo fino al secondo piano."),
}  # fmt: skip
ANSWERS = {
    "between": "Ti abbiamo chiamato e ci siamo capiti: per ora basta il nostro passaggio. Se ricomincia, scrivici e apriamo un caso.",
    "space": "Abbiamo messo questo punto nel giro del venerdì e del sabato. Se vedi che non basta, dillo alla pattuglia o scrivi qui.",
    "thing": "Il servizio ambiente è passato e ha pulito. Grazie di avercelo detto.",
    "person": "Il servizio sociale ha preso contatto con la persona. Per riservatezza non possiamo dirti altro, ma la tua segnalazione è servita.",
    "home": "L'ente gestore ha confermato la riparazione. Se entro la data che ti abbiamo dato non cambia niente, scrivici.",
}  # fmt: skip
REDIRECTIONS = (
    ("ambiente", "Il ritiro spetta al servizio ambiente: abbiamo mandato noi foto e indirizzo."), ("manutenzione", "La riparazione spetta alla manutenzione del Comune, che ha ricevuto la tua segnalazione."),
    ("illuminazione", "Il gestore dei lampioni interviene di solito in cinque giorni lavorativi."), ("acer", "La parte comune è di ACER: abbiamo passato la pratica e chiesto una data."),
    ("polizia-stato", "Per questo fatto serve la polizia di Stato: ti accompagniamo noi nel primo contatto."),
)  # fmt: skip
SET_ASIDE = (
    "Doppione inviato due volte per errore.", "Messaggio di prova.", "Riguarda un altro Comune: abbiamo indicato a chi scrivere.", "Solo pubblicità.", "Testo vuoto, nessun recapito per chiedere altro.",
)  # fmt: skip
TASKS = (
    "Chiamare l'amministratore del condominio", "Preparare il biglietto in due lingue", "Chiedere alla scuola gli orari di uscita", "Sentire la mediatrice linguistica", "Verificare l'autorizzazione del dehors",
    "Mandare le foto al servizio ambiente", "Prenotare la sala del laboratorio", "Ripassare sabato dopo le 23", "Controllare se ci sono altre segnalazioni nella via", "Scrivere il riepilogo per la coordinatrice",
)  # fmt: skip


def family(kind: str) -> str:
    """Tell which family of notes a kind of problem uses."""
    return FAMILY[KINDS[kind].group]


def contact_note(kind: str, rng: Random) -> str:
    """What came out of a contact."""
    return rng.choice(CONTACTS[family(kind)])


def commitment(kind: str, rng: Random) -> PlannedCommitment:
    """A promise that fits the kind."""
    return rng.choice(COMMITMENTS[family(kind)])


def intervention(kind: str, rng: Random) -> PlannedIntervention:
    """Something to do about the kind."""
    return rng.choice(INTERVENTIONS[family(kind)])


def closing_note(outcome: str, rng: Random) -> str:
    """What changed, for an outcome."""
    return rng.choice(CLOSINGS[outcome])


def resident_message(rng: Random) -> str:
    """What a resident writes from the follow page."""
    return rng.choice(MESSAGES)


def episode(kind: str, rng: Random) -> str:
    """A dated line of the resident's diary."""
    return rng.choice(EPISODES[family(kind)])


def answer(kind: str) -> str:
    """The reply that ends a report without a case."""
    return ANSWERS[family(kind)]


def redirection(rng: Random) -> tuple[str, str]:
    """The body a report is passed to, and what the reporter is told."""
    return rng.choice(REDIRECTIONS)


def set_aside_reason(rng: Random) -> str:
    """Why a report is set aside."""
    return rng.choice(SET_ASIDE)


def task(rng: Random) -> str:
    """Something to do on a case."""
    return rng.choice(TASKS)
