using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Poland;

/// <summary>Wordings of the Polish centre. Names stand where they do not bend.</summary>
internal static class PolandPhrases
{
    public static readonly Phrases All = new()
    {
        Joint = " ",
        Products = ["powerbank", "aparat", "odkurzacz", "router", "słuchawki", "golarka", "termowentylator", "drukarka"],
        Shops = ["w Państwa sklepie internetowym", "w markecie z elektroniką", "u autoryzowanego sprzedawcy", "na platformie aukcyjnej", "w galerii handlowej"],
        Greetings = Phrases.Lines("""
            Dzień dobry,
            Szanowni Państwo,
            Witam serdecznie,
            Nie mogę się dodzwonić, więc piszę tutaj.
            Mam kłopot z urządzeniem ({product}).
            Od lat kupuję Państwa sprzęt, ale tym razem jestem zawiedziony.
            """),
        Introductions = Phrases.Lines("""
            nazywam się {full}.
            pisze {full}, {city}.
            piszę w imieniu mamy, konto jest na nazwisko {full}.
            konto ma adres {email}.
            sprzęt zarejestrowano na: {full}, {address}, {city}.
            """),
        Symptoms = Phrases.SymptomTable("""
            nie ładuje|{model} był podłączony całą noc, dioda miga, a poziom nie rośnie.
            szybko się rozładowuje|Pełny starcza ledwie na jeden telefon, kiedyś starczał na trzy.
            wyłącza się|W trakcie ładowania wyłącza się i rusza dopiero po przepięciu kabla.

            brak ostrości|Autofokus jeździ tam i z powrotem i nie łapie ostrości.
            nie włącza się|Po naciśnięciu włącznika nic się nie dzieje, także z nową baterią.
            znikają zdjęcia|Po każdym zdjęciu jest błąd karty i połowa zdjęć z urlopu przepadła.

            nie ssie|Filtry umyte, a kurz zostaje na podłodze.
            hałasuje|Urządzenie tak hałasuje, że skarżą się sąsiedzi.
            zatrzymuje się|Po jakichś {n} minutach staje i musi ostygnąć.

            zrywa połączenie|Wi-Fi znika {n} razy dziennie i wraca po restarcie.
            nie można się zalogować|Panel nie przyjmuje hasła nawet po resecie.
            bardzo wolno|Wieczorem prędkość spada i filmy stają.

            jedna strona milczy|Prawa strona milczy na trzech różnych telefonach.
            nie paruje się|Telefon nie widzi {model}, próbowałem kilkanaście razy.
            trzeszczy|Trzeszczy przy każdej głośności.

            ostrze stanęło|Ostrze stanęło w połowie golenia i szarpało.
            słaba bateria|Pełne ładowanie starcza na {n} minut.

            nie grzeje|Na najwyższym poziomie dmucha tylko zimnym powietrzem.
            czuć spaleniznę|Dziesięć minut po włączeniu czuć spaleniznę.

            zacięty papier|Papier wyjęty, a komunikat o zacięciu nie znika.
            niewidoczna|Komputer nie znajduje drukarki.
            """),
        Circumstances = Phrases.Lines("""
            Zakup {bought}, gwarancja powinna obowiązywać.
            Zakup {shop}, mam paragon.
            Numer seryjny to {serial}.
            Zgodnie z instrukcją uruchamiałem ponownie {n} razy.
            Używam od około {n} miesięcy.
            Do zeszłego tygodnia działało dobrze.
            Sprzęt nigdy nie upadł ani nie zamókł.
            Inny kabel nic nie zmienia.
            """),
        Dangers = Phrases.Groups("""
            Wczoraj wieczorem z boku poszedł biały dym.
            Po podłączeniu do gniazdka zaczęło się dymić.

            Obudowa napuchła i pękła.
            Bateria jest wybrzuszona, sprzęt kiwa się na stole.

            Dotknąłem i oparzyłem palec.
            Dziecko dotknęło gorącej części i oparzyło rękę.

            Podczas ładowania zapaliło się i spaliło obrus.
            Ze złącza wyszedł płomień, zgasiłem go.

            Metalowa część poraziła mnie prądem.
            Mimo suchych rąk poczułem porażenie prądem.
            """),
        Wishes = Phrases.Lines("""
            Proszę o wymianę na nowy.
            Proszę o zwrot pieniędzy.
            Czy obejmuje to gwarancja?
            Ile kosztuje naprawa i jak długo trwa?
            Czy mogą Państwo odebrać sprzęt? Adres: {address}.
            Proszę, żeby oddzwonił konsultant {agent}.
            Co mam teraz zrobić?
            """),
        Contacts = Phrases.Lines("""
            Mój telefon to {phone}, najlepiej po 17.
            Proszę odpisać na {email}.
            Telefon: {phone}, e-mail: {email}.
            W dzień odbieram pod {phone}.
            """),
        Secrets = Phrases.Lines("""
            Do weryfikacji: data urodzenia {birth}, numer {secret}.
            Gdyby był potrzebny, numer to {secret}.
            Proszę zwrócić na {secret}.
            """),
        Farewells = Phrases.Lines("""
            Pozdrawiam, {full}
            Z góry dziękuję!
            Z poważaniem, {full}
            Czekam na odpowiedź. {full}
            """),
        Subjects = Phrases.Lines("""
            {model}: {issue}
            {product} {issue}
            Usterka {model} ({issue})
            {full}, gwarancja {model}
            Reklamacja: {product}
            """),
        Answers = Phrases.Lines("""
            Rozmowa: {title} {family}. Usterka: {issue}. Zalecono restart i reset.
            Poproszono o zdjęcie tabliczki, klient: {full}.
            Instrukcja wysłana na {email}, obserwacja przez tydzień.
            Zostawiono wiadomość pod {phone}.
            Sprawdzono numer seryjny {serial}, gwarancja ważna. Odbiór: {full}, {address}.
            """),
        Reactions = Phrases.Lines("""
            Wszystko wypróbowane, bez zmian.
            Dziękuję za szybką odpowiedź, wyślę dzisiaj.
            Tłumaczę to trzeci raz, proszę o kontakt z kierownikiem.
            Mój nowy numer to {phone}.
            """),
        Notes = Phrases.Lines("""
            Wewnętrzne: przekazano do serwisu, sprawdzić partię.
            Wewnętrzne: {full} zgłaszał już tę usterkę.
            Wewnętrzne: {agent} czeka na części do przyszłego tygodnia.
            """),
        Solutions = Phrases.Lines("""
            Nowy sprzęt doręczony, {full} potwierdza. Zamknięte.
            Sprzęt naprawiony, w drodze do klienta.
            Zwrot wykonany, potwierdzenie na {email}.
            Aktualizacja pomogła.
            """),
        Progress = Phrases.Lines("""
            {title} {family} pyta o postęp, trwa kontrola.
            Część się opóźnia, klient powiadomiony pod {phone}.
            {agent} ma odpowiedź serwisu, potrzebne zdjęcie.
            """),
        Praise = Phrases.Lines("""
            Bardzo miło i szybko.
            {agent} wszystko dobrze wyjaśnił.
            """),
        Blame = Phrases.Lines("""
            Za długo się czeka na linii.
            {agent} był niemiły.
            Trzy razy musiałem tłumaczyć. {full}
            """),
    };
}
