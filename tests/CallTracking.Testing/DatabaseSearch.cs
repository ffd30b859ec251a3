using System.Buffers;
using System.Text;
using Npgsql;

namespace CallTracking.Testing;

/// <summary>A value that was found where it must not be. It names the value's number in the list, never the value.</summary>
/// <param name="Table">Schema and table.</param>
/// <param name="ValueNumber">Index into the list that was searched for.</param>
public sealed record Leak(string Table, int ValueNumber);

/// <summary>
/// Searches everything that a hub's database holds for values that must not be there: each table is dumped in PostgreSQL's
/// binary form, in which texts are UTF-8 and records (protobuf) keep their strings as they are, so no value hides in an escape.
/// </summary>
public static class DatabaseSearch
{
    /// <summary>Finds each value in UTF-8 and UTF-16 (both byte orders) in any table.</summary>
    /// <param name="connectionString">A superuser's, to the hub's database.</param>
    /// <param name="values">Distinctive values: an empty or very short one would be found by chance.</param>
    /// <exception cref="ArgumentException">A value is shorter than <see cref="IsLongEnough"/> wants.</exception>
    public static async Task<IReadOnlyList<Leak>> FindAsync(string connectionString, IReadOnlyList<string> values)
    {
        if (!values.All(IsLongEnough))
        {
            throw new ArgumentException("Expected values of 4 characters or more (3 of Han script or Hangul): a shorter one is found by chance.", nameof(values));
        }

        var needles = Needles(values);
        var search = SearchValues.Create([.. needles.Keys], StringComparison.Ordinal);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var leaks = new List<Leak>();
        foreach (var table in await TablesAsync(connection))
        {
            leaks.AddRange(Find(await DumpAsync(connection, table), search, needles).Distinct().Select(number => new Leak(table, number)));
        }

        return leaks;
    }

    /// <summary>Whether a value is long enough not to be found by chance: 4 characters, or 3 of a script that has thousands.</summary>
    public static bool IsLongEnough(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length >= 4 || (value.Length == 3 && value.All(letter => letter is > '\u3400' and < '\uD7B0'));
    }

    /// <summary>Tables of the database with the bytes of their dump, so that a test can show that it searched something.</summary>
    public static async Task<long> SizeAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        long size = 0;
        foreach (var table in await TablesAsync(connection))
        {
            size += (await DumpAsync(connection, table)).Length;
        }

        return size;
    }

    // One char a byte (Latin-1), so that the framework's multi-string search runs over bytes.
    private static Dictionary<string, int> Needles(IReadOnlyList<string> values)
    {
        var needles = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var number = 0; number < values.Count; number++)
        {
            foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
            {
                needles.TryAdd(Encoding.Latin1.GetString(encoding.GetBytes(values[number])), number);
            }
        }

        return needles;
    }

    private static IEnumerable<int> Find(string dump, SearchValues<string> search, Dictionary<string, int> needles)
    {
        for (var at = 0; at < dump.Length;)
        {
            var hit = dump.AsSpan(at).IndexOfAny(search);
            if (hit < 0)
            {
                yield break;
            }

            at += hit;
            foreach (var (needle, number) in needles)
            {
                if (string.CompareOrdinal(dump, at, needle, 0, needle.Length) == 0)
                {
                    yield return number;
                }
            }

            at++;
        }
    }

    private static async Task<List<string>> TablesAsync(NpgsqlConnection connection)
    {
        const string Sql = """
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema') order by 1
            """;
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    private static async Task<string> DumpAsync(NpgsqlConnection connection, string table)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)");
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
