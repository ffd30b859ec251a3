using System.Text;
using CallTracking.Contracts;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>A centre whose every customer is a canary: its country, its language, and the encoding of its exports.</summary>
/// <param name="Code">The region.</param>
/// <param name="Country">ISO 3166-1 of centre and customers.</param>
/// <param name="Language">Of its texts.</param>
/// <param name="EncodingName">As its mapping names it.</param>
internal sealed partial record CanaryCentre(string Code, string Country, string Language, string EncodingName)
{
    // A value of these classes is kept by the pack of the country, or comes in another form that still holds it.
    private static readonly DataClass[] KeptAbroad = [DataClass.CaseNumber, DataClass.SerialNumber, DataClass.Organisation];

    // Japan's and the United States' texts and some fields come to the hub's memory, by a recorded transfer basis.
    private static readonly DataClass[] AlwaysEdge =
    [
        DataClass.Email, DataClass.CustomerNumber, DataClass.Employee, DataClass.Payment, DataClass.NationalId, DataClass.SpecialCategory,
        DataClass.Child, DataClass.DeviceId, DataClass.Credential, DataClass.Handle,
    ];

    /// <summary>Twelve encodings; the first three are those of the small run.</summary>
    public static IReadOnlyList<CanaryCentre> All { get; } =
    [
        new("DE", "DE", "de", "windows-1252"), new("JP", "JP", "ja", "cp932"), new("CN", "CN", "zh", "gb18030"), new("US", "US", "en", "utf-8"),
        new("FR", "FR", "fr", "utf-16le"), new("BR", "BR", "pt", "utf-16be"), new("PL", "PL", "pl", "iso-8859-2"), new("RU", "RU", "ru", "windows-1251"),
        new("JPW", "JP", "ja", "euc-jp"), new("TW", "TW", "zh", "big5"), new("KR", "KR", "ko", "cp949"), new("TH", "TH", "th", "windows-874"),
    ];

    public Encoding Encoding => EncodingOf(EncodingName);

    /// <summary>Whether the country's law, as the packs have it, lets nothing of the value stay at headquarters.</summary>
    public bool IsForbidden(CanaryValue value) => value.Planting is Planting.Field or Planting.FieldAndText
        && !(Country is "US" or "JP" && KeptAbroad.Contains(value.Class))
        && !(Country is "DE" or "FR" or "PL" && value.Class == DataClass.SerialNumber);

    /// <summary>Whether nothing of the value may be on the wire either: its class and what else holds it are treated at the edge.</summary>
    public bool IsForbiddenOnTheWire(CanaryValue value) => IsForbidden(value)
        && (Country is not ("US" or "JP") || (value.Planting == Planting.Field && AlwaysEdge.Contains(value.Class)));

    /// <summary>An encoding by the name that mappings use; it throws at a character that it has not.</summary>
    public static Encoding EncodingOf(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return name switch
        {
            "cp932" => CodePage(932),
            "cp949" => CodePage(949),
            "euc-jp" => CodePage(51932),
            "utf-8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            "utf-16le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
            "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
            _ => Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        };
    }

    private static Encoding CodePage(int number) => Encoding.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
