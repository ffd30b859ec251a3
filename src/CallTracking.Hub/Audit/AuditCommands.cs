using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Commands;
using Npgsql;
using Spectre.Console;

namespace CallTracking.Hub.Audit;

/// <summary><c>audit list|verify|seal|accept</c>: who did what, and whether that still stands as it was written.</summary>
internal static class AuditCommands
{
    private const int UsualRows = 100;
    private const int LongestNote = 1000;

    /// <summary>From then on a check fails: a hub that was stopped for a while is no fault yet.</summary>
    private static readonly TimeSpan LongestUnsealed = TimeSpan.FromHours(1);

    private static readonly TimeSpan SealPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ProgressBeat = TimeSpan.FromSeconds(2);

    public static Command Create() => new("audit", "Who did what here, in a log that is only ever added to.") { CreateList(), CreateVerify(), CreateSeal(), CreateAccept() };

    private static Command CreateList()
    {
        var since = new Option<string?>("--since") { Description = "At or after this day or instant.", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "Before it.", HelpName = "TIME" };
        var who = new Option<string?>("--who") { Description = "By whom: region:DE, or the beginning of it (person:).", HelpName = "ACTOR" };
        var what = new Option<string?>("--what") { Description = "What: policy.published, or the beginning of it (policy.).", HelpName = "CODE" };
        var limit = new Option<int>("--limit") { Description = "At most so many, the newest; 0 for all.", DefaultValueFactory = _ => UsualRows };
        var format = new Option<string>("--format") { Description = "table, or jsonl: one row a line.", HelpName = "table|jsonl", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "jsonl");
        var command = new Command("list", "Shows what was done, the newest first.") { since, until, who, what, limit, format };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var given = new Dictionary<string, IReadOnlyList<string>>();
            foreach (var (name, value) in new[] { ("since", parsed.GetValue(since)), ("until", parsed.GetValue(until)), ("who", parsed.GetValue(who)), ("what", parsed.GetValue(what)) })
            {
                given[name] = value is null ? [] : [value];
            }

            var reader = new ParameterReader(given);
            var question = new AuditQuestion(
                reader.Instant("since"), reader.Instant("until"), AuditQuestion.Word(reader, "who"), AuditQuestion.Word(reader, "what"), null, parsed.GetValue(limit) is > 0 and var most ? most : int.MaxValue);
            if (reader.Finish() is [var fault, ..])
            {
                await Console.Error.WriteLineAsync($"--{fault.Parameter}: found '{fault.Value}', expected {fault.Expected}.");
                return HubExit.Usage;
            }

            await WriteAsync(services, question, parsed.GetValue(format)!, cancellationToken);
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateVerify()
    {
        var head = new Option<string?>("--head") { Description = "A head that a region kept (calltracking-agent audit head --out FILE): it has to be in this history.", HelpName = "FILE" };
        var command = new Command("verify", """
            Computes the whole audit log anew, and names the first row or seal that is not as it was sealed.

            Rows are sealed within a minute or so, as soon as no transaction is open that could add one before them. What is not sealed yet is
            counted; nothing vouches for it, and where the oldest waits for more than an hour, sealing has stopped. The last seal that this hub made
            stands in its state folder, too: a history that was made anew in the database does not fit it. Whoever holds database and state folder
            can make one that holds by itself: the heads that regions keep are what it does not fit. So compare with one of them.

            Exit codes: 0 all is as it was sealed, 1 something is not, or was not sealed for more than an hour
            """) { head };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var kept = parsed.GetValue(head) is { } path ? await KeptHead.RequireAsync(path, cancellationToken) : null;
            var found = await services.GetRequiredService<AuditVerification>().RunAsync(kept, Progress(), cancellationToken);
            var tail = found.Unsealed == 0 ? "nothing is unsealed"
                : string.Create(CultureInfo.InvariantCulture, $"{found.Unsealed:N0} rows are not sealed yet, the oldest of {found.UnsealedSince:u}");
            if (found.Fault is { } fault)
            {
                Console.WriteLine($"NOT AS SEALED ({fault.Kind}): {fault.Text}.");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Good up to there: {found.Seals:N0} seals, {found.Rows:N0} rows. What comes behind was not looked at."));
                return HubExit.Failed;
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{found.Seals:N0} seals, {found.Rows:N0} rows: all as sealed{(kept is null ? "" : ", and the kept head is among them")}; {tail}."));
            if (found.UnsealedFor > LongestUnsealed)
            {
                Console.WriteLine("NOT SEALED: no hub runs, or a transaction is open for long (pg_stat_activity), or sealing fails (the hub's log says why). 'calltracking-hub audit seal' tries at once.");
                return HubExit.Failed;
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateSeal()
    {
        var command = new Command("seal", "Seals what is not sealed yet, now; a running hub does it every minute.");
        command.SetHubAction(async (_, services, cancellationToken) =>
        {
            var seals = await services.GetRequiredService<AuditSealer>().SealAsync(SealPatience, cancellationToken);
            Console.WriteLine(seals > 0 ? $"{seals} more seal(s)." : "Nothing was sealed: all is, or another process seals just now, or a transaction is open for longer than a minute.");
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateAccept()
    {
        var note = new Option<string>("--note") { Description = "Why the log is another than this hub sealed, and who said so. No names of customers: it stays in the log.", Required = true };
        note.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (string.IsNullOrWhiteSpace(result.Tokens[^1].Value) || result.Tokens[^1].Value.Length > LongestNote))
            {
                result.AddError($"--note: expected words, {LongestNote} characters at most.");
            }
        });
        var command = new Command("accept", "Has this hub go on sealing from what stands in the database, once it is explained: after a restore. Regions say all the same that the log was rewritten.") { note };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var found = await services.GetRequiredService<AuditSealer>().AcceptAsync(parsed.GetRequiredValue(note).Trim(), cancellationToken);
            Console.WriteLine(found is null ? "The log has no seal: the next one is the first." : $"Seals go on from number {found.Number} ({SealChain.Hash(found.Envelope)}). This is a row of the log.");
            return HubExit.Done;
        });
        return command;
    }

    private static async Task WriteAsync(IServiceProvider services, AuditQuestion question, string format, CancellationToken cancellationToken)
    {
        var (rows, count) = (services.GetRequiredService<AuditLogStore>().ReadAsync(question, cancellationToken), 0);
        try
        {
            if (format != "jsonl")
            {
                count = await WriteTableAsync(rows);
                return;
            }

            await foreach (var row in rows)
            {
                Console.WriteLine(AuditJson.Line(row));
                count++;
            }
        }
        finally
        {
            // Also of a look that was broken off.
            await services.GetRequiredService<NpgsqlDataSource>().NoteReadAsync(
                AuditEntry.Of(AuditCode.AuditRead, "audit list", ("who", question.Who), ("what", question.What), ("since", question.Since), ("until", question.Until), ("rows", count)), CancellationToken.None);
        }
    }

    private static async Task<int> WriteTableAsync(IAsyncEnumerable<AuditRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("row", "at", "who", "what", "on", "detail");
        await foreach (var row in rows)
        {
            string[] cells = [row.Sequence.ToString(CultureInfo.InvariantCulture), row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.Who, row.What, row.Subject, row.Detail];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        Screen.Open().Write(table);
        return table.Rows.Count;
    }

    // Not for logs that are read at once.
    private static Action<long, long> Progress()
    {
        var last = TimeProvider.System.GetTimestamp();
        return (seals, rows) =>
        {
            if (TimeProvider.System.GetElapsedTime(last) >= ProgressBeat)
            {
                last = TimeProvider.System.GetTimestamp();
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seals:N0} seals, {rows:N0} rows"));
            }
        };
    }
}

/// <summary>Rows as JSON, with the detail in it as JSON too.</summary>
internal static class AuditJson
{
    public static string Line(AuditRow row)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, CaseJson.Compact))
        {
            Write(json, row);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    public static void Write(Utf8JsonWriter json, AuditRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("row", row.Sequence);
        CaseJson.WriteTime(json, "at", row.At);
        json.WriteString("who", row.Who);
        json.WriteString("what", row.What);
        json.WriteString("on", row.Subject);
        json.WritePropertyName("detail");
        WriteDetail(json, row.Detail);
        json.WriteEndObject();
    }

    // Written by hand it may be no JSON: then it is shown as it stands.
    private static void WriteDetail(Utf8JsonWriter json, string detail)
    {
        try
        {
            using var parsed = JsonDocument.Parse(detail);
            parsed.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(detail);
        }
    }
}
