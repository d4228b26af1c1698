"""The neighbours of Via dei Mille 12: the story that every screen of the program shows, told whole."""

from vicinia.demo.stories.shapes import Act, Part, Story, act, commit, contact, plan, report, stage

AF = "anna.ferri"

NEIGHBOURS = Story(
    code="via-dei-mille",
    title="Rumore notturno, via dei Mille 12",
    kind="rumore-notturno",
    case_kind="person",
    quarter="Crocetta",
    street="Via dei Mille",
    number_hint=12,
    place="",
    stair="B",
    legal_basis="administrative",
    owner=AF,
    people=(
        Part("bassi", "reporter", "Chi segnala, scala B, 1° piano", "Luisa Bassi", phone="+390590001201", needs="meglio la mattina, entro le 12"),
        Part("famiglia", "neighbour", "Famiglia, scala B, 2° piano", "Youssef Benali", "ar", "+393550900002", "message", "turni di notte, parlare dopo le 14"),
        Part("vicino", "affected", "Vicino, scala B, 1° piano", "Renzo Corradini", phone="+390590001202"),
    ),
    acts=(
        report(11, "23:15", "r1", "web", "bassi", "Rumore di notte in via dei Mille 12",
               "Da tre settimane non si dorme. Sopra di noi si sentono passi, mobili e musica fino all'una, e una porta che sbatte ogni volta che qualcuno entra o esce. Ho provato a parlarne ma non ci capiamo. Non voglio fare la guerra a nessuno, voglio dormire."),
        contact(10, "11:05", AF, "bassi", "phone", "Sentita per un quarto d'ora. Dorme tre ore a notte. Non ha mai parlato con la famiglia del piano di sopra se non per le scale. Nessuna minaccia, nessuna paura: stanchezza.",
                agreed="Annota le notti in cui succede; noi parliamo con la famiglia; ci risentiamo presto.", next_days=5, minutes=15),
        act(10, "11:15", "open", AF, text="Rumori notturni dal secondo piano della scala B, da tre settimane, quasi ogni notte. Anche una porta che sbatte."),
        act(10, "11:20", "take", AF),
        commit(10, "11:25", AF, "c1", "reporter", "la signora Bassi", "annotare le notti in cui succede", 17),
        commit(10, "11:26", AF, "c2", "unit", "Anna Ferri", "parlare con la famiglia del piano di sopra", 8),
        report(8, "10:40", "r2", "phone", "vicino", "Porta che sbatte e rumore, via dei Mille 12 scala B",
               "Chiama un signore, molto gentile: «La porta della scala B sbatte tutta la notte, si sente nel muro. E sopra fanno confusione, ma poveretti, con quei turni.» Preferisce che non si sappia.", by=AF),
        act(7, "09:30", "link", AF, "r2", "stesso civico, stessa settimana"),
        act(7, "20:50", "episode", "", "r1", "Passi e mobili dalle 23.40 all'una. La porta undici volte."),
        stage(6, "09:00", AF, "analysis", "Due famiglie coinvolte e una porta guasta: da capire quanto pesa l'una e quanto l'altra."),
        act(6, "09:20", "task", AF, "t1", "Prenotare la mediatrice di lingua araba", who=AF),
        act(6, "12:10", "done", AF, "t1"),
        contact(5, "17:00", AF, "famiglia", "home", "A casa con la famiglia del secondo piano, 40 minuti, con la mediatrice di lingua araba. Turni di notte del padre; la porta sbatte anche a loro. Non sapevano che si sentisse così.",
                agreed="Tappeto in corridoio, niente musica dopo le 22.", next_days=7, minutes=40),
        act(5, "17:45", "keep", AF, "c2", "Incontrata a casa con la mediatrice."),
        commit(5, "17:46", AF, "c3", "other", "la famiglia del secondo piano", "mettere il tappeto e spegnere la musica entro le 22", 7),
        commit(5, "17:48", AF, "c4", "body", "ACER", "riparare la porta che sbatte", 8, "acer"),
        stage(5, "17:50", AF, "response", "Concordato che cosa fa ciascuno."),
        plan(5, "17:55", AF, "i1", "works", "partner", "chiudiporta nuovo alla scala B", "la porta batte contro il muro a ogni passaggio", 8, "acer"),
        Act(4, "09:00", "refer", AF, key="q1", text="Riparare la porta della scala B che sbatte: il chiudiporta è rotto.", due_days=6, body="acer"),
        act(0, "09:05", "accepts", "roberta.pini", "q1"),
        act(3, "21:40", "episode", "", "r1", "Musica fino all'1:30. La porta di meno."),
        act(2, "10:15", "message", "", "r1", "Buongiorno Anna, ieri è andata meglio. Quando vi risento?"),
        contact(0, "09:10", AF, "", "email", "ACER ha accettato: uscita del tecnico per la porta della scala B fra tre giorni.", direction="in", minutes=5),
    ),
    final_stage="response",
)  # fmt: skip
