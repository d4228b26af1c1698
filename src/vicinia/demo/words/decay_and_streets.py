"""What people say of rubbish, animals, streets, lights and green. The marks are explained in quiet_and_neighbours."""

BLOCKS = {
    "abbandono-rifiuti": """
= Sacchi abbandonati {dove}
= Rifiuti fuori dai bidoni {dove}
= Discarica {dove}
= Spazzatura per terra {dove}
= Sempre sacchi neri {dove}
- Ci sono {n} sacchi neri lasciati accanto ai bidoni, {da}.
- {quando} hanno scaricato cartoni e polistirolo, pieno fino alla strada.
- Qualcuno arriva in macchina {alle} e butta i sacchi senza nemmeno scendere.
- I bidoni sono pieni e la gente appoggia tutto per terra.
- I gabbiani e i gatti aprono i sacchi e la roba finisce sul marciapiede.
- Il cassonetto dell'umido è rotto e il sacchetto resta fuori.
- Dentro i sacchi si vedono scontrini e pacchi con l'indirizzo.
- Resti di un negozio: grucce, scatole e plastica, {volte}.
+ Il lunedì è sempre così, dopo il fine settimana.
+ Quelli che non hanno la tessera lasciano tutto qui.
+ Hanno pulito giovedì e sabato era come prima.
+ [estate] Con il caldo l'odore arriva fino al secondo piano.
+ Servirebbe una telecamera, o almeno un cartello in più lingue.
+ In due palazzi nessuno ha spiegato ai nuovi arrivati come funziona.
+ È proprio l'angolo che non si vede dalla strada.
! Le finestre restano chiuse.
! Chi abita al piano terra si ritrova i topi.
! Ci vergogniamo quando viene qualcuno a trovarci.
""",
    "ingombranti": """
= Divano abbandonato {dove}
= Materassi per strada {dove}
= Frigorifero sul marciapiede {dove}
= Mobili lasciati {dove}
- C'è un divano e mezzo armadio sul marciapiede {da}.
- Hanno lasciato {n} materassi appoggiati al muro.
- Un frigorifero senza porta, con dentro ancora della roba.
- {quando} hanno svuotato una cantina e lasciato tutto lì.
- Una lavatrice e due televisori vecchi vicino alla campana del vetro.
- Tavole con i chiodi e sanitari rotti, roba di un cantiere.
+ È il trasloco del palazzo accanto, secondo me.
+ Il ritiro gratuito esiste, ma pochi lo sanno.
+ I bambini ci saltano sopra.
+ Dopo il primo pezzo tutti ne aggiungono un altro.
! Si passa solo dalla strada.
! Qualcuno finirà per dargli fuoco.
""",
    "vandalismo": """
= Vandalismo {dove}
= Danni {dove}
= Hanno spaccato tutto {dove}
- {quando} hanno divelto due panchine e rotto la fontanella.
- Hanno dato fuoco a un cestino, è rimasta la plastica sciolta.
- Gli specchietti di {n} macchine in fila sono rotti.
- La pensilina della fermata è in pezzi, ci sono vetri ovunque.
- Hanno staccato i cartelli e li hanno buttati nel fosso.
- Le porte degli spogliatoi sono sfondate.
- Le fioriere nuove sono rovesciate, le piante strappate.
+ È successo {alle}, ho sentito i colpi.
+ È la terza volta in un anno.
+ Gli alberelli li avevano piantati i bambini della scuola.
+ Nessuno ha visto niente, ma si conoscono tutti.
! Fa passare la voglia di curare le cose.
! I nonni non sanno più dove sedersi.
""",
    "scritte-sui-muri": """
= Scritte sul muro {dove}
= Muri imbrattati {dove}
= Scritte offensive {dove}
- Il muro appena ridipinto è pieno di scritte, {da}.
- {quando} sono comparse scritte offensive contro una famiglia.
- Hanno fatto tag con la bomboletta su {n} saracinesche di fila.
- Sul sottopasso c'è una scritta con insulti, alta due metri.
- La targa è stata coperta di vernice.
+ Pulire costa e dopo una settimana sono di nuovo lì.
+ Se gli dessero un muro vero da dipingere, forse.
+ La scritta ha una firma che si vede anche altrove.
! I bambini chiedono che cosa vuol dire.
! Per chi è preso di mira è una ferita.
""",
    "siringhe": """
= Siringhe {dove}
= Trovate siringhe {dove}
= Siringa vicino ai giochi, {dove}
- Ci sono {n} siringhe tra l'erba, una con l'ago scoperto.
- {quando} ho trovato una siringa sotto la panchina.
- Siringhe e stagnola bruciata dietro la cabina elettrica, {volte}.
- Nel vano delle cantine ci sono siringhe e cucchiai.
- Un bambino stava per raccogliere una siringa vicino all'altalena.
+ Non le ho toccate, ho messo sopra un vaso.
+ Il posto è buio e non si vede dalla strada.
+ Viene una persona sola, {alle}, sempre con lo stesso zaino.
+ Vorrei che ci fosse qualcuno anche per chi le usa.
! Le maestre hanno smesso di portarci i bambini.
! Il cane poteva farsi male.
""",
    "vetri-rotti": """
= Vetri rotti {dove}
= Bottiglie spaccate {dove}
= Cocci per terra {dove}
- Il marciapiede è pieno di vetri, {quando} erano ancora lì.
- Bottiglie spaccate sulla pista ciclabile, ho bucato.
- I cocci sono nella sabbia dei giochi e non si vedono.
- Dopo ogni sabato ci sono vetri rotti {dove}.
- Hanno lanciato {n} bottiglie contro il muro.
+ Ho raccolto i pezzi più grossi con la scopa.
+ Il cestino più vicino è a duecento metri.
+ Le vendono fino a tardi, in vetro, proprio lì accanto.
! Il mio cane si è tagliato una zampa.
! I bambini qui giocano scalzi.
! La carrozzina ha forato.
""",
    "sporcizia": """
= Odore di urina {dove}
= Angolo usato come bagno {dove}
= Sporco e cattivo odore {dove}
- L'angolo viene usato come bagno, {volte}.
- {quando} c'era sporco fino alla soglia del negozio.
- Il sottopasso puzza e per terra c'è di tutto.
- Sotto il portico nessuno lava {da}.
- Il guano dei piccioni copre i gradini.
+ Il bagno pubblico chiude alle sette.
+ Lavo io davanti alla mia vetrina, ma non basta.
+ Dopo il mercato resta così fino al giorno dopo.
+ Basterebbe una luce, al buio se ne approfittano.
! I clienti fanno la faccia schifata.
! Chi scende dal treno vede questo per prima cosa.
""",
    "deiezioni-cani": """
= Escrementi di cane {dove}
= Cacche sul marciapiede {dove}
= Padroni che non raccolgono {dove}
- Il marciapiede è pieno di escrementi, bisogna fare lo slalom.
- {quando} ne ho contati {n} in cinquanta metri.
- Lasciano il sacchetto chiuso appeso alla siepe.
- I cani vengono lasciati liberi nel prato dei bambini, {volte}.
- Passano {alle}, quando non li vede nessuno.
+ Il distributore dei sacchetti è vuoto {da}.
+ Ho un cane anch'io e raccolgo sempre.
+ Una persona anziana è scivolata.
+ Basterebbe un'area recintata, ce n'è lo spazio.
! Mio figlio torna da scuola con le scarpe sporche.
! Con la sedia a rotelle ti resta sulle mani.
""",
    "randagi-colonie": """
= Gatti randagi {dove}
= Colonia felina {dove}
= Cane senza padrone {dove}
= Piccioni {dove}
- I gatti sono diventati {n} o più, molti sono malati.
- {quando} girava un cane senza collare, sembrava spaventato.
- Qualcuno lascia cibo per terra e arrivano piccioni e gabbiani.
- C'è una cucciolata sotto le scale, la madre non si vede {da}.
+ La signora che li curava è in ospedale.
+ Non voglio che facciano loro del male.
+ Metà del palazzo li ama e l'altra metà no.
+ Le ciotole restano sporche per giorni.
! Le macchine sono piene di impronte e graffi, e si litiga.
! Ho paura che li investano.
""",
    "topi-insetti": """
= Topi {dove}
= Ratti vicino ai bidoni {dove}
= Blatte nelle cantine {dove}
= Vespe {dove}
- {quando} ho visto {n} topi vicino ai bidoni, di giorno.
- Nelle cantine ci sono ratti grossi, si sentono {alle}.
- Le blatte escono dai tombini e arrivano al primo piano.
- [estate] Le zanzare sono insopportabili, c'è acqua ferma nel cortile accanto.
- [estate] C'è un nido di vespe sotto il tetto della pensilina.
- I topi escono dalla casa vuota e girano nel giardino dell'asilo.
+ Hanno messo le esche l'anno scorso, poi più niente.
+ Finché c'è spazzatura non andranno via.
+ Il canale è vicino e arrivano da lì.
! Non apro più la finestra del bagno.
! Le mamme hanno paura per i bambini.
""",
    "animali-maltrattati": """
= Cane trascurato {dove}
= Cane alla catena {dove}
= Animale lasciato solo {dove}
- Il cane è legato a una catena corta, senza riparo, {da}.
- {quando} il cane era sul balcone senza acqua, al sole.
- Il cavallo nel recinto è molto magro.
- Hanno traslocato e il gatto è rimasto dentro, si sente miagolare {alle}.
- Lo picchiano quando abbaia, l'ho visto {n} volte.
+ Gli butto qualcosa da mangiare oltre la rete.
+ Il padrone è una persona anziana che forse non ce la fa più.
+ Ho una foto, ma non voglio problemi.
! Non riesco a guardare.
! Mia figlia piange ogni volta che passiamo.
""",
    "sosta-irregolare": """
= Sosta selvaggia {dove}
= Auto sul marciapiede {dove}
= Posto disabili occupato {dove}
= Passo carraio bloccato {dove}
- Le auto parcheggiano sul marciapiede {volte} e non si passa.
- {quando} il posto per disabili era occupato senza contrassegno.
- Doppia fila fissa {alle}, l'autobus resta bloccato.
- Un furgone bianco sta davanti al passo carraio per ore.
- All'entrata di scuola fermano in mezzo alle strisce.
- La domenica per la messa parcheggiano anche nell'aiuola.
+ Sono sempre le stesse {n} macchine.
+ Il vigile passa la mattina, il problema è la sera.
+ Il parcheggio dietro è mezzo vuoto.
+ Non chiedo multe, chiedo due paletti.
! L'ambulanza ha dovuto fare retromarcia.
! Mio marito in carrozzina resta in casa.
""",
    "velocita": """
= Auto troppo veloci {dove}
= Corse di notte {dove}
= Attraversamento pericoloso {dove}
- Le macchine corrono anche davanti alla scuola, {alle} è terribile.
- {quando} due auto facevano una gara, {alle}.
- Nessuno si ferma alle strisce.
- Le moto usano il rettilineo per provare le marce, {fino}.
- I furgoni delle consegne tagliano in contromano, {volte}.
+ Il limite è trenta ma nessuno ci crede.
+ Un gatto a settimana, e prima o poi sarà una persona.
+ Con un dosso o un'isola in mezzo cambierebbe tutto.
+ Abbiamo fatto una prova con la pistola dei vigili, anni fa.
! I bambini non vanno più a scuola da soli.
! Mia nonna aspetta dieci minuti per attraversare.
""",
    "veicolo-abbandonato": """
= Auto abbandonata {dove}
= Furgone fermo da mesi {dove}
= Motorino senza targa {dove}
- C'è una macchina con le gomme a terra, ferma {da}.
- Un furgone senza assicurazione occupa due posti.
- {quando} hanno rotto il finestrino e ora ci dorme qualcuno.
- Due motorini smontati legati al palo.
- Una roulotte vecchia, con dentro sacchi.
+ Ha già un verbale sul vetro, ormai scolorito.
+ Intorno si accumula la sporcizia.
+ Il proprietario dovrebbe essere uno che si è trasferito.
! Qui il parcheggio manca già così.
! I ragazzini ci salgono sopra.
""",
    "marciapiedi": """
= Marciapiede rotto {dove}
= Buca {dove}
= Gradino che blocca le carrozzine {dove}
- Il marciapiede è sollevato dalle radici, ci sono inciampati in {n}.
- {quando} una signora è caduta nella buca.
- La rampa finisce contro un palo.
- Manca il tombino, hanno messo una transenna {da}.
- Le mattonelle del portico ballano e quando piove schizzano.
- [inverno] Nell'angolo si forma sempre il ghiaccio.
+ L'avevo già detto a voce al vigile di quartiere.
+ Hanno scavato per la fibra e richiuso male.
+ È il percorso per la Casa della comunità.
! Con il girello è impossibile.
! Si va tutti in mezzo alla strada.
""",
    "illuminazione": """
= Lampioni spenti {dove}
= Buio {dove}
= Luce che si accende e si spegne {dove}
= Tutta la via al buio, {dove}
- Ci sono {n} lampioni spenti di fila, {da}.
- {quando} {alle} era buio pesto.
- Il lampione va e viene tutta la notte e fa luce dentro la camera.
- Il passaggio pedonale non si vede, la lampada sopra è fulminata.
- Il sottopasso è senza luce e l'acqua arriva alle caviglie.
- I rami coprono la lampada, sotto è nero.
+ [inverno] Adesso alle cinque è già notte.
+ Il numero del palo si legge male, mi pare finisca con {n}.
+ Dopo il temporale non si è più riacceso.
+ È lì che si ferma la gente che non vuole farsi vedere.
! Le ragazze tornano dal turno con la torcia del telefono.
! Ho paura a portare fuori il cane.
! Gli studenti del serale passano tutti di lì.
""",
    "verde-siepi": """
= Erba alta {dove}
= Siepe che copre il passaggio {dove}
= Rami pericolosi {dove}
- L'erba è alta fino al ginocchio e dentro c'è di tutto.
- La siepe occupa metà marciapiede, {da}.
- {quando} è caduto un ramo grosso, per fortuna non c'era nessuno.
- Gli alberi nuovi sono secchi, nessuno li ha bagnati.
- La siepe toglie la vista all'incrocio.
+ Ci offriamo di tagliarla noi, se si può.
+ L'ultimo sfalcio è stato {n} settimane fa.
+ Il vicino dice che è del Comune, il Comune dice che è sua.
+ Ci sono processionarie sul pino.
! Chi esce in macchina deve buttarsi.
! Con l'allergia non si respira.
""",
    "arredi-rotti": """
= Panchina rotta {dove}
= Giochi rotti {dove}
= Fontanella che perde {dove}
- L'altalena ha una catena spezzata, {da}.
- La panchina ha perso {n} doghe e restano i bulloni.
- La fontanella perde e ha fatto una pozza.
- {quando} un bambino si è fatto male con lo scivolo.
- Il cestino è staccato dal palo e rotola in giro.
- La rete del campetto è bucata.
+ Hanno messo il nastro bianco e rosso e non si è più visto nessuno.
+ È l'unica panchina all'ombra.
+ Il falegname del quartiere la riparerebbe gratis.
! I nonni si portano la sedia da casa.
! I bambini ci vanno lo stesso.
""",
}
