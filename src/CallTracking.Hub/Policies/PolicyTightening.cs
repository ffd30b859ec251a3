using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Storage;
using CallTracking.Privacy;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Policies;

/// <summary>
/// Brings the stored cases to what holds: a rule that became tighter is applied to them, and the regions are asked for those of which
/// headquarters may have more. Works in short transactions that each keep their own count, so that after a kill it goes on where it
/// stopped; of many processes one does the work.
/// </summary>
internal sealed class PolicyTightening(
    NpgsqlDataSource dataSource,
    RuleSource rules,
    PolicyStore store,
    TaskStore tasks,
    IdentitySource identity,
    TimeProvider clock,
    ILogger<PolicyTightening> logger)
{
    private const long LockKey = 0x63_74_74_69_67_68_74;
    private const int BatchCases = 200;
    private const int CasesPerTask = 5000;
    private const string Reason = "policy-loosened";

    // What is alike in a shape, exactly: of the cases beside the version that shaped them.
    private const string Concerned = $"""
        from cases c left join policy_version v on v.version = c.policy_version
        where (region, customer_country, centre_country, collection_country, product_category, policy_version,
            (received_at at time zone 'UTC')::date, {StoredShape.TightenedHere})
            in (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::date[], $8::boolean[]))
        and anonymized_at is null
        """;

    private const string SelectBatch = $"""
        select case_uid, record, subject, description, region, epoch, sequence, change_hash, policy_version, seal
        {Concerned} and case_uid > $9 and received_at < $10 order by case_uid limit $11 for update of c
        """;

    private const string SelectUids = $"select region, case_uid {Concerned} and received_at < $9 order by 1, 2";

    private const string Update = """
        update cases c set record = t.record, subject = t.subject, description = t.description, policy_version = $5, seal = t.seal
        from unnest($1::uuid[], $2::bytea[], $3::text[], $4::text[], $6::uuid[]) as t (case_uid, record, subject, description, seal)
        where c.case_uid = t.case_uid
        """;

    /// <summary>Does what is left to do for the policies in force; null when there are none, or another process is at it.</summary>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Stops between two batches; the next run goes on from there.</param>
    public async Task<TighteningRun?> RunAsync(Action<TighteningRun> progress, CancellationToken cancellationToken)
    {
        if (await rules.FindAsync(cancellationToken) is not { } book)
        {
            return null;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var since = book.Policies.Since;
        if (await TighteningRunStore.FindAsync(connection, book.Version, since, cancellationToken) is { FinishedAt: not null } done)
        {
            return done;
        }

        if (!await LockAsync(connection, cancellationToken))
        {
            return null;
        }

        try
        {
            return await RunAsync(connection, book, progress, cancellationToken);
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    private async Task<TighteningRun?> RunAsync(NpgsqlConnection connection, RuleBook book, Action<TighteningRun> progress, CancellationToken cancellationToken)
    {
        var (version, since) = (book.Version, book.Policies.Since);
        var published = (await store.ListAsync(cancellationToken)).ToDictionary(one => one.Version);
        var finder = new StoredShapes(book.Policies, version, published);
        var shapes = await StoredShapes.ListAsync(connection, cancellationToken);
        var tighter = shapes.Where(finder.IsTighter).ToList();
        await TighteningRunStore.AddAsync(connection, version, since, clock.GetUtcNow(), tighter.Sum(shape => shape.Count), cancellationToken);
        var run = (await TighteningRunStore.FindAsync(connection, version, since, cancellationToken))!;
        if (run.AskedAgain is null)
        {
            // Killed in between, the regions are asked twice, which costs a few cases on the wire and nothing else.
            var asked = await AskAgainAsync(connection, [.. shapes.Where(finder.MustBeAskedFor)], run.StartedAt, cancellationToken);
            run = run with { AskedAgain = asked };
            await TighteningRunStore.SaveAsync(connection, run, cancellationToken);
        }

        while (tighter.Count > 0 && await store.FindVersionInForceAsync(clock.GetUtcNow(), cancellationToken) == version)
        {
            var (after, count) = await BatchAsync(connection, book, tighter, (await identity.GetAsync(cancellationToken)).Seal, cancellationToken);
            run = after;
            progress(run);
            if (count == 0)
            {
                break;
            }
        }

        if (await store.FindVersionInForceAsync(clock.GetUtcNow(), cancellationToken) != version)
        {
            return run; // Overtaken: the next version has a run of its own.
        }

        run = run with { FinishedAt = clock.GetUtcNow() };
        await FinishAsync(connection, run, cancellationToken);
        if (run.Changed > 0)
        {
            await ReclaimAsync(connection, cancellationToken);
        }

        PolicyLog.Tightened(logger, version, since, run.Looked, run.Changed, run.AskedAgain ?? 0);
        return run;
    }

    private static async Task FinishAsync(NpgsqlConnection connection, TighteningRun run, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TighteningRunStore.SaveAsync(connection, run, cancellationToken);
        await connection.NoteAsync(
            AuditEntry.Of(
                AuditCode.PolicyTightened, $"version {run.Version} since {run.Since:O}", ("looked", run.Looked), ("changed", run.Changed), ("asked_again", run.AskedAgain),
                ("removed", run.Removed.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")))),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<(TighteningRun Run, int Count)> BatchAsync(
        NpgsqlConnection connection, RuleBook book, IReadOnlyList<StoredShape> shapes, CaseSeal seal, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var run = await TighteningRunStore.LockAsync(connection, book.Version, book.Policies.Since, cancellationToken);
        var (batch, tally) = (new Batch(), new RedactionTally());
        await using (var select = Command(connection, SelectBatch, shapes))
        {
            select.Parameters.AddWithValue(run.LastUid);
            select.Parameters.AddWithValue(run.StartedAt);
            select.Parameters.AddWithValue(BatchCases);
            await using var reader = await select.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var (record, texts) = (reader.GetFieldValue<byte[]>(1), new CaseTexts(reader.GetString(2), reader.GetString(3)));
                var before = new SealedRow(
                    reader.GetGuid(0), reader.GetString(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetGuid(7), reader.GetInt64(8), record, texts);
                var @case = CaseLayout.Join(record, texts);
                batch.Take(before.Uid, @case, book.Tighten(@case), tally);
                batch.Seal(seal, reader.IsDBNull(9) ? null : reader.GetGuid(9), before, book.Version);
            }
        }

        if (batch.Uids.Count == 0)
        {
            return (run, 0);
        }

        await using var update = new NpgsqlCommand(Update, connection);
        update.Parameters.AddWithValue(batch.Uids.ToArray());
        update.Parameters.AddWithValue(batch.Records.ToArray());
        update.Parameters.AddWithValue(batch.Subjects.ToArray());
        update.Parameters.AddWithValue(batch.Descriptions.ToArray());
        update.Parameters.AddWithValue(book.Version);
        update.Parameters.AddWithValue(batch.Seals.ToArray());
        await update.ExecuteNonQueryAsync(cancellationToken);
        run = run.With(batch.Uids, batch.Changed, tally);
        await TighteningRunStore.SaveAsync(connection, run, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (run, batch.Uids.Count);
    }

    private async Task<long> AskAgainAsync(
        NpgsqlConnection connection, IReadOnlyList<StoredShape> shapes, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (shapes.Count == 0)
        {
            return 0;
        }

        var uids = new List<(string Region, Guid Uid)>();
        await using (var select = Command(connection, SelectUids, shapes))
        {
            select.Parameters.AddWithValue(before);
            await using var reader = await select.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                uids.Add((reader.GetString(0), reader.GetGuid(1)));
            }
        }

        foreach (var region in uids.GroupBy(entry => entry.Region))
        {
            foreach (var part in region.Chunk(CasesPerTask))
            {
                var wish = new SendAgain { Reason = Reason, CaseUids = { part.Select(entry => ByteString.CopyFrom(entry.Uid.ToByteArray(bigEndian: true))) } };
                await tasks.AddAsync(RegionCode.Parse(region.Key), new RegionTask { SendAgain = wish }, clock.GetUtcNow(), cancellationToken);
            }
        }

        return uids.Count;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, IReadOnlyList<StoredShape> shapes)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var field in new Func<StoredShape, string>[] { s => s.Region, s => s.Customer, s => s.Centre, s => s.Collection, s => s.Category })
        {
            command.Parameters.AddWithValue(shapes.Select(field).ToArray());
        }

        command.Parameters.AddWithValue(shapes.Select(shape => shape.Version).ToArray());
        command.Parameters.AddWithValue(shapes.Select(shape => shape.ReceivedOn).ToArray());
        command.Parameters.AddWithValue(shapes.Select(shape => shape.WasTightenedHere).ToArray());
        return command;
    }

    // What the rows held before is then no more than free room of their pages, written over by the next rows; the planner's statistics
    // quote values of columns, so they are made anew.
    private static async Task ReclaimAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("vacuum (analyze) cases", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes the table of cases anew, so that nothing of what rows held before is left in its files. Nobody reads or writes cases meanwhile.</summary>
    public async Task RewriteAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("vacuum (full, analyze) cases", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
        await connection.NoteAsync(AuditEntry.Of(AuditCode.StorageRewritten, "cases"), cancellationToken);
    }

    private static async Task<bool> LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection);
        command.Parameters.AddWithValue(LockKey);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        // A connection that broke has lost its lock with it.
        if (connection.FullState == System.Data.ConnectionState.Open)
        {
            await using var command = new NpgsqlCommand("select pg_advisory_unlock($1)", connection);
            command.Parameters.AddWithValue(LockKey);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private sealed class Batch
    {
        public List<Guid> Uids { get; } = [];

        public List<byte[]> Records { get; } = [];

        public List<string> Subjects { get; } = [];

        public List<string> Descriptions { get; } = [];

        public List<Guid?> Seals { get; } = [];

        public long Changed { get; private set; }

        public void Take(Guid uid, Case @case, RedactionTally done, RedactionTally sum)
        {
            Changed += done.IsEmpty ? 0 : 1;
            sum.Merge(done);
            var texts = CaseLayout.Split(@case);
            Uids.Add(uid);
            Records.Add(@case.ToByteArray());
            Subjects.Add(texts.Subject);
            Descriptions.Add(texts.Description);
        }

        /// <summary>Seals what was taken last.</summary>
        public void Seal(CaseSeal seal, Guid? was, in SealedRow before, long version) => Seals.Add(seal.Renew(
            was, before, before with { PolicyVersion = version, Record = Records[^1], Texts = new CaseTexts(Subjects[^1], Descriptions[^1]) }));
    }
}
