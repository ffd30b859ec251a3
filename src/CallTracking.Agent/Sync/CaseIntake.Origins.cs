using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Sync;

/// <summary>What shaped each version that travels: noted with it, so that the case can be traced when its file is long gone.</summary>
internal sealed partial class CaseIntake
{
    private const int OriginsKept = 1000;
    private readonly Dictionary<(Source? Source, string File), long> _origins = [];
    private (Source? Source, string File, long Number) _lastOrigin = (null, string.Empty, 0);

    private LedgerRow SentRow(SourceRow row, ChangeHash hash, DateTimeOffset? updated, LedgerRow? known) =>
        new(hash, default, updated?.ToUnixTimeMilliseconds(), CaseState.Sent, run.Number) { Source = row.Source, Origin = OriginOf(row), SourceRow = row.Number, Joined = JoinedOf(row, known) };

    private LedgerRow VanishedRow(string source, ChangeHash hash) =>
        new(hash, default, null, CaseState.Sent, run.Number) { Source = source, Origin = OriginOfVanished(source) };

    // Rows of a file come one behind the other: the ledger is asked once a file, and a row costs two numbers.
    private long OriginOf(SourceRow row)
    {
        if (ReferenceEquals(row.Of, _lastOrigin.Source) && row.File == _lastOrigin.File)
        {
            return _lastOrigin.Number;
        }

        var mapping = row.Of.Mapping;
        var tables = string.Join(", ", mapping.CodeTables.Select(table => string.Create(CultureInfo.InvariantCulture, $"code table {table.Name} version {table.Version}")).Concat(ConceptDictionaries()));
        var number = NumberOf(row.Of, new CaseOrigin(row.Source, row.File, row.Of.Settings.Mapping, mapping.Digest, tables, rules.Version, rules.Digest));
        _lastOrigin = (row.Of, row.File, number);
        return number;
    }

    private long OriginOfVanished(string source) => NumberOf(null, new CaseOrigin(source, string.Empty, string.Empty, 0, string.Empty, rules.Version, rules.Digest));

    private long NumberOf(Source? source, CaseOrigin origin)
    {
        var place = (source, source is null ? origin.Source : origin.File);
        if (_origins.TryGetValue(place, out var known))
        {
            return known;
        }

        var number = ledger.NumberOf(origin, out var added);
        if (added is not null)
        {
            _unit.Origins.Add(added);
        }

        _origins.Add(place, number);
        return number;
    }

    // Only when all of them stand in the ledger, or one would be written twice.
    private void BoundOrigins()
    {
        if (_origins.Count > OriginsKept)
        {
            _origins.Clear();
        }
    }
}
