using System.Runtime.CompilerServices;
using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>What of the log is wanted.</summary>
/// <param name="Since">At or after.</param>
/// <param name="Until">Before.</param>
/// <param name="Who">An actor, or the beginning of some: <c>region:</c>.</param>
/// <param name="What">A code, or the beginning of some: <c>policy.</c>.</param>
/// <param name="Before">Rows with smaller numbers only: where a page before ended.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record AuditQuestion(DateTimeOffset? Since, DateTimeOffset? Until, string? Who, string? What, long? Before, int Limit)
{
    private const int LongestWord = 80;

    /// <summary>Reads <c>who</c> or <c>what</c>. A question is itself a row that stays for ever, so it holds no more than actors and codes do: no blanks, no free text.</summary>
    public static string? Word(ParameterReader reader, string name)
    {
        var word = reader.Single(name);
        if (word is null || (word.Length <= LongestWord && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ':' or '.' or '-' or '_')))
        {
            return word;
        }

        // Without what stood there: an answer may be logged, too.
        reader.Fault(name, "…", $"at most {LongestWord} of A-Z a-z 0-9 : . - _, such as person: or policy.published");
        return null;
    }
}

/// <summary>The oldest row that no seal holds yet, by the database's clock.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Age">How long ago.</param>
internal sealed record UnsealedRow(DateTimeOffset At, TimeSpan Age)
{
    /// <summary>Longer than a seal takes where all is well.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    public bool IsLate => Age > Usual;
}

/// <summary>Reads the audit log and its seals.</summary>
internal sealed class AuditLogStore(NpgsqlDataSource dataSource)
{
    private const string SelectRows = $"""
        select {AuditRow.Columns} from audit_log
        where ($1::timestamptz is null or at >= $1) and ($2::timestamptz is null or at < $2)
          and ($3::text is null or starts_with(who, $3)) and ($4::text is null or starts_with(what, $4))
          and ($5::bigint is null or sequence < $5)
        order by sequence desc
        limit $6
        """;

    private const string SelectSeals = "select seal, signature, key_id from audit_seal where number >= $1 order by number limit $2";

    private const string SelectOldestUnsealed = """
        select at, clock_timestamp() - at from audit_log
        where sequence > (select coalesce(max(last_sequence), 0) from audit_seal) order by sequence limit 1
        """;

    private const string SelectSilence = "select coalesce((select clock_timestamp() - at > interval '20 hours' from audit_log order by sequence desc limit 1), false)";

    private const string SelectNewest = "select coalesce(max(number), 0) from audit_seal";

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<AuditRow>> ListAsync(AuditQuestion question, CancellationToken cancellationToken)
    {
        var rows = new List<AuditRow>();
        await foreach (var row in ReadAsync(question, cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The newest first, in the memory of one row.</summary>
    public async IAsyncEnumerable<AuditRow> ReadAsync(AuditQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectRows);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)question.Since ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)question.Until ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)question.Who ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)question.What ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)question.Before ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        command.Parameters.AddWithValue(question.Limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return AuditRow.Read(reader);
        }
    }

    /// <summary>Null when all rows are sealed.</summary>
    public async Task<UnsealedRow?> OldestUnsealedAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectOldestUnsealed);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new UnsealedRow(reader.GetFieldValue<DateTimeOffset>(0), reader.GetTimeSpan(1)) : null;
    }

    /// <summary>Whether nothing was written for most of a day.</summary>
    public async Task<bool> IsSilentAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectSilence);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Seals from a number on, for a region that keeps the one of that number; the newest alone for 0.</summary>
    /// <param name="from">Its number.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GetAuditSealsResponse> SealsAsync(ulong from, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var newest = new NpgsqlCommand(SelectNewest, connection);
        var response = new GetAuditSealsResponse { Newest = (ulong)(long)(await newest.ExecuteScalarAsync(cancellationToken))! };
        await using var command = new NpgsqlCommand(SelectSeals, connection);
        command.Parameters.AddWithValue((long)Math.Min(from == 0 ? response.Newest : from, long.MaxValue));
        command.Parameters.AddWithValue(limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            response.Seals.Add(SealedPart.ReadEnvelope(reader, 0));
        }

        return response;
    }
}
