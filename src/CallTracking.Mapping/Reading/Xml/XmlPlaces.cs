using System.Buffers;
using System.Text;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>
/// Turns lines and columns, as the XML parser tells them, into characters and bytes of the file. Holds the characters between the
/// last place asked for and the parser's own. Not thread-safe.
/// </summary>
internal sealed class XmlPlaces : IDisposable
{
    // More than the parser has before it when it stands in a text.
    private const int MostHeld = 64 * 1024;

    private readonly Queue<Chunk> _chunks = [];
    private int _held;
    private int _at;
    private long _line = 1;
    private long _column = 1;
    private bool _isBehindReturn;
    private long _passedBytes;
    private Encoding _lenient = Encoding.UTF8;

    /// <summary>Characters before the place.</summary>
    public long Char { get; private set; }

    /// <summary>The file begins here, in this encoding.</summary>
    public void Begin(SourceEncoding encoding, int markBytes)
    {
        _lenient = Encoding.GetEncoding(encoding.CodePage);
        _passedBytes = markBytes;
    }

    /// <summary>The parser is about to be given these characters.</summary>
    public void Add(ReadOnlySpan<char> characters)
    {
        var copy = ArrayPool<char>.Shared.Rent(characters.Length);
        characters.CopyTo(copy);
        _chunks.Enqueue(new Chunk(copy, characters.Length));
        _held += characters.Length;
    }

    /// <summary>Lets go of what the parser has certainly passed, when it says no place for long: inside one text.</summary>
    public void Trim()
    {
        while (_held > MostHeld)
        {
            PassFirst();
        }
    }

    /// <summary>Goes forward to a place; never back.</summary>
    public void MoveTo(long line, long column)
    {
        while (_chunks.TryPeek(out var chunk))
        {
            while (_at < chunk.Length)
            {
                if (_line > line || (_line == line && _column >= column))
                {
                    return;
                }

                Step(chunk, _line == line ? column - _column : long.MaxValue);
            }

            PassFirst();
        }
    }

    /// <summary>Bytes before the place, less <paramref name="charactersBack"/>; exact as long as every byte before it was sound.</summary>
    public long Bytes(int charactersBack) =>
        _passedBytes + (_chunks.TryPeek(out var chunk) ? BytesOf(chunk.Characters.AsSpan(0, Math.Max(0, _at - charactersBack))) : 0);

    public void Dispose()
    {
        while (_chunks.TryDequeue(out var chunk))
        {
            chunk.Return();
        }
    }

    private void PassFirst()
    {
        var chunk = _chunks.Dequeue();
        while (_at < chunk.Length)
        {
            Step(chunk, long.MaxValue);
        }

        _passedBytes += BytesOf(chunk.Characters.AsSpan(0, chunk.Length));
        _held -= chunk.Length;
        _at = 0;
        chunk.Return();
    }

    // Over so many characters of a line, or over the line's end where that is next.
    private void Step(Chunk chunk, long most)
    {
        var rest = chunk.Characters.AsSpan(_at, (int)Math.Min(most, chunk.Length - _at));
        var passed = rest.IndexOfAny('\n', '\r') switch { < 0 => rest.Length, var end => end };
        if (passed > 0)
        {
            (_at, Char, _column, _isBehindReturn) = (_at + passed, Char + passed, _column + passed, false);
            return;
        }

        // A line ends as XML says: at a line feed, a return, or both.
        _line += rest[0] == '\n' && _isBehindReturn ? 0 : 1;
        (_at, Char, _column, _isBehindReturn) = (_at + 1, Char + 1, 1, rest[0] == '\r');
    }

    private int BytesOf(ReadOnlySpan<char> characters) => _lenient.GetByteCount(characters);

    private readonly record struct Chunk(char[] Characters, int Length)
    {
        // Personal data: the pool gets a clean buffer.
        public void Return() => ArrayPool<char>.Shared.Return(Characters, clearArray: true);
    }
}
