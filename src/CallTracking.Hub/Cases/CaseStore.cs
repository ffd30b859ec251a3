using System.Runtime.CompilerServices;
using CallTracking.Contracts;
using CallTracking.Hub.Storage;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace CallTracking.Hub.Cases;

/// <summary>One page of a list.</summary>
/// <param name="Cases">In the order of <see cref="CaseCursor"/>.</param>
/// <param name="Next">Where the next page starts; null on the last one.</param>
internal sealed record CasePage(IReadOnlyList<StoredCase> Cases, CaseCursor? Next);

/// <summary>Reads stored cases. Every statement carries the asker's scope.</summary>
internal sealed class CaseStore(NpgsqlDataSource dataSource)
{
    private const int StreamPage = 500;

    private const string Columns =
        "select case_uid, opened_at, record, subject, description, epoch, sequence, received_at, policy_version, anonymized_at from cases where ";

    // Two statements instead of "nulls last": each walks the index (opened_at, case_uid) from where the page starts.
    private const string Opened = " and opened_at is not null";
    private const string OpenedAfter = " and (opened_at, case_uid) < ";
    private const string OpenedOrder = " order by opened_at desc, case_uid desc limit ";
    private const string Undated = " and opened_at is null";
    private const string UndatedAfter = " and case_uid < ";
    private const string UndatedOrder = " order by case_uid desc limit ";

    /// <summary>At most <paramref name="size"/> cases behind <paramref name="after"/>.</summary>
    public async Task<CasePage> ListAsync(CaseFilter filter, CaseScope scope, CaseCursor? after, int size, CancellationToken cancellationToken)
    {
        // One more than asked tells whether there is a next page.
        var found = new List<Row>(size + 1);
        if (after is not { OpenedAt: null })
        {
            await ReadAsync(DatedPage(filter, scope, after, size + 1), found, cancellationToken);
        }

        // A filter on opening times cannot match a case without one.
        if (found.Count <= size && filter.OpenedFrom is null && filter.OpenedBefore is null)
        {
            var behind = after is { OpenedAt: null } ? after : null;
            await ReadAsync(UndatedPage(filter, scope, behind, size + 1 - found.Count), found, cancellationToken);
        }

        var last = found.Count > size ? found[size - 1] : null;
        return new CasePage([.. found.Take(size).Select(row => row.Stored)], last?.Cursor);
    }

    /// <summary>Every matching case, page by page, so that no statement stays open while a slow reader reads.</summary>
    public async IAsyncEnumerable<StoredCase> StreamAsync(
        CaseFilter filter, CaseScope scope, CaseCursor? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await ListAsync(filter, scope, after, StreamPage, cancellationToken);
            foreach (var stored in page.Cases)
            {
                yield return stored;
            }

            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>The case, or null when there is none in the scope.</summary>
    public async Task<StoredCase?> FindAsync(CaseUid uid, CaseScope scope, CancellationToken cancellationToken)
    {
        var conditions = CaseConditions.Of(new CaseFilter(), scope);
        var found = new List<Row>(1);
        await ReadAsync(conditions.ToCommand(dataSource, $"{Columns}{conditions.Where} and case_uid = {conditions.Parameter(uid.ToGuid())}"), found, cancellationToken);
        return found.SingleOrDefault()?.Stored;
    }

    private NpgsqlCommand DatedPage(CaseFilter filter, CaseScope scope, CaseCursor? after, int limit)
    {
        var conditions = CaseConditions.Of(filter, scope);
        var sql = Columns + conditions.Where + Opened;
        if (after is { OpenedAt: { } openedAt, Uid: var uid })
        {
            sql += $"{OpenedAfter}({conditions.Parameter(openedAt)}, {conditions.Parameter(uid.ToGuid())})";
        }

        return conditions.ToCommand(dataSource, sql + OpenedOrder + conditions.Parameter(limit));
    }

    private NpgsqlCommand UndatedPage(CaseFilter filter, CaseScope scope, CaseCursor? after, int limit)
    {
        var conditions = CaseConditions.Of(filter, scope);
        var sql = Columns + conditions.Where + Undated;
        if (after is { Uid: var uid })
        {
            sql += UndatedAfter + conditions.Parameter(uid.ToGuid());
        }

        return conditions.ToCommand(dataSource, sql + UndatedOrder + conditions.Parameter(limit));
    }

    private static async Task ReadAsync(NpgsqlCommand command, List<Row> into, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                into.Add(ReadRow(reader));
            }
        }
    }

    private static Row ReadRow(NpgsqlDataReader reader)
    {
        var uid = CaseUid.FromGuid(reader.GetGuid(0));
        var @case = CaseLayout.Join(reader.GetFieldValue<byte[]>(2), new CaseTexts(reader.GetString(3), reader.GetString(4)));
        @case.CaseUid = uid.ToByteString();
        var stored = new StoredCase
        {
            Case = @case,
            Epoch = (ulong)reader.GetInt64(5),
            Sequence = (ulong)reader.GetInt64(6),
            ReceivedAt = ReadTime(reader, 7)!.Value.ToTimestamp(),
            PolicyVersion = (ulong)reader.GetInt64(8),
            AnonymizedAt = ReadTime(reader, 9)?.ToTimestamp(),
        };
        return new Row(stored, new CaseCursor(ReadTime(reader, 1), uid));
    }

    private static DateTimeOffset? ReadTime(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    // The cursor is made from the column, not from the record: PostgreSQL keeps microseconds only.
    private sealed record Row(StoredCase Stored, CaseCursor Cursor);
}
