using static CallTracking.Contracts.DataClass;
using static CallTracking.Privacy.DetectionTier;

namespace CallTracking.Privacy;

/// <summary>Identifiers of Germany, Austria and Switzerland.</summary>
internal static class IdentifiersOfGermany
{
    private const string TaxWords = "steuer-id|steuerid|steueridentifikation|steuerliche identifikation|idnr|id-nr|identifikationsnummer|tax id|tin";

    // Without its check digit any part number may look like a card's.
    private const int CardReach = 24;
    private const int AccountReach = 12;

    public static Identifier[] Rows =>
    [
        new("DE_TAX_ID", "DE", NationalId, OnSight, ["99-999-999-999"], EuropeanChecks.GermanTax, TaxWords),
        new("DE_TAX_ID", "DE", NationalId, Context, ["99-999-999-999"], EuropeanChecks.GermanTaxForm, TaxWords),
        new("DE_TAX_NUMBER", "DE", NationalId, Context, ["9999999999999", "999_999_99999", "99_999_99999", "999_9999_9999"], EuropeanChecks.GermanTaxOffice, "steuernummer|steuer-nr|steuernr|st.-nr|stnr|finanzamt"),
        new("DE_SOCIAL_SECURITY", "DE", NationalId, OnSight, ["99_999999_A_999"], EuropeanChecks.GermanPension, "rvnr|rentenversicherung|sozialversicherung|versicherungsnummer|sv-nummer"),
        new("DE_HEALTH_INSURANCE", "DE", NationalId, Checksum, ["A999999999"], EuropeanChecks.GermanHealth, "krankenversicher|krankenkasse|versichertennummer|kvnr|gesundheitskarte|versicherten-nr|egk"),
        new("DE_ID_CARD", "DE", NationalId, Checksum, ["*********_9", "*********_9d"], DocumentChecks.GermanCard, "personalausweis|ausweis|identity card|id card|identity document|dokumentennummer|perso-nr"),
        new("DE_ID_CARD", "DE", NationalId, Context, ["*********"], DocumentChecks.GermanCard, "personalausweis|ausweis|identity card|id card") { Before = CardReach, Bare = false },
        new("DE_ID_CARD", "DE", NationalId, Checksum, ["*********"], DocumentChecks.GermanOfNine, "personalausweis|ausweis|identity card|id card"),
        new("DE_PASSPORT", "DE", NationalId, Checksum, ["*********"], DocumentChecks.GermanPassportOfNine, "reisepass|passnummer|pass-nr|passport"),
        new("DE_PASSPORT", "DE", NationalId, Checksum, ["*********_9", "*********_9d"], DocumentChecks.GermanPassport, "reisepass|passnummer|pass-nr|passport|reisepaß|ausweis|dokumentennummer"),
        new("DE_PASSPORT", "DE", NationalId, Context, ["*********"], DocumentChecks.GermanPassport, "reisepass|passnummer|pass-nr|passport number|passport no|reisepaß") { Before = CardReach, Bare = false },
        new("DE_FUEHRERSCHEIN", "DE", NationalId, Context, ["AA99999999*"], null, "führerschein|fahrerlaubnis|führerscheinnummer|driver license|driving licence"),
        new("DE_FUEHRERSCHEIN", "DE", NationalId, Context, ["***********"], OtherChecks.HasDigits, "führerschein|fahrerlaubnis|führerscheinnummer") { Bare = false },
        new("DE_HANDELSREGISTER", "DE", Organisation, OnSight, ["hra_9", "hra_99", "hra_999", "hra_9999", "hra_99999", "hra_999999", "hrb_9", "hrb_99", "hrb_999", "hrb_9999", "hrb_99999", "hrb_999999"], null, "handelsregister|registergericht|amtsgericht"),
        new("DE_VAT_ID", "DE", Organisation, OnSight, ["de_999_999_999"], EuropeanChecks.GermanVat, "ust-id|umsatzsteuer|vat|ustid"),
        new("DE_LANR", "DE", NationalId, Context, ["999999999"], EuropeanChecks.GermanPhysician, "lanr|arztnummer|arzt-nr"),
        new("DE_BSNR", "DE", Organisation, Context, ["999999999"], EuropeanChecks.GermanPractice, "bsnr|betriebsstätte|betriebsstättennummer|praxis"),
        new("DE_KFZ", "DE", Vehicle, Context, Plates(), null, "kennzeichen|kfz|nummernschild|amtl. kennz|license plate|number plate"),
        new("DE_PLZ", "DE", Postcode, Context, ["99999"], EuropeanChecks.GermanPostcode, "plz|postleitzahl|postcode"),
        new("DE_BANK_ACCOUNT", "DE", Payment, Context, ["999_999", "9_999_999", "99_999_999", "999_999_999", "9_999_999_999"], null, "kontonummer|konto-nr|kontonr|kto-nr|ktonr|bankkonto") { Before = AccountReach, Bare = false },
        new("DE_BANK_CODE", "DE", Payment, Context, ["999_999_99"], null, "blz|bankleitzahl") { Before = AccountReach, Bare = false },
        new("AT_SVNR", "AT", NationalId, Checksum, ["9999-999999"], static value => value[0] != '0' && CheckDigits.IsDayMonthYear(value, 4) && CheckDigits.Weigh(value, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == CheckDigits.Digit(value[3]), "sozialversicherung|svnr|sv-nummer|versicherungsnummer|e-card"),
        new("CH_AHV", "CH", NationalId, OnSight, ["756_9999_9999_99"], EuropeanChecks.Switzerland, "ahv|avs|sozialversicherung|assurance sociale|navs"),
    ];

    // District of 1 to 3 letters, 1 or 2 letters, 1 to 4 digits, E or H; separators between all three, for without them anything is one.
    private static string[] Plates()
    {
        var forms = new List<string>();
        foreach (var district in (string[])["A", "AA", "AAA"])
        {
            foreach (var letters in (string[])["A", "AA"])
            {
                for (var digits = 1; digits <= 4; digits++)
                {
                    forms.Add($"{district}!{letters}!{new string('9', digits)}");
                    forms.Add($"{district}!{letters}!{new string('9', digits)}A");
                    forms.Add($"{district}!{letters}_{new string('9', digits)}");
                }
            }
        }

        return [.. forms];
    }
}
