using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text.Json;
using CallTracking.Mapping.Values;

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
    // Of a search too.
    private const int None = -1;

    private const int EscapeLength = 2;
    private const int CodeLength = 6;

    // What ends a text, begins an escape, or must not stand in a text.
    private static readonly SearchValues<byte> TextStops = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>A text of the record passed last, named or not, may stand for <see cref="TextRules.Damage"/> by an escape.</summary>
    public bool HasDamage { get; private set; }

    /// <summary>True when the object that begins here is whole and sound; false says nothing of it, and then the places mean nothing.</summary>
    public bool TryPass(ReadOnlySpan<byte> bytes, out int length)
    {
        HasDamage = false;
        Array.Clear(places);
        length = bytes is [(byte)'{', ..] ? ObjectEnd(bytes, 0, record, depth: 1) : None;
        if (length == None)
        {
            return false;
        }

        places[record.Number] = new JsonPlace(0, length, JsonTokenType.StartObject, IsEscaped: false);
        return true;
    }

    private int ObjectEnd(ReadOnlySpan<byte> bytes, int at, JsonName holder, int depth)
    {
        JsonName? before = null;
        do
        {
            at = ValueStart(bytes, PassBlanks(bytes, at + 1), holder, ref before, out var name);
            at = at == None ? None : ValueEnd(bytes, PassBlanks(bytes, at), name, depth);
            if (at == None)
            {
                return None;
            }

            at = PassBlanks(bytes, at);
        }
        while (at < bytes.Length && bytes[at] == ',');
        return at < bytes.Length && bytes[at] == '}' ? at + 1 : None;
    }

    // Mostly there are none.
    private static int PassBlanks(ReadOnlySpan<byte> bytes, int at) =>
        at < bytes.Length && bytes[at] <= ' ' ? at + JsonCursor.Blanks(bytes[at..]) : at;

    // Behind a name and its colon.
    private static int ValueStart(ReadOnlySpan<byte> bytes, int at, JsonName holder, ref JsonName? before, out JsonName? name)
    {
        var rest = bytes[at..];
        if (holder.TryExpected(rest, ref before, out var length))
        {
            name = before;
            return at + length;
        }

        name = null;
        var end = rest is [(byte)'"', ..] ? rest[1..].IndexOfAny(TextStops) : None;
        if (end == None || rest[1 + end] != '"')
        {
            return None;
        }

        name = holder.Find(rest.Slice(1, end), ref before);
        rest = rest[(end + 2)..];
        return rest is [(byte)':', ..] ? bytes.Length - rest.Length + 1 : None;
    }

    private int ValueEnd(ReadOnlySpan<byte> bytes, int start, JsonName? name, int depth)
    {
        if (start == bytes.Length)
        {
            return None;
        }

        if (name is { HasBelow: true })
        {
            Array.Clear(places, name.Number, name.End - name.Number);
        }

        var isEscaped = false;
        var kind = JsonTokenType.String;
        var end = bytes[start] switch
        {
            (byte)'"' => TextEnd(bytes, start, out isEscaped),
            (byte)'{' when name is { HasBelow: true } && depth < maxDepth => ObjectEnd(bytes, start, name, depth + 1),
            _ => OtherEnd(bytes, start, maxDepth - depth, out kind),
        };
        if (name is not null)
        {
            places[name.Number] = new JsonPlace(start, end - start, bytes[start] == '{' ? JsonTokenType.StartObject : kind, isEscaped);
        }

        return end;
    }

    private int TextEnd(ReadOnlySpan<byte> bytes, int at, out bool isEscaped)
    {
        isEscaped = false;
        at++;
        while (NextStop(bytes[at..]) is var next and not None)
        {
            at += next;
            if (bytes[at] == '"')
            {
                return at + 1;
            }

            var length = EscapeAt(bytes[at..]);
            if (length == 0)
            {
                return None;
            }

            HasDamage |= JsonEscapes.IsDamage(bytes.Slice(at, length));
            isEscaped = true;
            at += length;
        }

        return None;
    }

    // Most texts end within the first bytes: to begin a search takes longer than to look at them.
    private static int NextStop(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Vector128<byte>.Count)
        {
            return bytes.IndexOfAny(TextStops);
        }

        var first = Vector128.Create(bytes);
        var stops = (Vector128.Equals(first, Vector128.Create((byte)'"'))
            | Vector128.Equals(first, Vector128.Create((byte)'\\'))
            | Vector128.LessThan(first, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
        return stops != 0 ? BitOperations.TrailingZeroCount(stops) : bytes.IndexOfAny(TextStops);
    }

    // 0 where none stands, or not a whole one.
    private static int EscapeAt(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'\\', (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t', ..] => EscapeLength,
        [(byte)'\\', (byte)'u', var a, var b, var c, var d, ..] when IsHex(a) && IsHex(b) && IsHex(c) && IsHex(d) => CodeLength,
        _ => 0,
    };

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    // Of a value that is neither a text nor an object with names of the mapping; none where it is broken, or not whole.
    private int OtherEnd(ReadOnlySpan<byte> bytes, int start, int depthLeft, out JsonTokenType kind)
    {
        kind = JsonTokenType.Null;
        if (bytes[start..].StartsWith("null"u8))
        {
            return start + "null".Length;
        }

        var isScalar = bytes[start] is not ((byte)'{' or (byte)'[');
        if (!isScalar && depthLeft <= 0)
        {
            return None;
        }

        try
        {
            var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = Math.Max(1, depthLeft) });
            var reader = new Utf8JsonReader(bytes[start..], isFinalBlock: false, state);
            var isWhole = reader.Read();
            kind = reader.TokenType;
            if (!isWhole || !reader.TrySkip())
            {
                return None;
            }

            var length = (int)reader.BytesConsumed;
            HasDamage |= !isScalar && JsonEscapes.HasDamage(bytes.Slice(start, length));
            return start + length;
        }
        catch (JsonException)
        {
            return None;
        }
    }
}
