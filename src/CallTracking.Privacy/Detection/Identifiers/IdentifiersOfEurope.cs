using static CallTracking.Contracts.DataClass;
using static CallTracking.Privacy.DetectionTier;

namespace CallTracking.Privacy;

/// <summary>Identifiers of Europe but for the German-speaking countries.</summary>
internal static class IdentifiersOfEurope
{
    private static readonly DateOnly DenmarkDate = new(2007, 10, 1);

    private const string SpanishPassport = "pasaporte|passport";

    public static Identifier[] Rows =>
    [
        new("UK_NHS", "GB", NationalId, Context, ["999-999-9999"], EuropeanChecks.Nhs, "nhs|national health|health service"),
        new("UK_UTR", "GB", NationalId, Context, ["9999999999", "99999_99999"], EuropeanChecks.Utr, "utr|taxpayer reference|self assessment|unique tax"),
        new("UK_NINO", "GB", NationalId, OnSight, ["AA!99!99!99!A"], EuropeanChecks.Nino, "nino|national insurance|ni number|ni no"),
        new("UK_NINO", "GB", NationalId, Checksum, ["AA_99_99_99_A"], EuropeanChecks.Nino, "nino|national insurance|ni number|ni no"),
        new("UK_PASSPORT", "GB", NationalId, Context, ["AA9999999", "999999999"], null, "passport|travel document") { Bare = false },
        new("UK_DRIVING_LICENCE", "GB", NationalId, OnSight, ["*****_999999_A*_*AA", "*****_999999_A*_**A"], EuropeanChecks.BritishLicence, "driving licence|driving license|driver number|dvla|licence"),
        new("UK_POSTCODE", "GB", Postcode, OnSight, ["A9!9AA", "A99!9AA", "AA9!9AA", "AA99!9AA", "A9A!9AA", "AA9A!9AA"], EuropeanChecks.BritishPostcode, "postcode|post code|address") { AtHome = true },
        new("UK_POSTCODE", "GB", Postcode, Context, ["A99AA", "A999AA", "AA99AA", "AA999AA", "A9A9AA", "AA9A9AA", "A9_9AA", "A99_9AA", "AA9_9AA", "AA99_9AA", "A9A_9AA", "AA9A_9AA"], EuropeanChecks.BritishPostcode, "postcode|post code|zip"),
        new("UK_VEHICLE_REGISTRATION", "GB", Vehicle, Context, ["AA99_AAA"], EuropeanChecks.BritishPlate, "vehicle|registration|reg|number plate|plate|car|van|dvla"),
        new("UK_VEHICLE_REGISTRATION", "GB", Vehicle, Context, ["A9_AAA", "A99_AAA", "A999_AAA", "AAA_9A", "AAA_99A", "AAA_999A"], static value => value.IndexOfAny("IOQZ") < 0, "vehicle|registration|reg|number plate|plate|dvla"),
        new("UK_SORT_CODE", "GB", Payment, Context, ["99-99-99"], null, "sort code|sortcode|sort-code") { Before = 8, Bare = false },
        new("FR_NIR", "FR", NationalId, Checksum, ["9_99_99_9*_999_999_99"], EuropeanChecks.France, "nir|sécurité sociale|securite sociale|numéro de sécu|insee|carte vitale|n° sécu"),
        new("FR_NUMERO_FISCAL", "FR", NationalId, Context, ["9999999999999", "99_99_999_999_999"], static value => value[0] is >= '0' and <= '3' && CheckDigits.Number(value[..10]) % 511 == CheckDigits.Number(value[10..]), "numéro fiscal|spi|référence fiscale"),
        new("FR_PASSPORT", "FR", NationalId, Context, ["99AA99999"], null, "passeport|passport"),
        new("FR_PLATE", "FR", Vehicle, Context, ["AA-999-AA"], static value => value.IndexOfAny("IOU") < 0, "immatriculation|plaque|véhicule|license plate"),
        new("ES_NIF", "ES", NationalId, OnSight, ["99999999_A", "9999999_A", "99_999_999_A"], EuropeanChecks.SpainDni, "nif|dni|documento nacional|identificación fiscal"),
        new("ES_NIE", "ES", NationalId, OnSight, ["A_9999999_A"], EuropeanChecks.SpainNie, "nie|extranjero|identidad de extranjero"),
        new("ES_PASSPORT", "ES", NationalId, Context, ["AAA999999"], null, SpanishPassport),
        new("ES_NASS", "ES", NationalId, Context, ["99_99999999_99", "99_9999999_99"], EuropeanChecks.SpainSecurity, "nass|seguridad social|afiliación|nuss"),
        new("IT_FISCAL_CODE", "IT", NationalId, OnSight, ["AAA_AAA_9*A**_A***A"], EuropeanChecks.Italy, "codice fiscale|cod. fiscale|c.f."),
        new("IT_FISCAL_CODE", "IT", NationalId, OnSight, ["AAAAAA99A99A999A"], EuropeanChecks.ItalyForm, "codice fiscale|cod. fiscale|c.f."),
        new("IT_VAT_CODE", "IT", Organisation, Context, ["99999999999"], EuropeanChecks.ItalyVat, "partita iva|p.iva|p. iva|iva|vat"),
        new("IT_DRIVER_LICENSE", "IT", NationalId, Context, ["u1*******A"], EuropeanChecks.ItalyDriver, "patente|licenza|guida|license|licence"),
        new("IT_DRIVER_LICENSE", "IT", NationalId, Context, ["AA9999999A"], null, "patente|guida|driver license|driving licence"),
        new("IT_IDENTITY_CARD", "IT", NationalId, Context, ["AA99999AA", "AA_9999999", "9999999AA"], null, "carta d'identità|carta identita|identità|documento|cie|identity card"),
        new("IT_PASSPORT", "IT", NationalId, Context, ["AA9999999"], null, "passaporto|passport"),
        new("NL_POSTCODE", "NL", Postcode, OnSight, ["9999!AA"], EuropeanChecks.DutchPostcode, "postcode|adres|huisnummer|straat") { AtHome = true, InCapitals = true },
        new("NL_POSTCODE", "NL", Postcode, Context, ["9999_AA"], EuropeanChecks.DutchPostcode, "postcode|adres|huisnummer|straat") { InCapitals = true },
        new("NL_BSN", "NL", NationalId, Context, ["999999999", "9999_99_999", "99999999"], EuropeanChecks.Netherlands, "bsn|burgerservice|sofinummer|sofi"),
        new("NL_PASSPORT", "NL", NationalId, Context, ["AA******9"], DocumentChecks.Dutch, "paspoort|dutch passport") { Bare = false },
        new("NL_ID_CARD", "NL", NationalId, Context, ["AA******9"], DocumentChecks.Dutch, "identiteitskaart|identiteitsbewijs|id-kaart") { Bare = false },
        new("BE_NATIONAL_NUMBER", "BE", NationalId, OnSight, ["99_99_99_999_99"], EuropeanChecks.Belgium, "rijksregister|registre national|nationaalregister|rrn|insz|niss|numéro national"),
        new("PL_PESEL", "PL", NationalId, Checksum, ["99999999999"], EuropeanChecks.Poland, "pesel|ewidencyjny"),
        new("PL_ID_CARD", "PL", NationalId, Context, ["AAA_999999"], null, "dowód osobisty|dowodu osobistego|dowodem osobistym|dowodzie osobistym|dowodu tożsamości") { Bare = false },
        new("PL_ID_CARD", "PL", NationalId, Checksum, ["AAA_999999"], DocumentChecks.PolishCard, "dowód|dowodu") { Before = 7, Bare = false },
        new("PL_PASSPORT", "PL", NationalId, Context, ["AA_9999999"], null, "paszport") { Bare = false },
        new("PL_NIP", "PL", Organisation, Checksum, ["999-999-99-99", "999-99-99-999"], static value => CheckDigits.Weigh(value[..9], [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == CheckDigits.Digit(value[9]) && !CheckDigits.IsOneDigit(value), "nip|identyfikacji podatkowej"),
        new("SE_PERSONNUMMER", "SE", NationalId, OnSight, ["99999999_9999", "999999_9999"], EuropeanChecks.Sweden, "personnummer|samordningsnummer|personal identity|pnr|person nr"),
        new("SE_ORGANISATIONSNUMMER", "SE", Organisation, Checksum, ["999999_9999"], EuropeanChecks.SwedenCompany, "organisationsnummer|org.nr|orgnr|org nr|company identity|organization number"),
        new("NO_FODSELSNUMMER", "NO", NationalId, OnSight, ["999999_99999"], EuropeanChecks.Norway, "fødselsnummer|fodselsnummer|personnummer|d-nummer|fnr"),
        new("FI_PERSONAL_IDENTITY_CODE", "FI", NationalId, OnSight, ["999999A999*"], EuropeanChecks.Finland, "hetu|henkilötunnus|personbeteckning|sotu"),
        new("FI_PERSONAL_IDENTITY_CODE", "FI", NationalId, OnSight, ["999999=999*"], EuropeanChecks.FinlandDash, "hetu|henkilötunnus|personbeteckning|sotu") { AtHome = true },
        new("DK_CPR", "DK", NationalId, Context, ["999999=9999"], EuropeanChecks.Denmark, "cpr|personnummer|cpr-nr|cpr-nummer") { Kind = new EntityKind("DK_CPR", NationalId, "DK", Context, EntityKinds.IdentifierPrecedence + 6) { From = DenmarkDate } },
        new("IE_EIRCODE", "IE", Postcode, OnSight, ["A99!****"], static value => EuropeanChecks.Eircode(value) && value[3..].ContainsAnyInRange('0', '9'), "eircode|postcode|address") { AtHome = true, InCapitals = true },
        new("IE_EIRCODE", "IE", Postcode, Context, ["A99_****", "d6w_****"], EuropeanChecks.Eircode, "eircode|postcode"),
        new("IE_PPS", "IE", NationalId, Checksum, ["9999999A", "9999999AA"], EuropeanChecks.Ireland, "pps|ppsn|personal public service"),
        new("PT_NIF", "PT", NationalId, Context, ["999_999_999"], EuropeanChecks.Portugal, "nif|contribuinte|número de identificação fiscal"),
        new("RO_CNP", "RO", NationalId, OnSight, ["9999999999999"], EuropeanChecks.Romania, "cnp|cod numeric personal"),
        new("CZ_RODNE_CISLO", "CZ", NationalId, Checksum, ["999999_9999"], EuropeanChecks.Czechia, "rodné číslo|rodne cislo|rodné čís|r.č.|rč"),
        new("CZ_RODNE_CISLO", "CZ", NationalId, Context, ["999999_999"], EuropeanChecks.Czechia, "rodné číslo|rodne cislo|rodné čís|r.č.|rč"),
        new("BG_EGN", "BG", NationalId, Checksum, ["9999999999"], EuropeanChecks.Bulgaria, "егн|единен граждански|egn"),
        new("HR_OIB", "HR", NationalId, Context, ["99999999999"], EuropeanChecks.Croatia, "oib|osobni identifikacijski"),
        new("EE_ISIKUKOOD", "EE", NationalId, OnSight, ["99999999999"], EuropeanChecks.Baltic, "isikukood|personal code"),
        new("LT_ASMENS_KODAS", "LT", NationalId, OnSight, ["99999999999"], EuropeanChecks.Baltic, "asmens kodas|personal code"),
        new("GR_AMKA", "GR", NationalId, OnSight, ["999999_99999"], EuropeanChecks.Greece, "αμκα|amka"),
        new("RU_INN", "RU", NationalId, Checksum, ["999999999999"], EuropeanChecks.RussiaTax, "инн|inn|налогоплательщик"),
        new("RU_SNILS", "RU", NationalId, Checksum, ["999_999_999_99"], EuropeanChecks.RussiaInsurance, "снилс|snils|страховой номер|страховое свидетельство"),
        new("RU_PASSPORT", "RU", NationalId, Context, ["99_99_999999"], null, "паспорт|серия|passport") { Bare = false },
        new("UA_RNOKPP", "UA", NationalId, Context, ["9999999999"], static value => CheckDigits.Number(value) > 999_999 && (CheckDigits.Digit(value[9]) == (((CheckDigits.Weigh(value[1..9], [5, 7, 9, 4, 6, 10, 5, 7]) - CheckDigits.Digit(value[0])) % 11) + 11) % 11 % 10), "рнокпп|іпн|ідентифікаційний|податковий номер|ипн"),
        new("TR_NATIONAL_ID", "TR", NationalId, Checksum, ["99999999999", "999_999_999_99"], EuropeanChecks.Turkey, "kimlik|tckn|t.c.|tc no|tc kimlik|turkish id|türk kimlik|vatandaşlık"),
        new("TR_LICENSE_PLATE", "TR", Vehicle, Context, ["99_A_9999", "99_A_999", "99_AA_999", "99_AA_9999", "99_AAA_99", "99_AAA_999", "99_AAA_9999"], EuropeanChecks.TurkishPlate, "plaka|license plate|plate|araç"),
    ];
}
