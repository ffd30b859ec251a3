using CallTracking.Contracts;
using Npgsql;

namespace CallTracking.Hub.Cases;

/// <summary>Counts of cases that stay in their regions, as the regions told them: by region, country, product category and month.</summary>
internal static class ResidentCases
{
    private const string From = """
        from (select region, country as customer_country, product_category, month, count, reported_at from resident_count) as resident
        """;

    private static readonly Dictionary<CountBy, string> Columns = new()
    {
        [CountBy.Region] = "region",
        [CountBy.Country] = "customer_country",
        [CountBy.ProductCategory] = "product_category",
        [CountBy.MonthOpened] = "month",
    };

    /// <summary>True when a question asks by nothing else than what was told.</summary>
    public static bool Suit(CaseFilter filter, IReadOnlyList<CountBy> by)
    {
        var known = new CaseFilter { Regions = { filter.Regions }, Countries = { filter.Countries }, ProductCategories = { filter.ProductCategories } };
        return by.All(Columns.ContainsKey) && known.Equals(filter);
    }

    /// <summary>One row per combination; the question has to suit.</summary>
    public static async Task<IReadOnlyList<CaseCount>> CountAsync(
        NpgsqlDataSource dataSource, CaseFilter filter, CaseScope scope, IReadOnlyList<CountBy> by, CancellationToken cancellationToken)
    {
        var conditions = CaseConditions.Of(filter, scope);
        var columns = string.Join(", ", by.Select(field => Columns[field]));
        var places = string.Join(", ", Enumerable.Range(2, by.Count));
        await using var command = conditions.ToCommand(dataSource, $"select sum(count)::bigint, {columns} {From} where {conditions.Where} group by {places}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<CaseCount>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var count = new CaseCount { Count = (ulong)reader.GetInt64(0) };
            count.Keys.AddRange(by.Select((_, index) => reader.GetString(index + 1)));
            counts.Add(count);
        }

        return counts;
    }

    /// <summary>All of them that the scope sees.</summary>
    public static async Task<long> TotalAsync(NpgsqlDataSource dataSource, CaseScope scope, CancellationToken cancellationToken)
    {
        var conditions = CaseConditions.Of(new CaseFilter(), scope);
        await using var command = conditions.ToCommand(dataSource, $"select coalesce(sum(count), 0)::bigint from resident_count where {conditions.Where}");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
