namespace CallTracking.Privacy;

/// <summary>
/// Identifiers, bank accounts and other values of letters and digits. Around each run of digits the groups of letters and digits
/// that stand together are read, and every few neighbouring groups are compared with the forms of their length.
/// </summary>
internal sealed class IdentifierDetector : IValueDetector
{
    // Of identifiers that are found without a word beside them, but for postcodes; of registers shorter numbers are passed over.
    private const int FewestOnSight = 4;

    private readonly struct Scratch
    {
        [ThreadStatic]
        private static SignGroups? _groups;

        public static SignGroups Groups => _groups ??= new SignGroups();
    }

    public ClassSet Classes { get; } = IdentifierTable.Rows.Aggregate(
        ClassSet.Of(Contracts.DataClass.Payment), (set, row) => set.Or(ClassSet.Of(row.Kind.DataClass)));

    public void Find(TextScan scan)
    {
        var groups = Scratch.Groups;
        var fewest = scan.Nearby.HasIdentifier || scan.IsBare || scan.Country is "GB" or "CA" ? 1 : FewestOnSight;
        for (var next = 0; next < scan.Digits.Length;)
        {
            if (scan.Digits[next].Length < fewest && IsAlone(scan.Text, scan.Digits, next))
            {
                next++;
                continue;
            }

            groups.Read(scan.Text, scan.Digits, ref next);
            if (groups.Digits < fewest)
            {
                continue;
            }

            for (var first = 0; first < groups.Count; first++)
            {
                if (groups.CanStart(first))
                {
                    FindFrom(scan, groups, first);
                }
            }
        }
    }

    // No letter or digit touches the run, and the next digits are far.
    private static bool IsAlone(string text, ReadOnlySpan<DigitGroup> digits, int index)
    {
        var run = digits[index];
        return (run.Start == 0 || !TextSigns.IsPlain(text[run.Start - 1])) && (run.End == text.Length || !TextSigns.IsPlain(text[run.End]))
            && (index + 1 == digits.Length || digits[index + 1].Start - run.End > SignGroups.WidestSeparator);
    }

    private static void FindFrom(TextScan scan, SignGroups groups, int first)
    {
        var reader = new CandidateReader(scan.Text, groups, first, stackalloc char[Form.Longest]);
        while (reader.Extend())
        {
            if (reader.HasEnd)
            {
                Match(scan, reader.Current);
            }
        }
    }

    private static void Match(TextScan scan, in Candidate candidate)
    {
        if (candidate.Digits == 0)
        {
            return;
        }

        if (candidate.Value.Length >= Iban.Shortest && scan.Wants(EntityKinds.Iban) && Iban.Fits(candidate.Value) && HasOneCase(scan.Text, candidate))
        {
            scan.Add(candidate.Start, candidate.End, EntityKinds.Iban, candidate.Value.ToString(), 1);
            return;
        }

        foreach (var (form, row) in IdentifierTable.Of(candidate, !scan.Nearby.HasIdentifier && !scan.IsBare))
        {
            if (CanBeFound(scan, row) && form.Fits(candidate) && scan.Wants(row.Kind) && (row.Check is null || row.Check(candidate.Value)) && HasCapitals(scan, row, candidate) && Score(scan, row, candidate) is > 0 and var score)
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
        row.Kind.DataClass != Contracts.DataClass.Vehicle || scan.IsBare || scan.Text.AsSpan(candidate.Start, candidate.End - candidate.Start).IndexOfAnyInRange('a', 'z') < 0;

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
        var distance = scan.Nearby.Distance(candidate.Start, candidate.End, row.Group);
        if (distance <= Reach.Width)
        {
            return (row.Check is null ? 0.75f : 0.95f) - (distance * 0.002f);
        }

        var isHome = scan.IsHome(row.Kind);
        if (row.Kind.Tier == DetectionTier.OnSight && (isHome || !row.AtHome))
        {
            return scan.Nearby.Before(candidate.Start, ContextWords.Other) <= Reach.OtherWidth ? 0 : isHome ? 0.85f : 0.7f;
        }

        return row.Bare && isHome && row.Kind.Country.Length > 0 && scan.IsBare ? 0.5f : 0;
    }
}
