using CallTracking.Contracts;
using CallTracking.Faults.Sources;
using Npgsql;

namespace CallTracking.Faults.Proof;

/// <summary>Compares what stands at headquarters with what the sources say, case by case, past the hub: in its tables.</summary>
internal static class HubComparison
{
    // Of two rows of one case the one with its history comes first, so that the other counts once.
    private const string Stored = """
        select c.product_model, c.product_firmware, c.status, (select coalesce(sum(e.backlog_delta), 0) from case_events e where e.case_uid = c.case_uid)::int
        from cases c
        order by 4 desc
        """;

    /// <summary>Counts the differences and names each to <paramref name="tell"/>.</summary>
    public static async Task<Verdict> CompareAsync(string database, IReadOnlyList<SourceBook> books, Action<string> tell)
    {
        var missing = books.SelectMany(book => book.Cases).ToDictionary(one => one.Model);
        var met = new HashSet<string>();
        var (doubled, stale) = (0, 0);
        foreach (var (model, firmware, status, backlog) in await ReadAsync(database))
        {
            var isKnown = missing.Remove(model, out var source);
            if (!isKnown || !met.Add(model))
            {
                doubled++;
                tell($"doubled: {model} {firmware} stands once more");
                continue;
            }

            var isOpen = status is >= (int)CaseStatus.New and <= (int)CaseStatus.OnHold;
            if (firmware != source!.Firmware || isOpen != source.IsOpen)
            {
                stale++;
                tell($"stale: {model} stands as {firmware}, the source has {source.Firmware}");
            }
            else if (backlog != (isOpen ? 1 : 0))
            {
                doubled++;
                tell($"doubled: {model} is {(isOpen ? "open" : "closed")}, its history counts {backlog}");
            }
        }

        foreach (var lost in missing.Values)
        {
            tell($"lost: {lost.Model} {lost.Firmware}");
        }

        return new Verdict(missing.Count, doubled, stale, Leaked: 0);
    }

    private static async Task<List<(string Model, string Firmware, int Status, int Backlog)>> ReadAsync(string database)
    {
        // No pool: the server is killed now and then, and a pooled connection would be a dead one.
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Stored, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string, int, int)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetInt16(2), reader.GetInt32(3)));
        }

        return rows;
    }
}
