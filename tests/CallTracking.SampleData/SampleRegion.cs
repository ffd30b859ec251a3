using System.Text;

namespace CallTracking.SampleData;

/// <summary>One of the invented regional centres: which files it exports and where its mapping lies.</summary>
public sealed class SampleRegion
{
    /// <summary>cp932 CSV with Japanese headers, local times of Asia/Tokyo.</summary>
    public static readonly SampleRegion Jp = new("JP", "JP", "csv", "Asia/Tokyo", CodePage(932));

    /// <summary>Nested help-desk JSON in UTF-8, UTC times; customers in the United States and Canada.</summary>
    public static readonly SampleRegion Us = new("US", "US", "json", "Etc/UTC", CodePage(65001));

    /// <summary>Windows-1252 semicolon CSV, local times of Europe/Berlin; customers in DE, AT, CH and FR.</summary>
    public static readonly SampleRegion De = new("DE", "DE", "csv", "Europe/Berlin", CodePage(1252));

    private SampleRegion(string code, string country, string extension, string zone, Encoding encoding)
    {
        Code = code;
        Country = country;
        Extension = extension;
        Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Encoding = encoding;
    }

    /// <summary>All regions, in the order in which the demo enrols them.</summary>
    public static IReadOnlyList<SampleRegion> All { get; } = [Jp, Us, De];

    /// <summary>The region code of the contract.</summary>
    public string Code { get; }

    /// <summary>Country of the centre, ISO 3166-1.</summary>
    public string Country { get; }

    /// <summary>File name extension without the dot.</summary>
    public string Extension { get; }

    /// <summary>Zone of the times in the file.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Encoding of the file; it throws on a character that it does not have, so nothing is lost unseen.</summary>
    public Encoding Encoding { get; }

    /// <summary>The folder with this region's <c>mapping.yaml</c> and <c>agent.yaml</c>, beside the running program.</summary>
    public string Folder => Path.Combine(AppContext.BaseDirectory, "Regions", Code.ToLowerInvariant());

    /// <summary>The mapping that reads this region's files.</summary>
    public string MappingFile => Path.Combine(Folder, "mapping.yaml");

    /// <exception cref="FormatException">No such region.</exception>
    public static SampleRegion Parse(string code) =>
        All.FirstOrDefault(region => string.Equals(region.Code, code, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"There is no such sample region: expected one of {string.Join(", ", All.Select(region => region.Code))}.");

    /// <summary>File name of a night's export: <c>cases-2.csv</c>.</summary>
    public string FileName(SampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"cases-{options.Night}.{(options.JsonLines && Extension == "json" ? "jsonl" : Extension)}";
    }

    public override string ToString() => Code;

    private static Encoding CodePage(int number)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return number == 65001
            ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
            : Encoding.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }
}
