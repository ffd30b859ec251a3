using System.Text.Json;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData;

/// <summary>
/// What a run over the file must count: rows = cases + blank + folded + filtered + quarantined.
/// </summary>
public sealed class SampleTotals
{
    /// <summary>Reason of a row whose status no table knows.</summary>
    public const string UnmappedValue = "unmapped-value";

    /// <summary>Reason of a row without a case number.</summary>
    public const string MissingKey = "missing-key";

    /// <summary>Reason of a row with bytes that the encoding does not have.</summary>
    public const string Undecodable = "undecodable";

    private readonly SortedDictionary<string, long> _quarantined = new(StringComparer.Ordinal);

    public long Rows { get; private set; }

    public long Cases { get; private set; }

    public long Blank { get; private set; }

    public long Folded { get; private set; }

    public long Filtered { get; private set; }

    /// <summary>Of the cases: first seen in this night.</summary>
    public long New { get; private set; }

    /// <summary>Of the cases: changed in this night.</summary>
    public long Changed { get; private set; }

    /// <summary>Rows that must go to quarantine, by reason.</summary>
    public IReadOnlyDictionary<string, long> Quarantined => _quarantined;

    /// <summary>One JSON object on one line.</summary>
    public string ToJson()
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", Rows);
            json.WriteNumber("cases", Cases);
            json.WriteNumber("new", New);
            json.WriteNumber("changed", Changed);
            json.WriteNumber("blank", Blank);
            json.WriteNumber("folded", Folded);
            json.WriteNumber("filtered", Filtered);
            json.WriteStartObject("quarantined");
            foreach (var (reason, count) in _quarantined)
            {
                json.WriteNumber(reason, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <param name="rows">Of which the last stands for the case and the others are folded into it.</param>
    /// <param name="isNew">First seen in this night.</param>
    /// <param name="isChanged">Changed in this night.</param>
    internal void AddCase(int rows, bool isNew, bool isChanged)
    {
        AddRows(rows);
        Cases++;
        New += isNew ? 1 : 0;
        Changed += isChanged ? 1 : 0;
    }

    internal void Add(Quirk quirk, int rows)
    {
        AddRows(rows);
        switch (quirk)
        {
            case Quirk.Blank:
                Blank++;
                break;
            case Quirk.Duplicate:
                Folded++;
                break;
            case Quirk.Filtered:
                Filtered++;
                break;
            case Quirk.UnknownStatus:
                Quarantine(UnmappedValue);
                break;
            case Quirk.MissingKey:
                Quarantine(MissingKey);
                break;
            case Quirk.Undecodable:
                Quarantine(Undecodable);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(quirk.ToString());
        }
    }

    private void AddRows(int rows)
    {
        Rows += rows;
        Folded += rows - 1;
    }

    private void Quarantine(string reason) =>
        _quarantined[reason] = _quarantined.GetValueOrDefault(reason) + 1;
}
