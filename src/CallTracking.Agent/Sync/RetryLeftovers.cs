using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Entries of the quarantine that a retry could not read, by what keeps it from doing so. They stay. Not thread-safe.</summary>
internal sealed class RetryLeftovers(AgentLedger ledger)
{
    private (int OfDatabases, int OfFiles, int Composed, int ComposedOfDatabases) _left;

    /// <summary>Files of a fold are gone or lost rows: which cases those were of is known to a sync alone.</summary>
    public bool HasLostRows { get; set; }

    /// <param name="source">Where they came from; null when the configuration names it no more.</param>
    /// <param name="entries">What could not be read.</param>
    public void Add(Source? source, IReadOnlyCollection<QuarantineEntry> entries)
    {
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
            yield return Of(_left.OfDatabases, "rows of a database or an interface are not kept whole.", "sync --reread asks for all of it again");
        }

        if (_left.ComposedOfDatabases > 0)
        {
            yield return Of(_left.ComposedOfDatabases, "rows are kept whole, but composed of several (fold), as they were then: cases are made of what their source has now. They stay in the quarantine.", "sync --reread asks for all of it again");
        }

        if (_left.Composed > 0)
        {
            yield return Of(
                _left.Composed,
                $"rows are kept whole, but composed of several (fold, join), as they were then: cases are made of what their files have now, {(HasLostRows ? "and files that had rows of cases are gone or lost some" : "and none of them has the case")}. They stay in the quarantine.",
                "put the files back, and retry or sync; or purge them");
        }

        if (_left.OfFiles > 0)
        {
            yield return Of(_left.OfFiles, "rows are not where they came from any more, and not kept whole.", "put their files back, or purge them");
        }
    }

    private static Fault Of(int count, string message, string cure) => new("quarantine", 0, 0, string.Create(CultureInfo.InvariantCulture, $"{count:N0} {message}"), cure);
}
