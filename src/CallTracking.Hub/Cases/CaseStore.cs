using System.Runtime.CompilerServices;
using CallTracking.Contracts;
using CallTracking.Hub.Storage;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace CallTracking.Hub.Cases;

/// <summary>How much of a list is wanted at once: a page ends where either is reached, but never without a case.</summary>
/// <param name="Cases">At most so many.</param>
/// <param name="Bytes">Of their texts and records, about what they need in memory and on the wire. One case may have more.</param>
internal readonly record struct PageSize(int Cases, long Bytes = PageSize.UsualBytes)
{
    public const long UsualBytes = 8 * 1024 * 1024;
}

/// <summary>One page of a list.</summary>
/// <param name="Cases">In the order of <see cref="CaseCursor"/>.</param>
/// <param name="Next">Where the next page starts; null on the last one.</param>
internal sealed record CasePage(IReadOnlyList<StoredCase> Cases, CaseCursor? Next);

/// <summary>Reads stored cases. Every statement carries the asker's scope.</summary>
internal sealed class CaseStore(NpgsqlDataSource dataSource)
{
    private const string One = """
        select case_uid, opened_at, true, record, subject, description, epoch, sequence, received_at, policy_version, anonymized_at, 0::bigint
        from cases where
        """;

    private const string Sized = """
        select case_uid, opened_at, record, subject, description, epoch, sequence, received_at, policy_version, anonymized_at,
               octet_length(record) + octet_length(subject) + octet_length(description) as bytes,
               sum(octet_length(record) + octet_length(subject) + octet_length(description)) over
        """;

    // What is behind the page's last byte comes without its texts and record, which PostgreSQL then does not even read: that there
    // is more is all one wants to know.
    private const string Cut = """
        select case_uid, opened_at, fits, case when fits then record end, case when fits then subject end, case when fits then description end,
               epoch, sequence, received_at, policy_version, anonymized_at, bytes_so_far
        """;

    private static readonly PageSize StreamPage = new(500);

    // Two statements instead of "nulls last": each walks the index (opened_at, case_uid) from where the page starts.
    private const string Opened = " and opened_at is not null";
    private const string OpenedAfter = " and (opened_at, case_uid) < ";
    private const string OpenedOrder = "order by opened_at desc, case_uid desc";
    private const string Undated = " and opened_at is null";
    private const string UndatedAfter = " and case_uid < ";
    private const string UndatedOrder = "order by case_uid desc";

    /// <summary>At most <paramref name="size"/> of the cases behind <paramref name="after"/>.</summary>
    public async Task<CasePage> ListAsync(CaseFilter filter, CaseScope scope, CaseCursor? after, PageSize size, CancellationToken cancellationToken)
    {
        // One more than asked tells whether there is a next page.
        var page = new Page(size with { Cases = size.Cases + 1 });
        if (after is not { OpenedAt: null })
        {
            await ReadAsync(DatedPage(filter, scope, after, page), page, cancellationToken);
        }

        // A filter on opening times cannot match a case without one.
        if (page.HasRoom && filter.OpenedFrom is null && filter.OpenedBefore is null)
        {
            var behind = after is { OpenedAt: null } ? after : null;
            await ReadAsync(UndatedPage(filter, scope, behind, page), page, cancellationToken);
        }

        var shown = page.Rows.Take(size.Cases).ToList();
        return new CasePage([.. shown.Select(row => row.Stored)], page.IsCut || page.Rows.Count > size.Cases ? shown[^1].Cursor : null);
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
        var page = new Page(new PageSize(1));
        await ReadAsync(conditions.ToCommand(dataSource, $"{One} {conditions.Where} and case_uid = {conditions.Parameter(uid.ToGuid())}"), page, cancellationToken);
        return page.Rows.SingleOrDefault()?.Stored;
    }

    /// <summary>
    /// Cases that have this number in the form in which the hub holds numbers: clear, coarser, or a pseudonym in hexadecimal digits. Numbers stand in
    /// no index, so every case of the scope is looked through.
    /// </summary>
    public async Task<IReadOnlyList<StoredCase>> FindByNumberAsync(string number, CaseScope scope, int most, CancellationToken cancellationToken)
    {
        var pseudonym = number.Length == CaseUid.Size * 2 && CaseUid.TryParse(number, out var hex) ? hex.ToByteString() : null;
        var needle = pseudonym?.ToByteArray() ?? System.Text.Encoding.UTF8.GetBytes(number);
        var conditions = CaseConditions.Of(new CaseFilter(), scope);
        var page = new Page(new PageSize(most));
        await ReadAsync(
            conditions.ToCommand(dataSource, $"{One} {conditions.Where} and position({conditions.Parameter(needle)} in record) > 0 limit {MostLookedAt}"), page, cancellationToken);
        return [.. page.Rows.Select(row => row.Stored).Where(stored => IsNumber(stored.Case.CaseNumber, number, pseudonym)).Take(most)];
    }

