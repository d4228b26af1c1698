"""Stories of who reported again and again: a review decided, one that waits, and a right that nobody has used yet."""

from vicinia.demo.stories.homes import DL, IZ, LM, MS
from vicinia.demo.stories.shapes import Act, Part, act, agree, case, commit, contact, report, stage

# Whose page shows that there is a right: the demo town tells its address.
STILL_TO_ASK = "La spazzatura sotto la finestra, terza volta"

AGAIN = (
    case("cane-matteotti", "Il cane del garage, via Matteotti", "cani-che-abbaiano", "San Lazzaro", "Via Giacomo Matteotti", IZ, "response",
        (Part("milena", "reporter", "Infermiera, 2° piano", "Milena Corradini", phone="+390590001260"), Part("padrone", "neighbour", "Inquilino, padrone del cane", "Renato Ghidoni", phone="+390590001266")),
        report(96, "09:10", "r1", "phone", "milena", "Un cane chiuso nel garage", "Telefona tra un turno e l'altro: «Abbaia dalle sei di mattina, chiuso nel garage sotto di me.»", IZ),
        contact(95, "10:00", IZ, "milena", "phone", "Fa i turni di notte. Il cane è di un inquilino che lavora fuori città.", next_days=10),
        act(95, "10:20", "open", IZ, text="Un cane chiuso in un garage di giorno; chi segnala dorme di giorno."), act(95, "10:21", "take", IZ),
        stage(95, "10:30", IZ, "analysis"), commit(94, "09:00", IZ, "c1", "unit", "Ilaria Zanetti", "parlare con il proprietario del cane", 10), stage(94, "09:05", IZ, "response"),
        act(84, "17:00", "keep", IZ, "c1", "Dice che lo porterà dalla sorella."),
        report(70, "07:30", "r2", "phone", "milena", "Il cane è ancora lì", "Di nuovo lei: «Dalla sorella non ci è mai andato. Io tra un'ora attacco.»", IZ), act(70, "08:00", "link", IZ, "r2", "stesso cane"),
        contact(69, "19:30", IZ, "padrone", "home", "Parte alle sei, torna alle sette. Del cane dice che «abbaia, è un cane».", minutes=15),
        Act(69, "19:50", "propose_agreement", IZ, key="a1", who="padrone", text="Un cane chiuso nel garage dalle sei alle diciannove, in tre settimane su quattro.", due_days=180), agree(66, "18:00", IZ, "a1", "answer", "Dice che non firma niente.", title="no"),
        agree(60, "09:00", IZ, "a1", "invite"), agree(52, "18:00", IZ, "a1", "answer", "Ha risposto con due righe: ci pensa da solo.", title="no"), agree(51, "09:00", IZ, "a1", "refuse", "Due inviti, due no. Si va avanti con gli altri mezzi."),
        report(49, "06:40", "r3", "phone", "milena", "Terza volta: il cane nel garage", "«È la terza volta che chiamo. Non dormo da due mesi.»", IZ), act(49, "09:00", "link", IZ, "r3", "stesso cane"),
        contact(49, "09:30", IZ, "milena", "phone", "Stanca e arrabbiata. Le ho detto che può chiedere un riesame.", next_days=10),
        act(46, "20:15", "review", "", "r3", "Ho chiamato tre volte. Ogni volta mi dite che ne parlate con lui, e il cane è sempre lì."),
        act(42, "09:30", "review_chair", LM, who=LM),
        act(39, "10:00", "review_settle", LM, text="Tre segnalazioni in meno di due mesi, ognuna il giorno stesso: i requisiti ci sono."),
        act(38, "10:10", "review_meet", LM, text="in sede, via Roma 4, o al telefono se sei di turno", due=7),
        act(30, "12:00", "review_recommend", LM, "v1", "Passare tre mattine all'alba, e scrivere che cosa si sente", who=IZ, due=21),
        act(30, "12:05", "review_recommend", LM, "v2", "Far vedere il garage al servizio veterinario", due=30),
        act(30, "12:30", "review_decide", LM, text="Le telefonate al proprietario non bastavano: nessuno è andato a sentire negli orari in cui succede. Il caso continua, con due cose nuove e una data."),
        act(28, "09:00", "review_accept", IZ, "v1"), act(28, "09:05", "review_accept", IZ, "v2"),
        contact(12, "10:00", IZ, "milena", "phone", "Il cane non c'è da dieci giorni. Dorme.", next_days=14), number=14),
    case("fumo-piave", "Il camino che fuma in casa, via Piave", "odori-fumi", "Stazione", "Via Piave", DL, "analysis",
        (Part("gino", "reporter", "Pensionato, ultimo piano", "Gino Tassoni", phone="+390590001261"),),
        report(60, "18:20", "r1", "phone", "gino", "Fumo dal camino di sotto", "«La sera mi entra il fumo in cucina, devo aprire anche se fa freddo.»", DL),
        contact(59, "10:00", DL, "gino", "phone", "La canna del vicino sbuca sotto il suo terrazzo.", next_days=10), act(59, "10:10", "open", DL, text="Fumi di un camino nell'appartamento di sopra."), act(59, "10:11", "take", DL),
        report(35, "19:00", "r2", "phone", "gino", "Ancora il fumo", "«Mi avevate detto due settimane. Sono passate.»", DL), act(35, "19:30", "link", DL, "r2", "stesso camino"), stage(34, "09:00", DL, "analysis"),
        report(12, "18:40", "r3", "desk", "gino", "Il fumo, per la terza volta", "È venuto di persona, con la sciarpa sul naso: «Qui almeno mi vedete.»", DL), act(12, "18:50", "link", DL, "r3", "stesso camino"),
        contact(12, "19:00", DL, "gino", "office", "Ha portato un quaderno con le sere. Gli ho spiegato che cos'è un riesame.", next_days=10),
        act(5, "10:30", "review", "", "r3", "Vorrei che qualcun altro guardasse il mio quaderno."), number=20),
    case("spazzatura-corti", "Spazzatura sotto la finestra, via delle Corti", "abbandono-rifiuti", "Le Corti", "Via delle Corti", MS, "scanning",
        (Part("wanda", "reporter", "Chi segnala, piano terra", "Wanda Lugli", phone="+390590001262"),),
        report(50, "08:30", "r1", "phone", "wanda", "Sacchi sotto la finestra", "«Li lasciano lì la sera, perché il bidone è pieno.»", MS), contact(49, "10:00", MS, "wanda", "phone", "Tre sacchi ogni mattina.", next_days=10),
        report(28, "08:10", "r2", "phone", "wanda", "I sacchi sono tornati", "«Per una settimana niente, poi peggio di prima.»", MS),
        report(9, "08:20", "r3", "phone", "wanda", STILL_TO_ASK, "«Ormai conosco la vostra musica d'attesa.»", MS),
        act(8, "09:00", "open", MS, text="Sacchi lasciati accanto al bidone della corte."), act(8, "09:01", "take", MS),
        act(8, "09:05", "link", MS, "r2", "stesso posto"), act(8, "09:06", "link", MS, "r3", "stesso posto"),
        contact(7, "10:00", MS, "wanda", "phone", "Ride amaro. Il giro di raccolta salta la corte quando piove.", next_days=9), number=8),
)  # fmt: skip
