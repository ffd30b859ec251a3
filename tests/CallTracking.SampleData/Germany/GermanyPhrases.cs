using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Germany;

/// <summary>Wordings of the German centre. Only characters that Windows-1252 has.</summary>
internal static class GermanyPhrases
{
    public static readonly Phrases All = new()
    {
        Joint = " ",
        Products = ["Powerbank", "Kamera", "Staubsauger", "Router", "Kopfhörer", "Rasierer", "Heizlüfter", "Drucker"],
        Shops = ["im Elektronikmarkt", "in Ihrem Onlineshop", "beim Fachhändler vor Ort", "bei einem Versandhändler", "im Möbelhaus"],
        Greetings = Phrases.Lines("""
            Guten Tag,
            Sehr geehrte Damen und Herren,
            Hallo liebes Serviceteam,
            Guten Morgen,
            ich habe ein Problem mit meinem Gerät ({product}).
            seit Jahren bin ich mit Ihren Geräten zufrieden, diesmal leider nicht.
            telefonisch komme ich nicht durch, daher schreibe ich Ihnen.
            """),
        Introductions = Phrases.Lines("""
            mein Name ist {full}.
            hier schreibt {full} aus {city}.
            ich schreibe im Auftrag meiner Mutter, das Kundenkonto läuft auf {full}.
            mein Kundenkonto hat die Adresse {email}.
            wir hatten letzte Woche telefoniert, {family} mein Name.
            registriert ist das Gerät auf {full}, {address}, {city}.
            """),
        Symptoms = Phrases.SymptomTable("""
            lädt nicht|Die {model} hing die ganze Nacht am Netz, die Anzeige blinkt nur und der Ladestand steigt nicht.
            schnell leer|Voll geladen reicht sie gerade noch für ein Handy, früher waren es drei.
            schaltet ab|Mitten im Laden schaltet sie ab und läuft erst weiter, wenn ich das Kabel neu einstecke.
            wird heiß|Beim Laden wird das Gehäuse so heiß, dass man es nicht mehr anfassen kann.
            falsche Anzeige|Die Anzeige springt von 100 % direkt auf null und das Gerät geht aus.

            unscharfe Bilder|Der Autofokus pumpt hin und her und stellt weder nah noch fern scharf.
            geht nicht an|Beim Druck auf den Einschalter passiert nichts, auch nicht mit neuem Akku.
            Bilder fehlen|Nach jeder Aufnahme kommt ein Kartenfehler, die Hälfte der Urlaubsbilder ist weg.
            Objektiv klemmt|Das Objektiv fährt nicht mehr ein und knirscht, wenn man nachhilft.
            Ton rauscht|In jedem Film ist ein lautes Brummen, Stimmen versteht man kaum.

            keine Saugkraft|Trotz gereinigter Filter bleibt der Schmutz einfach liegen.
            laute Geräusche|Das Gerät klappert so laut, dass sich die Nachbarn beschweren.
            lädt nicht in Station|In der Ladestation bleibt die Lampe dunkel und am nächsten Tag ist der Akku leer.
            Bürste steht|Die Bürste dreht sich nicht, obwohl ich alle Haare entfernt habe.
            bleibt stehen|Nach etwa {n} Minuten bleibt er stehen und muss erst abkühlen.

            Verbindung bricht ab|Das WLAN bricht {n}-mal am Tag ab und kommt nur nach einem Neustart zurück.
            Anmeldung geht nicht|Die Oberfläche nimmt mein Kennwort nicht an, auch nach dem Zurücksetzen nicht.
            zu langsam|Abends bricht die Geschwindigkeit völlig ein und Videogespräche frieren ein.
            Update scheitert|Das Update ist stehen geblieben, seither blinkt die Lampe rot.
            kein Empfang oben|Trotz Verstärker kommt im Obergeschoss nichts an.

            eine Seite stumm|Die rechte Seite ist stumm, an drei verschiedenen Handys immer gleich.
            koppelt nicht|Mein Handy findet die {model} nicht, ich habe es ein Dutzend Mal versucht.
            knistert|Bei jeder Lautstärke knistert es deutlich.
            Polster löst sich|Nach {n} Monaten löst sich das Polster und hinterlässt schwarze Krümel.
            Mikrofon zu leise|In Besprechungen hört mich niemand, obwohl das Mikrofon voll aufgedreht ist.

            Klinge stoppt|Mitten in der Rasur blieb die Klinge stehen und riss an den Haaren.
            Akku schwach|Eine Ladung hält nur {n} Minuten, ich lade jeden Tag.
            Wasser im Gerät|Angeblich wasserdicht, aber nach dem Abspülen ist die Anzeige innen beschlagen.

            heizt nicht|Trotz höchster Stufe kommt nur kalte Luft.
            schaltet ständig ab|Der Kippschutz löst alle paar Minuten aus, obwohl das Gerät eben steht.
            riecht verbrannt|Sobald er läuft, riecht es nach verschmortem Kunststoff.

            Papierstau|Es wird dauernd Papierstau gemeldet, obwohl kein Papier mehr im Gerät ist.
            falsche Farben|Blau fehlt auf jeder Seite, auch nach {n} Reinigungen.
            offline|Der Rechner meldet ihn als offline, neu einrichten hilft nicht.
            """),
        Circumstances = Phrases.Lines("""
            Gekauft habe ich es am {bought} {shop}.
            Rechnung und Karton sind noch vorhanden.
            Die Seriennummer lautet {serial}.
            Ich habe alles nach Anleitung gemacht und {n}-mal neu gestartet.
            Bis letzte Woche lief alles einwandfrei.
            Meine Schwester hat das gleiche Modell, dort gibt es keine Probleme.
            Ich brauche das Gerät täglich für die Arbeit.
            Es war schon einmal in Reparatur, nach {n} Wochen kam der Fehler wieder.
            Der Händler hat mich an Sie verwiesen.
            In den häufigen Fragen habe ich nichts Passendes gefunden.
            Das Gerät ist nie heruntergefallen und nie nass geworden.
            Anderes Kabel und andere Steckdose bringen keine Besserung.
            """),
        Dangers = Phrases.Groups("""
            Gestern Abend kam weißer Rauch aus der Seite, das ganze Zimmer roch danach.
            Beim Einstecken qualmte es, ich habe sofort den Stecker gezogen.

            Das Gehäuse ist aufgebläht und an der Naht klafft ein Spalt.
            Der Akku hat sich gewölbt, das Gerät wackelt auf dem Tisch.

            Ich habe mir beim Anfassen die Fingerspitzen verbrannt.
            Mein Sohn hat die heiße Stelle berührt und sich die Hand verbrannt.

            Beim Laden schlug eine Flamme heraus und hat den Teppich angesengt.
            Der Stecker hat gebrannt, ich musste mit einem nassen Tuch löschen.

            Am Metallteil habe ich einen Stromschlag bekommen.
            Trotz trockener Hände habe ich einen elektrischen Schlag gespürt.
            """),
        Wishes = Phrases.Lines("""
            Bitte schicken Sie mir ein Ersatzgerät.
            Ich möchte mein Geld zurück.
            Fällt das unter die Garantie?
            Was kostet eine Reparatur und wie lange dauert sie?
            Bitte teilen Sie mir mit, ob der Fehler bekannt ist.
            Können Sie das Gerät abholen? Meine Anschrift: {address}.
            Bitte richten Sie Herrn oder Frau {agent} aus, mich zurückzurufen.
            Wie soll ich jetzt vorgehen?
            """),
        Contacts = Phrases.Lines("""
            Sie erreichen mich unter {phone}, am besten nach 17 Uhr.
            Antwort bitte an {email}.
            Telefon: {phone}, E-Mail: {email}.
            Tagsüber bin ich unter {phone} erreichbar, bitte nach {family} fragen.
            Schicken Sie das Etikett bitte an {email}.
            """),
        Secrets = Phrases.Lines("""
            Zur Prüfung meiner Identität: geboren am {birth}, Nummer {secret}.
            Falls Sie die Nummer noch einmal brauchen: {secret}.
            Bitte erstatten Sie auf {secret}.
            """),
        Farewells = Phrases.Lines("""
            Mit freundlichen Grüßen, {full}
            Vielen Dank im Voraus!
            Beste Grüße, {full}
            Ich freue mich auf Ihre Antwort. {family}
            Freundliche Grüße
            """),
        Subjects = Phrases.Lines("""
            {model}: {issue}
            {product} {issue}
            Störung {model} ({issue})
            {issue}, bitte um Hilfe
            {family}, Garantiefall {model}
            Reklamation {product}
            """),
        Answers = Phrases.Lines("""
            {title} {family} angerufen. Fehlerbild: {issue}. Neustart und Zurücksetzen empfohlen.
            {title} {family} um Foto vom Typenschild gebeten.
            Anleitung an {email} geschickt, eine Woche beobachten.
            Unter {phone} auf Band gesprochen.
            Seriennummer {serial} geprüft, Garantie gilt. Abholung bei {title} {family}, {address}.
            """),
        Reactions = Phrases.Lines("""
            Alles probiert, keine Änderung.
            Danke für die schnelle Antwort, ich bringe das Paket heute zur Post.
            Ich erkläre das jetzt zum dritten Mal und möchte Ihre Leitung sprechen.
            Meine neue Nummer ist {phone}, bitte dort anrufen.
            Bis Freitag bin ich in {city}, bitte den Abholtermin ändern.
            """),
        Notes = Phrases.Lines("""
            Intern: an Technik gegeben, Charge prüfen.
            Intern: {title} {family} hatte den Fehler schon einmal gemeldet.
            Intern: {agent} wartet auf Teile, Lieferung nächste Woche.
            Intern: Kunde verärgert, Rückruf durch Teamleitung.
            """),
        Solutions = Phrases.Lines("""
            Ersatzgerät zugestellt, {title} {family} bestätigt die Funktion. Erledigt.
            Repariertes Gerät ist auf dem Rückweg.
            {full} meldet: mit den neuen Einstellungen läuft es. Erledigt.
            Erstattung veranlasst, Bestätigung an {email}.
            Update hat geholfen. Bei Wiederauftreten neue Meldung.
            """),
        Progress = Phrases.Lines("""
            {title} {family} fragt nach dem Stand, Prüfung läuft noch.
            Teil verspätet sich, Kunde unter {phone} informiert.
            {agent} hat Rückmeldung der Technik, weiteres Foto angefordert.
            Zwischenstand an {email} geschickt.
            Warten auf Antwort, Nachfrage in drei Tagen.
            """),
        Praise = Phrases.Lines("""
            Sehr freundlich und schnell.
            {agent} hat alles verständlich erklärt.
            Ging schneller als erwartet.
            """),
        Blame = Phrases.Lines("""
            Viel zu lange Wartezeit am Telefon.
            {agent} war sehr kurz angebunden.
            Alles musste ich dreimal erklären. {full}
            """),
    };
}
