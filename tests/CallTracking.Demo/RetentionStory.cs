using System.Text.Json;
using CallTracking.Testing.Installations;
using Npgsql;

namespace CallTracking.Demo;

/// <summary>Legal's rule at work: the preview, the confirmed run with the same counts, and what may never come back.</summary>
internal sealed class RetentionStory(Installation installation)
{
    private const string LastRun = "select run_id, preview::text, result::text from retention_run order by previewed_at desc limit 1";

    private const string Returned =
        "select count(*) from cases c join removed_case r on r.case_uid = c.case_uid where r.reason in ('expired', 'erased')";

    private const string Removed = "select region, count(*) from removed_case where reason = 'expired' group by region";

    /// <summary>Previews, confirms and runs; answers how many cases of each region went.</summary>
    /// <exception cref="DemoFailure">The run's counts differ from the preview's, or nothing went.</exception>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync()
    {
        Tell.Output(await installation.RunHubCommandAsync("retention", "preview"));
        var (id, _, _) = await ReadLastRunAsync();
        Tell.Output(await installation.RunHubCommandAsync("retention", "run", "--confirm", id.ToString()));
        var (_, preview, result) = await ReadLastRunAsync();
        var removed = await ReadRemovedAsync();
        Tell.Verdict(
            Same(preview, result) && removed.Count > 0 ? [] : [$"The run's counts differ from the preview's, or nothing expired ({removed.Values.Sum():N0})."],
            "The confirmed run did just what its preview said.");
        return removed;
    }

    /// <summary>How many removed cases the hub holds all the same. Must be none.</summary>
    public async Task<long> CountReturnedAsync()
    {
        await using var connection = new NpgsqlConnection(installation.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Returned, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static bool Same(string preview, string? result)
    {
        if (result is null)
        {
            return false;
        }

        using var before = JsonDocument.Parse(preview);
        using var after = JsonDocument.Parse(result);
        return JsonElement.DeepEquals(before.RootElement, after.RootElement);
    }

    private async Task<(Guid Id, string Preview, string? Result)> ReadLastRunAsync()
    {
        await using var connection = new NpgsqlConnection(installation.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(LastRun, connection);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? (reader.GetGuid(0), reader.GetString(1), await reader.IsDBNullAsync(2) ? null : reader.GetString(2))
            : throw new DemoFailure("The retention preview left no run to confirm.");
    }

    private async Task<Dictionary<string, long>> ReadRemovedAsync()
    {
        await using var connection = new NpgsqlConnection(installation.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Removed, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var removed = new Dictionary<string, long>();
        while (await reader.ReadAsync())
        {
            removed.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return removed;
    }
}
