using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Delimited;
using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads the dictionaries that a mapping names, files beside it and the group's code tables, each once. What is in them is part of the mapping's digest.</summary>
internal sealed class LookupFiles(ICodeTables tables)
{
    /// <summary>A larger dictionary belongs in the source itself.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private readonly Dictionary<string, byte[]?> _contents = new(StringComparer.Ordinal);

    private readonly CodeTableLookup _codeTables = new(tables);

    // What each lookup can answer, and where it says so; gone with the parsing.
    private readonly Dictionary<LookupTable, LookupAnswers> _answers = [];

    private static readonly Dictionary<string, LookupMiss> Misses = new()
    {
        ["reject"] = LookupMiss.Reject,
        ["null"] = LookupMiss.Null,
        ["keep"] = LookupMiss.Keep,
    };

    /// <summary>Hashes of what was read: the files in the order of their paths, then the code tables by name.</summary>
    public IEnumerable<byte[]> Digests => _contents
        .Where(entry => entry.Value is not null)
        .OrderBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => SHA256.HashData(entry.Value!))
        .Concat(_codeTables.Digests);

    /// <summary>The code tables that the mapping uses.</summary>
    public IReadOnlyList<CodeTableUse> CodeTables => [.. _codeTables.Found.Select(table => new CodeTableUse(table.Name, table.Version, table.Entries.Count))];

    /// <summary>Null, with faults noted, when the dictionary cannot be used.</summary>
    public LookupTable? Parse(YamlMap? map, MappingScope scope)
    {
        if (map is null)
        {
            return null;
        }

        var (file, table) = (map.TakeScalar("file"), map.TakeScalar("dictionary"));
        var key = map.TakeScalar("key");
        var value = map.TakeScalar("value");
        var miss = map.TakeChoice("unknown", Misses, LookupMiss.Reject);
        var ignoreCase = map.TakeFlag("ignore_case", false);
        var format = map.Has("format") ? FormatParser.Parse(map, scope.Faults) : new DelimitedFormat(SourceEncoding.Utf8);
        if (!map.Has("unknown"))
        {
            scope.Faults.Note(map.Node, $"A word that the lookup's {(table is null ? "file" : "code table")} does not name rejects the record.", "Write unknown: reject when that is meant, else null or keep.");
        }

        map.RejectUnknown();
        if (table is not null && file is null && !map.Has("format"))
        {
            return _codeTables.Parse(table, key, value, miss, ignoreCase, scope.Faults) is { } found
                ? Known(found, new LookupAnswers(found.Answers, answer => scope.Faults.Lines.FaultAt((int)table.Start.Line, (int)table.Start.Column, $"The code table '{table.Value}': {answer.Message}", answer.Cure)))
                : null;
        }

        if (file is null || key is null || value is null || table is not null)
        {
            scope.Faults.Add(
                map.Node,
                "A lookup has a file, and the names of its key and its value there; or one of the group's code tables.",
                "Write lookup: {file: products.csv, key: code, value: name}, or lookup: {dictionary: product-models, key: label.de}.");
            return null;
        }

        var own = scope with { Format = format, Columns = new ColumnTable(), Element = null, Composition = null, Around = [], IsPart = false };
        var reading = new LookupReading(own, own.SlotOf(key), own.SlotOf(value), ignoreCase);
        var path = Path.Combine(Path.GetDirectoryName(scope.Faults.File) ?? string.Empty, file.Value ?? string.Empty);
        return ContentOf(path, file, scope) is { } content && reading.Read(content, path) is { } entries
            ? Known(new LookupTable(entries, ignoreCase, miss), new LookupAnswers(entries.Values, answer => new Fault(path, reading.LineOf(answer.Word), 1, answer.Message, answer.Cure)))
            : null;
    }

    /// <summary>Notes every answer that the field could not take, where the lookup gives it.</summary>
    /// <param name="lookup">As <see cref="Parse"/> gave it.</param>
    /// <param name="faults">Takes them.</param>
    /// <param name="judge">What is wrong with an answer; null for one that the field takes.</param>
    public void Check(LookupTable lookup, FaultLog faults, Func<string, WrongAnswer?> judge)
    {
        var (words, faultOf) = _answers[lookup];
        foreach (var wrong in words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal).Select(judge).OfType<WrongAnswer>().Take(LookupReading.MostFaults))
        {
            faults.Add(faultOf(wrong));
        }
    }

    private LookupTable Known(LookupTable table, LookupAnswers answers)
    {
        _answers.Add(table, answers);
        return table;
    }

    private byte[]? ContentOf(string path, YamlScalarNode file, MappingScope scope)
    {
        if (_contents.TryGetValue(path, out var known))
        {
            return known;
        }

        byte[]? content = null;
        try
        {
            if (new FileInfo(path).Length <= MostBytes)
            {
                content = File.ReadAllBytes(path);
            }
            else
            {
                scope.Faults.Add(file, $"The lookup's file '{file.Value}' has over {MostBytes / 1024 / 1024} MiB.", "Keep only the rows and columns that the mapping needs, or join them in the source's own export.");
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            scope.Faults.Add(file, $"The lookup's file '{file.Value}' cannot be read.", "Put it beside the mapping file, or write the path to it from there.");
        }

        return _contents[path] = content;
    }
}

