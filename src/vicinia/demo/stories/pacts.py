"""A story that goes on with a behaviour agreement: a boy of fifteen, his mother, and a courtyard."""

from vicinia.demo.stories.homes import SH
from vicinia.demo.stories.shapes import Act, Part, act, agree, case, contact, report, stage

PACTS = (
    case("petardi-pioppi", "Petardi nel cortile di via dei Pioppi", "schiamazzi", "Le Corti", "Via dei Pioppi", SH, "response",
        (
            Part("nonna", "reporter", "Chi segnala, piano rialzato", "Iolanda Fantini", phone="+390590001267", needs="sente poco, parlare forte"),
            Part("ragazzo", "neighbour", "Ragazzo della scala A", "Samuele Gatti", phone="+393550900061", contact_way="message"),
            Part("mamma", "contact", "Sua madre", "Debora Gatti", phone="+393550900062"),
        ),
        report(70, "09:15", "r1", "phone", "nonna", "Petardi sotto la finestra", "Telefona una signora anziana: «Ogni sera dopo cena. Il cane non mangia più, e io salto dalla sedia.»", SH),
        contact(69, "10:30", SH, "nonna", "home", "Sei sere su sette, tra le 21 e le 22. Conosce i ragazzi da quando erano piccoli: non vuole denunce.", next_days=10, minutes=25),
        act(69, "11:00", "open", SH, text="Petardi in cortile, ogni sera tra le 21 e le 22. Chi segnala non vuole denunce."), act(69, "11:01", "take", SH),
        stage(68, "09:00", SH, "analysis", "Da capire chi c'è la sera, e che cosa cerca."),
        contact(66, "21:15", SH, "ragazzo", "street", "Quindici anni, parla per tutti. Il centro giovani chiude alle 18: «E poi che facciamo?»", minutes=30),
        contact(65, "18:30", SH, "mamma", "home", "Lavora fino alle 21. Si vergogna, e chiede di essere aiutata, non accusata.", minutes=30),
        Act(62, "18:00", "propose_agreement", SH, key="a1", who="ragazzo", text="Petardi accesi in cortile tra le 21 e le 22, sei sere su sette nella prima settimana.", due_days=182),
        agree(62, "18:20", SH, "a1", "parent", who="mamma", due=15),
        agree(60, "19:00", SH, "a1", "answer", "Vuole sapere che cosa ci guadagna. Gli abbiamo parlato del corso.", title="yes"),
        agree(58, "18:00", SH, "a1", "term", "Non accendo petardi in cortile, e non ne porto agli altri.", title="will_not"),
        agree(58, "18:05", SH, "a1", "term", "Il sabato mattina aiuto il custode a sistemare il cortile.", title="will"),
        agree(58, "18:08", SH, "a1", "term", "Saluto la signora del piano rialzato, e le chiedo come sta il cane.", title="will"),
        agree(58, "18:12", SH, "a1", "term", "Il centro giovani resta aperto fino alle 22 due sere a settimana, con il corso di fotografia.", title="support", due=70),
        agree(56, "18:00", SH, "a1", "sign"),
        stage(56, "18:30", SH, "response", "C'è un accordo firmato, anche dalla madre."),
        agree(28, "18:00", SH, "a1", "review", "Niente petardi da tre settimane. Dal custode è andato due sabati su quattro.", title="partly"),
        agree(20, "10:00", SH, "a1", "breach", "Due petardi la sera della partita: lo ha detto lui, prima degli altri."),
        agree(19, "18:00", SH, "a1", "talk", "Ne abbiamo parlato in tre. Ha chiesto scusa alla signora, senza che glielo dicessimo."),
        contact(14, "10:00", SH, "nonna", "phone", "Il cane mangia. Il ragazzo le porta su la spesa.", next_days=14),
        number=9),
)  # fmt: skip
