using CallTracking.Contracts;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Policies;

/// <summary>What one changed rule does to stored cases.</summary>
/// <param name="Countries">Of the cases: the customer's, the centre's and that of collection where they differ.</param>
/// <param name="Change">The rule.</param>
/// <param name="Cases">Cases that hold a value of the class where the rule tightens; else all cases under it.</param>
internal sealed record StoredEffect(string Countries, RuleChange Change, long Cases);

/// <summary>Stored cases that leave headquarters, since their records stay in their region from then on.</summary>
/// <param name="Countries">As of effects.</param>
/// <param name="Cases">How many.</param>
internal sealed record WithdrawnCases(string Countries, long Cases);

/// <summary>What a change of policies does to what is stored.</summary>
/// <param name="Effects">The largest first.</param>
/// <param name="Withdrawn">The largest first.</param>
/// <param name="SentAgain">Cases whose edge form changes, which their regions therefore send again.</param>
/// <param name="Stored">All stored cases.</param>
internal sealed record EffectReport(IReadOnlyList<StoredEffect> Effects, IReadOnlyList<WithdrawnCases> Withdrawn, long SentAgain, long Stored);

/// <summary>Counts effects: by the kinds of cases that are stored, and, where something is taken away, by what they hold.</summary>
internal sealed class PolicyEffects(NpgsqlDataSource dataSource)
{
    private const string SelectKinds = """
        select customer_country, centre_country, collection_country, product_category, count(*) from cases group by 1, 2, 3, 4
        """;

    // Texts stand beside the record, which keeps their form: it alone says of which classes there is a value.
    private const string SelectRecords = """
        select record from cases
        where (customer_country, centre_country, collection_country, product_category)
            in (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])) and anonymized_at is null
        """;

    /// <summary>Reads the records of cases whose values would become less; of all others only counts.</summary>
    public async Task<EffectReport> CountAsync(PolicySet before, PolicySet after, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var kinds = await KindsAsync(connection, cancellationToken);
        var (effects, sentAgain) = (new List<StoredEffect>(), 0L);
        foreach (var alike in kinds.GroupBy(kind => (kind.Countries, Key(Changes(kind)))))
        {
            var group = alike.ToList();
            sentAgain += group.Where(kind => !kind.Rules(before).EdgeDigest.SequenceEqual(kind.Rules(after).EdgeDigest)).Sum(kind => kind.Count);
            var changes = Changes(group[0]);
            var presence = changes.Any(change => change.Tightens) ? await PresenceAsync(connection, group, cancellationToken) : null;
            effects.AddRange(changes.Select(change => new StoredEffect(
                alike.Key.Countries, change, change.Tightens ? presence!.Of(change.DataClass) : group.Sum(kind => kind.Count))));
        }

        var withdrawn = kinds.Where(kind => kind.Rules(after).Residency is not null && kind.Rules(before).Residency is null).GroupBy(kind => kind.Countries)
            .Select(alike => new WithdrawnCases(alike.Key, alike.Sum(kind => kind.Count))).OrderByDescending(cases => cases.Cases);
        return new EffectReport([.. effects.OrderByDescending(effect => effect.Cases)], [.. withdrawn], sentAgain, kinds.Sum(kind => kind.Count));

        IReadOnlyList<RuleChange> Changes(Kind kind) => PolicyComparison.Between(kind.Rules(before), kind.Rules(after));
    }

    private static string Key(IReadOnlyList<RuleChange> changes) => string.Join('\n', changes.Select(change => $"{change.DataClass} {change.Words}"));

    private static async Task<IReadOnlyList<Kind>> KindsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectKinds, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var kinds = new List<Kind>();
        while (await reader.ReadAsync(cancellationToken))
        {
            kinds.Add(new Kind(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4)));
        }

        return kinds;
    }

    private static async Task<ClassPresence> PresenceAsync(NpgsqlConnection connection, IReadOnlyList<Kind> kinds, CancellationToken cancellationToken)
    {
        var presence = new ClassPresence();
        await using var command = new NpgsqlCommand(SelectRecords, connection);
        command.Parameters.AddWithValue(kinds.Select(kind => kind.Customer).ToArray());
        command.Parameters.AddWithValue(kinds.Select(kind => kind.Centre).ToArray());
        command.Parameters.AddWithValue(kinds.Select(kind => kind.Collection).ToArray());
        command.Parameters.AddWithValue(kinds.Select(kind => kind.Category).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            presence.Take(Case.Parser.ParseFrom(reader.GetFieldValue<byte[]>(0)));
        }

        return presence;
    }

    private sealed record Kind(string Customer, string Centre, string Collection, string Category, long Count)
    {
        public string Countries { get; } = string.Join(" / ", new[] { Customer, Centre, Collection }.Where(country => country.Length > 0).Distinct().DefaultIfEmpty("no country"));

        public CompiledRules Rules(PolicySet policies) => policies.RulesFor(Customer, Centre, Collection, Category);
    }
}
