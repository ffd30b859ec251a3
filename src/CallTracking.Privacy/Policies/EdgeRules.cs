using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>The digest of what decides the edge's work: when it changes, cases have another edge form and travel again.</summary>
internal static class EdgeRules
{
    /// <summary>
    /// A class that no document hides at the edge does not count. For one that some document hides there, every document's rule
    /// counts, because the most protective action of all that apply is done at the edge.
    /// </summary>
    public static byte[] Digest(IReadOnlyList<Jurisdiction> jurisdictions, HubSite hub)
    {
        var text = new StringBuilder();
        var atEdge = DataClassNames.Governed.Where(c => jurisdictions.Any(j => Tables(j).Any(table => table.Rules[(int)c].HidesAtEdge))).ToList();
        foreach (var jurisdiction in jurisdictions.OrderBy(j => j.Info.Code, StringComparer.Ordinal))
        {
            text.Append(jurisdiction.Info.Code).Append('|').AppendJoin(',', jurisdiction.Info.Countries.Order(StringComparer.Ordinal)).Append('\n');
            if (jurisdiction.Residency is { } residency)
            {
                text.Append(CultureInfo.InvariantCulture, $"stays {residency.Least}\n");
            }

            foreach (var (product, rules) in Tables(jurisdiction))
            {
                text.Append(product).Append('\n');
                foreach (var dataClass in atEdge)
                {
                    var rule = rules[(int)dataClass];
                    text.Append(CultureInfo.InvariantCulture, $"{(int)dataClass} {(int)rule.Action} {(int)rule.Place} {rule.Jurisdiction} {rule.Parameters}\n");
                }
            }
        }

        text.Append("hub ").Append(hub.Country).Append('\n');
        foreach (var basis in hub.Transfers)
        {
            text.AppendJoin(',', basis.From).Append(" to ").Append(basis.To).Append(" except ").AppendJoin(',', basis.Except).Append('\n');
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static IEnumerable<(string Product, ClassRule[] Rules)> Tables(Jurisdiction jurisdiction) =>
        jurisdiction.Rules.Products.Prepend("").Select(product => (product, jurisdiction.Rules.For(product)));

    /// <summary>The digest of rules that are composed for one triple of countries: what they do at the edge, whoever says so.</summary>
    public static byte[] Digest(IReadOnlyList<ClassRule> composed, Residency? residency)
    {
        var text = new StringBuilder();
        if (residency is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"stays {residency.Least}\n");
        }

        for (var dataClass = 0; dataClass < composed.Count; dataClass++)
        {
            if (composed[dataClass] is { HidesAtEdge: true } rule)
            {
                text.Append(CultureInfo.InvariantCulture, $"{dataClass} {(int)rule.Action} {rule.Parameters}\n");
            }
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
