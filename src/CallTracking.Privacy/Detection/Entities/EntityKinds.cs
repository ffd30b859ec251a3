using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// The registry of what is found in texts. Where findings overlap the longest names the place; of equal length the one with the
/// lowest precedence: own values, secrets, cards and accounts, e-mail, addresses of networks and pages, identifiers (on sight
/// before checksum before context), phones, street addresses, postcodes, dates and ages. Names of persons yield to all of these, longer or not.
/// </summary>
internal static class EntityKinds
{
    public const int IdentifierPrecedence = 40;

    public static readonly EntityKind Credential = new("CREDENTIAL", DataClass.Credential, "", DetectionTier.OnSight, 5);
    public static readonly EntityKind Card = new("CREDIT_CARD", DataClass.Payment, "", DetectionTier.OnSight, 10);
    public static readonly EntityKind Iban = new("IBAN_CODE", DataClass.Payment, "", DetectionTier.OnSight, 11);
    public static readonly EntityKind Bic = new("BIC_CODE", DataClass.Payment, "", DetectionTier.Context, 12);
    public static readonly EntityKind Crypto = new("CRYPTO", DataClass.Payment, "", DetectionTier.OnSight, 13);
    public static readonly EntityKind Email = new("EMAIL_ADDRESS", DataClass.Email, "", DetectionTier.OnSight, 20);
    public static readonly EntityKind SecretUrl = new("URL", DataClass.Credential, "", DetectionTier.OnSight, 6);
    public static readonly EntityKind PersonalUrl = new("URL", DataClass.Handle, "", DetectionTier.OnSight, 21);

    /// <summary>A page that is nobody's: found, but of a class that no rule hides.</summary>
    public static readonly EntityKind Url = new("URL", DataClass.Technical, "", DetectionTier.OnSight, 22);
    public static readonly EntityKind Handle = new("SOCIAL_HANDLE", DataClass.Handle, "", DetectionTier.OnSight, 24);
    public static readonly EntityKind UserName = new("USERNAME", DataClass.Handle, "", DetectionTier.Context, 25);
    public static readonly EntityKind Ip = new("IP_ADDRESS", DataClass.IpAddress, "", DetectionTier.OnSight, 26);
    public static readonly EntityKind Mac = new("MAC_ADDRESS", DataClass.DeviceId, "", DetectionTier.OnSight, 27);
    public static readonly EntityKind Imei = new("IMEI", DataClass.DeviceId, "", DetectionTier.Context, 28);
    public static readonly EntityKind Coordinates = new("COORDINATES", DataClass.Coordinates, "", DetectionTier.OnSight, 29);
    public static readonly EntityKind Phone = new("PHONE_NUMBER", DataClass.Phone, "", DetectionTier.OnSight, 60);
    public static readonly EntityKind PhilippineMobile = new("PH_MOBILE_NUMBER", DataClass.Phone, "PH", DetectionTier.OnSight, 61);
    public static readonly EntityKind TurkishPhone = new("TR_PHONE_NUMBER", DataClass.Phone, "TR", DetectionTier.OnSight, 61);
    public static readonly EntityKind Street = new("STREET_ADDRESS", DataClass.PostalAddress, "", DetectionTier.OnSight, 70);
    public static readonly EntityKind Postcode = new("ZIP_CODE", DataClass.Postcode, "", DetectionTier.Context, 72);
    public static readonly EntityKind BirthDate = new("DATE_OF_BIRTH", DataClass.BirthDate, "", DetectionTier.Context, 80);
    public static readonly EntityKind Date = new("DATE_TIME", DataClass.PersonalDate, "", DetectionTier.Context, 84);
    public static readonly EntityKind Age = new("AGE", DataClass.Demographic, "", DetectionTier.Context, 86);
    public static readonly EntityKind Person = new("PERSON", DataClass.Name, "", DetectionTier.OnSight, 90);
    public static readonly EntityKind FormNumber = new("ID", DataClass.CustomerNumber, "", DetectionTier.Context, 59);

    private static readonly EntityKind[] Others =
    [
        Credential, Card, Iban, Bic, Crypto, Email, SecretUrl, PersonalUrl, Url, Handle, UserName, Ip, Mac, Imei, Coordinates, Phone, PhilippineMobile, TurkishPhone,
        Street, Postcode, BirthDate, Date, Age, FormNumber, Person,
    ];

    /// <summary>All kinds, by precedence; identifiers of countries among them.</summary>
    public static IReadOnlyList<EntityKind> All { get; } =
        [.. Others.Concat(IdentifierTable.Rows.Select(row => row.Kind)).DistinctBy(kind => (kind.Name, kind.Tier, kind.DataClass)).OrderBy(kind => kind.Precedence)];
}
