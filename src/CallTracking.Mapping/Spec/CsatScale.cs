using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>A scale of satisfaction: its worst and best value, and how an answer on it is read.</summary>
internal sealed record CsatScale(double Worst, double Best, Conversion<double>? Read, IReadOnlyDictionary<string, double?>? Words)
{
    /// <summary>Scales that have a name.</summary>
    public static readonly IReadOnlyDictionary<string, CsatScale> Named = new Dictionary<string, CsatScale>
    {
        ["good_bad"] = new(0, 1, null, new Dictionary<string, double?>
        {
            ["good"] = 1,
            ["bad"] = 0,
            ["good_with_comment"] = 1,
            ["bad_with_comment"] = 0,
            ["offered"] = null,
            ["unoffered"] = null,
        }),
        ["stars"] = new(1, 5, Stars, null),
    };

    private static readonly CsatScale Percent = new(0, 100, null, null);

    /// <summary>Notes a fault, and answers some scale, when the map has none.</summary>
    public static CsatScale Parse(YamlMap map, FaultLog faults)
    {
        var node = map.Take("scale");
        if (node is YamlScalarNode { Value: { } name } && Named.TryGetValue(name, out var named))
        {
            return named;
        }

        double worst = 0;
        double best = 0;
        if (node is YamlSequenceNode { Children: [YamlScalarNode least, YamlScalarNode most] }
            && Conversions.Number(new CellText(least.Value!), out worst) is null
            && Conversions.Number(new CellText(most.Value!), out best) is null
            && worst != best)
        {
            return new CsatScale(worst, best, null, null);
        }

        map.Wants("scale", "Satisfaction has a scale: the worst and the best value.", $"Write scale: [1, 5], or one of {string.Join(", ", Named.Keys)}.");
        return Percent;
    }

    /// <summary>0 to 100.</summary>
    public double ScoreOf(double value) => 100 * (value - Worst) / (Best - Worst);

    public RowFault? Check(double value) => value >= Math.Min(Worst, Best) && value <= Math.Max(Worst, Best)
        ? null
        : new RowFault(RejectReason.BadValue, $"Expected a value on the scale {Worst} to {Best}, got one outside.");

    // ★★★☆☆, ⭐⭐⭐, ***, or the number itself.
    private static RowFault? Stars(CellText text, out double value)
    {
        var shown = text.ToString();
        var full = shown.Count(sign => sign is '★' or '⭐' or '*');
        var others = shown.Count(sign => sign is not ('★' or '⭐' or '*' or '☆' or ' ' or '\uFE0F'));
        value = full;
        return others == 0 ? null : Conversions.Number(text, out value);
    }
}
