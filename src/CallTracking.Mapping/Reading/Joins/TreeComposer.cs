using System.Text.Encodings.Web;
using System.Text.Json;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>Puts trees together: those of others become properties of the first. Not thread-safe.</summary>
internal sealed class TreeComposer(int mostBytes) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly PooledBuffer _buffer = new();
    private bool _hasOne;

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    /// <summary>More than a record may have: the rest was not taken.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>A writer into <paramref name="buffer"/> as trees are written here.</summary>
    public static Utf8JsonWriter Writer(PooledBuffer buffer) => new(buffer, Options);

    /// <summary>Begins with a whole object.</summary>
    public void Begin(ReadOnlySpan<byte> tree)
    {
        _buffer.Clear();
        IsTooLarge = false;
        Open(tree);
    }

    /// <summary>Begins an object that is a property; null for an element of the array that was begun.</summary>
    public void BeginObject(string? name, ReadOnlySpan<byte> tree)
    {
        if (name is null)
        {
            Separate();
        }
        else
        {
            Name(name);
        }

        Open(tree);
    }

    public void EndObject()
    {
        Append("}"u8);
        _hasOne = true;
    }

    // Of two properties with one name the later counts: what the record has of its own under that name is hidden.
    public void Property(string name, ReadOnlySpan<byte> value)
    {
        Name(name);
        Append(value);
    }

    public void BeginArray(string name)
    {
        Name(name);
        Append("["u8);
        _hasOne = false;
    }

    public void EndArray()
    {
        Append("]"u8);
        _hasOne = true;
    }

    public void End() => Append("}"u8);

    public void Dispose() => _buffer.Dispose();

    private void Open(ReadOnlySpan<byte> tree)
    {
        Append(tree[..tree.LastIndexOf((byte)'}')]);
        _hasOne = !tree[1..^1].Trim(" \t\r\n"u8).IsEmpty;
    }

    private void Name(string name)
    {
        Separate();
        Append("\""u8);
        Append(JsonEncodedText.Encode(name, Options.Encoder).EncodedUtf8Bytes);
        Append("\":"u8);
    }

    private void Separate()
    {
        if (_hasOne)
        {
            Append(","u8);
        }

        _hasOne = true;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        IsTooLarge |= _buffer.Length + bytes.Length > mostBytes;
        if (!IsTooLarge)
        {
            _buffer.Append(bytes);
        }
    }
}
