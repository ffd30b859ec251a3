using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CallTracking.Agent.Sources.Http;

/// <summary>What a page says beside its records: how many there are, how far they reach, where the next page is.</summary>
/// <param name="Records">Elements of the array of records; -1 when there is no such array.</param>
/// <param name="Digest">Of the records' bytes, to tell a page that comes again.</param>
/// <param name="Highest">The highest value of the cursor; null when no record has one.</param>
/// <param name="Texts">The scalars that were asked for, by their names joined.</param>
internal sealed partial record PageScan(int Records, string Digest, DateTimeOffset? Highest, IReadOnlyDictionary<string, string> Texts)
{
    private const char Joint = '\u001F';

    /// <summary>Names from a text such as <c>meta.after_cursor</c> or <c>['@odata.nextLink']</c>; null when it is none.</summary>
    public static IReadOnlyList<string>? Path(string text) => Whole().IsMatch(text)
        ? [.. Name().Matches(text).Select(name => name.Groups["quoted"].Success ? name.Groups["quoted"].Value : name.Value)]
        : null;

    public string? Text(IReadOnlyList<string>? path) => path is null ? null : Texts.GetValueOrDefault(string.Join(Joint, path));

    /// <summary>Looks through a whole document once, without building it.</summary>
    /// <exception cref="JsonException">It is no JSON; the message may quote it.</exception>
    public static PageScan Of(ReadOnlySpan<byte> json, IReadOnlyList<string> records, IEnumerable<IReadOnlyList<string>?> wanted, HttpCursorSettings? cursor, TimeZoneInfo zone)
    {
        var walk = new Walk(records, wanted, cursor, zone);
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        walk.Value(ref reader, json);
        while (reader.Read())
        {
            // Whatever stands behind the document is an error, which the reader tells.
        }

        return new PageScan(walk.Records, walk.Digest, walk.Highest, walk.Texts);
    }

    /// <summary>A time of the interface: a number of its unit, or ISO 8601; null when it is neither.</summary>
    public static DateTimeOffset? Time(string? text, HttpTimeFormat format, TimeZoneInfo zone)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var seconds = format == HttpTimeFormat.UnixMilliseconds ? number / 1000 : number;
            return seconds is > -60_000_000_000 and < 250_000_000_000 ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
        }

        return Sql.SqlCursor.Parse(text)?.ToInstant(zone);
    }

    [GeneratedRegex(@"^(?:[^.\[\]']+|\['[^']+'\])(?:\.[^.\[\]']+|\['[^']+'\])*$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\['(?<quoted>[^']+)'\]|[^.\[\]']+")]
    private static partial Regex Name();

    private sealed class Walk(IReadOnlyList<string> records, IEnumerable<IReadOnlyList<string>?> wanted, HttpCursorSettings? cursor, TimeZoneInfo zone)
    {
        private readonly HashSet<string> _wanted = [.. wanted.OfType<IReadOnlyList<string>>().Select(path => string.Join(Joint, path))];
        private readonly List<string> _path = [];

        public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

        public int Records { get; private set; } = -1;

        public string Digest { get; private set; } = string.Empty;

        public DateTimeOffset? Highest { get; private set; }

        public void Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
        {
            if (Records < 0 && reader.TokenType == JsonTokenType.StartArray && _path.SequenceEqual(records))
            {
                Array(ref reader, json);
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    _path.Add(TextOf(ref reader) ?? string.Empty);
                    reader.Read();
                    Value(ref reader, json);
                    _path.RemoveAt(_path.Count - 1);
                }
            }
            else if (_wanted.Contains(string.Join(Joint, _path)) && TextOf(ref reader) is { } text)
            {
                Texts.TryAdd(string.Join(Joint, _path), text);
            }
            else
            {
                reader.Skip();
            }
        }

        private void Array(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
        {
            var start = (int)reader.TokenStartIndex;
            Records = 0;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Records++;
                Record(ref reader, 0);
            }

            Digest = Convert.ToHexString(SHA256.HashData(json[start..(int)reader.BytesConsumed]));
        }

        private void Record(ref Utf8JsonReader reader, int depth)
        {
            if (cursor is not null && depth == cursor.From.Count)
            {
                if (Time(TextOf(ref reader), cursor.Format, zone) is { } at && (Highest is null || at > Highest))
                {
                    Highest = at;
                }

                reader.Skip();
            }
            else if (cursor is null || reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isNext = reader.ValueTextEquals(cursor.From[depth]);
                    reader.Read();
                    if (isNext)
                    {
                        Record(ref reader, depth + 1);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
        }

        private static string? TextOf(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.TokenType switch
                {
                    JsonTokenType.String or JsonTokenType.PropertyName => reader.GetString(),
                    JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
                    JsonTokenType.True => "true",
                    JsonTokenType.False => "false",
                    _ => null,
                };
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair: no value that leads anywhere.
                return null;
            }
        }
    }
}
