namespace CallTracking.Privacy;

/// <summary>
/// A part of a name that stands alone elsewhere in the same stretch of text: "Jane Miller called. Miller wants …". Remembers few
/// words, so it costs little however many names a text has. Reusable, not thread-safe.
/// </summary>
internal sealed class NameEchoes
{
    private const int Most = 32;
    private const int ShortestWord = 4;
    private const float SureEnough = 0.7f;
    private const float Score = 0.6f;

    private readonly uint[] _words = new uint[Most];
    private int _count;

    /// <summary>Adds the echoes of names that are found; both lists in order.</summary>
    public void Find(UnitReader reader, List<NameSpan> found)
    {
        _count = 0;
        Walk(reader, found, isSearch: false);
        if (_count > 0)
        {
            Walk(reader, found, isSearch: true);
        }
    }

    private void Walk(UnitReader reader, List<NameSpan> found, bool isSearch)
    {
        var units = reader.Units;
        var (name, names) = (0, found.Count);
        for (var i = UnitReader.First; i < reader.End; i++)
        {
            ref var unit = ref units[i];
            if (unit.Kind != UnitKind.Word || unit.Shape is not (UnitShape.Title or UnitShape.Mixed) || unit.Length < ShortestWord)
            {
                continue;
            }

            while (name < names && found[name].End <= unit.Start)
            {
                name++;
            }

            var isNamed = name < names && found[name].Start <= unit.Start;
            if (!isSearch && isNamed)
            {
                Note(unit, found[name]);
            }
            else if (isSearch && !isNamed && _words.AsSpan(0, _count).Contains(unit.Hash) && !IsCapital(units[i - 1]) && !IsCapital(units[i + 1]))
            {
                found.Add(new NameSpan(unit.Start, unit.End, Score));
            }
        }
    }

    // Parts of names of several words; one word alone says too little, and ordinary words are no echoes.
    private void Note(in NameUnit unit, in NameSpan name)
    {
        if (_count < Most && name.Score >= SureEnough && name.End - name.Start > unit.Length + 1
            && NameLists.WordOf(unit.Lists) == 0 && unit.Lists < NameLists.Thing)
        {
            _words[_count++] = unit.Hash;
        }
    }

    private static bool IsCapital(in NameUnit unit) => unit.Shape is UnitShape.Title or UnitShape.Capitals or UnitShape.Mixed;
}
