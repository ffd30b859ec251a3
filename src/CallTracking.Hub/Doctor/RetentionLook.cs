using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Retention;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>Looks whether cases past their time are counted every night, and removed.</summary>
internal sealed class RetentionLook(NpgsqlDataSource database, TimeProvider clock)
{
    private const int Runs = 30;
    private const string AnyCaseSince = "select min(received_at) from cases";

    private static readonly TimeSpan Late = TimeSpan.FromHours(26);
    private static readonly TimeSpan Waits = TimeSpan.FromDays(7);
    private static readonly TimeSpan Long = TimeSpan.FromHours(6);

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var runs = await new RetentionRunStore(database).ListAsync(Runs, cancellationToken);
        var found = new List<Diagnosis>();
        if (runs is not [var last, ..])
        {
            return await FirstCaseAsync(cancellationToken) is { } first && now - first > Late
                ? [Diagnosis.Doubt("retention-late", string.Create(CultureInfo.InvariantCulture, $"cases are here since {first:u}, and no retention was ever counted"), Cure)]
                : [Diagnosis.Well("retention", "nothing was counted yet")];
        }

        if (now - last.PreviewedAt > Late)
        {
            found.Add(Diagnosis.Doubt("retention-late", string.Create(CultureInfo.InvariantCulture, $"expired cases were counted last on {last.PreviewedAt:u}"), Cure));
        }

        if (runs.Any(run => run.ConfirmedAt is { } at && run.FinishedAt is null && now - at > Long))
        {
            found.Add(Diagnosis.Doubt("retention-not-finished", "a confirmed removal did not come to its end", "Run it again with its number: 'retention list' shows it, 'retention run --confirm RUN' goes on where it stopped."));
        }

        // Each preview counts all that have expired: while nobody confirms, the oldest says since when.
        var waiting = runs.TakeWhile(run => run.ConfirmedAt is null && run.PreviewCount > 0).ToList();
        if (waiting is [.., var oldest] && now - oldest.PreviewedAt > Waits)
        {
            found.Add(Diagnosis.Doubt(
                "retention-waits", string.Create(CultureInfo.InvariantCulture, $"{last.PreviewCount:N0} cases are past their time, and nobody has confirmed their removal since {oldest.PreviewedAt:u}"),
                "Look with 'retention list' and confirm, or set 'retention: {mode: run}' in hub.yaml."));
        }

        return found.Count > 0 ? found : [Diagnosis.Well("retention", string.Create(CultureInfo.InvariantCulture, $"expired cases were counted last on {last.PreviewedAt:u}: {last.PreviewCount:N0}"))];
    }

    private const string Cure = "The running hub counts by retention.cron: see that one runs, and in its log what kept it; 'retention preview' counts now.";

    private async Task<DateTimeOffset?> FirstCaseAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AnyCaseSince);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime first ? new DateTimeOffset(first, TimeSpan.Zero) : null;
    }
}
