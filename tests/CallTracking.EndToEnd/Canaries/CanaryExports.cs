using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Npgsql;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>Everything that somebody may take out of a hub: its answers on the command line and over HTTP, and a dump of the database.</summary>
/// <param name="installation">Whose database.</param>
/// <param name="hub">A running one.</param>
/// <param name="folder">Where to keep it.</param>
/// <param name="shown">How many cases are shown and explained one by one.</param>
internal sealed partial class CanaryExports(Installation installation, HubProcess hub, string folder, int shown)
{
    public async Task WriteAsync(CanaryDatabase database)
    {
        Directory.CreateDirectory(folder);
        var lines = await KeepAsync("cases.jsonl", "cases", "query", "--format", "jsonl", "--limit", "0");
        await KeepAsync("cases.csv", "cases", "query", "--format", "csv", "--limit", "0");
        await KeepAsync("counts.csv", "cases", "query", "--by", "country,region", "--format", "csv");
        await KeepAsync("policy.txt", "policy", "status");
        foreach (var uid in Uid().Matches(lines).Select(match => match.Groups[1].Value).Take(shown))
        {
            await KeepAsync($"show-{uid}.txt", "cases", "show", uid);
            await KeepAsync($"explain-{uid}.txt", "cases", "explain", uid);
        }

        using var web = new HttpClient { BaseAddress = hub.WebAddress };
        foreach (var (name, path) in new[] { ("list.json", "api/v1/cases?limit=200"), ("list.csv", "api/v1/cases?format=csv"), ("regions.json", "api/v1/regions"), ("start.html", "") })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), await web.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        }

        await database.CheckpointAsync();
        await DumpAsync();
    }

    /// <summary>Fields of so little entropy that a search would find them by chance: none is stored as it was.</summary>
    public static async Task<IReadOnlyList<string>> FieldsInClearAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select record from cases", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            var stored = Case.Parser.ParseFrom(reader.GetFieldValue<byte[]>(0));
            found.AddRange(InClear(stored.Customer).Select(field => $"{stored.Region}: {field}"));
        }

        return [.. found.Distinct()];
    }

    private static IEnumerable<string> InClear(Customer? customer)
    {
        if (customer?.BirthDate?.FormCase == PersonalText.FormOneofCase.Clear)
        {
            yield return "birth date";
        }

        if (customer is not null && customer.Addresses.Any(address => address.Postcode?.FormCase == PersonalText.FormOneofCase.Clear))
        {
            yield return "postcode";
        }
    }

    private async Task DumpAsync()
    {
        var program = Path.Combine(await PostgresServer.ProgramFolderAsync(), "pg_dump");
        if (!File.Exists(program))
        {
            return; // The server's programs from npm come without; the data files are searched anyway.
        }

        var at = new NpgsqlConnectionStringBuilder(installation.Database);
        foreach (var format in (string[])["plain", "custom"])
        {
            var dump = await ProgramRun.RunAsync(
                program,
                ["-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!, "-d", at.Database!, "-F", format, "-Z", "0", "-f", Path.Combine(folder, $"dump.{format}")],
                TimeSpan.FromMinutes(5),
                new Dictionary<string, string?> { ["PGPASSWORD"] = at.Password });
            if (dump.ExitCode != 0)
            {
                throw new InvalidOperationException($"pg_dump: {dump.LastErrorLine}");
            }
        }
    }

    private async Task<string> KeepAsync(string name, params string[] arguments)
    {
        var result = await installation.RunHubCommandAsync(arguments);
        await File.WriteAllTextAsync(Path.Combine(folder, name), result.All);
        return result.Output;
    }

    [GeneratedRegex("\"case_uid\": ?\"([0-9a-f-]+)\"")]
    private static partial Regex Uid();
}
