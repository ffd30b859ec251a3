using System.Security.Cryptography;
using System.Text;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using CallTracking.Privacy;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Policies;

/// <summary>
/// One published version of the rules, never edited: the YAML texts as legal wrote them. Batches shaped under a version older
/// than the required one are sent back to be shaped again.
/// </summary>
internal sealed record PolicyVersion(
    long Version, DateTimeOffset PublishedAt, DateTimeOffset ValidFrom, string PublishedBy, string Note, long RequiredVersion, IReadOnlyList<PolicyDocument> Documents)
{
    /// <summary>What the documents say of a day.</summary>
    public PolicyLoad Read(DateOnly day) => PolicySet.Parse(new PolicyBundle { Version = (ulong)Version, Documents = { Documents } }, day);
}

/// <summary>Keeps published policies. Every method is one statement or one transaction.</summary>
internal sealed class PolicyStore(NpgsqlDataSource dataSource)
{
    private const string LockTable = "lock table policy_version in share row exclusive mode";

    private const string SelectNext = "select coalesce(max(version), 0) + 1, coalesce(max(required_version), 0) from policy_version";

    private const string Insert = """
        insert into policy_version (version, published_at, valid_from, published_by, note, required_version, documents)
        values ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string SelectInForce = """
        select version, published_at, valid_from, published_by, note, required_version, documents
        from policy_version
        where valid_from <= $1
        order by version desc
        limit 1
        """;

    private const string SelectAll = """
        select version, published_at, valid_from, published_by, note, required_version, documents
        from policy_version
        order by version
        """;

    private const string SelectVersionInForce = "select coalesce(max(version), 0) from policy_version where valid_from <= $1";

    /// <summary>Publishes the next version and returns its number. Two publishers at once get two numbers.</summary>
    /// <param name="documents">Checked before.</param>
    /// <param name="publishedBy">Who takes responsibility.</param>
    /// <param name="note">Why.</param>
    /// <param name="isRequired">Whether batches shaped under older versions are refused from now on.</param>
    /// <param name="now">The instant of publication, from which it holds.</param>
    /// <param name="cancellationToken">Gives up; nothing is published then.</param>
    public async Task<long> PublishAsync(
        IReadOnlyList<PolicyDocument> documents, string publishedBy, string note, bool isRequired, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand(LockTable, connection, transaction))
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        long version;
        long required;
        await using (var next = new NpgsqlCommand(SelectNext, connection, transaction))
        await using (var reader = await next.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            version = reader.GetInt64(0);
            required = isRequired ? version : reader.GetInt64(1);
        }

        await using var insert = new NpgsqlCommand(Insert, connection, transaction);
        insert.Parameters.AddWithValue(version);
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(publishedBy);
        insert.Parameters.AddWithValue(note);
        insert.Parameters.AddWithValue(required);
        insert.Parameters.AddWithValue(new PolicyBundle { Version = (ulong)version, Documents = { documents } }.ToByteArray());
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await connection.NoteAsync(
            AuditEntry.Of(
                AuditCode.PolicyPublished, $"version {version}", ("by", publishedBy), ("note", note), ("required", required),
                ("documents", documents.Select(document => $"{document.Name} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.Yaml)))}"))),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return version;
    }

    /// <summary>Null when nothing is published yet.</summary>
    public async Task<PolicyVersion?> FindInForceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectInForce);
        command.Parameters.AddWithValue(now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    /// <summary>The number of the version in force; 0 when there is none.</summary>
    public async Task<long> FindVersionInForceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectVersionInForce);
        command.Parameters.AddWithValue(now);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<IReadOnlyList<PolicyVersion>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectAll);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new List<PolicyVersion>();
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(Read(reader));
        }

        return versions;
    }

    private static PolicyVersion Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetFieldValue<DateTimeOffset>(1),
        reader.GetFieldValue<DateTimeOffset>(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetInt64(5),
        PolicyBundle.Parser.ParseFrom(reader.GetFieldValue<byte[]>(6)).Documents);
}
