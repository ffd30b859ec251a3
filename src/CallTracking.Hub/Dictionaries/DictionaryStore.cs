using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Dictionaries;

/// <summary>One published version of a code table, never edited.</summary>
internal sealed record DictionaryVersionRow(
    string Name, int Version, DateTimeOffset PublishedAt, string PublishedBy, string Note, int Entries, int Pages, byte[] Digest, DictionaryKind Kind)
{
    /// <summary>True when regions are to look for nothing by it any more.</summary>
    public bool IsRetired => Kind == DictionaryKind.Concepts && Entries == 0;

    /// <summary>A short form of the digest for people: equal for versions that say the same.</summary>
    public string ETag => Convert.ToHexStringLower(Digest.AsSpan(0, 6));
}

/// <summary>Keeps code tables. Every method is one statement or one transaction.</summary>
internal sealed class DictionaryStore(NpgsqlDataSource dataSource)
{
    private const string LockTable = "lock table dictionary_version in share row exclusive mode";

    private const string SelectAll = """
        select name, version, published_at, published_by, note, entries, pages, digest, kind
        from dictionary_version
        order by name, version
        """;

    private const string SelectInForce = """
        select name, version, published_at, published_by, note, entries, pages, digest, kind
        from dictionary_version
        where name = $1 and ($2 = 0 or version = $2)
        order by version desc
        limit 1
        """;

    private const string Insert = """
        insert into dictionary_version (name, version, published_at, published_by, note, entries, pages, digest, kind)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string InsertPage = "insert into dictionary_page (name, version, page, content) values ($1, $2, $3, $4)";

    private const string SelectPage = "select content from dictionary_page where name = $1 and version = $2 and page = $3";

    // One whose last version has no entries is retired.
    private const string SelectConcepts = """
        select name, version
        from (select distinct on (name) name, version, entries from dictionary_version where kind = $1 order by name, version desc) as last
        where entries > 0
        order by name
        """;

    /// <summary>Publishes the next version, unless the one in force says the same, which is given back then. Two publishers at once get two numbers.</summary>
    /// <param name="name">Checked before.</param>
    /// <param name="entries">Checked before.</param>
    /// <param name="publishedBy">Who takes responsibility.</param>
    /// <param name="note">Why.</param>
    /// <param name="now">The instant from which it holds.</param>
    /// <param name="cancellationToken">Gives up; nothing is published then.</param>
    /// <param name="kind">What it is.</param>
    /// <exception cref="HubException">The name is that of a dictionary of the other kind.</exception>
    public async Task<(DictionaryVersionRow Row, bool IsNew)> PublishAsync(
        string name, IReadOnlyList<DictionaryEntry> entries, string publishedBy, string note, DateTimeOffset now, CancellationToken cancellationToken, DictionaryKind kind = DictionaryKind.Unspecified)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand(LockTable, connection, transaction))
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        var digest = DictionaryPages.DigestOf(entries);
        var before = await FindAsync(connection, name, 0, cancellationToken);
        if (before is not null && before.Kind != kind)
        {
            throw new HubException($"'{name}' is a {DictionaryText.KindOf(before.Kind)} already, and stays one. Give the {DictionaryText.KindOf(kind)} another name: --name.", HubExit.Usage);
        }

        if (before is not null && before.Digest.AsSpan().SequenceEqual(digest))
        {
            return (before, false);
        }

        var version = (before?.Version ?? 0) + 1;
        var pages = DictionaryPages.Cut(name, version, entries, kind);
        var row = new DictionaryVersionRow(name, version, now, publishedBy, note, entries.Count, pages.Count, digest, kind);
        await InsertAsync(connection, transaction, row, pages, cancellationToken);
        await connection.NoteAsync(
            AuditEntry.Of(
                AuditCode.DictionaryPublished, FormattableString.Invariant($"{name} version {version}"), ("by", publishedBy), ("note", note), ("entries", row.Entries),
                ("digest", Convert.ToHexStringLower(digest)), ("retired", row.IsRetired)),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (row, true);
    }

    /// <summary>A version, the one in force for 0; null when there is none.</summary>
    public async Task<DictionaryVersionRow?> FindAsync(string name, int version, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await FindAsync(connection, name, version, cancellationToken);
    }

    /// <summary>All versions, by name and number.</summary>
    public async Task<IReadOnlyList<DictionaryVersionRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectAll);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<DictionaryVersionRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Read(reader));
        }

        return rows;
    }

    /// <summary>The concept dictionaries in force, by name.</summary>
    public async Task<IReadOnlyList<DictionaryVersion>> ConceptsInForceAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectConcepts);
        command.Parameters.AddWithValue((short)DictionaryKind.Concepts);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new List<DictionaryVersion>();
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(new DictionaryVersion { Name = reader.GetString(0), Version = (uint)reader.GetInt32(1), Kind = DictionaryKind.Concepts });
        }

        return versions;
    }

    /// <summary>One page, from 1; null when the version has no such page.</summary>
    public async Task<Dictionary?> FindPageAsync(string name, int version, int page, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectPage);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(version);
        command.Parameters.AddWithValue(page);
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] content ? Dictionary.Parser.ParseFrom(content) : null;
    }

    private static async Task InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DictionaryVersionRow row, IReadOnlyList<Dictionary> pages, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand(Insert, connection, transaction);
        foreach (var value in (object[])[row.Name, row.Version, row.PublishedAt, row.PublishedBy, row.Note, row.Entries, row.Pages, row.Digest, (short)row.Kind])
        {
            insert.Parameters.AddWithValue(value);
        }

        await insert.ExecuteNonQueryAsync(cancellationToken);
        foreach (var page in pages)
        {
            await using var add = new NpgsqlCommand(InsertPage, connection, transaction);
            foreach (var value in (object[])[row.Name, row.Version, (int)page.Page, page.ToByteArray()])
            {
                add.Parameters.AddWithValue(value);
            }

            await add.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<DictionaryVersionRow?> FindAsync(NpgsqlConnection connection, string name, int version, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectInForce, connection);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(version);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    private static DictionaryVersionRow Read(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetInt32(1),
        reader.GetFieldValue<DateTimeOffset>(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetInt32(5),
        reader.GetInt32(6),
        reader.GetFieldValue<byte[]>(7),
        (DictionaryKind)reader.GetInt16(8));
}
