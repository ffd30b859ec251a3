using Npgsql;

namespace CallTracking.Hub.Tests.Cases;

internal static class DatabaseReading
{
    /// <summary>The first column of every row, as text.</summary>
    public static async Task<List<string>> ReadTextsAsync(this NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
