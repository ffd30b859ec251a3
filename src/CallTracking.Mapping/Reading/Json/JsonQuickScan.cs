using System.Buffers;
using System.Text.Json;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// Finds the values to which names of the mapping lead as <see cref="JsonScan"/> does, faster, where records are as programs write them:
/// names without escapes, mostly in the same order, before texts. What it does not know, and all that is broken, it leaves to .NET's
/// reader, which says what is wrong. Not thread-safe.
/// </summary>
/// <param name="record">The names.</param>
/// <param name="places">Where their values stand is written there, by number.</param>
/// <param name="maxDepth">Deeper records are none of its own.</param>
internal sealed class JsonQuickScan(JsonName record, JsonPlace[] places, int maxDepth)
{
    private const int EscapeLength = 2;
    private const int CodeLength = 6;

    // What ends a text, begins an escape, or must not stand in a text.
    private static readonly SearchValues<byte> TextStops = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>True when the object that begins here is whole and sound; false says nothing of it, and then the places mean nothing.</summary>
    public bool TryPass(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        Array.Clear(places);
        if (bytes.IsEmpty || bytes[0] != '{' || !TryObject(bytes, ref length, record, depth: 1))
        {
            return false;
        }

        places[record.Number] = new JsonPlace(0, length, JsonTokenType.StartObject, IsEscaped: false);
        return true;
    }

    private bool TryObject(ReadOnlySpan<byte> bytes, ref int at, JsonName holder, int depth)
    {
        JsonName? before = null;
        at++;
        do
        {
            at += JsonCursor.Blanks(bytes[at..]);
            if (!TryName(bytes, ref at, holder, ref before, out var name) || !TrySign(bytes, ref at, (byte)':'))
            {
                return false;
            }

            at += JsonCursor.Blanks(bytes[at..]);
            if (at == bytes.Length || !TryValue(bytes, ref at, name, depth))
            {
                return false;
            }

            at += JsonCursor.Blanks(bytes[at..]);
        }
        while (TrySign(bytes, ref at, (byte)','));
        return TrySign(bytes, ref at, (byte)'}');
    }

    private static bool TryName(ReadOnlySpan<byte> bytes, ref int at, JsonName holder, ref JsonName? before, out JsonName? name)
    {
        var rest = bytes[at..];
        if (holder.TryExpected(rest, ref before, out var length))
        {
            name = before;
            at += length;
            return true;
        }

        name = null;
        var end = rest.IsEmpty || rest[0] != '"' ? -1 : rest[1..].IndexOfAny(TextStops);
        if (end < 0 || rest[1 + end] != '"')
        {
            return false;
        }

        name = holder.Find(rest.Slice(1, end), ref before);
        at += end + 2;
        return true;
    }

    private bool TryValue(ReadOnlySpan<byte> bytes, ref int at, JsonName? name, int depth)
    {
        var start = at;
        var isEscaped = false;
        if (name is { HasBelow: true })
        {
            Array.Clear(places, name.Number, name.End - name.Number);
        }

        var kind = bytes[at] switch
        {
            (byte)'"' => TryText(bytes, ref at, out isEscaped) ? JsonTokenType.String : JsonTokenType.None,
            (byte)'{' when name is { HasBelow: true } && depth < maxDepth =>
                TryObject(bytes, ref at, name, depth + 1) ? JsonTokenType.StartObject : JsonTokenType.None,
            _ => Other(bytes, ref at, maxDepth - depth),
        };
        if (name is not null)
        {
            places[name.Number] = new JsonPlace(start, at - start, kind, isEscaped);
        }

        return kind != JsonTokenType.None;
    }

    private static bool TryText(ReadOnlySpan<byte> bytes, ref int at, out bool isEscaped)
    {
        isEscaped = false;
        at++;
        while (bytes[at..].IndexOfAny(TextStops) is >= 0 and var next)
        {
            at += next;
            if (bytes[at] == '"')
            {
                at++;
                return true;
            }

            var length = EscapeAt(bytes[at..]);
            if (length == 0)
            {
                return false;
            }

            at += length;
            isEscaped = true;
        }

        return false;
    }

    // 0 where none stands, or not a whole one.
    private static int EscapeAt(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'\\', (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t', ..] => EscapeLength,
        [(byte)'\\', (byte)'u', var a, var b, var c, var d, ..] when IsHex(a) && IsHex(b) && IsHex(c) && IsHex(d) => CodeLength,
        _ => 0,
    };

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    // A value that is neither a text nor an object with names of the mapping; none where it is broken, or not whole.
    private static JsonTokenType Other(ReadOnlySpan<byte> bytes, ref int at, int depthLeft)
    {
        if (bytes[at..].StartsWith("null"u8))
        {
            at += "null".Length;
            return JsonTokenType.Null;
        }

        if (bytes[at] is (byte)'{' or (byte)'[' && depthLeft <= 0)
        {
            return JsonTokenType.None;
        }

        try
        {
            var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = Math.Max(1, depthLeft) });
            var reader = new Utf8JsonReader(bytes[at..], isFinalBlock: false, state);
            var isWhole = reader.Read();
            var kind = reader.TokenType;
            isWhole = isWhole && reader.TrySkip();
            at += (int)reader.BytesConsumed;
            return isWhole ? kind : JsonTokenType.None;
        }
        catch (JsonException)
        {
            return JsonTokenType.None;
        }
    }

    private static bool TrySign(ReadOnlySpan<byte> bytes, ref int at, byte sign)
    {
        var isThere = at < bytes.Length && bytes[at] == sign;
        at += isThere ? 1 : 0;
        return isThere;
    }
}
