using System.Globalization;
using CallTracking.Agent.Sources;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>Where a row stands, for people: by its line where its file has lines, else by its number.</summary>
internal static class RowPlace
{
    /// <summary>Such as <c>inbox/cases.csv line 17</c>.</summary>
    public static string Of(SourceInput input, RowOutcome outcome) => Told(input.FileOf(outcome), NumberOf(input, outcome));

    /// <summary>A line, or a row as its negative: small enough to be kept of many.</summary>
    public static long NumberOf(SourceInput input, RowOutcome outcome) => input.HasPlaces && outcome.Position.Line > 0 ? outcome.Position.Line : -outcome.Position.Row;

    /// <summary>As <see cref="Of"/>, of what was kept.</summary>
    public static string Told(string file, long number) => string.Create(CultureInfo.InvariantCulture, $"{file} {(number > 0 ? "line" : "row")} {Math.Abs(number)}");
}
