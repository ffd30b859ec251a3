using System.Text;

namespace CallTracking.SampleData;

/// <summary>Where a centre keeps the cases that its agent reads.</summary>
public enum SamplePlace
{
    /// <summary>Files that are exported every night.</summary>
    File,

    /// <summary>An SQLite file.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,
}

/// <summary>One of the invented regional centres: where its cases are and where its mapping lies.</summary>
public sealed class SampleRegion
{
    private const string SqliteFile = "desk.sqlite";

    /// <summary>cp932 CSV with Japanese headers, local times of Asia/Tokyo.</summary>
    public static readonly SampleRegion Jp = new("JP", "Japan", "Tokyo", "CSV in cp932", "csv", "Asia/Tokyo", CodePage(932));

    /// <summary>Nested help-desk JSON in UTF-8, UTC times; customers in the United States and Canada.</summary>
    public static readonly SampleRegion Us = new("US", "United States", "Chicago", "nested JSON", "json", "Etc/UTC", CodePage(65001)) { CentreZone = "America/Chicago" };

    /// <summary>Windows-1252 semicolon CSV, local times of Europe/Berlin; customers in DE, AT, CH and FR.</summary>
    public static readonly SampleRegion De = new("DE", "Germany", "Berlin", "CSV in Windows-1252", "csv", "Europe/Berlin", CodePage(1252));

    /// <summary>XML in GB18030 with Chinese element names, local times of Asia/Shanghai.</summary>
    public static readonly SampleRegion Cn = new("CN", "China", "Suzhou", "XML in GB18030", "xml", "Asia/Shanghai", CodePage(54936));

    /// <summary>An Excel workbook, dates in cells, local times of America/Sao_Paulo.</summary>
    public static readonly SampleRegion Br = new("BR", "Brazil", "Campinas", "an Excel workbook", "xlsx", "America/Sao_Paulo", CodePage(65001));

    /// <summary>Fixed width in bytes of cp949, local times of Asia/Seoul.</summary>
    public static readonly SampleRegion Kr = new("KR", "South Korea", "Suwon", "fixed width in cp949", "dat", "Asia/Seoul", CodePage(949));

    /// <summary>A help desk on PostgreSQL, local times of Europe/Paris; customers in FR, BE and LU.</summary>
    public static readonly SampleRegion Fr = new("FR", "France", "Lyon", "a help desk on PostgreSQL", "connection", "Europe/Paris", CodePage(65001)) { Place = SamplePlace.Postgres };

    /// <summary>A help desk in an SQLite file, local times of Europe/London; customers in GB and IE.</summary>
    public static readonly SampleRegion Gb = new("GB", "United Kingdom", "Leeds", "a help desk in SQLite", "sqlite", "Europe/London", CodePage(65001)) { Place = SamplePlace.Sqlite };

    /// <summary>A log of events as JSON lines, times with the offset of Europe/Warsaw.</summary>
    public static readonly SampleRegion Pl = new("PL", "Poland", "Poznań", "an event log", "jsonl", "Europe/Warsaw", CodePage(65001));

