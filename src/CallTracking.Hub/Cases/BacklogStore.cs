using CallTracking.Contracts;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Cases;

/// <summary>Which instants of the past the backlog is asked for.</summary>
/// <param name="Regions">Empty means all of the scope.</param>
/// <param name="From">The first instant.</param>
/// <param name="Until">The last one is not later than this.</param>
/// <param name="Every">Distance between instants; positive.</param>
internal sealed record BacklogQuestion(IReadOnlyCollection<string> Regions, DateTimeOffset From, DateTimeOffset Until, TimeSpan Every)
{
    /// <summary>More instants than this in one answer are refused.</summary>
    public const int MaxInstants = 4000;

    /// <summary>How many instants the question names; 0 when it ends before it starts.</summary>
    public long Instants => Until < From ? 0 : ((Until - From).Ticks / Every.Ticks) + 1;
}

/// <summary>Counts from the history how many cases were open at an instant: what was open last night can be asked next year.</summary>
internal sealed class BacklogStore(NpgsqlDataSource dataSource)
{
    // Changes are summed per region and step in the database; only as many rows as points come back.
    private const string Changes = """
        select region, greatest(0, ceil(extract(epoch from at - $1) / extract(epoch from $2)))::int as step, sum(backlog_delta)::bigint
        from case_events
        where backlog_delta <> 0 and at <= $3
          and ($4::text[] is null or region = any($4))
          and (cardinality($5) = 0 or region = any($5))
        group by 1, 2
        order by 1, 2
        """;

    /// <summary>One point per instant and region, regions in alphabetical order. A region without history has no points.</summary>
    public async Task<IReadOnlyList<BacklogPoint>> CountAsync(BacklogQuestion question, CaseScope scope, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Changes);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = question.From });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = question.Every });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = question.Until });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)scope.Regions ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. question.Regions] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new SortedDictionary<string, Dictionary<int, long>>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            var region = reader.GetString(0);
            if (!changes.TryGetValue(region, out var steps))
            {
                changes.Add(region, steps = []);
            }

            steps.Add(reader.GetInt32(1), reader.GetInt64(2));
        }

        return [.. changes.SelectMany(pair => Points(question, pair.Key, pair.Value))];
    }

    private static IEnumerable<BacklogPoint> Points(BacklogQuestion question, string region, Dictionary<int, long> changes)
    {
        var open = 0L;
        for (var step = 0; step < question.Instants; step++)
        {
            open += changes.GetValueOrDefault(step);
            yield return new BacklogPoint { At = (question.From + (question.Every * step)).ToTimestamp(), Region = region, OpenCases = open };
        }
    }
}
