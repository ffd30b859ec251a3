using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Entries of the quarantine that a retry could not read, by what keeps it from doing so. They stay. Not thread-safe.</summary>
internal sealed class RetryLeftovers(AgentLedger ledger)
{
    private readonly Dictionary<QuarantineEntry, string> _unfit = [];
    private readonly Dictionary<string, int> _byFault = new(StringComparer.Ordinal);
    private (int OfDatabases, int OfFiles, int Composed, int ComposedOfDatabases) _left;

    /// <summary>Files of a fold are gone or lost rows: which cases those were of is known to a sync alone.</summary>
    public bool HasLostRows { get; set; }

    /// <summary>An entry's row is kept, and cannot be read alone: for the faults that its header has under the mapping as it is now.</summary>
    public void NoteUnfit(QuarantineEntry entry, IReadOnlyList<Fault> faults) => _unfit[entry] = faults[0].Message.TrimEnd('.');

    /// <param name="source">Where they came from; null when the configuration names it no more.</param>
    /// <param name="entries">What could not be read.</param>
    public void Add(Source? source, IReadOnlyCollection<QuarantineEntry> entries)
    {
        foreach (var entry in entries.Where(_unfit.ContainsKey))
        {
            _byFault[_unfit[entry]] = _byFault.GetValueOrDefault(_unfit[entry]) + 1;
        }

        entries = [.. entries.Where(entry => !_unfit.ContainsKey(entry))];
        var composed = source is null ? 0 : entries.Count(entry => ledger.Kept(entry) is { IsWhole: true } kept && source.Mapping.LookAtKept(kept.Bytes) is not null);
        if (source?.IsRemote is true)
        {
            _left.ComposedOfDatabases += composed;
            _left.OfDatabases += entries.Count - composed;
        }
        else
        {
            _left.Composed += composed;
            _left.OfFiles += entries.Count - composed;
        }
    }

    /// <summary>A fault for each of the reasons.</summary>
    public IEnumerable<Fault> Faults()
    {
        if (_left.OfDatabases > 0)
        {
            yield return Of(_left.OfDatabases, "of a database or an interface", "not kept whole.", "sync --reread asks for all of it again");
        }

        if (_left.ComposedOfDatabases > 0)
        {
            yield return Of(_left.ComposedOfDatabases, "", "kept whole, but composed of several (fold), as they were then: cases are made of what their source has now. They stay in the quarantine.", "sync --reread asks for all of it again");
        }

        if (_left.Composed > 0)
        {
            yield return Of(
                _left.Composed,
                "",
                $"kept whole, but composed of several (fold, join), as they were then: cases are made of what their files have now, {(HasLostRows ? "and files that had rows of cases are gone or lost some" : "and none of them has the case")}. They stay in the quarantine.",
                "put the files back, and retry or sync; or purge them");
        }

        foreach (var (fault, count) in _byFault)
        {
            yield return Of(
                count, "", $"kept whole, but the header kept with {(count == 1 ? "it" : "them")} does not fit the mapping any more ({fault}), and not where {They(count)} came from. They stay in the quarantine.",
                "write optional: true at what the mapping reads of that column, and retry; or put their files back; or purge them");
        }

        if (_left.OfFiles > 0)
        {
            yield return Of(_left.OfFiles, "", $"not where {They(_left.OfFiles)} came from any more, and not kept whole.", "put their files back, or purge them");
        }
    }

    private static string They(int count) => count == 1 ? "it" : "they";

    private static Fault Of(int count, string of, string message, string cure) => new(
        "quarantine", 0, 0, string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "row" : "rows")} {(of.Length > 0 ? of + " " : string.Empty)}{(count == 1 ? "is" : "are")} {message}"), cure);
}
