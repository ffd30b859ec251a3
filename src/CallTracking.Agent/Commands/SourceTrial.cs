using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Drift;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Checks;

namespace CallTracking.Agent.Commands;

/// <summary>What the first rows of an input became: counts by reason, the first places of each, and times that leave their day open.</summary>
internal sealed class SourceTrial
{
    private const int Places = 3;
    private const int FewestUndecodable = 3;
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<string>> _rejected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _times = [];
    private readonly HashSet<string> _cases = new(StringComparer.Ordinal);
    private int _mapped;

    public int Rows { get; private set; }

    /// <summary>So many rows cannot be decoded that the encoding may be another one; a few are bytes that are damaged.</summary>
    public bool MayBeOfAnotherEncoding => Undecodable > 0 && (IsNoneDecodable || (Undecodable >= FewestUndecodable && Undecodable * 50 >= Rows));

    /// <summary>No row was read in the encoding that the mapping names, or there was none.</summary>
    public bool IsNoneDecodable => Undecodable == Rows;

    /// <summary>Such as "bad-time 1, mapped 7", or "mapped 7, of 3 cases" where rows have one key.</summary>
    public string Summary => string.Join(", ", _counts.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value}")).Append(_cases.Count < _mapped ? $"of {Amounts.Of(_cases.Count, "case")}" : string.Empty).Where(part => part.Length > 0));

    private int Undecodable => _counts.GetValueOrDefault(RejectReason.Undecodable);

    /// <param name="outcome">What the mapping made of the row.</param>
    /// <param name="refusal">Why it goes to quarantine; null where it does not.</param>
    public void Add(RowOutcome outcome, RowRefusal? refusal)
    {
        Rows++;
        var kind = refusal?.Reason ?? outcome.GetType().Name.ToLowerInvariant();
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (refusal is not null)
        {
            var places = _rejected.TryGetValue(kind, out var known) ? known : _rejected[kind] = [];
            places.Add(places.Count >= Places ? string.Empty
                : string.Create(CultureInfo.InvariantCulture, $"row {outcome.Position.Row} line {outcome.Position.Line}{Told(outcome, refusal)}{(refusal.Beside is { } beside ? $" (as {beside})" : "")}"));
        }
        else if (outcome is RowOutcome.Mapped mapped)
        {
            _mapped++;
            _cases.Add(mapped.LocalId);
            Note("opened", mapped.Case.Opened);
            Note("updated", mapped.Case.Updated);
            Note("closed", mapped.Case.Closed);
        }
    }

    /// <summary>A line per reason: how many, and where the first stand. No content.</summary>
    public IEnumerable<string> Rejections() => _rejected.Select(entry =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value.Count}: {string.Join(", ", entry.Value.Take(Places))}{(entry.Value.Count > Places ? ", …" : "")}"));

    /// <summary>Fields whose texts read with the day first as well as with the month first.</summary>
    public IEnumerable<string> Ambiguous() => _times.Where(entry => DayOrder.IsOpen(entry.Value)).Select(entry => entry.Key);

    // What an encoding lacks is found by its byte. The message says where, and never what.
    private static string Told(RowOutcome outcome, RowRefusal refusal)
    {
        var where = outcome is RowOutcome.Rejected { Reason: RejectReason.Undecodable } undecodable ? undecodable.Message.TrimEnd('.') : string.Empty;
        var told = string.Join(": ", ((string[])[refusal.Field, where]).Where(part => part.Length > 0));
        return told.Length > 0 ? $" ({told})" : string.Empty;
    }

    private void Note(string field, CaseTime? time)
    {
        if (time is { Original.Length: > 0 })
        {
            (_times.TryGetValue(field, out var texts) ? texts : _times[field] = []).Add(time.Original);
        }
    }
}
