namespace CallTracking.Privacy;

/// <summary>
/// Identifiers, bank accounts and other values of letters and digits. Around each run of digits the groups of letters and digits
/// that stand together are read, and every few neighbouring groups are compared with the forms of their length.
/// </summary>
internal sealed class IdentifierDetector() : ValueDetector(
    IdentifierTable.Rows.Aggregate(ClassSet.Of(Contracts.DataClass.Payment), (set, row) => set.Or(ClassSet.Of(row.Kind.DataClass))))
{
    // Of identifiers that are found without a word beside them, but for postcodes; of registers shorter numbers are passed over.
    private const int FewestOnSight = 4;

    // Of identifiers that begin with a digit and are found without a word beside them: what comes first is no shorter.
    private const int ShortestAlone = 7;

    // Of identifiers whose check digit is worth something beside a word for orders.
    private const int ShortestChecked = 9;

    // Around a run of digits: a word speaks of a value in whose groups the run stands, and those are no longer than values may be.
    private const int Longest = (Form.Longest + 2) * (SignGroups.WidestSeparator + 1);
    private const int Behind = Reach.Width + Reach.LongestWord + Longest;
    private const int Ahead = Reach.Width + Longest;

    private readonly struct Scratch
    {
        [ThreadStatic]
        private static SignGroups? _groups;

        public static SignGroups Groups => _groups ??= new SignGroups();
    }

    public override void Find(TextScan scan)
    {
        var groups = Scratch.Groups;
        var places = scan.Nearby.Identifiers;
        var always = scan.IsBare || scan.Country is "GB" or "CA" or "NL" or "IE";
        var onSight = IdentifierTable.OnSight(scan.Country);
        var digits = scan.Digits;
        var passed = 0;
        for (var next = 0; next < digits.Length;)
        {
            ref readonly var run = ref digits[next];
            while (passed < places.Length && places[passed] < run.Start - Behind)
            {
                passed++;
            }

            var most = always ? 1 : FewestOnSight;
            var fewest = passed < places.Length && places[passed] <= run.End + Ahead ? 1 : most;
            if (run.Length < (fewest > 1 ? ShortestAlone : fewest) && IsAlone(digits, next) && (run.Length < fewest || !SignGroups.HasWordBefore(scan.Text, run.Start)))
            {
                next++;
                continue;
            }

            groups.Read(scan.Text, digits, ref next);
            var isSaid = scan.IsBare || (passed < places.Length && groups.Count > 0 && places[passed] <= groups[groups.Count - 1].End + Reach.Width);
            if (groups.Digits < (isSaid ? 1 : most))
            {
                continue;
            }

            for (var first = 0; first < groups.Count; first++)
            {
                FindFrom(scan, groups, first, isSaid ? IdentifierTable.Said : onSight);
            }
        }
    }

    // No letter or digit touches the run, and the next digits are far.
    private static bool IsAlone(ReadOnlySpan<DigitGroup> digits, int index)
    {
        var run = digits[index];
        return run.Before < '0' && run.After < '0' && (index + 1 == digits.Length || digits[index + 1].Start - run.End > SignGroups.WidestSeparator);
    }

    // Goes on as long as some form may have groups like these.
    private static void FindFrom(TextScan scan, SignGroups groups, int first, FormIndex forms)
    {
        var withDigit = (groups[first].DigitBits & 1) != 0;
        var stops = forms.Stops(withDigit, 0);
        var left = groups.LengthFrom(first);
        var isAccount = !withDigit && left >= Iban.Shortest;
        if ((withDigit && left < forms.ShortestWithDigit) || (!isAccount && ((stops >> groups.LengthOf(first)) & 1) == 0))
        {
            return;
        }

        var reader = new CandidateReader(groups, first);
        for (var isFirst = true; reader.Extend() && ((isAccount && reader.MayBeAccount) || ((stops >> reader.Length) & 1) != 0); isFirst = false)
        {
            if (isFirst)
            {
                if (ValueEdges.ContinuesBefore(scan.Text, groups[first].Start))
                {
                    return;
                }

                stops = forms.Stops(withDigit, reader.Length);
            }

            var rows = reader.Digits == 0 ? default : forms.Of(reader.Length, reader.Digits);
            if ((rows.Length > 0 || (reader.Length >= Iban.Shortest && reader.MayBeAccount)) && !ValueEdges.ContinuesAfter(scan.Text, reader.LastEnd))
            {
                Match(scan, reader.Read(scan.Text), rows);
            }
        }
    }

    private static void Match(TextScan scan, in Candidate candidate, ReadOnlySpan<FormRow> rows)
    {
        if (candidate.Value.Length >= Iban.Shortest && scan.Wants(EntityKinds.Iban) && Iban.Fits(candidate.Value) && HasOneCase(scan.Text, candidate))
        {
            scan.Add(candidate.Start, candidate.End, EntityKinds.Iban, candidate.Value.ToString(), 1);
            return;
        }

        foreach (ref readonly var pair in rows)
        {
            if (pair.Form.Fits(candidate) && pair.Row is var row && CanBeFound(scan, row) && scan.Wants(row.Kind) && (row.Check is null || row.Check(candidate.Value)) && HasCapitals(scan, row, candidate) && Score(scan, row, candidate) is > 0 and var score)
            {
                Add(scan, row.Kind, candidate, score);
            }
        }
    }

    private static bool HasOneCase(string text, in Candidate candidate)
    {
        var place = text.AsSpan(candidate.Start, candidate.End - candidate.Start);
        return place.IndexOfAnyInRange('a', 'z') < 0 || place.IndexOfAnyInRange('A', 'Z') < 0;
    }

    // Plates are short: "de 10 cm" has the form of one.
    private static bool HasCapitals(TextScan scan, Identifier row, in Candidate candidate) =>
        !(row.InCapitals || row.Kind.DataClass == Contracts.DataClass.Vehicle) || scan.IsBare || scan.Text.AsSpan(candidate.Start, candidate.End - candidate.Start).IndexOfAnyInRange('a', 'z') < 0;

    // Rows of one entity differ in what they ask for; one of them is enough.
    private static void Add(TextScan scan, EntityKind kind, in Candidate candidate, float score)
    {
        for (var i = scan.Findings.Count - 1; i >= 0 && scan.Findings[i] is var found && found.Start == candidate.Start && found.End == candidate.End; i--)
        {
            if (found.Kind?.Name == kind.Name)
            {
                return;
            }
        }

        scan.Add(candidate.Start, candidate.End, kind, candidate.Value.ToString(), score);
    }

    // Before the check rule, which takes longer: without a word about it in the whole text few kinds are found.
    private static bool CanBeFound(TextScan scan, Identifier row) =>
        (row.Kind.Tier == DetectionTier.OnSight && (!row.AtHome || scan.IsHome(row.Kind))) || scan.Nearby.Has(row.Group) || (row.Bare && scan.IsBare);

    /// <summary>How sure it is, or 0 when what stands around does not bear it.</summary>
    private static float Score(TextScan scan, Identifier row, in Candidate candidate)
    {
        var distance = row.Before > 0 ? DistanceBefore(scan, row, candidate.Start) : scan.Nearby.Distance(candidate.Start, candidate.End, row.Group);
        if (distance <= Reach.Width)
        {
            return (row.Check is null ? 0.75f : 0.95f) - (distance * 0.002f);
        }

        var isHome = scan.IsHome(row.Kind);
        if (row.Kind.Tier == DetectionTier.OnSight && (isHome || !row.AtHome))
        {
            return IsOfOrder(scan, row, candidate) || scan.Nearby.Before(candidate.Start, ContextWords.Part) <= Reach.PartWidth ? 0 : isHome ? 0.85f : 0.7f;
        }

        return row.Bare && isHome && row.Kind.Country.Length > 0 && scan.IsBare ? 0.5f : 0;
    }

    // A check digit that is right in a number with its separators beats every such word; other rules beat one that is about something else.
    private static bool IsOfOrder(TextScan scan, Identifier row, in Candidate candidate) =>
        scan.Nearby.Before(candidate.Start, ContextWords.Other) <= Reach.OtherWidth
        && (candidate.Gaps == 0 || row.Check is null || ((row.AtHome || candidate.Value.Length < ShortestChecked) && OrderWords.StandRightBefore(scan, candidate.Start)));

    private static int DistanceBefore(TextScan scan, Identifier row, int start) =>
        scan.Nearby.Before(start, row.Group) is var distance && distance <= row.Before && distance <= scan.Nearby.Before(start, ContextWords.Other)
            && !scan.Text.AsSpan(start - distance, distance).ContainsAnyInRange('0', '9') ? distance : Reach.Nowhere;
}