/// <summary>What a lookup can answer, and the fault of an answer at its place.</summary>
internal sealed record LookupAnswers(IEnumerable<string> Words, Func<WrongAnswer, Fault> FaultOf);

/// <summary>An answer of a lookup that its field cannot take.</summary>
internal sealed record WrongAnswer(string Word, string Message, string Cure);

/// <summary>Reads one dictionary: every row's key and value. A key that stands twice with two values is a fault of the file.</summary>
internal sealed class LookupReading(MappingScope scope, int key, int value, bool ignoreCase)
{
    public const int MostFaults = 10;

    // Of the answers that a typed field can have there are few.
    private const int MostLines = 10_000;

    private readonly Dictionary<string, string> _entries = new(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>The first row that gives this answer; 1 where there are too many to know.</summary>
    public int LineOf(string answer) => _lines.GetValueOrDefault(answer, 1);

    /// <summary>Null, with faults noted, when not all of the file can be used.</summary>
    public IReadOnlyDictionary<string, string>? Read(byte[] content, string file)
    {
        var faults = new List<Fault>();
        try
        {
            using var reader = scope.Format.Open(new MemoryStream(content), file, scope.Columns, names => Missing(names, file));
            ReadKind kind;
            while (faults.Count < MostFaults && (kind = Next(reader)) != ReadKind.End)
            {
                var fault = kind switch
                {
                    ReadKind.Row => Take(reader.Row, (int)reader.Position.Line),
                    ReadKind.Broken => reader.Fault,
                    _ => null,
                };
                if (fault is not null)
                {
                    faults.Add(new Fault(file, (int)reader.Position.Line, 1, fault.Message, "Mend this row of the lookup's file."));
                }
            }
        }
        catch (SourceFormatException broken)
        {
            faults.AddRange(broken.Faults);
        }

        faults.ForEach(scope.Faults.Add);
        return faults.Count == 0 ? _entries : null;
    }

    // The bytes are in memory, so that no read ever waits.
    private static ReadKind Next(RecordReader reader) => reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private RowFault? Take(SourceRow row, int line)
    {
        if (Text(row, key, out var word) is { } noKey)
        {
            return noKey;
        }

        if (word.Length == 0)
        {
            return null;
        }

        if (Text(row, value, out var meaning) is { } noValue)
        {
            return noValue;
        }

        if (_lines.Count < MostLines)
        {
            _lines.TryAdd(meaning, line);
        }

        return _entries.TryAdd(word, meaning) || _entries[word] == meaning
            ? null
            : new RowFault(RejectReason.BadValue, "This row's key stands in an earlier row with another value.");
    }

    private RowFault? Text(SourceRow row, int slot, out string text)
    {
        text = string.Empty;
        if (row.Count(slot) == 0)
        {
            return null;
        }

        var fault = row.Get(slot, 0, out var cell);
        if (fault is null && scope.Rules.TryClean(ref cell))
        {
            text = cell.ToString();
        }

        return fault;
    }

    private List<Fault> Missing(IReadOnlyList<string> names, string file)
    {
        var columns = scope.Columns.Columns;
        var lacking = columns.Where(column => HeaderNames.Find(names, column.Name).Count == 0).ToList();
        var areQuotable = HeaderNames.AreQuotable(names, [.. columns.Select(column => column.Name)]);
        return [.. lacking.Select(column => scope.Faults.Lines.FaultAt(
            column.Line,
            column.Column,
            $"The column '{column.Name}' is not in the header of {file}.",
            areQuotable ? NearestNames.Cure(column.Name, names) : "Give the file a first line with the names of its columns."))];
    }
}
