using System.Collections.Frozen;

namespace CallTracking.Privacy;

/// <summary>All identifiers.</summary>
internal static class IdentifierTable
{
    private static readonly FormIndex Every;
    private static readonly FormIndex Away;
    private static readonly FrozenDictionary<string, Lazy<FormIndex>> AtHome;

    static IdentifierTable()
    {
        Rows = [.. IdentifiersOfAsia.Rows, .. IdentifiersOfEurope.Rows, .. IdentifiersOfGermany.Rows, .. IdentifiersOfAmerica.Rows, .. IdentifiersElsewhere.Rows];
        var onSight = Rows.Where(row => row.Kind.Tier == DetectionTier.OnSight).ToArray();
        Every = new FormIndex(Rows);
        Away = new FormIndex(onSight.Where(row => !row.AtHome));
        AtHome = onSight.Where(row => row.AtHome).Select(row => row.Kind.Country).Distinct()
            .ToFrozenDictionary(country => country, country => new Lazy<FormIndex>(() => new FormIndex(onSight.Where(row => !row.AtHome || row.Kind.Country == country))));
    }

    public static IReadOnlyList<Identifier> Rows { get; }

    /// <summary>Forms that count beside a word about some identifier: those of all rows.</summary>
    public static FormIndex Said => Every;

    /// <summary>Forms that are found without a word beside them in texts of a country.</summary>
    public static FormIndex OnSight(string country) => AtHome.TryGetValue(country, out var index) ? index.Value : Away;
}

/// <summary>One form of one row.</summary>
internal readonly record struct FormRow(Form Form, Identifier Row);
