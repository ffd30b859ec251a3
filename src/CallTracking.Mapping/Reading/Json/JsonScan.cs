using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>Where a value stands in the bytes of its record, with its quotes or brackets; of no kind when the record does not have it.</summary>
/// <param name="Start">Bytes of the record before it.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Kind">For objects and arrays the token that opens them.</param>
/// <param name="IsEscaped">It is a text with escapes.</param>
internal readonly record struct JsonPlace(int Start, int Length, JsonTokenType Kind, bool IsEscaped)
{
    public bool IsScalar => Kind is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False;
}

/// <summary>
/// Finds, in one pass over a record's tokens, every value to which names of the mapping lead. Of equal names in one object the last
/// counts, with what stands below it, as for .NET's document. Not thread-safe.
/// </summary>
internal sealed class JsonScan
{
    private const int LongestEscapedName = 256;

    private readonly JsonName _record;
    private readonly JsonPlace[] _places;
    private readonly JsonQuickScan _quick;

    public JsonScan(JsonName record, int maxDepth)
    {
        _record = record;
        _places = new JsonPlace[record.End];
        _quick = new JsonQuickScan(record, _places, maxDepth);
    }

    /// <summary>A name was written so that only the document can tell what it is.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>False when no escape in the record stands for <see cref="TextRules.Damage"/>.</summary>
    public bool MayHaveDamage { get; private set; }

    /// <summary>Where the value of each <see cref="JsonName"/> stands, by its number.</summary>
    public JsonPlace[] Places => _places;

    /// <summary>As <see cref="TryPass(ref Utf8JsonReader)"/>, of a record that begins here; false says nothing of it.</summary>
    public bool TryPass(ReadOnlySpan<byte> bytes, out int length)
    {
        IsUnsure = false;
        var hasPassed = _quick.TryPass(bytes, out length);
        MayHaveDamage = _quick.HasDamage;
        return hasPassed;
    }

    /// <summary>Passes over the record whose opening brace has been read; false when bytes of it are missing.</summary>
    /// <exception cref="JsonException">The syntax is broken.</exception>
    public bool TryPass(ref Utf8JsonReader reader)
    {
        IsUnsure = false;
        MayHaveDamage = true;
        Array.Clear(_places);
        var start = (int)reader.TokenStartIndex;
        if (!TryObject(ref reader, _record))
        {
            return false;
        }

        _places[_record.Number] = new JsonPlace(start, (int)reader.BytesConsumed - start, JsonTokenType.StartObject, IsEscaped: false);
        return true;
    }

    private bool TryObject(ref Utf8JsonReader reader, JsonName holder)
    {
        JsonName? before = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            var name = reader.ValueIsEscaped ? FindEscaped(ref reader, holder, ref before) : holder.Find(reader.ValueSpan, ref before);
            if (!reader.Read() || !(name is null ? TryPassOver(ref reader) : TryTake(ref reader, name)))
            {
                return false;
            }
        }

        return false;
    }

    private bool TryTake(ref Utf8JsonReader reader, JsonName name)
    {
        var start = (int)reader.TokenStartIndex;
        var kind = reader.TokenType;
        var isEscaped = kind == JsonTokenType.String && reader.ValueIsEscaped;
        if (name.HasBelow)
        {
            Array.Clear(_places, name.Number, name.End - name.Number);
        }

        if (!(kind == JsonTokenType.StartObject && name.HasBelow ? TryObject(ref reader, name) : TryPassOver(ref reader)))
        {
            return false;
        }

        _places[name.Number] = new JsonPlace(start, (int)reader.BytesConsumed - start, kind, isEscaped);
        return true;
    }

    private static bool TryPassOver(ref Utf8JsonReader reader) =>
        reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || reader.TrySkip();

    private JsonName? FindEscaped(ref Utf8JsonReader reader, JsonName holder, ref JsonName? before)
    {
        if (reader.ValueSpan.Length > LongestEscapedName)
        {
            IsUnsure = true;
            return null;
        }

        Span<byte> name = stackalloc byte[LongestEscapedName];
        try
        {
            return holder.Find(name[..reader.CopyString(name)], ref before);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: the only way to learn of it.
            IsUnsure = true;
            return null;
        }
    }
}
