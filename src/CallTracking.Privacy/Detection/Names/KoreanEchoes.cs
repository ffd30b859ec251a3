namespace CallTracking.Privacy;

/// <summary>A given name alone where its bearer stands whole in the same stretch of text: "손예진 … 예진이는". Reusable, not thread-safe.</summary>
internal sealed class KoreanEchoes(KoreanWords words)
{
    private const int Most = 16;
    private const int WholeName = 3;
    private const int GivenName = 2;
    private const float SureEnough = 0.7f;
    private const float Score = 0.6f;

    private readonly uint[] _given = new uint[Most];
    private int _count;

    /// <summary>Adds what echoes names of three syllables that are found.</summary>
    public void Find(string text, UnitReader reader, List<NameSpan> found)
    {
        _count = 0;
        foreach (var name in found)
        {
            if (_count < Most && name.Score >= SureEnough && name.End - name.Start == WholeName && LetterKinds.Of(text[name.Start]) == LetterKind.Hangul)
            {
                _given[_count++] = NameHash.OfWord(text.AsSpan(name.Start + 1, GivenName));
            }
        }

        for (var i = UnitReader.First; _count > 0 && i < reader.End; i++)
        {
            if (reader.Units[i] is { Kind: UnitKind.Hangul, Length: > GivenName } unit
                && _given.AsSpan(0, _count).Contains(NameHash.OfWord(text.AsSpan(unit.Start, GivenName)))
                && IsCalled(text.AsSpan(unit.Start + GivenName, unit.Length - GivenName)))
            {
                found.Add(new NameSpan(unit.Start, unit.Start + GivenName, Score));
            }
        }
    }

    // "예진이", "예진이는", "예진씨가": what follows the names of persons only; without it the name may be a word ("지원은").
    private bool IsCalled(ReadOnlySpan<char> rest) =>
        words.StartsWithTitle(rest) || (rest[0] == '이' && rest.Length > 1 && words.Endings.Contains(NameHash.OfWord(rest[1..])));
}
