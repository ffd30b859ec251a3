using System.Runtime.CompilerServices;

namespace CallTracking.Privacy;

/// <summary>The hash that names the rows of a model. Part of the model's form: another one needs another model.</summary>
internal static class NameHash
{
    public const uint Start = 0x811C9DC5;

    /// <summary>For words read from their end, so that what others end with can be looked up.</summary>
    public const uint TailStart = 0x2F0B4C47;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Add(uint hash, uint value) => unchecked((hash ^ value) * 0x01000193u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(uint hash, uint value)
    {
        unchecked
        {
            var mixed = (hash ^ (value * 0x9E3779B1u)) * 0x85EBCA77u;
            return mixed ^ (mixed >> 15);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Finish(uint hash)
    {
        unchecked
        {
            hash ^= hash >> 16;
            hash *= 0x7FEB352Du;
            hash ^= hash >> 15;
            hash *= 0x846CA68Bu;
            return hash ^ (hash >> 16);
        }
    }

    /// <summary>A word as lists know it: folded, without accents and case.</summary>
    public static uint OfWord(ReadOnlySpan<char> word)
    {
        var hash = Start;
        foreach (var letter in word)
        {
            hash = AddFolded(hash, letter);
        }

        return hash;
    }

    /// <summary>A word as the end of another.</summary>
    public static uint OfTail(ReadOnlySpan<char> word)
    {
        var hash = TailStart;
        for (var i = word.Length - 1; i >= 0; i--)
        {
            hash = AddFolded(hash, word[i]);
        }

        return hash;
    }

    /// <summary>A syllable of Korean given names at its place, 1 or 2.</summary>
    public static uint OfSyllable(char syllable, uint place) => Mix(Add(Start, syllable), place);

    /// <summary>A name in Han or hiragana as lists know it; as <see cref="NameCandidates"/> goes over units.</summary>
    public static uint OfIdeographs(ReadOnlySpan<char> word)
    {
        var hash = Start;
        foreach (var letter in word)
        {
            hash = Mix(hash, Add(Start, letter));
        }

        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AddFolded(uint hash, char letter)
    {
        if (letter is >= 'a' and <= 'z')
        {
            return Add(hash, letter);
        }

        if (letter is >= 'A' and <= 'Z')
        {
            return Add(hash, letter | 0x20u);
        }

        var folded = Folding.Of(letter);
        return folded switch
        {
            Folding.Mark => hash,
            Folding.Several or Folding.Separator => Add(hash, letter),
            _ => Add(hash, folded),
        };
    }
}
