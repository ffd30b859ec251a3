using System.Buffers;
using static CallTracking.Contracts.DataClass;
using static CallTracking.Privacy.DetectionTier;

namespace CallTracking.Privacy;

/// <summary>Identifiers of the Americas.</summary>
internal static class IdentifiersOfAmerica
{
    private static readonly SearchValues<char> NoCanadian = SearchValues.Create("DFIOQU");

    private const string LicenceWords = "driver license|drivers license|driver's license|driver’s license|driving license|driver licence|drivers licence|licence number|license number|license no|license #|dl|dl#|permit";

    public static Identifier[] Rows =>
    [
        new("US_SSN", "US", NationalId, OnSight, ["999!99!9999"], OtherChecks.Ssn, "ssn|social security|soc sec|social") { AtHome = true },
        new("US_SSN", "US", NationalId, Context, ["999-99-9999"], OtherChecks.Ssn, "ssn|social security|soc sec|ssn#|ssns"),
        new("US_ITIN", "US", NationalId, OnSight, ["999!99!9999"], OtherChecks.Itin, "itin|individual taxpayer|taxpayer id") { AtHome = true },
        new("US_ITIN", "US", NationalId, Context, ["999-99-9999"], OtherChecks.Itin, "itin|individual taxpayer|taxpayer id|tax id"),
        new("US_PASSPORT", "US", NationalId, Context, ["A99999999", "999999999"], null, "passport|travel document") { Bare = false },
        new("US_DRIVER_LICENSE", "US", NationalId, Context, Licences(), OtherChecks.HasDigits, LicenceWords) { Bare = false },
        new("US_MBI", "US", NationalId, OnSight, ["9A*9_A*9_AA99"], OtherChecks.Beneficiary, "mbi|medicare"),
        new("US_NPI", "US", NationalId, Context, ["9999999999"], OtherChecks.Provider, "npi|national provider|provider id"),
        new("US_NPI", "US", NationalId, Context, ["9999999999"], null, "npi|national provider") { Bare = false },
        new("MEDICAL_LICENSE", "US", NationalId, Checksum, ["AA9999999", "A99999999"], OtherChecks.Prescriber, "dea|certificate|medical license|prescriber|registration"),
        new("MEDICAL_RECORD_NUMBER", "US", CustomerNumber, Context, ["99999", "999999", "9999999", "99999999", "999999999", "9999999999"], null, "mrn|medical record|med rec|patient id|record number|chart number") { Bare = false },
        new("ABA_ROUTING_NUMBER", "US", Payment, Context, ["9999-9999-9"], OtherChecks.Routing, "routing|aba|rtn|transit"),
        new("US_BANK_NUMBER", "US", Payment, Context, ["99999999", "999999999", "9999999999", "99999999999", "999999999999", "9999999999999"], null, "bank account|account number|account no|checking account|savings account|acct") { Bare = false },
        new("US_EIN", "US", Organisation, Context, ["99=9999999"], null, "ein|employer identification|fein"),
        new("CA_SIN", "CA", NationalId, Context, ["999-999-999"], OtherChecks.Canada, "sin|social insurance|assurance sociale|nas"),
        new("CA_RAMQ", "CA", NationalId, Checksum, ["AAAA_9999_9999"], static value => CheckDigits.Two(value, 6) is var month && CheckDigits.IsDay(CheckDigits.Two(value, 8), month > 50 ? month - 50 : month), "ramq|assurance maladie|health card|carte soleil"),
        new("CA_POSTAL_CODE", "CA", Postcode, OnSight, ["A9A!9A9"], CanadianPostcode, "postal code|code postal|address|adresse") { AtHome = true },
        new("CA_POSTAL_CODE", "CA", Postcode, Context, ["A9A_9A9"], CanadianPostcode, "postal code|code postal|postcode|zip"),
        new("BR_CPF", "BR", NationalId, OnSight, ["999~999~999~99"], OtherChecks.BrazilPerson, "cpf|cadastro de pessoa"),
        new("BR_CPF", "BR", NationalId, Checksum, ["999_999_999_99"], OtherChecks.BrazilPerson, "cpf|cadastro de pessoa"),
        new("BR_CNPJ", "BR", Organisation, OnSight, ["99_999_999_9999_99"], OtherChecks.BrazilCompany, "cnpj") { Kind = new EntityKind("BR_CNPJ", Organisation, "BR", OnSight, EntityKinds.IdentifierPrecedence + 1) { Until = new DateOnly(2026, 7, 1) } },
        new("BR_CNPJ", "BR", Organisation, Checksum, ["**_***_***_****_99"], OtherChecks.BrazilCompany, "cnpj") { Kind = new EntityKind("BR_CNPJ", Organisation, "BR", Checksum, EntityKinds.IdentifierPrecedence + 4) { From = new DateOnly(2026, 7, 1) } },
        new("BR_RG", "BR", NationalId, Context, ["99_999_999_*", "9_999_999_*"], null, "rg|registro geral|carteira de identidade") { Bare = false },
        new("BR_PIS", "BR", NationalId, Context, ["999_99999_99_9"], OtherChecks.BrazilWorker, "pis|pasep|pis/pasep|nis"),
        new("BR_DRIVER_LICENSE", "BR", NationalId, Context, ["99999999999"], null, "cnh|carteira de motorista|carteira nacional de habilitação|carteira de habilitação") { Bare = false },
        new("BR_VOTER_ID", "BR", NationalId, Context, ["9999_9999_9999"], null, "título de eleitor|título eleitoral|título eleitor") { Bare = false },
        new("BR_BANK_ACCOUNT", "BR", Payment, Context, ["9999=9", "99999=9", "999999=9", "9999999=9", "99999999=9", "99999=A", "999999=A", "9999999=A"], null, "conta corrente|conta poupança|conta bancária|c/c") { Before = 12, Bare = false },
        new("BR_CEP", "BR", Postcode, Context, ["99999=999"], null, "cep|endereço|código postal"),
        new("AR_CUIT", "AR", NationalId, Checksum, ["99-99999999-9"], OtherChecks.Argentina, "cuit|cuil|clave única"),
        new("AR_DNI", "AR", NationalId, Context, ["99_999_999", "9_999_999"], null, "dni|documento nacional|d.n.i") { Bare = false },
        new("CL_RUN", "CL", NationalId, Context, ["99_999_999_*", "9_999_999_*"], OtherChecks.Chile, "rut|run|r.u.t|rol único"),
        new("CO_CEDULA", "CO", NationalId, Context, ["9999999999", "9_999_999_999", "99_999_999", "999999", "9999999"], null, "cédula|cedula|c.c.|documento de identidad") { Bare = false },
        new("MX_CURP", "MX", NationalId, OnSight, ["AAAA999999AAAAAA*9"], OtherChecks.MexicoRegister, "curp|clave única"),
        new("MX_RFC", "MX", NationalId, Checksum, ["AAAA999999***", "AAA999999***"], OtherChecks.MexicoTax, "rfc|registro federal"),
        new("MX_NSS", "MX", NationalId, Context, ["99999999999"], CheckDigits.Luhn, "nss|imss|seguro social"),
    ];

    private static bool CanadianPostcode(ReadOnlySpan<char> value) => !value.ContainsAny(NoCanadian) && value[0] is not ('W' or 'Z');

    // The states' forms are many and change; beside the words anything of a letter or two and digits is one, and the grouped forms.
    private static string[] Licences() =>
    [
        .. Enumerable.Range(6, 9).Select(count => new string('9', count)),
        .. Enumerable.Range(3, 12).Select(count => "A" + new string('9', count)),
        .. Enumerable.Range(3, 6).Select(count => "AA" + new string('9', count)),
        "AAA999999", "A99999A", "99AAA9999", "999AA9999", "A9A9A9", "A999-999-99-999-9", "A999-9999-9999", "A999-9999-9999-99", "A99-99-9999", "99-999-9999", "999-99-9999",
        "99-99-9999", "A-999-999-999-999", "AAAAA999AA", "AAAAAAA999**", "AAAAAA9999**", "9999999A", "999999999A", "A999999A", "AA-99-99-99",
    ];
}
