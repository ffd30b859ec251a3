using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping;

/// <summary>What names a case within its source. Thread-safe.</summary>
internal abstract class KeyRule(int line, IReadOnlyList<string> columns)
{
    /// <summary>As messages about records name it.</summary>
    public RulePlace Place { get; } = new(line, columns);

    /// <summary>The local id; a fault when the record has none.</summary>
    public RowFault? Read(SourceRow row, out string localId) => Read(row, out localId, out _);

    /// <summary>The local id, in which whole numbers have one spelling.</summary>
    /// <param name="row">The record.</param>
    /// <param name="localId">Its name.</param>
    /// <param name="otherId">
    /// The name that programs before this one may have given, which took numbers as they are written: as this record writes them or, of one column, with the zero decimal that
    /// many programs write; null where no number is in it.
    /// </param>
    public abstract RowFault? Read(SourceRow row, out string localId, out string? otherId);

    /// <summary>What the cell names: numbers that the source itself knows as such are one however they are written, a text is what it says.</summary>
    protected static ReadOnlySpan<char> Named(CellText cell, ref bool isRespelled)
    {
        if (cell.IsInvariant && WholeNumber.Respelled(cell.Span) is { } number)
        {
            isRespelled = true;
            return number;
        }

        return cell.Span;
    }
}

/// <summary>The texts of one column or several.</summary>
internal sealed class ColumnKey(int line, IReadOnlyList<(string Name, ValueSource Source)> columns) : KeyRule(line, [.. columns.Select(column => column.Name)])
{
    private const char Separator = '\u001F';

    public override RowFault? Read(SourceRow row, out string localId, out string? otherId)
    {
        localId = string.Empty;
        otherId = null;
        var (isRespelled, isNumber) = (false, false);
        foreach (var (name, source) in columns)
        {
            if (source.Single(row, out var text, out var isPresent) is { } fault)
            {
                return fault.At(Place) with { Field = "key" };
            }

            if (!isPresent)
            {
                return new RowFault(RejectReason.MissingKey, "It is empty, and names the case.", "key") { Place = Place with { Columns = [name] } };
            }

            isNumber = text.IsInvariant && WholeNumber.IsWhole(text.Span);
            var wasRespelled = isRespelled;
            var named = Named(text, ref isRespelled);
            otherId = isRespelled ? Joined(wasRespelled ? otherId! : localId, text.Span) : null;
            localId = localId.Length > 0 ? Joined(localId, named) : named == text.Span ? text.ToString() : named.ToString();
        }

        otherId ??= isNumber && columns.Count == 1 ? localId + ".0" : null;
        return null;
    }

    private static string Joined(string parts, ReadOnlySpan<char> part) => parts.Length == 0 ? part.ToString() : $"{parts}{Separator}{part}";
}

/// <summary>
/// A hash of columns, or of every cell, for sources that name their cases nowhere: a record with other texts is another case.
/// Cells are trimmed, empty ones count for nothing, and of a whole row the order of the columns does not matter.
/// </summary>
internal sealed class HashKey(int line, IReadOnlyList<(string Name, ValueSource Source)>? columns)
    : KeyRule(line, columns is null ? [] : [.. columns.Select(column => column.Name)])
{
    /// <summary>Stands before the 128 bits in hexadecimal.</summary>
    public const string Prefix = "row-";

    public override RowFault? Read(SourceRow row, out string localId, out string? otherId)
    {
        localId = string.Empty;
        otherId = null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var isRespelled = false;
        var fault = columns is null ? AddRow(row, hash, out var isEmpty) : AddColumns(columns, row, hash, ref isRespelled, out isEmpty);
        if (fault is null && isEmpty)
        {
            fault = new RowFault(RejectReason.MissingKey, "Every column of the key is empty.");
        }

        if (fault is not null)
        {
            return fault.At(Place) with { Field = "key" };
        }

        localId = IdOf(hash);
        otherId = isRespelled ? OtherId(columns!, row) : null;
        return null;
    }

    private static string IdOf(IncrementalHash hash) => Prefix + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));

    private static string OtherId(IReadOnlyList<(string Name, ValueSource Source)> columns, SourceRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, source) in columns)
        {
            source.Single(row, out var text, out var isPresent);
            Add(hash, isPresent ? text.Span : []);
        }

        return IdOf(hash);
    }

    private static RowFault? AddColumns(IReadOnlyList<(string Name, ValueSource Source)> columns, SourceRow row, IncrementalHash hash, ref bool isRespelled, out bool isEmpty)
    {
        isEmpty = true;
        foreach (var (_, source) in columns)
        {
            if (source.Single(row, out var text, out var isPresent) is { } fault)
            {
                return fault;
            }

            Add(hash, isPresent ? Named(text, ref isRespelled) : []);
            isEmpty &= !isPresent;
        }

        return null;
    }

    private static RowFault? AddRow(SourceRow row, IncrementalHash hash, out bool isEmpty)
    {
        var cells = new List<(string Name, string Text)>();
        isEmpty = true;
        if (!row.TryCells(cells))
        {
            return new RowFault(RejectReason.BadValue, "A record without columns has no row to hash.");
        }

        foreach (var (name, text) in cells.OrderBy(cell => cell.Name, StringComparer.Ordinal))
        {
            if (text.AsSpan().Trim() is { IsEmpty: false } trimmed)
            {
                Add(hash, name);
                Add(hash, trimmed);
                isEmpty = false;
            }
        }

        return null;
    }

    // With its length, so that no two lists of texts are one.
    private static void Add(IncrementalHash hash, ReadOnlySpan<char> text)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - 4);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(4));
        hash.AppendData(bytes);
    }
}

/// <summary>Tells records of one file with equal keys apart by their order: the second becomes <c>key#2</c>.</summary>
internal sealed class DuplicateNumbers
{
    /// <summary>Keys that one file may have; each is held in memory, 16 bytes and the table's own.</summary>
    public const int MostKeys = 4_000_000;

    private readonly Dictionary<UInt128, int> _seen = [];

    /// <summary>The key with its number; null when there are too many keys.</summary>
    public string? Number(string localId)
    {
        var key = UInt128.Parse(localId.AsSpan(HashKey.Prefix.Length), System.Globalization.NumberStyles.HexNumber, null);
        var number = _seen.GetValueOrDefault(key) + 1;
        _seen[key] = number;
        return _seen.Count > MostKeys ? null : number == 1 ? localId : $"{localId}#{number}";
    }
}
