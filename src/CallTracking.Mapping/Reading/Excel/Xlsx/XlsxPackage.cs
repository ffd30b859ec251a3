using System.IO.Compression;

namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>How one part of a workbook refers to another: the last word of the relation's type, and the part.</summary>
internal readonly record struct PartRelation(string Kind, string Target);

/// <summary>The parts of an .xlsx file. Leaves the file open when it is disposed.</summary>
internal sealed class XlsxPackage : IDisposable
{
    // Everything but sheets and texts: a real workbook's styles take some hundred kilobytes.
    private const int MostSmallPartBytes = 16 * 1024 * 1024;
    private const int MostRelations = 10_000;

    private readonly ZipArchive _zip;
    private readonly ExcelPlace _place;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    public XlsxPackage(Stream file, ExcelFormat format, ExcelPlace place)
    {
        ZipDirectory.RequireSound(file);
        _zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        _place = place;
        Budget = new UnpackBudget(format.MaxUnpackedBytes, place);
        foreach (var entry in _zip.Entries)
        {
            _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    public UnpackBudget Budget { get; }

    /// <summary>The part that the package says is the workbook.</summary>
    public string FindWorkbook()
    {
        var stated = Has("_rels/.rels") ? Relations(string.Empty).Values.FirstOrDefault(relation => relation.Kind == "officeDocument").Target : null;
        var path = stated ?? "xl/workbook.xml";
        if (path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            throw _place.Fault("The workbook is binary (.xlsb), which is not read.", "Save it as .xlsx.");
        }

        return Has(path)
            ? path
            : throw _place.Fault("The file is a zip file, but holds no Excel workbook.", "Name an .xlsx file; OpenDocument (.ods) must be saved as .xlsx.");
    }

    /// <summary>The parts that a part refers to, by the references' names.</summary>
    public IReadOnlyDictionary<string, PartRelation> Relations(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        var folder = part[..slash];
        var found = new Dictionary<string, PartRelation>(StringComparer.Ordinal);
        var path = $"{folder}_rels/{part[slash..]}.rels";
        if (!Has(path))
        {
            return found;
        }

        using var xml = Open(path);
        var name = xml.Name("Relationship");
        while (xml.Read() && found.Count < MostRelations)
        {
            if (xml.IsStart(name) && xml.Attribute("Id") is { } id && xml.Attribute("Target") is { } target)
            {
                var type = xml.Attribute("Type") ?? string.Empty;
                found[id] = new PartRelation(type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target));
            }
        }

        return found;
    }

    /// <summary>A part of bounded size.</summary>
    public XmlPart Open(string path) => new(new CheckedEntry(Entry(path), new UnpackBudget(MostSmallPartBytes, _place)));

    /// <summary>A part whose size only the mapping's limit bounds.</summary>
    public XmlPart OpenLarge(string path) => new(new CheckedEntry(Entry(path), Budget));

    public bool Has(string path) => _entries.ContainsKey(path);

    public void Dispose() => _zip.Dispose();

    private ZipArchiveEntry Entry(string path)
    {
        if (!_entries.TryGetValue(path, out var entry))
        {
            throw _place.Damaged("The workbook lacks a part that it refers to.");
        }

        return entry.IsEncrypted
            ? throw _place.Fault("The workbook is locked by a password.", "Save it without one: an agent cannot be told passwords.")
            : entry;
    }

    private static string Resolve(string folder, string target)
    {
        var steps = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Replace('\\', '/').Split('/'))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("" or "." or ".."))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }
}
