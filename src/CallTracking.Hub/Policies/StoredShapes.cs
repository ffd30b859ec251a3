using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Policies;

/// <summary>
/// Stored cases that are alike for policies: of which countries and product, and by which version of which day they were shaped, as they
/// came or here, by tightening what had come before.
/// </summary>
internal sealed record StoredShape(
    string Region, string Customer, string Centre, string Collection, string Category, long Version, DateOnly ReceivedOn, bool WasTightenedHere, long Count)
{
    /// <summary>Of a case beside the version that shaped it: it came before there was that version.</summary>
    public const string TightenedHere = "coalesce(received_at < greatest(v.published_at, v.valid_from), false)";

    public CompiledRules Rules(PolicySet policies) => policies.RulesFor(Customer, Centre, Collection, Category);
}

/// <summary>Finds, of the stored cases, those whose rules are others now than when they were shaped.</summary>
internal sealed class StoredShapes(PolicySet now, long version, IReadOnlyDictionary<long, PolicyVersion> published)
{
    private const string Select = $"""
        select region, customer_country, centre_country, collection_country, product_category, policy_version,
               (received_at at time zone 'UTC')::date, {StoredShape.TightenedHere}, count(*)
        from cases left join policy_version v on v.version = policy_version
        where anonymized_at is null
        group by 1, 2, 3, 4, 5, 6, 7, 8
        """;

    private readonly Dictionary<(long Version, DateOnly Since), PolicySet?> _before = [];

    public static async Task<IReadOnlyList<StoredShape>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Select, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var shapes = new List<StoredShape>();
        while (await reader.ReadAsync(cancellationToken))
        {
            shapes.Add(new StoredShape(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.GetInt64(5), reader.GetFieldValue<DateOnly>(6), reader.GetBoolean(7), reader.GetInt64(8)));
        }

        return shapes;
    }

    /// <summary>True when a rule asks for more than the one that shaped the cases. What cannot be known any more counts so.</summary>
    public bool IsTighter(StoredShape shape) =>
        !IsCurrent(shape) && (Before(shape) is not { } before || PolicyComparison.Between(shape.Rules(before), shape.Rules(now)).Any(change => change.Tightens));

    /// <summary>
    /// True when the region would send the cases in another form: it does so by itself. It may never have heard of rules under which the
    /// cases were made tighter here, so that it has nothing new to send.
    /// </summary>
    public bool IsSentAgain(StoredShape shape) =>
        !IsCurrent(shape) && !shape.WasTightenedHere && Before(shape) is { } before && !shape.Rules(before).EdgeDigest.SequenceEqual(shape.Rules(now).EdgeDigest);

    /// <summary>True when headquarters may have more of what the region sends unchanged anyway: it has to be asked.</summary>
    public bool MustBeAskedFor(StoredShape shape) =>
        !IsCurrent(shape) && !IsSentAgain(shape)
        && Before(shape) is { } before && PolicyComparison.Between(shape.Rules(before), shape.Rules(now)).Any(change => change.Loosens);

    private bool IsCurrent(StoredShape shape) => shape.Version == version && shape.ReceivedOn >= now.Since;

    private PolicySet? Before(StoredShape shape)
    {
        if (shape.Version == version)
        {
            return now.On(shape.ReceivedOn);
        }

        if (!published.TryGetValue(shape.Version, out var known))
        {
            return null;
        }

        var key = (shape.Version, shape.ReceivedOn);
        if (!_before.TryGetValue(key, out var before))
        {
            before = _before.Where(pair => pair.Key.Version == shape.Version).Select(pair => pair.Value).FirstOrDefault()?.On(shape.ReceivedOn)
                ?? known.Read(shape.ReceivedOn).Policies;
            _before.Add(key, before);
        }

        return before;
    }
}
