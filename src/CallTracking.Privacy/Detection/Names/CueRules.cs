namespace CallTracking.Privacy;

/// <summary>
/// Names that stand where names stand, whatever a model says: after a title, "my name is", a greeting, a field's label, below
/// "Best regards". Looks at each unit once and never back.
/// </summary>
internal sealed class CueRules(NameCues cues)
{
    private const float Sure = 0.9f;
    private const float Likely = 0.75f;
    private const int LongestName = 4;

    public void Find(UnitReader reader, List<NameSpan> spans)
    {
        var units = reader.Units;
        for (var i = UnitReader.First; i < reader.End; i++)
        {
            if (units[i].Kind != UnitKind.Word || !cues.MayEnd(units[i].Hash))
            {
                continue;
            }

            var (cue, first) = cues.EndingAt(units, i);
            switch (cue)
            {
                case NameCue.Title:
                    AfterTitle(units, i, spans);
                    break;
                case NameCue.Introduction:
                    AfterIntroduction(units, i, spans);
                    break;
                case NameCue.Greeting when units[first - 1].Kind == UnitKind.Break:
                    AfterGreeting(units, i, spans);
                    break;
                case NameCue.Closing:
                    AfterClosing(units, i, spans);
                    break;
                case NameCue.Field when units[first - 1].Kind is UnitKind.Break or UnitKind.Punctuation:
                    AfterField(units, i, spans);
                    break;
            }
        }
    }

    private void AfterTitle(NameUnit[] units, int at, List<NameSpan> spans)
    {
        var first = SkipPoint(units, at + 1);
        if (cues.Of(units[first]) == NameCue.Title)
        {
            return;
        }

        var end = Capitals(units, first, LongestName);
        if (end > first && !IsNobody(units[first]))
        {
            Add(units, first, end, Sure, spans);
        }
        else if (units[at].Shape == UnitShape.Caseless && units[first].Shape == UnitShape.Caseless && !IsNobody(units[first]))
        {
            Add(units, first, first + (units[first + 1].Shape == UnitShape.Caseless && NameLists.WordOf(units[first + 1].Lists) == 0 && units[first + 1].Lists != 0 ? 2 : 1), Likely, spans);
        }
    }

    private static void AfterIntroduction(NameUnit[] units, int at, List<NameSpan> spans)
    {
        var first = units[at + 1].Hash == ':' ? at + 2 : at + 1;
        var end = Capitals(units, first, LongestName);
        if (end == first && units[first].Kind == UnitKind.Word && units[first].Shape is UnitShape.Lower or UnitShape.Caseless && units[first].Lists is not 0 and var lists && (lists & 15) != 0)
        {
            end = first + 1;
            while (end < first + 3 && units[end].Kind == UnitKind.Word && units[end].Shape == units[first].Shape && NameLists.WordOf(units[end].Lists) == 0)
            {
                end++;
            }
        }

        Add(units, first, end, Sure, spans);
    }

    private void AfterGreeting(NameUnit[] units, int at, List<NameSpan> spans)
    {
        var first = at + 1;
        while (cues.Of(units[first]) == NameCue.Title)
        {
            first = SkipPoint(units, first + 1);
        }

        var end = Capitals(units, first, LongestName);
        if (end == first && IsForenameInLowerCase(units[first]))
        {
            end = first + 1;
        }

        if (end > first && !IsNobody(units[first]) && EndsLine(units, end))
        {
            Add(units, first, end, Likely, spans);
        }
    }

    private void AfterClosing(NameUnit[] units, int at, List<NameSpan> spans)
    {
        var first = at + 1;
        first += units[first].Kind == UnitKind.Punctuation ? 1 : 0;
        var breaks = 0;
        for (; units[first].Kind == UnitKind.Break && breaks < 4 && units[first].End > 0; first++)
        {
            breaks++;
        }

        var end = Capitals(units, first, LongestName);
        if (breaks > 0 && end > first && units[end].Kind == UnitKind.Break && AreFreeOfThings(units, first, end))
        {
            Add(units, first, end, Likely, spans);
        }
    }

    private void AfterField(NameUnit[] units, int at, List<NameSpan> spans)
    {
        if (units[at + 1].Hash != ':')
        {
            return;
        }

        var first = at + 2;
        while (cues.Of(units[first]) == NameCue.Title)
        {
            first = SkipPoint(units, first + 1);
        }

        var end = Capitals(units, first, LongestName + 2);
        if (end > first && AreFreeOfThings(units, first, end))
        {
            Add(units, first, end, Likely, spans);
        }
    }

    private static int SkipPoint(NameUnit[] units, int at) => units[at].Hash == '.' ? at + 1 : at;

    private bool IsNobody(in NameUnit unit) => NameCues.IsNobody(cues.Of(unit)) || IsOrdinary(unit);

    private static bool IsOrdinary(in NameUnit unit) =>
        NameLists.WordOf(unit.Lists) is NameLists.Weak or NameLists.Usual && NameLists.ForenameOf(unit.Lists) + NameLists.SurnameOf(unit.Lists) == 0;

    private bool AreFreeOfThings(NameUnit[] units, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (cues.Of(units[i]) != NameCue.None || units[i].Lists >= NameLists.Thing || IsOrdinary(units[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsForenameInLowerCase(in NameUnit unit) =>
        unit.Shape == UnitShape.Lower && NameLists.WordOf(unit.Lists) == 0 && NameLists.ForenameOf(unit.Lists) > 0;

    private static bool EndsLine(NameUnit[] units, int at) => units[at].Kind == UnitKind.Break || units[at].Hash is ',' or '!' or ':' or ';' or '،';

    // Behind words with capitals, initials, and what joins them.
    private static int Capitals(NameUnit[] units, int first, int most)
    {
        var end = first;
        var words = 0;
        for (var i = first; words < most; i++)
        {
            ref var unit = ref units[i];
            var joins = i > first && (NameCandidates.IsInside(unit) && (!units[i + 1].IsSpaced || units[i - 1].Shape == UnitShape.Initial));
            if (unit.Kind == UnitKind.Word && unit.Shape is UnitShape.Title or UnitShape.Capitals or UnitShape.Initial or UnitShape.Mixed)
            {
                words++;
                end = i + 1;
            }
            else if (!joins && !(unit.Shape == UnitShape.Lower && i > first && NameLists.WordOf(unit.Lists) == NameLists.Particle))
            {
                break;
            }
        }

        return end;
    }

    private static void Add(NameUnit[] units, int first, int end, float score, List<NameSpan> spans)
    {
        if (end > first)
        {
            spans.Add(new NameSpan(units[first].Start, units[end - 1].End, score));
        }
    }
}
