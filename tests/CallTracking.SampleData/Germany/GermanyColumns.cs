using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Germany;

/// <summary>The columns of the German export, in order.</summary>
internal static class GermanyColumns
{
    private const string DateForm = "dd.MM.yyyy";

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    private static readonly string[] CategoryWords =
        ["Powerbank", "Kamera", "Staubsauger", "Router", "Kopfhörer", "Rasierer", "Heizlüfter", "Drucker"];

    private static readonly string[] HazardWords = ["Rauch", "Aufblähung", "Verbrennung", "Brand", "Stromschlag"];

    private static readonly string[] Parts = ["AK-1001 Akku", "NT-2040 Netzteil", "GH-3310 Gehäuse", "PL-4200 Platine", "DI-5105 Dichtung"];

    private static readonly string[] Measures = ["Akku getauscht", "Netzteil ersetzt", "Gehäuse erneuert", "Platine getauscht", "Dichtung ersetzt"];

    public static readonly Column[] All =
    [
        Column.Personal("Vorgangsnummer", DataClass.CaseNumber, "case_number", cells => cells.Quirk == Quirk.MissingKey ? null : cells.Draft.LocalId),
        new("Vorgangsart", cells => cells.Draft.Repair is null ? "Anfrage" : "Reparatur"),
        new("Test", cells => cells.Quirk == Quirk.Filtered ? "ja" : "nein"),
        new("Erstellt am", cells => Minute(cells.Local(cells.Draft.Timeline.Opened))),
        new("Geändert am", cells => Minute(cells.Local(cells.Draft.Timeline.Updated))),
        new("Abgeschlossen am", cells => Minute(cells.Local(cells.Draft.Timeline.Closed))),
        new("Status", cells => cells.Quirk == Quirk.UnknownStatus ? "Wiedervorlage Werk" : StatusWord(cells.Draft.Timeline.Status)),
        new("Priorität", cells => cells.Draft.Priority switch { Priority.Low => "niedrig", Priority.High => "hoch", Priority.Urgent => "dringend", _ => "normal" }),
        new("Kanal", cells => cells.Draft.Channel switch
        {
            Channel.Email => "E-Mail",
            Channel.Chat => "Chat",
            Channel.WebForm => "Webformular",
            Channel.Social => "Soziale Medien",
            _ => "Telefon",
        }),
        new("Produktgruppe", cells => CategoryWords[cells.Draft.Model.Category]),
        new("Modell", cells => cells.Draft.Model.Name),
        Column.Personal("Seriennummer", DataClass.SerialNumber, "product.serial", cells => cells.Draft.Serial),
        new("Charge", cells => cells.Draft.Lot),
        Column.Personal("Kaufdatum", DataClass.PersonalDate, "product.purchased_on", cells => Day(cells.Draft.PurchasedOn), cells => Iso(cells.Draft.PurchasedOn)),
        new("Gefahr", cells => cells.Draft.Hazard is { } hazard ? HazardWords[hazard] : null),
        new("Betreff", cells => cells.Draft.Subject),
        new("Beschreibung", cells => cells.Draft.Description),
        new("Bearbeitung", cells => cells.Conversation),
        Column.Personal("Kundennummer", DataClass.CustomerNumber, "customer.number", cells => cells.Draft.Customer.Number),
        Column.Personal("Anrede", DataClass.Gender, "customer.gender", cells => cells.Draft.Customer.IsFemale ? "Frau" : "Herr"),
        Column.Personal("Name", DataClass.Name, "customer.name", cells => cells.Draft.Customer.Full),
        Column.Personal("E-Mail", DataClass.Email, "customer.emails", cells => cells.Draft.Customer.Email),
        Column.Personal("Telefon", DataClass.Phone, "customer.phones", cells => cells.Draft.Customer.Phone),
        Column.Personal("Straße", DataClass.PostalAddress, "customer.addresses.lines", cells => cells.Draft.Customer.Street),
        Column.Personal("PLZ", DataClass.Postcode, "customer.addresses.postcode", cells => cells.Draft.Customer.Postcode),
        Column.Personal("Ort", DataClass.Locality, "customer.addresses.locality", cells => cells.Draft.Customer.City),
        new("Land", cells => cells.Draft.Customer.Country switch { "AT" => "Österreich", "CH" => "Schweiz", "FR" => "Frankreich", _ => "Deutschland" }),
        Column.Personal("Geburtsdatum", DataClass.BirthDate, "customer.birth_date", cells => Day(cells.Draft.Customer.BirthDate), cells => Iso(cells.Draft.Customer.BirthDate)),
        Column.Personal("Steuer-ID", DataClass.NationalId, "customer.national_ids.value", cells => cells.Draft.Customer.NationalId),
        Column.Personal("IBAN", DataClass.Payment, "customer.payments", cells => cells.Draft.Customer.Account),
        Column.Personal("Bearbeiter-Nr.", DataClass.Employee, "agent.id", cells => cells.Draft.Handler.Id),
        Column.Personal("Bearbeiter", DataClass.Employee, "agent.name", cells => cells.Draft.Handler.Name),
        new("Zufriedenheit", cells => cells.Draft.Satisfaction?.ToString(CultureInfo.InvariantCulture)),
        new("Kommentar", cells => cells.Draft.SatisfactionComment),
        new("Eingang", cells => Day(cells.Draft.Repair?.Received)),
        new("Diagnose", cells => Day(cells.Draft.Repair?.Diagnosed)),
        new("Reparatur", cells => Day(cells.Draft.Repair?.Repaired)),
        new("Rückgabe", cells => Day(cells.Draft.Repair?.Returned)),
        new("Symptom", cells => cells.Draft.Repair is null ? null : cells.Storyteller.Phrases.Symptoms[cells.Draft.Model.Category][cells.Draft.Symptom].Name),
        new("Maßnahme", cells => cells.Draft.Repair?.Repaired is null ? null : Measures[cells.Draft.Symptom]),
        new("Teile", cells => cells.Draft.Repair?.Repaired is null ? null : Parts[cells.Draft.Symptom]),
        new("Kosten", cells => cells.Draft.Repair?.Returned is null ? null : cells.Draft.RepairCost.ToString("N2", German)),
        new("Garantie", cells => cells.Draft.Repair is null ? null : cells.Draft.InWarranty ? "ja" : "nein"),
        new("Bemerkung", _ => null),
    ];

    private static string? Minute(DateTime? at) => at?.ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString(DateForm, CultureInfo.InvariantCulture);

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string StatusWord(CaseStatus status) => status switch
    {
        CaseStatus.New => "Neu",
        CaseStatus.Open => "In Bearbeitung",
        CaseStatus.PendingCustomer => "Wartet auf Kunde",
        CaseStatus.OnHold => "Zurückgestellt",
        CaseStatus.Resolved => "Gelöst",
        CaseStatus.Closed => "Geschlossen",
        CaseStatus.Cancelled => "Storniert",
        _ => throw new System.Diagnostics.UnreachableException(status.ToString()),
    };
}
