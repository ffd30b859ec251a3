using System.Runtime.CompilerServices;

namespace CallTracking.Privacy;

/// <summary>
/// All literals of all dictionaries as one automaton (Aho-Corasick): a step a letter, whatever it looks for. A state keeps only the steps
/// in which it differs from the first one, a few in a list or many in a row; letters of no literal have one number together. Immutable.
/// </summary>
internal sealed class ConceptAutomaton
{
    /// <summary>The number of a letter is below; a letter of no literal has 0.</summary>
    public const int MostLetters = 1 << 13;

    /// <summary>The number of <see cref="ConceptLetters.Border"/>, which is no character of a text.</summary>
    public const ushort BorderNumber = 1;

    /// <summary>Set in a sign that is no single letter; the rest is its <see cref="ConceptLetterKind"/>.</summary>
    public const ushort Special = 0x8000;

    /// <summary>Set in a letter of a script without spaces.</summary>
    public const ushort Unspaced = 0x4000;

    private const ushort Number = 0x3FFF;
    private readonly ushort[] _signs;
    private readonly AutomatonState[] _states;
    private readonly ushort[] _letters;
    private readonly int[] _targets;
    private readonly int[] _rows;
    private readonly LiteralUse[] _uses;

    internal ConceptAutomaton(ushort[] signs, AutomatonState[] states, ushort[] letters, int[] targets, int[] rows, LiteralUse[] uses)
    {
        (_signs, _states, _letters, _targets, _rows, _uses) = (signs, states, letters, targets, rows, uses);
        BorderState = Next(0, BorderNumber);
    }

    /// <summary>Where a text, a phrase and a word begin.</summary>
    public int BorderState { get; }

    public int States => _states.Length;

    /// <summary>What a character is, as a number with flags.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort SignOf(char letter) => _signs[letter];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasUses(int state) => _states[state].UseCount > 0;

    public ReadOnlySpan<LiteralUse> UsesOf(int state) => _uses.AsSpan(_states[state].FirstUse, _states[state].UseCount);

    /// <summary>The state after a letter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int state, int sign)
    {
        var number = (ushort)(sign & Number);
        if (number == 0)
        {
            return 0;
        }

        ref readonly var from = ref _states[state];
        if (from.First < 0)
        {
            return _rows[~from.First + number];
        }

        for (var i = from.First; i < from.First + from.Count; i++)
        {
            if (_letters[i] == number)
            {
                return _targets[i];
            }
        }

        return _rows[number];
    }
}

/// <summary>A prefix of literals.</summary>
/// <param name="First">Where its own steps begin; complemented, where its row does.</param>
/// <param name="Count">How many steps of its own it has.</param>
/// <param name="FirstUse">Where its uses begin.</param>
/// <param name="UseCount">How many it has.</param>
internal readonly record struct AutomatonState(int First, int Count, int FirstUse, int UseCount);
