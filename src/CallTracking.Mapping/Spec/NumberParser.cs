using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads how numbers and lengths of time are written.</summary>
internal static class NumberParser
{
    public static readonly IReadOnlyDictionary<string, PercentRule> Percents = new Dictionary<string, PercentRule>
    {
        ["whole"] = PercentRule.Whole,
        ["fraction"] = PercentRule.Fraction,
    };

    public static readonly IReadOnlyDictionary<string, TimeSpan> Units = new Dictionary<string, TimeSpan>
    {
        ["seconds"] = TimeSpan.FromSeconds(1),
        ["minutes"] = TimeSpan.FromMinutes(1),
        ["hours"] = TimeSpan.FromHours(1),
        ["days"] = TimeSpan.FromDays(1),
    };

    public static NumberRules Parse(YamlMap map, MappingScope scope) =>
        new(scope.CultureOf(map.TakeScalar("culture")), map.TakeChoice("percent", Percents, PercentRule.Refused));

    public static DurationRules Durations(YamlMap map, NumberRules numbers, FaultLog faults)
    {
        var formats = map.TakeScalars("format");
        foreach (var format in formats.Where(format => !DurationRules.Formats.Contains(format.Value)))
        {
            faults.Add(format, $"'{format.Value}' is no way to write a length of time.", NearestNames.Cure(format.Value ?? string.Empty, DurationRules.Formats));
        }

        var unit = map.TakeChoice("unit", Units, Units["seconds"]);
        return new DurationRules(formats.Count > 0 ? [.. formats.Select(format => format.Value!)] : ["h:m:s"], unit, numbers);
    }
}
