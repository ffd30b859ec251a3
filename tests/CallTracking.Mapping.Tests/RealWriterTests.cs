using System.Text.Json;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Files written by the programs that write them elsewhere.</summary>
public sealed class RealWriterTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static readonly string[] Texts =
        ["plain", "it's \"x\" \\ back", "tab\there", "two\nlines\r\nthree", "日本 髙～ 😀", "\\N", "\\.", ");--", "$$ ; $_$", " leading and trailing "];

    [PostgresTheory]
    [InlineData("--encoding=UTF8")]
    [InlineData("--inserts")]
    [InlineData("--column-inserts", "--rows-per-insert=4")]
    [InlineData("--data-only")]
    public async Task PgDump_OfATable_ReadsBackEqual(params string[] options)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await PsqlAsync(
            database,
            """
            create schema audit;
            create table audit.tickets (id int primary key, s text);
            insert into audit.tickets values (1, 'of another schema');
            create table tickets (id int generated always as identity primary key, "S x" text default 'a,(b', "at" timestamptz, cost numeric(10,2), raw bytea, constraint c check (length("S x") > 0));
            create function f() returns void language sql begin atomic select 1; insert into tickets ("S x") values ('from a function'); end;
            create function g() returns void language plpgsql as $_$ begin insert into tickets values (1); end $_$;
            """);

        foreach (var text in Texts)
        {
            await using var insert = database.DataSource.CreateCommand("insert into tickets (\"S x\", \"at\", cost, raw) values ($1, '2026-03-01 10:00:00+09', 1234.50, '\\x00ff')");
            insert.Parameters.Add(new NpgsqlParameter { Value = text });
            await insert.ExecuteNonQueryAsync();
        }

        var dump = await DumpAsync(database, options);
        var yaml = Reading.Csv("subject: {from: S x, trim: false}\nopened: at\nsatisfaction.ces: cost", more: options.Contains("--data-only") ? "" : "culture: de-DE", format: "{type: sqldump, table: public.tickets}");
        var cases = (await Reading.AllAsync(yaml, dump)).Cast<RowOutcome.Mapped>().Select(row => row.Case).ToList();

        Assert.Equal(Texts, cases.Select(mapped => mapped.Subject.Clear));
        Assert.All(cases, mapped => Assert.Equal((1234.5, new DateTime(2026, 3, 1, 1, 0, 0)), (mapped.Satisfaction.Ces, mapped.Opened.At.ToDateTime())));
    }

    [Fact]
    public async Task MariaDbDump_Golden_ReadsBackEqual()
    {
        foreach (var file in new[] { "mariadb.sql", "mariadb-complete-hex.sql" })
        {
            var yaml = Reading.Csv(
                "subject: {from: s, trim: false}\nopened: at\nsatisfaction.ces: cost",
                more: "culture: de-DE\nnulls: [\"0000-00-00 00:00:00\"]\nunmapped: keep", format: "{type: sqldump, table: ost_ticket}");
            await using var reader = Reading.Mapping(yaml).OpenReader(File.OpenRead(RepositoryRoot.Path("tests", "CallTracking.Mapping.Tests", "dumps", file)), file);
            var cases = (await Reading.AllAsync(reader)).Cast<RowOutcome.Mapped>().Select(row => row.Case).ToList();

            Assert.Equal(Texts, cases.Select(mapped => mapped.Subject.Clear));
            Assert.Equal(1234.5, cases[0].Satisfaction.Ces);
            Assert.Equal((1, 9), (cases.Count(mapped => mapped.Opened is null), cases.Count(mapped => mapped.Opened is not null)));
            Assert.All(cases, mapped => Assert.Equal("0x00FF275C", mapped.CustomFields.Single(field => field.Name == "raw").Text.Clear));
            Assert.All(cases, mapped => Assert.Equal(1, mapped.CustomFields.Where(field => field.Name == "flag").Sum(field => field.Integer + field.Number)));
        }
    }

    [PythonFact]
    public async Task PythonEmail_InManyCharsets_ReadsBackEqual()
    {
        var folder = Directory.CreateTempSubdirectory("mails").FullName;
        try
        {
            var script = RepositoryRoot.Path("tests", "CallTracking.Mapping.Tests", "peers", "write_mails.py");
            var run = await ProgramRun.RunAsync(PythonFactAttribute.Python, [script, folder], TimeSpan.FromMinutes(1));
            Assert.True(run.ExitCode == 0, run.All);
            var mapping = Reading.Mapping(Reading.Csv(
                "subject: subject\ncustomer.name: from.name\ncustomer.emails: from.address\ntags: \"to[*].name\"\ndescription: body\nopened: date\nattachments: {each: attachments, fields: {file_name: name, size_bytes: size}}",
                format: "{type: mail}").Replace("key: id", "key: message_id", StringComparison.Ordinal));
            using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "expected.json")));
            foreach (var file in expected.RootElement.EnumerateArray())
            {
                var name = file.GetProperty("file").GetString()!;
                await using var reader = mapping.OpenReader(File.OpenRead(Path.Combine(folder, name)), name);
                var mails = await Reading.AllAsync(reader);

                Assert.Equal(
                    file.GetProperty("mails").EnumerateArray().Select(mail => mail.GetString()),
                    mails.Select(row => row is RowOutcome.Mapped { Case: var mail }
                        ? string.Join('|', mail.Subject.Clear, mail.Customer.Name?.Clear, mail.Customer.Emails[0].Clear, string.Join(',', mail.Tags.Select(tag => tag.Clear)), mail.Description.Clear, mail.Opened.At.ToDateTime().ToString("s"), string.Join(',', mail.Attachments.Select(part => $"{part.FileName?.Clear}:{part.SizeBytes}")))
                        : $"{name}: {(row as RowOutcome.Rejected)?.Message}"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The driver cuts at the semicolons in a function's body.
    private static Task<string> PsqlAsync(PostgresDatabase database, string sql) => RunAsync(database, "psql", ["--set=ON_ERROR_STOP=1", "--command", sql]);

    private static async Task<byte[]> DumpAsync(PostgresDatabase database, string[] options)
    {
        var file = Path.GetTempFileName();
        try
        {
            await RunAsync(database, "pg_dump", [.. options, "--file", file]);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> RunAsync(PostgresDatabase database, string program, string[] options)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        string[] arguments = ["--host", connection.Host!, "--port", $"{connection.Port}", "--username", connection.Username!, .. options, connection.Database!];
        var run = await ProgramRun.RunAsync(
            Path.Combine(await PostgresServer.ProgramFolderAsync(), program), arguments, TimeSpan.FromMinutes(1), new Dictionary<string, string?> { ["PGPASSWORD"] = connection.Password });
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    private sealed class PythonFactAttribute : FactAttribute
    {
        public const string Python = "/usr/bin/python3";

        public PythonFactAttribute() => Skip = MissingTool.Reason(File.Exists(Python) ? null : "python3 (/usr/bin/python3)");
    }
}
