"""What people say of noise, neighbours and public space.

One block a kind: `=` title, `-` what happens, `+` a detail, `!` what it does to people. A season in brackets keeps
a sentence for that season. Slots: {dove} {alle} {fino} {da} {quando} {volte} {n}.
"""

BLOCKS = {
    "rumore-notturno": """
= Rumore di notte {dove}
= Musica fino a tardi, {dove}
= Non si dorme {dove}
= Passi e mobili spostati di notte {dove}
= Festa dopo la mezzanotte {dove}
- Dal piano di sopra la musica va avanti {fino}.
- Spostano i mobili {alle}, si sente strisciare sul pavimento per mezz'ora.
- C'è gente che balla e batte i piedi {fino}, {volte}.
- La televisione è così alta che si capiscono le parole, {fino}.
- {quando} hanno cominciato a ridere e parlare forte {alle} e non hanno più smesso.
- Una lavatrice gira di notte, parte sempre {alle}.
- I bassi fanno vibrare il letto, {volte}.
- Qualcuno corre avanti e indietro per il corridoio {alle}, come se fosse giorno.
- Sbattono la porta dell'appartamento ogni volta che entrano o escono, anche {alle}.
+ Ho provato a battere sul soffitto e hanno alzato il volume.
+ Ho suonato il campanello una volta, mi hanno detto che è casa loro.
+ Nel palazzo siamo in {n} famiglie a sentirlo.
+ Credo che lavorino su turni, ma così non si vive.
+ [estate] Con le finestre aperte sembra di averli in camera.
+ L'amministratore dice che non può farci niente.
+ Sono gentili quando li incontro per le scale, però poi la notte è sempre uguale.
+ Il palazzo ha i muri sottili, lo so, ma c'è un limite.
+ Va avanti {da}.
! Mi alzo alle cinque per andare al lavoro.
! La bambina si sveglia e piange.
! Mio marito è malato di cuore e ha bisogno di riposare.
! Sono {n} notti che dormo tre ore.
! Mio figlio ha l'esame e non riesce a studiare né a dormire.
""",
    "schiamazzi": """
= Schiamazzi {dove}
= Urla e cori di notte {dove}
= Gruppo rumoroso {dove}
= Confusione fino a tardi {dove}
= Ragazzi che gridano {dove}
- Un gruppo di una quindicina di persone si ferma {dove} e urla {fino}.
- {quando} cantavano e battevano sulle panchine {alle}.
- Ragazzi e ragazze con una cassa, risate e grida {fino}, {volte}.
- Si chiamano da una parte all'altra della strada, {alle} sembrava mezzogiorno.
- Litigano tra loro, poi si rincorrono, poi ricominciano; {quando} è durato {fino}.
- Accendono petardi e ridono quando parte l'allarme delle macchine.
- Arrivano verso le dieci con i monopattini e restano {fino}.
- Fischi, cori da stadio e bottiglie che rotolano, {fino}.
+ Non sono cattivi, ma nessuno dice loro niente.
+ Saranno in {n}, sempre gli stessi motorini.
+ [estate] Con questo caldo si tengono le finestre aperte e si sente ogni parola.
+ Quando passa una pattuglia se ne vanno e dopo dieci minuti tornano.
+ Ho contato {n} serate negli ultimi quindici giorni.
+ Alcuni sono proprio ragazzini, avranno quattordici anni.
+ Una volta c'era l'educatore che si fermava con loro e andava meglio.
+ Lasciano per terra lattine e cartoni di pizza.
! Qui di fronte abitano molti anziani.
! Ho due bambini piccoli che non dormono.
! Chi deve uscire per il turno delle sei è distrutto.
! Mia madre ha paura ad affacciarsi.
""",
    "musica-locali": """
= Musica alta del locale {dove}
= Clienti del bar fino a notte {dove}
= Karaoke e casse all'aperto {dove}
= Il dehors non chiude mai, {dove}
- La musica del locale resta accesa {fino} con le porte aperte.
- I clienti stanno fuori a bere e parlare forte {fino}.
- Hanno messo due casse fuori dalla porta e i bassi si sentono fino al terzo piano.
- {quando} c'era il karaoke, è finito {alle}.
- Quando chiude, {alle}, tirano giù la serranda e trascinano i tavolini di ferro.
- Scaricano le bottiglie vuote nel bidone del vetro {alle}.
+ Ho parlato con il gestore, ha abbassato per due sere e poi basta.
+ L'ordinanza dice mezzanotte, se non sbaglio.
+ [estate] D'estate i tavolini raddoppiano e non si passa nemmeno.
+ Non voglio che chiudano, voglio che rispettino l'orario.
+ Siamo in {n} ad aver firmato un foglio.
+ Il proprietario è una brava persona, il problema sono i clienti del venerdì.
! Abito sopra e dormo con i tappi.
! La camera dei bambini dà proprio lì.
! Ho dovuto spostare il letto in sala.
""",
    "allarmi-impianti": """
= Allarme che suona {dove}
= Ventola rumorosa {dove}
= Condizionatore che vibra {dove}
= Impianto acceso giorno e notte {dove}
- L'allarme suona da solo, {volte}, e nessuno viene a spegnerlo.
- La ventola della cucina resta accesa {fino} e fa un ronzio continuo.
- Il motore del condizionatore fa vibrare il muro della camera.
- {quando} la sirena è andata avanti quasi un'ora, {alle}.
- C'è un compressore che parte ogni dieci minuti, anche di notte.
- Le celle frigo sul retro fischiano, si sente soprattutto {alle}.
+ Il negozio è chiuso {da} e il numero sul cartello non risponde.
+ Ho registrato con il telefono, se serve lo mando.
+ [estate] Da quando fa caldo non si spegne più.
+ Avevano promesso una griglia antirumore.
+ I tecnici sono venuti {n} volte e non è cambiato niente.
! È come avere un aereo in camera.
! Ho mal di testa tutte le mattine.
! Il cane impazzisce e sveglia tutto il palazzo.
""",
    "conflitto-vicini": """
= Lite tra vicini {dove}
= Dispetti sul pianerottolo, {dove}
= Non ci parliamo più, {dove}
= Discussione continua per il posto auto {dove}
= Problemi con chi abita accanto, {dove}
- Ogni scusa è buona per litigare: il posto auto, lo zerbino, i panni stesi.
- {quando} mi hanno messo i sacchetti davanti alla porta.
- Mi rigano la bicicletta e buttano le cicche sul mio balcone.
- Abbiamo discusso per le scale {alle} e sono uscite parole brutte da tutte e due le parti.
- Il vicino chiude il cancello apposta quando vede che arrivo.
- La siepe sul confine è diventata una guerra, {volte} c'è una discussione.
- Hanno staccato il cartello delle pulizie e danno la colpa a noi.
- Per il rumore dei bambini ci battono sul muro anche alle sei di sera.
+ Una volta eravamo in buoni rapporti, va avanti così {da}.
+ Accetterei di parlarci, se ci fosse qualcuno in mezzo.
+ L'avvocato costa troppo e non voglio arrivare lì.
+ Anche l'amministratore si è stancato.
+ Non voglio denunciare nessuno, voglio che finisca.
+ La signora è da sola e forse ha le sue ragioni, ma con me non vuole parlare.
+ Ci sono di mezzo anche i figli, che andavano a scuola insieme.
! Esco di casa guardando dallo spioncino.
! Mia moglie non vuole più scendere in cortile.
! Stiamo pensando di cambiare casa.
! Ho l'ansia ogni volta che sento il portone.
""",
    "odori-fumi": """
= Odore forte {dove}
= Fumo nelle finestre {dove}
= Puzza di vernice {dove}
= Odore di fritto per tutta la scala, {dove}
- Sale un odore forte di cucina che entra dalle finestre, soprattutto {alle}.
- {quando} qualcuno ha bruciato foglie e plastica, il fumo è rimasto fino a sera.
- Si sente odore di solvente o vernice {volte}.
- La canna del locale scarica all'altezza del secondo piano.
- [estate] Fanno la griglia sul balcone {volte} e il fumo va tutto in camera.
- [inverno] La stufa del vicino butta fuori un fumo nero e denso.
- Dai bidoni dell'umido arriva un odore insopportabile.
+ Con il vento da nord è anche peggio.
+ I panni stesi vanno rilavati.
+ Non so se siano sostanze pericolose, vorrei che qualcuno controllasse.
+ L'ho chiesto con gentilezza e mi hanno risposto male.
+ Il regolamento di condominio lo vieterebbe.
! Mio padre ha l'ossigeno e deve stare a finestre chiuse.
! La bambina ha l'asma.
! Non si può tenere aperto nemmeno un'ora.
""",
    "cani-che-abbaiano": """
= Cane che abbaia {dove}
= Cani lasciati soli sul balcone {dove}
= Abbaiano tutta la notte {dove}
- Il cane resta sul balcone da solo e abbaia {fino}.
- Sono due cani, uno comincia {alle} e l'altro gli va dietro.
- {quando} ha guaito per ore, i padroni non c'erano.
- Appena passa qualcuno sul marciapiede si scatena, {volte}.
- Abbaia ogni volta che l'ascensore si ferma al piano.
+ Non ce l'ho con l'animale, poveretto, ce l'ho con chi lo lascia lì.
+ Ho lasciato un biglietto nella cassetta, nessuna risposta.
+ I padroni lavorano tutti e due e forse non se ne accorgono.
+ Il sabato è peggio, vanno via la mattina e tornano la sera.
+ Siamo in {n} nel palazzo a lamentarci.
! Lavoro da casa e non riesco a stare al telefono.
! Faccio le notti in ospedale e di giorno devo dormire.
! Il piccolo si sveglia dal riposino tutte le volte.
""",
    "parti-comuni": """
= Cortile usato come deposito {dove}
= Biciclette nell'androne {dove}
= Roba sul pianerottolo {dove}
= Uso del cortile, {dove}
- Nell'androne ci sono {n} biciclette e un passeggino: non si passa con la carrozzina.
- Il pianerottolo è diventato un ripostiglio, scatole fino al soffitto.
- Lavano la macchina in cortile {volte} e l'acqua va nelle cantine.
- {quando} hanno montato una piscina gonfiabile in mezzo al cortile.
- I panni stesi nel cortile coprono l'uscita.
- Qualcuno tiene il motorino nel vano scale e si sente odore di benzina.
- La sala comune resta chiusa e la chiave ce l'ha una persona sola.
+ Se c'è un'emergenza la barella non passa.
+ Abbiamo messo un cartello, è durato due giorni.
+ Alla riunione erano tutti d'accordo, poi non è cambiato niente.
+ C'era una regola scritta, ma nessuno la trova più.
+ Basterebbe una rastrelliera fuori.
! Mia sorella usa il deambulatore e resta bloccata.
! I bambini non hanno più dove giocare.
! Ci sentiamo ospiti a casa nostra.
""",
    "acqua-dal-piano-sopra": """
= Acqua dal balcone di sopra {dove}
= Perdita dal piano di sopra {dove}
= Sbattono le tovaglie {dove}
- Annaffiano le piante e l'acqua cade sui panni e sul tavolo, {volte}.
- Dal soffitto del bagno gocciola {da} e la macchia si allarga.
- Sbattono le tovaglie dalla finestra {alle} e le briciole finiscono da me.
- Lavano il balcone a secchiate, {quando} mi sono trovata la cucina bagnata.
- Lo scarico del condizionatore gocciola sul davanzale giorno e notte.
- Mozziconi e pezzi di carta arrivano dal balcone sopra.
+ L'assicurazione chiede chi è il proprietario e non me lo dicono.
+ Ho già imbiancato {n} volte.
+ La signora di sopra è anziana e dice che non è lei.
+ Ho le foto, con la data.
! Ho paura per l'impianto elettrico.
! Non posso più stendere.
! Si è rovinato il mobile di mia madre.
""",
    "minacce": """
= Minacce dal vicino {dove}
= Insulti e minacce {dove}
= Ho ricevuto minacce {dove}
- {quando} mi ha detto che prima o poi me la fa pagare.
- Mi ha aspettato sul portone {alle} e mi ha insultato davanti a mio figlio.
- Trovo biglietti con frasi offensive nella cassetta delle lettere, {volte}.
- Ha dato un calcio alla porta e ha gridato che ci manda via tutti.
- Ci insulta dalla finestra ogni volta che passiamo, per come siamo vestite.
- Per strada mi ha urlato di tornare al mio paese.
+ C'era un testimone, disposto a dirlo.
+ Non so se fare querela, vorrei un consiglio.
+ Va avanti {da}, per una sciocchezza.
+ Ho conservato i messaggi.
+ Forse è una persona che sta male, ma adesso ho paura.
! Non mando più i bambini da soli a buttare la spazzatura.
! Mia moglie non esce se non ci sono io.
! Ho cambiato strada per tornare a casa.
""",
    "occupazione-spazi": """
= Spazio pubblico occupato {dove}
= Tavolini sul passaggio {dove}
= Merce sul marciapiede {dove}
= Panchine sempre occupate {dove}
- I tavolini arrivano fino al bordo della strada e bisogna scendere dal marciapiede.
- Il negozio tiene le cassette di frutta sul passaggio, {volte}.
- {quando} le panchine erano tutte occupate da un gruppo che non lascia sedere nessuno.
- Hanno messo vasi e una catena per tenersi il posto davanti alla vetrina.
- Sotto il portico vendono roba stesa su teli, {alle} non si passa.
- Due furgoni fanno da magazzino e stanno lì giorno e notte.
+ Il permesso, se c'è, sarà per la metà dello spazio.
+ Con il passeggino bisogna andare in mezzo alla strada.
+ Basterebbe che si stringessero un po'.
+ Agli altri negozianti non va bene, perché loro pagano.
+ Una volta qui si fermavano i nonni con i nipoti.
! Una signora cieca che conosco non passa più di qui.
! Gli anziani hanno smesso di venire.
""",
    "pallone-giochi": """
= Pallonate {dove}
= Ragazzi che giocano a pallone {dove}
= Pallone contro le saracinesche {dove}
- Giocano a pallone {fino} contro il muro del palazzo.
- {quando} una pallonata ha rotto il vetro della porta.
- Sono una decina di ragazzi, usano la saracinesca del garage come porta, {volte}.
- Il pallone finisce nei giardini e scavalcano per riprenderlo.
- [estate] Da quando è finita la scuola giocano dalle tre del pomeriggio {fino}.
+ Sono bambini e devono giocare, ma non c'è un campo aperto.
+ Il cancello del campetto è chiuso con il lucchetto {da}.
+ Un signore li sgrida e loro rispondono, poi diventa una lite.
+ Se si mettessero d'accordo sugli orari andrebbe bene a tutti.
+ Gli ho parlato io: sono stati educati, ma il giorno dopo era uguale.
! Mia suocera è stata presa a una spalla.
! Chi fa i turni non riposa mai.
! I fiori del cortile sono distrutti.
""",
    "alcol-in-strada": """
= Gente che beve {dove}
= Bottiglie e ubriachi {dove}
= Consumo di alcol {dove}
- Comprano le birre al minimarket e le bevono seduti sui gradini {fino}.
- {quando} in {n} bevevano sulle panchine già {alle}.
- Un uomo ubriaco dormiva davanti al portone, abbiamo dovuto scavalcarlo.
- Bevono, poi litigano tra di loro e volano le bottiglie.
- Chiedono soldi e sigarette a chi passa, {volte}.
+ C'è un'ordinanza sul vetro, ma la bottiglia la vendono lo stesso.
+ Qualcuno di loro avrebbe bisogno di aiuto più che di una multa.
+ La mattina è tutto da pulire.
+ Di giorno sono tranquilli, cambia dopo il tramonto.
! Le ragazze che tornano dall'allenamento fanno il giro largo.
! I clienti non entrano più in negozio.
! Ho paura quando chiudo bottega.
""",
    "bivacchi": """
= Bivacco {dove}
= Coperte e materassi {dove}
= Fuoco acceso {dove}
- Ci sono coperte, un materasso e resti di cibo {dove}.
- {quando} avevano acceso un fuoco dentro un bidone.
- Qualcuno si è sistemato nel sottoscala, entra {alle} e va via prima di giorno.
- Hanno montato una tenda dietro la siepe, {da}.
- Cucinano con un fornelletto a gas vicino alle auto.
+ [inverno] Con questo freddo non so come facciano.
+ Non danno fastidio, ma il fuoco è pericoloso.
+ Sono in {n}, credo lavorino nei campi.
+ Bisognerebbe offrirgli un posto, non solo mandarli via.
! I bambini della scuola passano lì davanti.
! Chi scende in garage ha paura di trovarsi qualcuno davanti.
""",
    "monopattini": """
= Monopattini sul marciapiede {dove}
= Biciclette sotto i portici {dove}
= Monopattini lasciati per terra {dove}
- Passano a tutta velocità sul marciapiede, anche in due, {volte}.
- {quando} un monopattino mi ha sfiorato uscendo dal portone.
- Lasciano i monopattini di traverso e chi ha la carrozzina non passa.
- Sotto i portici le biciclette corrono in mezzo alla gente, soprattutto {alle}.
+ All'uscita di scuola è un gioco, fanno le gare.
+ Un cartello c'è, ma è piccolo e girato.
+ Una signora è caduta {n} giorni fa.
! Mia madre ha ottant'anni e ha smesso di uscire da sola.
! Tengo il bambino per il cappuccio finché non siamo a casa.
""",
}
