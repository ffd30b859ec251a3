using System.Text;
using CallTracking.Faults.Sources;
using Npgsql;

namespace CallTracking.Faults.Proof;

/// <summary>Looks for canaries in every table of the hub and in everything that programs wrote.</summary>
internal static class LeakSearch
{
    // Without those of sessions: a server that was killed leaves their names without their files.
    private const string Tables = """
        select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema') and schemaname not like 'pg_temp%' order by 1
        """;

    // What follows the beginning: two letters of the region, five digits.
    private const int Tail = 7;

    // One char a byte, so that the framework's search runs over bytes.
    private static readonly string[] Needles = [.. new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }
        .Select(encoding => Encoding.Latin1.GetString(encoding.GetBytes(SourceCase.CanaryStart)))];

    /// <summary>Searches the database; answers each canary with the table, once.</summary>
    public static async Task<IReadOnlyList<(string Canary, string Table)>> InTablesAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        var found = new List<(string, string)>();
        foreach (var table in await TablesAsync(connection))
        {
            // Binary: texts are UTF-8 and records keep their strings as they are, so no value hides in an escape.
            await using var stream = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)");
            using var reader = new StreamReader(stream, Encoding.Latin1);
            found.AddRange(In(await reader.ReadToEndAsync()).Select(canary => (canary, table)));
        }

        return found;
    }

    /// <summary>The canaries in a text, or in bytes with one char each; each once.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var found = new HashSet<string>();
        foreach (var needle in Needles)
        {
            for (var at = text.IndexOf(needle, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(needle, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                var end = Math.Min(text.Length, at + needle.Length + (2 * Tail));
                found.Add(string.Concat(text[at..end].Where(char.IsAsciiLetterOrDigit).Take(SourceCase.CanaryStart.Length + Tail)).ToLowerInvariant());
            }
        }

        return [.. found];
    }

    private static async Task<List<string>> TablesAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Tables, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }
}
