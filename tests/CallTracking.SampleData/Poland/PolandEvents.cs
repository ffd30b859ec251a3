using CallTracking.SampleData.Files;

namespace CallTracking.SampleData.Poland;

/// <summary>The properties of the Polish event log.</summary>
internal static class PolandEvents
{
    private static readonly CentreWords Words = new()
    {
        Categories = ["powerbank", "aparat", "odkurzacz", "router", "słuchawki", "golarka", "grzejnik", "drukarka"],
        Hazards = ["dym", "spuchnięcie", "oparzenie", "pożar", "porażenie"],
        Statuses = ["nowe", "w toku", "czeka na klienta", "wstrzymane", "rozwiązane", "zamknięte", "anulowane"],
        UnknownStatus = "u producenta",
        Priorities = ["niski", "zwykły", "wysoki", "pilny"],
        Channels = ["telefon", "e-mail", "czat", "formularz", "media społecznościowe"],
        Yes = "tak",
        No = "nie",
        Woman = "K",
        Man = "M",
        MinuteForm = "yyyy-MM-dd HH:mm",
        DayForm = "dd.MM.yyyy",
    };

    public static readonly EventNames Names = new()
    {
        Number = "nr",
        At = "kiedy",
        Kind = "rodzaj",
        Kinds = ["utworzono", "komentarz", "zmiana"],
        Status = "status",
        ClosedAt = "rozwiązano",
        Test = "próba",
        Author = "autor",
        Authors = ["klient", "konsultant", "wewnętrzne"],
        Body = "treść",
        Score = "ocena",
        Opinion = "opinia",
        Case = "zgłoszenie",
        Words = Words,
    };

    private static readonly CaseColumns Case = new(Words);

    /// <summary>What the first event says of the case.</summary>
    public static readonly Column[] Columns =
    [
        CaseColumns.CaseNumber("numer"), Case.Priority("priorytet"), Case.Channel("kanał"), Case.Category("produkt"), CaseColumns.Model("model"),
        CaseColumns.Serial("nr_seryjny"), CaseColumns.Lot("partia"), Case.PurchasedOn("zakup"), Case.Hazard("zagrożenie"), CaseColumns.Subject("temat"),
        CaseColumns.Description("opis"), CaseColumns.CustomerNumber("nr_klienta"), CaseColumns.Name("klient"), Case.Gender("płeć"), CaseColumns.Email("email"),
        CaseColumns.Phone("telefon"), CaseColumns.Street("ulica"), CaseColumns.Postcode("kod"), CaseColumns.City("miasto"), CaseColumns.Area("województwo"),
        Case.BirthDate("urodzony"), CaseColumns.NationalId("pesel"), CaseColumns.HandlerId("konsultant_id"), CaseColumns.HandlerName("konsultant"),
    ];
}