    /// <summary>UTF-16 with tabs, local times of Europe/Kyiv.</summary>
    public static readonly SampleRegion Ua = new(
        "UA", "Ukraine", "Lviv", "UTF-16 with tabs", "tsv", "Europe/Kyiv", new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true));

    /// <summary>Windows-874 with bars, years of the Buddhist era, local times of Asia/Bangkok.</summary>
    public static readonly SampleRegion Th = new("TH", "Thailand", "Chiang Mai", "bars in Windows-874", "txt", "Asia/Bangkok", CodePage(874));

    private SampleRegion(string code, string name, string centre, string form, string extension, string zone, Encoding encoding)
    {
        Code = code;
        Name = name;
        Centre = centre;
        Form = form;
        Extension = extension;
        Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        CentreZone = zone;
        Encoding = encoding;
    }

    /// <summary>All regions.</summary>
    public static IReadOnlyList<SampleRegion> All { get; } = [Jp, Us, De, Cn, Br, Kr, Fr, Gb, Pl, Ua, Th];

    /// <summary>The three that the demo enrols unless others are asked for, in its order.</summary>
    public static IReadOnlyList<SampleRegion> Usual { get; } = [Jp, Us, De];

    /// <summary>The region code of the contract.</summary>
    public string Code { get; }

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <summary>The town of the centre.</summary>
    public string Centre { get; }

    /// <summary>In a few words, how its cases are kept.</summary>
    public string Form { get; }

    /// <summary>Country of the centre, ISO 3166-1.</summary>
    public string Country => Code;

    /// <summary>Where the cases are.</summary>
    public SamplePlace Place { get; private init; }

    /// <summary>File name extension without the dot.</summary>
    public string Extension { get; }

    /// <summary>Zone of the times in the file.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>IANA name of the zone in which the centre works.</summary>
    public string CentreZone { get; private init; }

    /// <summary>Encoding of the file; it throws on a character that it does not have, so nothing is lost unseen.</summary>
    public Encoding Encoding { get; }

    /// <summary>The folder with this region's <c>mapping.yaml</c> and <c>agent.yaml</c>, beside the running program.</summary>
    public string Folder => Path.Combine(AppContext.BaseDirectory, "Regions", Code.ToLowerInvariant());

    /// <summary>The mapping that reads this region's cases.</summary>
    public string MappingFile => Path.Combine(Folder, "mapping.yaml");

    /// <summary>The entries of <c>sources</c> in the region's <c>agent.yaml</c>, for an agent.yaml anywhere: the mapping has its whole path.</summary>
    public string AgentSources
    {
        get
        {
            var text = File.ReadAllText(Path.Combine(Folder, "agent.yaml")).ReplaceLineEndings("\n");
            return text[(text.IndexOf("\nsources:\n", StringComparison.Ordinal) + "\nsources:\n".Length)..]
                .Replace("mapping: mapping.yaml", $"mapping: {MappingFile}", StringComparison.Ordinal);
        }
    }

    /// <exception cref="FormatException">No such region.</exception>
    public static SampleRegion Parse(string code) =>
        All.FirstOrDefault(region => string.Equals(region.Code, code, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"There is no such sample region: expected one of {string.Join(", ", All.Select(region => region.Code))}.");

    /// <summary>Regions by their codes, separated by commas, or <c>all</c>.</summary>
    /// <exception cref="FormatException">One of them is no region, or stands twice.</exception>
    public static IReadOnlyList<SampleRegion> ParseList(string codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (string.Equals(codes, "all", StringComparison.OrdinalIgnoreCase))
        {
            return All;
        }

        var regions = codes.Split(',', StringSplitOptions.TrimEntries).Select(Parse).ToList();
        return regions.Distinct().Count() == regions.Count ? regions : throw new FormatException("A sample region is named twice.");
    }

    /// <summary>File name of a night's export: <c>cases-2.csv</c>; a desk has one file for all nights.</summary>
    public string FileName(SampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Place == SamplePlace.Sqlite ? SqliteFile : $"cases-{options.Night}.{(options.JsonLines && Extension == "json" ? "jsonl" : Extension)}";
    }

    /// <summary>
    /// Where the region's agent, whose folder this is, looks for the cases, for <see cref="SampleWriter.FillAsync"/>: a path, or
    /// what <c>desk.connection</c> says there.
    /// </summary>
    public string PlaceIn(string agentFolder) => Place switch
    {
        SamplePlace.Postgres => File.ReadAllText(Path.Combine(agentFolder, "desk.connection")).Trim(),
        SamplePlace.Sqlite => Path.Combine(agentFolder, SqliteFile),
        _ => Path.Combine(agentFolder, "inbox", $"cases.{Extension}"),
    };

    public override string ToString() => Code;

    private static Encoding CodePage(int number)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return number == 65001
            ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
            : Encoding.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }
}
