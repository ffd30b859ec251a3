using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Storage;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Cases;

/// <summary>What was found of all cases.</summary>
/// <param name="Sealed">As the hub wrote them.</param>
/// <param name="Broken">Not so.</param>
/// <param name="Unsealed">Stored before there were seals, and unchanged since; or somebody took the seal away.</param>
internal readonly record struct VerifiedCases(long Sealed, long Broken, long Unsealed)
{
    public long Cases => Sealed + Broken + Unsealed;
}

/// <summary>A case that is not as the hub wrote it.</summary>
/// <param name="Uid">The case.</param>
/// <param name="Region">As the row says.</param>
/// <param name="What">What does not fit, without any value.</param>
/// <param name="HasSeal">False when nothing says how the hub wrote it.</param>
internal readonly record struct BrokenCase(CaseUid Uid, string Region, string What, bool HasSeal = true);

/// <summary>Looks whether stored cases are as the hub wrote them, by their seals, and whether their columns say what their records say.</summary>
internal sealed class CaseVerification(NpgsqlDataSource dataSource, IdentitySource identity)
{
    /// <summary>What <see cref="FaultOf"/> reads, in this order from the first column on.</summary>
    public const string Columns = $"case_uid, region, epoch, sequence, change_hash, policy_version, record, subject, description, seal, {CodedCase.Columns}";

    private const string Select = $"select {Columns} from cases where cardinality($1::text[]) = 0 or region = any($1)";

    private const int Seal = 9;

    private const int FirstCoded = 10;

    private const string NoSeal = "it has no seal: it was stored before there were seals, or somebody took the seal away";

    private const string HasKey = "select count(*) from pg_constraint where conrelid = 'cases'::regclass and contype = 'p'";

    /// <summary>How many <see cref="Columns"/> there are.</summary>
    public static readonly int ColumnCount = Columns.Count(letter => letter == ',') + 1;

    /// <summary>Reads every case once, in one snapshot and in the memory of one case.</summary>
    /// <param name="regions">Of these only; of all when empty.</param>
    /// <param name="tell">Gets each case that is not as it was written, or has no seal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HubException">The table's primary key is gone, so that a case could be there twice.</exception>
    public async Task<VerifiedCases> RunAsync(IReadOnlyList<string> regions, Action<BrokenCase> tell, CancellationToken cancellationToken)
    {
        var seal = (await identity.GetAsync(cancellationToken)).Seal;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await RequireKeyAsync(connection, cancellationToken);
        await using var command = new NpgsqlCommand(Select, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue(regions.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = default(VerifiedCases);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (IsUnsealed(reader))
            {
                found = found with { Unsealed = found.Unsealed + 1 };
                tell(new BrokenCase(CaseUid.FromGuid(reader.GetGuid(0)), reader.GetString(1), NoSeal, HasSeal: false));
            }
            else if (FaultOf(reader, seal) is { } what)
            {
                found = found with { Broken = found.Broken + 1 };
                tell(new BrokenCase(CaseUid.FromGuid(reader.GetGuid(0)), reader.GetString(1), what));
            }
            else
            {
                found = found with { Sealed = found.Sealed + 1 };
            }
        }

        return found;
    }

    private static async Task RequireKeyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(HasKey, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is not > 0L)
        {
            throw new HubException("The table of cases has no primary key any more: somebody took it away, and a case may be there twice. Restore the database, or put the key back (primary key (case_uid)).", HubExit.Failed);
        }
    }

    /// <summary>True when nothing says how the hub wrote the row.</summary>
    public static bool IsUnsealed(NpgsqlDataReader reader) => reader.IsDBNull(Seal);

    /// <summary>What does not fit of a row that has a seal, without any value; null when it is as the hub wrote it.</summary>
    public static string? FaultOf(NpgsqlDataReader reader, CaseSeal seal)
    {
        var (record, texts) = (reader.GetFieldValue<byte[]>(6), new CaseTexts(reader.GetString(7), reader.GetString(8)));
        var row = new SealedRow(
            reader.GetGuid(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetGuid(4), reader.GetInt64(5), record, texts);
        if (seal.Of(row) != reader.GetGuid(Seal))
        {
            return "the seal does not fit: the case, a text or its receipts were changed in the database, or the key in the state folder is another";
        }

        try
        {
            var differences = CodedCase.Of(CaseLayout.Join(record, texts)).DifferencesFrom(CodedCase.Read(reader, FirstCoded));
            return differences.Length == 0 ? null : $"changed in the database: {string.Join(", ", differences)}";
        }
        catch (InvalidProtocolBufferException)
        {
            return "the record cannot be read";
        }
    }
}
