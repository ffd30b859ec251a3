using CallTracking.Contracts;
using Npgsql;

namespace CallTracking.Hub.Cases;

/// <summary>Counts cases by up to three coded fields.</summary>
internal sealed class CaseCounts(NpgsqlDataSource dataSource)
{
    /// <summary>How many fields one question may count by.</summary>
    public const int MaxFields = 3;

    // A case counts under each of its concepts.
    private const string EachConcept = "cases left join lateral unnest(concepts) concept on true";

    private static readonly Dictionary<CountBy, string> Columns = new()
    {
        [CountBy.Region] = "region",
        [CountBy.Country] = "customer_country",
        [CountBy.Status] = "status::text",
        [CountBy.Priority] = "priority::text",
        [CountBy.Channel] = "channel::text",
        [CountBy.ProductCategory] = "product_category",
        [CountBy.ProductModel] = "product_model",
        [CountBy.Language] = "language",
        [CountBy.MonthOpened] = "coalesce(to_char(opened_at at time zone 'UTC', 'YYYY-MM'), '')",
        [CountBy.InquiryType] = "inquiry_type",
        [CountBy.Kind] = "kind::text",
        [CountBy.Concept] = "coalesce(concept, '')",
    };

    /// <summary>What people write for a field, in the contract's order: <c>country</c>, <c>category</c>, <c>month</c>.</summary>
    public static IReadOnlyDictionary<string, CountBy> Fields { get; } = new Dictionary<string, CountBy>(StringComparer.OrdinalIgnoreCase)
    {
        ["region"] = CountBy.Region,
        ["country"] = CountBy.Country,
        ["status"] = CountBy.Status,
        ["priority"] = CountBy.Priority,
        ["channel"] = CountBy.Channel,
        ["category"] = CountBy.ProductCategory,
        ["model"] = CountBy.ProductModel,
        ["language"] = CountBy.Language,
        ["month"] = CountBy.MonthOpened,
        ["inquiry_type"] = CountBy.InquiryType,
        ["kind"] = CountBy.Kind,
        ["concept"] = CountBy.Concept,
    };

    /// <summary>The word of <see cref="Fields"/> for a field.</summary>
    public static string NameOf(CountBy field) => Fields.Single(pair => pair.Value == field).Key;

    /// <summary>
    /// One row per combination that occurs, most frequent first, cases that stay in their regions included where <see cref="ResidentCases"/>
    /// can tell them by the fields. Coded values come as words, an absent value as the empty text.
    /// </summary>
    /// <param name="filter">Which cases.</param>
    /// <param name="scope">Whose rows may be seen.</param>
    /// <param name="by">One to three known fields.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<IReadOnlyList<CaseCount>> CountAsync(
        CaseFilter filter, CaseScope scope, IReadOnlyList<CountBy> by, CancellationToken cancellationToken)
    {
        var conditions = CaseConditions.Of(filter, scope);
        var columns = string.Join(", ", by.Select(field => Columns[field]));
        var places = string.Join(", ", Enumerable.Range(2, by.Count));
        await using var command = conditions.ToCommand(
            dataSource, $"select count(*), {columns} from {(by.Contains(CountBy.Concept) ? EachConcept : "cases")} where {conditions.Where} group by {places} order by 1 desc, {places}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<CaseCount>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var count = new CaseCount { Count = (ulong)reader.GetInt64(0) };
            count.Keys.AddRange(by.Select((field, index) => Word(field, reader.GetString(index + 1))));
            counts.Add(count);
        }

        return ResidentCases.Suit(filter, by) ? Join(counts, await ResidentCases.CountAsync(dataSource, filter, scope, by, cancellationToken)) : counts;
    }

    private static IReadOnlyList<CaseCount> Join(IReadOnlyList<CaseCount> stored, IReadOnlyList<CaseCount> resident) => resident.Count == 0 ? stored :
    [
        .. stored.Concat(resident)
            .GroupBy(count => string.Join('\u001f', count.Keys), StringComparer.Ordinal)
            .Select(alike => new CaseCount { Keys = { alike.First().Keys }, Count = alike.Aggregate(0UL, (sum, count) => sum + count.Count) })
            .OrderByDescending(count => count.Count)
            .ThenBy(count => string.Join('\u001f', count.Keys), StringComparer.Ordinal),
    ];

    /// <summary>All cases that stay in the regions of the scope, as far as these tell.</summary>
    public Task<long> CountResidentAsync(CaseScope scope, CancellationToken cancellationToken) => ResidentCases.TotalAsync(dataSource, scope, cancellationToken);

    private static string Word(CountBy field, string value) => field switch
    {
        CountBy.Status => CodedWord<CaseStatus>.Of(Code(value)),
        CountBy.Priority => CodedWord<Priority>.Of(Code(value)),
        CountBy.Channel => CodedWord<Channel>.Of(Code(value)),
        CountBy.Kind => CodedWord<RecordKind>.Of(Code(value)),
        _ => value,
    };

    private static int Code(string value) => int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
}
