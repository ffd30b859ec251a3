using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>What the values of a cursor's column are.</summary>
internal enum SqlCursorKind
{
    Number,

    /// <summary>A time without an offset, in the mapping's zone.</summary>
    Local,

    /// <summary>A time with an offset.</summary>
    Instant,
}

/// <summary>
/// One value of the cursor's column. A time that the database holds as text keeps the shape of that text, since the database compares
/// it as text.
/// </summary>
/// <param name="Time">As local time at <paramref name="Offset"/>.</param>
/// <param name="Shape">The .NET format of the text that it was read from; null when the database knows times.</param>
internal sealed partial record SqlCursor(SqlCursorKind Kind, decimal Number, DateTime Time, TimeSpan Offset, string? Shape, string? Zone)
{
    // Room for any offset and any overlap.
    private static readonly DateTime Earliest = new(1, 1, 3);
    private static readonly DateTime Latest = new(9999, 12, 29);

    private const string FullShape = "yyyy-MM-dd'T'HH:mm:ss.fffffff";

    private DateTime Utc => Time - Offset;

    /// <summary>A number or an ISO 8601 time; null when the text is neither.</summary>
    public static SqlCursor? Parse(string? text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return Of(number);
        }

        var parts = text is null ? Match.Empty : Iso().Match(text);
        if (!parts.Success)
        {
            return null;
        }

        var shape = ShapeOf(parts);
        var zone = parts.Groups["zone"].Value;
        var local = parts.Groups["local"].Value;
        return DateTime.TryParseExact(local, shape, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && TryOffset(zone, out var offset)
            ? At(zone.Length > 0 ? SqlCursorKind.Instant : SqlCursorKind.Local, time, offset) with { Shape = shape, Zone = zone }
            : null;
    }

    /// <summary>A value as a driver gives it; null when it is neither a number nor a time.</summary>
    public static SqlCursor? Of(object value) => value switch
    {
        string text => Parse(text),
        DateTimeOffset at => At(SqlCursorKind.Instant, at.DateTime, at.Offset),
        DateTime { Kind: DateTimeKind.Unspecified } local => At(SqlCursorKind.Local, local, TimeSpan.Zero),
        DateTime at => At(SqlCursorKind.Instant, at.ToUniversalTime(), TimeSpan.Zero),
        DateOnly date => At(SqlCursorKind.Local, date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) with { Shape = "yyyy-MM-dd", Zone = string.Empty },
        double or float => double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)) ? Parse(Convert.ToString(value, CultureInfo.InvariantCulture)) : null,
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => Of(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>True when this value stands behind the other, or the column has begun to hold values of another kind.</summary>
    public bool IsBehind(SqlCursor? other) =>
        other is null || other.Kind != Kind || (Kind == SqlCursorKind.Number ? Number > other.Number : Utc > other.Utc);

    /// <summary>A time that is not later than now: a row from the future must not hide what comes after it.</summary>
    public SqlCursor NotAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Kind == SqlCursorKind.Number)
        {
            return this;
        }

        var latest = Kind == SqlCursorKind.Instant ? now.UtcDateTime + Offset : TimeZoneInfo.ConvertTime(now, zone).DateTime;
        return Time > latest ? this with { Time = DateTime.SpecifyKind(latest, DateTimeKind.Unspecified) } : this;
    }

    /// <summary>The instant of a time, one without an offset taken in the zone; null for a number.</summary>
    public DateTimeOffset? ToInstant(TimeZoneInfo zone) => Kind switch
    {
        SqlCursorKind.Number => null,
        SqlCursorKind.Instant => new DateTimeOffset(DateTime.SpecifyKind(Utc, DateTimeKind.Utc)),
        _ => new DateTimeOffset(DateTime.SpecifyKind(Time - zone.GetUtcOffset(Time), DateTimeKind.Utc)),
    };

    public SqlCursor Minus(TimeSpan overlap, decimal units) => Kind == SqlCursorKind.Number
        ? this with { Number = Number - units }
        : this with { Time = Time - Earliest > overlap ? Time - overlap : Earliest };

    /// <summary>The text by which a database compares it: as it writes such values itself.</summary>
    [JsonIgnore]
    public string Text => Kind switch
    {
        SqlCursorKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        _ when Shape is not null => Time.ToString(Shape, CultureInfo.InvariantCulture) + Zone,
        SqlCursorKind.Instant => Utc.ToString(FullShape, CultureInfo.InvariantCulture) + "Z",
        _ => Time.ToString(FullShape, CultureInfo.InvariantCulture),
    };

    /// <summary>The value in the type in which the driver gave it.</summary>
    [JsonIgnore]
    public object Value => Kind switch
    {
        SqlCursorKind.Number when decimal.IsInteger(Number) && Math.Abs(Number) <= long.MaxValue => (long)Number,
        SqlCursorKind.Number => Number,
        _ when Shape is not null => Text,
        SqlCursorKind.Instant => new DateTimeOffset(DateTime.SpecifyKind(Utc, DateTimeKind.Utc)),
        _ => DateTime.SpecifyKind(Time, DateTimeKind.Unspecified),
    };

    /// <summary>A value of the configuration, which no driver gave, as a time where it looks like one.</summary>
    [JsonIgnore]
    public SqlCursor Typed => this with { Shape = null, Zone = null };

    private static SqlCursor Of(decimal number) => new(SqlCursorKind.Number, number, default, TimeSpan.Zero, null, null);

    private static SqlCursor At(SqlCursorKind kind, DateTime time, TimeSpan offset) =>
        new(kind, 0, time > Latest ? Latest : time < Earliest ? Earliest : time, offset, null, null);

    private static string ShapeOf(Match parts) => string.Concat(
        "yyyy-MM-dd",
        parts.Groups["sign"].Value is { Length: > 0 } sign ? $"'{sign}'HH:mm" : string.Empty,
        parts.Groups["second"].Success ? ":ss" : string.Empty,
        parts.Groups["fraction"].Success ? "." + new string('f', parts.Groups["fraction"].Length - 1) : string.Empty);

    private static bool TryOffset(string zone, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (zone is "" or "Z")
        {
            return true;
        }

        var digits = zone.Replace(":", string.Empty, StringComparison.Ordinal).PadRight(5, '0');
        offset = new TimeSpan(int.Parse(digits.AsSpan(1, 2), CultureInfo.InvariantCulture), int.Parse(digits.AsSpan(3, 2), CultureInfo.InvariantCulture), 0);
        offset = zone[0] == '-' ? -offset : offset;
        return offset.Duration() <= TimeSpan.FromHours(14);
    }

    // Of nanoseconds the last two digits are left out: as text the shorter one stands before them all.
    [GeneratedRegex(@"^(?<local>\d{4}-\d\d-\d\d(?:(?<sign>[T ])\d\d:\d\d(?<second>:\d\d(?<fraction>\.\d{1,7})?)?)?)(?:(?<=\.\d{7})\d{1,2})?(?<zone>Z|[+-]\d\d(?::?\d\d)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
