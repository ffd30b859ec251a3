using System.Globalization;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Hub.Cases;

namespace CallTracking.Hub.Web;

/// <summary>Everything that the start page shows, read at one instant.</summary>
public sealed record StartView
{
    public required DateTimeOffset ReadAt { get; init; }

    public required long? PolicyVersion { get; init; }

    public required IReadOnlyList<RegionOverview> Regions { get; init; }

    /// <summary>Cases by status, most frequent first.</summary>
    public required IReadOnlyList<CaseCount> Statuses { get; init; }

    public required CrossTable Countries { get; init; }

    /// <summary>The last 30 nights as the chart reads them.</summary>
    public required string BacklogJson { get; init; }

    /// <summary>Cases that stay in their regions, as far as these tell.</summary>
    public required long ResidentCases { get; init; }

    public long StoredCases => Regions.Sum(region => region.StoredCases);

    public ulong OpenCases => Statuses
        .Where(status => status.Keys[0] is "new" or "open" or "pending_customer" or "on_hold")
        .Aggregate(0UL, (sum, status) => sum + status.Count);

    /// <summary>Regions whose last night closed and equals what the hub counted.</summary>
    public int GoodNights => Regions.Count(region => region.LastRun is { Closes: true, Agrees: true });

    /// <summary>Someone has to look at a region's last night.</summary>
    public bool HasBadNight => Regions.Any(region => region.LastRun is { } run && !(run.Closes && run.Agrees));
}

/// <summary>Cases by country and product category: the largest of both, the rest added up.</summary>
/// <param name="Categories">Column names; the last may be the rest.</param>
/// <param name="Rows">A country with a count per column and its sum.</param>
public sealed record CrossTable(IReadOnlyList<string> Categories, IReadOnlyList<CrossRow> Rows)
{
    private const string Rest = "other";
    private const string None = "none";

    /// <summary>The largest single count, for shading.</summary>
    public ulong Largest => Rows.SelectMany(row => row.Counts).DefaultIfEmpty().Max();

    public static CrossTable Of(IReadOnlyList<CaseCount> counts, int rows, int columns)
    {
        var countries = Top(counts, 0, rows);
        var categories = Top(counts, 1, columns);
        var cells = counts
            .GroupBy(count => (Country: Name(count.Keys[0], countries), Category: Name(count.Keys[1], categories)))
            .ToDictionary(group => group.Key, group => group.Aggregate(0UL, (sum, count) => sum + count.Count));
        string[] rowNames = [.. countries.Concat(cells.Keys.Select(key => key.Country)).Distinct()];
        string[] columnNames = [.. categories.Concat(cells.Keys.Select(key => key.Category)).Distinct()];
        return new CrossTable(
            columnNames,
            [.. rowNames.Select(country => new CrossRow(country, [.. columnNames.Select(category => cells.GetValueOrDefault((country, category)))]))]);
    }

    private static string Name(string key, IReadOnlyList<string> shown)
    {
        var name = key.Length > 0 ? key : None;
        return shown.Contains(name) ? name : Rest;
    }

    private static List<string> Top(IReadOnlyList<CaseCount> counts, int key, int limit) =>
        [.. counts
            .GroupBy(count => count.Keys[key].Length > 0 ? count.Keys[key] : None)
            .OrderByDescending(group => group.Aggregate(0UL, (sum, count) => sum + count.Count))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(limit)
            .Select(group => group.Key)];
}

/// <summary>One country of a <see cref="CrossTable"/>.</summary>
public sealed record CrossRow(string Country, IReadOnlyList<ulong> Counts)
{
    public ulong Sum => Counts.Aggregate(0UL, (sum, count) => sum + count);
}

/// <summary>Reads a <see cref="StartView"/>.</summary>
internal sealed class StartViewSource(RegionOverviewStore regions, CaseCounts counts, BacklogStore backlog, TimeProvider clock)
{
    private const int Nights = 30;
    private const int CountriesShown = 12;
    private const int CategoriesShown = 8;

    /// <param name="scope">Whose rows are shown and counted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StartView> ReadAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var everything = new CaseFilter();
        var points = await backlog.CountAsync(
            new BacklogQuestion([], today.AddDays(1 - Nights), today, TimeSpan.FromDays(1)), scope, cancellationToken);
        return new StartView
        {
            ReadAt = now,
            PolicyVersion = await regions.PolicyVersionAsync(now, cancellationToken),
            Regions = await regions.ListAsync(scope, cancellationToken),
            ResidentCases = await counts.CountResidentAsync(scope, cancellationToken),
            Statuses = await counts.CountAsync(everything, scope, [CountBy.Status], cancellationToken),
            Countries = CrossTable.Of(
                await counts.CountAsync(everything, scope, [CountBy.Country, CountBy.ProductCategory], cancellationToken),
                CountriesShown,
                CategoriesShown),
            BacklogJson = ToJson(points),
        };
    }

    // The default encoder writes <, > and & as escapes: the text cannot end the element that it stands in.
    private static string ToJson(IReadOnlyList<BacklogPoint> points) => JsonSerializer.Serialize(new
    {
        days = points.Select(point => point.At.ToDateTimeOffset().ToString("MMM d", CultureInfo.InvariantCulture)).Distinct(),
        regions = points.GroupBy(point => point.Region).Select(region => new { name = region.Key, open = region.Select(point => point.OpenCases) }),
    });
}
