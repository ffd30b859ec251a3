namespace CallTracking.Privacy;

/// <summary>
/// Finds names of persons in free text. The model is shared and loaded with the first text; a tagger keeps buffers, so each
/// thread wants its own. Takes time in proportion to the text and allocates nothing but what the list of results needs.
/// </summary>
internal sealed class NameTagger(NameModel? given = null)
{
    private static readonly Comparison<NameSpan> ByStart = static (left, right) => left.Start.CompareTo(right.Start);

    private readonly UnitReader _reader = new();
    private readonly NameEchoes _echoes = new();
    private readonly List<NameSpan> _found = [];
    private NameModel? _model = given;
    private NameCandidates? _candidates;
    private NameSearch? _search;
    private CueRules? _cues;
    private OrdinaryWords? _ordinary;
    private KoreanNames? _korean;

    // Han that the search may have left between a name and its honorific.
    private const int MostLeftOut = 2;

    private static readonly string[] Honorifics = ["さん", "さま", "様", "氏", "先生", "殿", "くん", "ちゃん"];

    /// <summary>Adds the names in a text, first to last, without overlaps.</summary>
    /// <param name="text">Any text, of any length.</param>
    /// <param name="language">BCP 47, or empty when not known.</param>
    /// <param name="spans">Where names go.</param>
    public void Find(string text, string language, List<NameSpan> spans)
    {
        _model ??= NameModel.Default;
        _candidates ??= new NameCandidates(_model.Lexicon);
        _search ??= new NameSearch(_model, NameCues.Default);
        _cues ??= new CueRules(NameCues.Default);
        _ordinary ??= new OrdinaryWords(_model.Lexicon);
        _korean ??= new KoreanNames(_model.Lexicon.Lists, KoreanWords.Default);
        for (var at = 0; at < text.Length;)
        {
            at = _reader.Read(text, at);
            _candidates.Mark(text, _reader, language);
            _found.Clear();
            foreach (var run in NameRuns.Of(_reader))
            {
                _search.Find(text, _reader, run, _found);
            }

            _ordinary.RemoveFrom(text, _reader.Language, _found);
            _cues.Find(_reader, _found);
            if (_reader.HasHangul)
            {
                _korean.Find(text, _reader, _found);
            }

            if (_found.Count > 0)
            {
                _found.Sort(ByStart);
                _echoes.Find(_reader, _found);
                _found.Sort(ByStart);
                Merge(text, spans);
            }
        }
    }

    // Names that overlap are one.
    private void Merge(string text, List<NameSpan> spans)
    {
        for (var i = 0; i < _found.Count;)
        {
            var whole = _found[i];
            for (i++; i < _found.Count && _found[i].Start < whole.End; i++)
            {
                whole = new NameSpan(whole.Start, Math.Max(whole.End, _found[i].End), Math.Max(whole.Score, _found[i].Score));
            }

            spans.Add(whole with { Start = WithDegree(text, whole.Start), End = ToHonorific(text, whole.End) });
        }
    }

    // Half of a name would stay before it: 田中さん, where 中 reads as "in the middle of" and was left outside.
    private static int ToHonorific(string text, int end)
    {
        for (var at = end; at < text.Length && at - end <= MostLeftOut && end > 0 && IsHan(text[end - 1]); at++)
        {
            foreach (var honorific in Honorifics)
            {
                if (text.AsSpan(at).StartsWith(honorific, StringComparison.Ordinal))
                {
                    return at;
                }
            }

            if (!IsHan(text[at]))
            {
                break;
            }
        }

        return end;
    }

    private static bool IsHan(char sign) => LetterKinds.Of(sign) == LetterKind.Han;

    // A doctor's degree is borne as part of the name in many countries; other titles stay in the text.
    private static int WithDegree(string text, int start)
    {
        var at = start > 0 && text[start - 1] == ' ' ? start - 1 : start;
        at = at > 0 && text[at - 1] == '.' ? at - 1 : at;
        var isDegree = at < start && at >= 2 && text[at - 1] is 'r' or 'R' && text[at - 2] == 'D' && (at == 2 || !char.IsLetterOrDigit(text[at - 3]));
        return isDegree ? at - 2 : start;
    }
}