    // Of the number's bytes elsewhere in a record, in a text perhaps, there can be many.
    private const int MostLookedAt = 2000;

    private static bool IsNumber(PersonalText? held, string number, Google.Protobuf.ByteString? pseudonym) => held?.FormCase switch
    {
        PersonalText.FormOneofCase.Clear => string.Equals(held.Clear, number, StringComparison.Ordinal),
        PersonalText.FormOneofCase.Generalized => string.Equals(held.Generalized, number, StringComparison.Ordinal),
        PersonalText.FormOneofCase.Pseudonym => held.Pseudonym.Value == pseudonym,
        _ => false,
    };

    private NpgsqlCommand DatedPage(CaseFilter filter, CaseScope scope, CaseCursor? after, Page page)
    {
        var conditions = CaseConditions.Of(filter, scope);
        var where = conditions.Where + Opened;
        if (after is { OpenedAt: { } openedAt, Uid: var uid })
        {
            where += $"{OpenedAfter}({conditions.Parameter(openedAt)}, {conditions.Parameter(uid.ToGuid())})";
        }

        return conditions.ToCommand(dataSource, PageOf(conditions, where, OpenedOrder, page));
    }

    private NpgsqlCommand UndatedPage(CaseFilter filter, CaseScope scope, CaseCursor? after, Page page)
    {
        var conditions = CaseConditions.Of(filter, scope);
        var where = conditions.Where + Undated;
        if (after is { Uid: var uid })
        {
            where += UndatedAfter + conditions.Parameter(uid.ToGuid());
        }

        return conditions.ToCommand(dataSource, PageOf(conditions, where, UndatedOrder, page));
    }

    // The first case of a page is shown whatever its size.
    private static string PageOf(CaseConditions conditions, string where, string order, Page page) => $"""
        {Cut}
        from (
            select *, bytes_so_far <= {conditions.Parameter(page.BytesLeft)} or ({conditions.Parameter(page.Rows.Count == 0)} and bytes_so_far = bytes) as fits
            from ({Sized} ({order} rows unbounded preceding) as bytes_so_far from cases where {where} {order} limit {conditions.Parameter(page.CasesLeft)}) sized
        ) page
        {order}
        """;

    private static async Task ReadAsync(NpgsqlCommand command, Page page, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var bytes = 0L;
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!reader.GetBoolean(2))
                {
                    page.IsCut = true;
                    break;
                }

                page.Rows.Add(ReadRow(reader));
                bytes = reader.GetInt64(11);
            }

            page.BytesLeft -= bytes;
        }
    }

    private static Row ReadRow(NpgsqlDataReader reader)
    {
        var uid = CaseUid.FromGuid(reader.GetGuid(0));
        var @case = CaseLayout.Join(reader.GetFieldValue<byte[]>(3), new CaseTexts(reader.GetString(4), reader.GetString(5)));
        @case.CaseUid = uid.ToByteString();
        var stored = new StoredCase
        {
            Case = @case,
            Epoch = (ulong)reader.GetInt64(6),
            Sequence = (ulong)reader.GetInt64(7),
            ReceivedAt = ReadTime(reader, 8)!.Value.ToTimestamp(),
            PolicyVersion = (ulong)reader.GetInt64(9),
            AnonymizedAt = ReadTime(reader, 10)?.ToTimestamp(),
        };
        return new Row(stored, new CaseCursor(ReadTime(reader, 1), uid));
    }

    private static DateTimeOffset? ReadTime(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    // The cursor is made from the column, not from the record: PostgreSQL keeps microseconds only.
    private sealed record Row(StoredCase Stored, CaseCursor Cursor);

    /// <summary>A page while it is read, by one or two statements.</summary>
    private sealed class Page(PageSize size)
    {
        public List<Row> Rows { get; } = [];

        public long BytesLeft { get; set; } = size.Bytes;

        /// <summary>There is a case behind the page's last byte.</summary>
        public bool IsCut { get; set; }

        public int CasesLeft => size.Cases - Rows.Count;

        public bool HasRoom => !IsCut && CasesLeft > 0;
    }
}
