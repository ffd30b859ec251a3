using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// One pass over a text: every literal of the wanted languages that stands in it, in the order in which they end, for a finder. Holds buffers that are
/// used again from text to text, and nothing of a text but places; one thread at a time.
/// </summary>
/// <param name="automaton">Looks.</param>
/// <param name="finder">Decides.</param>
/// <param name="mostGathered">So many are gathered before they are decided over: memory does not grow with the text.</param>
internal sealed class ConceptScan(ConceptAutomaton automaton, ConceptFinder finder, int mostGathered)
{

    // Where the scan is: between words, in a word, or in a script without spaces.
    private const int Between = 0;
    private const int InWord = 1;
    private const int InRun = 2;

    private readonly List<ConceptEvent> _events = [];
    private ulong _languages;
    private int _token;
    private int _clause;
    private int _sentence;
    private int _lettersEnd;
    private int _most;
    private bool _hasParts;

    /// <summary>Reads a text; the finder gives what it finds.</summary>
    /// <param name="text">Raw.</param>
    /// <param name="languages">A bit for each language whose patterns are meant.</param>
    public void Read(string text, ulong languages)
    {
        (_languages, _token, _clause, _sentence, _lettersEnd, _most, _hasParts) = (languages, -1, 0, 0, 0, mostGathered, false);
        var (state, mode, lines) = (automaton.BorderState, Between, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = automaton.SignOf(text[i]);
            if (sign < ConceptAutomaton.Unspaced && mode == InWord)
            {
                // By far the most letters: on in a word.
                state = automaton.Next(state, sign);
                (_lettersEnd, lines) = (i + 1, 0);
                if (automaton.HasUses(state))
                {
                    Note(state, i + 1);
                }

                continue;
            }

            if (sign < ConceptAutomaton.Special)
            {
                (state, mode) = Letter(sign, state, mode, i + 1);
                (_lettersEnd, lines) = (i + 1, 0);
                continue;
            }

            switch ((ConceptLetterKind)(sign & ~ConceptAutomaton.Special))
            {
                case ConceptLetterKind.Mark:
                    break;
                case ConceptLetterKind.Several:
                    foreach (var letter in Folding.Expand(text[i]))
                    {
                        (state, mode) = Letter(automaton.SignOf(letter), state, mode, i + 1);
                    }

                    (_lettersEnd, lines) = (i + 1, 0);
                    break;
                case ConceptLetterKind.Surrogate:
                    (state, mode) = Beyond(text, ref i, state, mode);
                    break;
                case ConceptLetterKind.Soft:
                    (state, mode) = mode == InWord ? (Border(state), Between) : (state, mode);
                    break;
                case ConceptLetterKind.Line when ++lines < 2:
                    (state, mode) = mode == InWord ? (Border(state), Between) : (state, mode);
                    break;
                case ConceptLetterKind.Hyphen or ConceptLetterKind.Comma or ConceptLetterKind.Stop when mode == InWord && _lettersEnd == i && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]):
                    (state, mode) = (Border(state), Between);
                    break;
                case var other:
                    state = mode == InWord ? Border(state) : state;
                    _clause++;
                    _sentence += other is ConceptLetterKind.Stop or ConceptLetterKind.Sentence or ConceptLetterKind.Line ? 1 : 0;
                    (state, mode) = (automaton.BorderState, Between);
                    break;
            }
        }

        if (mode == InWord)
        {
            Border(state);
        }

        if (_hasParts)
        {
            finder.Advance(_events, int.MaxValue);
        }

        Forget();
    }

    /// <summary>Forgets a text whose reading broke off.</summary>
    public void Forget()
    {
        _events.Clear();
        finder.Forget();
    }

    private (int State, int Mode) Letter(ushort sign, int state, int mode, int end)
    {
        int next;
        if ((sign & ConceptAutomaton.Unspaced) != 0)
        {
            state = mode == InWord ? Border(state) : state;
            (_token, next) = (_token + 1, InRun);
        }
        else if (mode == InWord)
        {
            next = InWord;
        }
        else
        {
            state = mode == InRun ? Border(state) : state;
            (_token, next) = (_token + 1, InWord);
        }

        state = automaton.Next(state, sign);
        if (automaton.HasUses(state))
        {
            Note(state, end);
        }

        return (state, next);
    }

    // Letters of the other planes are in no pattern: one ends what was begun.
    private (int State, int Mode) Beyond(string text, ref int at, int state, int mode)
    {
        var isRune = Rune.TryGetRuneAt(text, at, out var rune);
        var isLetter = isRune && Rune.IsLetterOrDigit(rune);
        at += isRune ? 1 : 0;
        if (!isLetter)
        {
            return mode == InWord ? (Border(state), Between) : (state, mode);
        }

        _lettersEnd = at + 1;
        _ = mode == InWord ? Border(state) : 0;
        _token++;
        return (0, InRun);
    }

    private int Border(int state)
    {
        state = automaton.Next(state, ConceptAutomaton.BorderNumber);
        if (automaton.HasUses(state))
        {
            Note(state, _lettersEnd);
        }

        return state == 0 ? automaton.BorderState : state;
    }

    private void Note(int state, int position)
    {
        foreach (ref readonly var use in automaton.UsesOf(state))
        {
            if ((_languages >> use.Language & 1) != 0)
            {
                _events.Add(new ConceptEvent(use, _token, _clause, _sentence, position));
                _hasParts |= use.Kind == UseKind.Part;
            }
        }

        if (_events.Count >= _most)
        {
            finder.Advance(_events, _token);
            _most = Math.Max(mostGathered, _events.Count * 2);
        }
    }
}
