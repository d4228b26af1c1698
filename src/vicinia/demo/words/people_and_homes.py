"""What people say of persons in difficulty, safety, homes and sites. The marks are explained in quiet_and_neighbours."""

BLOCKS = {
    "anziano-solo": """
= Persona anziana sola {dove}
= Non vedo più la vicina, {dove}
= Signora anziana in difficoltà {dove}
= Tapparelle sempre giù {dove}
- La signora del piano terra non apre più le tapparelle, {da}.
- {quando} il signore di fronte si è perso tornando dal fornaio.
- La posta si accumula nella cassetta e non risponde al citofono.
- La vicina di novant'anni chiama aiuto dalla finestra {alle}, poi dice che non è niente.
- Lascia il gas aperto, è già successo {n} volte.
- È caduta in casa e non l'ha detto a nessuno.
- Gira in ciabatte anche fuori e chiede sempre che giorno è.
+ Ha una figlia che abita lontano, non ho il numero.
+ Gli porto io la spesa, ma parto per un mese.
+ Non vuole estranei in casa, con me invece parla.
+ [inverno] In casa fa freddo, credo non accenda per risparmiare.
+ [estate] Con questo caldo sta chiusa senza ventilatore.
+ È vedovo {da} e non ha più nessuno.
! Mi sento in colpa se non dico niente.
! Ho paura di trovarla per terra.
! Tutto il pianerottolo si è affezionato e non sa cosa fare.
""",
    "persona-in-difficolta": """
= Famiglia in difficoltà {dove}
= Una persona ha bisogno di aiuto {dove}
= Persona confusa {dove}
= Hanno staccato la luce a una famiglia {dove}
- {quando} un uomo parlava da solo in mezzo alla strada e non si faceva avvicinare.
- Alla famiglia del secondo piano hanno staccato la luce, ci sono due bambini.
- Una mamma mi ha detto che tra {n} settimane ha lo sfratto.
- Ha perso il lavoro e da allora beve, {volte} lo troviamo sulle scale.
- Una ragazza piangeva {dove}, non capiva l'italiano.
- Non prende più le sue medicine, lo dice lei stessa.
- Accumula giornali e sacchi fino alla porta, non si apre più.
+ Non vuole andare dai servizi perché ha vergogna.
+ Parla poco italiano, ma capisce il francese.
+ La parrocchia la aiuta con la spesa.
+ Non chiedo di fare niente contro di lui, solo di andarlo a vedere.
+ I bambini vengono a mangiare da noi.
! Non sappiamo più come aiutare.
! Ho paura che si faccia del male.
""",
    "senza-dimora": """
= Persona che dorme fuori {dove}
= Uomo senza casa {dove}
= Dorme al freddo {dove}
- C'è un uomo che dorme sotto il portico, {da}.
- {quando} una donna con una valigia era seduta {dove} e tremava.
- Due ragazzi dormono nella macchina con i finestrini coperti.
- Dorme nell'atrio, entra {alle} e la mattina pulisce dove è stato.
- Chiede solo di caricare il telefono.
+ [inverno] Stanotte va sotto zero.
+ Ha una brutta tosse.
+ Gli ho portato del tè, dice che ha lavorato qui vicino per anni.
+ Rifiuta il dormitorio perché ha un cane.
+ Non dà fastidio a nessuno, voglio che sia chiaro.
! Non riesco a passare e far finta di niente.
! Qualcuno nel palazzo ha detto cose brutte e temo che lo caccino in malo modo.
""",
    "ragazzi-soli": """
= Bambini lasciati soli {dove}
= Ragazzini soli {dove}
= Bambini per strada fino a tardi {dove}
- Due bambini di sei o sette anni stanno in cortile da soli {fino}.
- {quando} c'erano {n} ragazzini {dove}, senza nessun adulto.
- La bambina resta seduta sulle scale finché non torna qualcuno, {volte}.
- Il ragazzo grande accudisce i fratellini e non va più a lezione.
- Un gruppetto sale sul tetto del garage.
+ La mamma fa le pulizie la sera e non sa a chi lasciarli.
+ Il doposcuola ha la lista d'attesa.
+ Sono bambini educati, hanno solo bisogno di qualcuno.
+ La maestra mi ha detto che le assenze sono tante.
! Un giorno o l'altro si fanno male.
! Dalla mia finestra li tengo d'occhio, ma non posso sempre.
""",
    "violenza-in-casa": """
= Urla e colpi da un appartamento {dove}
= Ho paura per la vicina, {dove}
= Liti violente {dove}
- Si sentono urla di uomo, colpi e una donna che piange, {volte}.
- {quando} {alle} lei ha gridato aiuto e poi silenzio.
- La vicina aveva un livido in faccia e ha detto che è caduta.
- I bambini escono sulle scale e si tappano le orecchie.
- Le tiene il telefono e le chiavi, me l'ha confidato.
+ Chiedo che non si sappia che ho chiamato io.
+ {quando} ho chiamato il 112, quando sono arrivati era tutto tranquillo.
+ Lei lavora la mattina, si potrebbe incontrarla senza di lui.
+ Non parla bene italiano.
! Non dormo pensando a quello che succede lì.
! Ho paura per i bambini.
""",
    "spaccio": """
= Movimenti sospetti {dove}
= Si spaccia {dove}
= Via vai continuo {dove}
- C'è un via vai di persone che si fermano un minuto e ripartono, {volte}.
- {quando} ho visto uno scambio, soldi e una bustina, {alle}.
- Nascondono qualcosa nel muretto e altri vengono a prenderlo.
- Arrivano in bicicletta, fanno un fischio e aspettano.
- Vendono ai ragazzi all'uscita di scuola.
+ Non voglio che compaia il mio nome.
+ Succede quando la luce è spenta.
+ Alcuni dei ragazzi li ho visti crescere.
+ Se serve posso dire gli orari, li ho scritti.
! Non lascio più scendere mia figlia.
! Ho paura di ritorsioni.
""",
    "furti-cantine": """
= Furti nelle cantine {dove}
= Hanno forzato il garage {dove}
= Bicicletta rubata {dove}
= Qualcuno è entrato {dove}
- {quando} hanno forzato {n} cantine.
- Mi hanno portato via la bicicletta dal cortile, era legata.
- La serratura del portone è stata forzata {alle}.
- Provano le maniglie delle macchine, li abbiamo visti dalla finestra.
- Hanno tagliato la rete e portato via gli attrezzi dell'orto.
+ La denuncia l'ho fatta, ma volevo dirlo anche a voi.
+ La telecamera del negozio di fronte dovrebbe aver visto.
+ C'era un segno con il gesso vicino al campanello.
+ Serve spiegare alla gente come chiudere.
! Ora dormiamo con le chiavi nella toppa.
! La bici serviva a mio marito per il lavoro.
""",
    "truffe": """
= Tentata truffa {dove}
= Finto tecnico {dove}
= Finto carabiniere al telefono, {dove}
- {quando} un finto tecnico dell'acqua voleva entrare {alle}.
- Hanno telefonato a mia madre dicendo che il nipote aveva avuto un incidente.
- Due persone ben vestite chiedono di vedere l'oro per un controllo.
- Vendono contratti e fanno firmare senza spiegare.
- Un uomo diceva di essere del Comune e di dover vedere la bolletta.
+ Non ha aperto, è stata brava.
+ Le hanno portato via {n}00 euro e si vergogna a dirlo.
+ Potreste venire a parlarne al centro anziani.
+ Nello stesso giorno è successo anche nella scala accanto.
! Da allora non risponde più nemmeno a me.
! Mio nonno piange e dice che è colpa sua.
""",
    "molestie": """
= Molestie in strada {dove}
= Sono stata seguita {dove}
= Commenti e fischi {dove}
- {quando} un uomo mi ha seguita dalla fermata fin quasi a casa.
- Fanno commenti pesanti a ogni ragazza che passa, {volte}.
- Uno si è messo davanti e non mi lasciava passare, {alle}.
- Fotografano le studentesse alla fermata.
+ Sono entrata in un negozio e ho aspettato.
+ È successo anche a due mie amiche.
+ Non saprei riconoscerlo, era buio.
+ Mi farebbe piacere parlare con una donna.
! Adesso mi faccio venire a prendere.
! Non mi sento più libera di uscire.
""",
    "edificio-abbandonato": """
= Edificio abbandonato {dove}
= Gente nella casa vuota {dove}
= Casa pericolante {dove}
- Nella casa vuota entra gente, la rete è tagliata {da}.
- {quando} si vedeva una luce dentro {alle}.
- Dal tetto cadono tegole sul marciapiede.
- Il capannone è aperto e i ragazzi ci salgono per fare le foto.
- Hanno attaccato un filo alla luce del palo.
+ Il cancello era chiuso con una catena che ora non c'è.
+ Dicono che è di una società fallita.
+ Potrebbe diventare qualcosa di utile per il quartiere.
+ Dentro potrebbe esserci qualcuno che ha bisogno.
! Ho paura di un incendio, la mia casa è attaccata.
! I miei figli ci passano davanti ogni giorno.
""",
    "ascensore": """
= Ascensore fermo {dove}
= Ascensore guasto da giorni {dove}
= Bloccati nell'ascensore {dove}
- L'ascensore è fermo {da}, il cartello dice solo guasto.
- {quando} una signora è rimasta chiusa dentro quasi un'ora.
- Si ferma tra un piano e l'altro e fa un rumore di ferro.
- Lo riparano e dopo {n} giorni è di nuovo fermo.
- Il pulsante del piano terra non funziona.
+ Abitiamo al quinto piano.
+ Il tecnico dice che manca un pezzo.
+ Nessuno ha avvisato, l'ho scoperto con le borse in mano.
+ Nella scala ci sono {n} persone con più di ottant'anni.
! Mio padre deve fare la dialisi e lo portiamo giù a braccia.
! Con il passeggino e la spesa non ce la faccio.
! Il signore del quarto non esce da allora.
""",
    "luci-scale": """
= Scale al buio {dove}
= Luce del cortile spenta {dove}
= Luce delle scale che non va {dove}
- La luce delle scale non si accende {da}.
- {quando} una signora ha mancato il gradino al buio.
- Il timer è troppo corto, si spegne prima del secondo piano.
- Nel corridoio delle cantine non funziona nessuna lampadina.
- I neon del cortile lampeggiano tutta la notte.
+ Ho cambiato io due lampadine, ma salta tutto.
+ Ho scritto all'ente e mi hanno dato un numero di pratica.
+ [inverno] Alle cinque è già buio e i bambini tornano a quell'ora.
! Scendo con la torcia.
! Ho paura di trovare qualcuno.
""",
    "porta-citofono": """
= Portone che non chiude {dove}
= Citofono muto {dove}
= Porta che sbatte {dove}
- Il portone non chiude più e di notte entra chiunque.
- La porta sbatte ogni volta che passa qualcuno, si sente fino al terzo piano.
- Il citofono non funziona, {da}, e il postino non consegna.
- {quando} hanno forzato la serratura e ora è legata con uno spago.
- Il vetro della porta è rotto, hanno messo un cartone.
+ Basterebbe un chiudiporta nuovo.
+ La chiave nuova l'hanno data solo a metà delle famiglie.
+ L'ambulanza ha aspettato {n} minuti che qualcuno scendesse.
+ Il portone sta aperto con un sasso perché le chiavi non bastano.
! Al piano terra si sente ogni colpo nella testa.
! Mia zia vive sola e ha messo una sedia contro la porta.
""",
    "pulizia-scale": """
= Scale sporche {dove}
= Nessuno pulisce {dove}
= Androne sporco {dove}
- Le scale non vengono lavate {da}.
- {quando} c'era del sangue e nessuno ha pulito.
- Nell'androne ci sono volantini e cicche.
- La ditta viene, passa lo straccio in cinque minuti e va via.
- Il vano dei bidoni è pieno di liquido che cola.
+ Noi paghiamo le spese come tutti.
+ Un tempo si faceva a turno, e funzionava.
+ I turni li rispettano solo {n} famiglie.
! Ci si litiga tra piani per colpa di questo.
! Mia figlia si vergogna a invitare le amiche.
""",
    "umidita": """
= Muffa in casa {dove}
= Termosifoni freddi {dove}
= Infiltrazioni {dove}
= Caldaia guasta {dove}
- La camera dei bambini ha la muffa fino al soffitto.
- [inverno] I termosifoni sono freddi {da}, in casa ci sono quindici gradi.
- {quando} l'acqua scendeva dal lampadario.
- La caldaia va in blocco {volte}.
- Gli infissi non chiudono e piove dentro.
- Il bagno è inutilizzabile, il pavimento si è alzato.
+ Sono venuti a fare le foto e poi non si è più visto nessuno.
+ La pratica è aperta, numero non lo so.
+ Abbiamo imbiancato {n} volte con la vernice antimuffa.
+ Hanno detto che lo faranno con il cantiere, ma quando?
! Il piccolo ha sempre la bronchite.
! Dormiamo tutti in una stanza.
""",
    "cantiere-rumore-polvere": """
= Polvere del cantiere {dove}
= Rumore del cantiere {dove}
= Lavori troppo presto {dove}
- Cominciano con il martello {alle}, prima dell'orario scritto sul cartello.
- La polvere entra anche a finestre chiuse.
- {quando} il ponteggio ha sbattuto tutta la notte per il vento.
- Il generatore resta acceso durante la pausa.
- Caricano le macerie senza bagnarle.
- Il telo davanti alle finestre ci tiene al buio {da}.
+ Il capocantiere è gentile, ma dice che decide l'impresa.
+ Nessuno ci ha avvisato con il foglio come la volta prima.
+ Vorremmo sapere quanto durerà ancora.
+ I lavori servono, ma ci vuole un po' di rispetto.
! La signora del secondo ha l'enfisema.
! Con la didattica a casa il bambino non riesce.
""",
    "cantiere-accessi": """
= Passaggio chiuso dal cantiere {dove}
= Transenne {dove}
= Non si entra più dal portone {dove}
- Le transenne chiudono il marciapiede e bisogna attraversare due volte.
- {quando} il camion ha bloccato l'uscita dei garage.
- La rampa per le carrozzine è dietro la recinzione.
- La segnaletica del passaggio è caduta e nessuno la rimette.
- Hanno spostato i bidoni e nessuno ha detto dove.
- Le luci della recinzione sono spente, {alle} non si vede nulla.
+ Avevano promesso una passerella.
+ Il postino non trova più le cassette.
+ Sono {n} giorni che va avanti.
! Per andare dal medico serve un accompagnatore.
! I ragazzi scavalcano.
""",
}
