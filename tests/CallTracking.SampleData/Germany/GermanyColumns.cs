using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Files;

namespace CallTracking.SampleData.Germany;

/// <summary>The columns of the German export, in order.</summary>
internal static class GermanyColumns
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    private static readonly string[] Parts = ["AK-1001 Akku", "NT-2040 Netzteil", "GH-3310 Gehäuse", "PL-4200 Platine", "DI-5105 Dichtung"];

    private static readonly string[] Measures = ["Akku getauscht", "Netzteil ersetzt", "Gehäuse erneuert", "Platine getauscht", "Dichtung ersetzt"];

    private static readonly CentreWords Words = new()
    {
        Categories = ["Powerbank", "Kamera", "Staubsauger", "Router", "Kopfhörer", "Rasierer", "Heizlüfter", "Drucker"],
        Hazards = ["Rauch", "Aufblähung", "Verbrennung", "Brand", "Stromschlag"],
        Statuses = ["Neu", "In Bearbeitung", "Wartet auf Kunde", "Zurückgestellt", "Gelöst", "Geschlossen", "Storniert"],
        UnknownStatus = "Wiedervorlage Werk",
        Priorities = ["niedrig", "normal", "hoch", "dringend"],
        Channels = ["Telefon", "E-Mail", "Chat", "Webformular", "Soziale Medien"],
        Yes = "ja",
        No = "nein",
        Woman = "Frau",
        Man = "Herr",
        MinuteForm = "dd.MM.yyyy HH:mm",
        DayForm = "dd.MM.yyyy",
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly Column[] All =
    [
        CaseColumns.CaseNumber("Vorgangsnummer"), new("Vorgangsart", cells => cells.Draft.Repair is null ? "Anfrage" : "Reparatur"), Case.IsTest("Test"),
        Case.Opened("Erstellt am"), Case.Updated("Geändert am"), Case.Closed("Abgeschlossen am"), Case.Status("Status"), Case.Priority("Priorität"), Case.Channel("Kanal"),
        Case.Category("Produktgruppe"), CaseColumns.Model("Modell"), CaseColumns.Serial("Seriennummer"), CaseColumns.Lot("Charge"), Case.PurchasedOn("Kaufdatum"),
        Case.Hazard("Gefahr"), CaseColumns.Subject("Betreff"), CaseColumns.Description("Beschreibung"), CaseColumns.Conversation("Bearbeitung"),
        CaseColumns.CustomerNumber("Kundennummer"), Case.Gender("Anrede"), CaseColumns.Name("Name"), CaseColumns.Email("E-Mail"), CaseColumns.Phone("Telefon"),
        CaseColumns.Street("Straße"), CaseColumns.Postcode("PLZ"), CaseColumns.City("Ort"),
        new("Land", cells => cells.Draft.Customer.Country switch { "AT" => "Österreich", "CH" => "Schweiz", "FR" => "Frankreich", _ => "Deutschland" }),
        Case.BirthDate("Geburtsdatum"), CaseColumns.NationalId("Steuer-ID"),
        Column.Personal("IBAN", DataClass.Payment, "customer.payments", cells => cells.Draft.Customer.Account),
        CaseColumns.HandlerId("Bearbeiter-Nr."), CaseColumns.HandlerName("Bearbeiter"), CaseColumns.Score("Zufriedenheit"), CaseColumns.ScoreComment("Kommentar"),
        .. Repair,
        CaseColumns.Remark("Bemerkung"),
    ];

    private static IEnumerable<Column> Repair =>
    [
        new("Eingang", cells => Words.Day(cells.Draft.Repair?.Received)),
        new("Diagnose", cells => Words.Day(cells.Draft.Repair?.Diagnosed)),
        new("Reparatur", cells => Words.Day(cells.Draft.Repair?.Repaired)),
        new("Rückgabe", cells => Words.Day(cells.Draft.Repair?.Returned)),
        new("Symptom", cells => cells.Draft.Repair is null ? null : cells.Storyteller.Phrases.Symptoms[cells.Draft.Model.Category][cells.Draft.Symptom].Name),
        new("Maßnahme", cells => cells.Draft.Repair?.Repaired is null ? null : Measures[cells.Draft.Symptom]),
        new("Teile", cells => cells.Draft.Repair?.Repaired is null ? null : Parts[cells.Draft.Symptom]),
        new("Kosten", cells => cells.Draft.Repair?.Returned is null ? null : cells.Draft.RepairCost.ToString("N2", German)),
        new("Garantie", cells => cells.Draft.Repair is null ? null : Words.Of(cells.Draft.InWarranty)),
    ];
}
