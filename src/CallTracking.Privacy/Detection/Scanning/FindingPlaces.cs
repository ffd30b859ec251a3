namespace CallTracking.Privacy;

/// <summary>Findings that overlap, as one place.</summary>
/// <param name="Start">First code unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Named">What names it: see <see cref="Finding.Outranks"/>.</param>
/// <param name="Person">The longest name in running text there, when there is one.</param>
/// <param name="OwnMentions">How many findings there are own values.</param>
internal readonly record struct FindingPlace(int Start, int End, Finding Named, Finding? Person, int OwnMentions);

/// <summary>Makes places of findings.</summary>
internal static class FindingPlaces
{
    private static readonly Comparison<Finding> ByStart = static (left, right) => left.Start.CompareTo(right.Start);

    /// <summary>The places of a text in order; the list is sorted on the way.</summary>
    public static IEnumerable<FindingPlace> Of(List<Finding> findings)
    {
        findings.Sort(ByStart);
        for (var i = 0; i < findings.Count;)
        {
            var place = Add(new FindingPlace(findings[i].Start, findings[i].End, findings[i], null, 0), findings[i]);
            for (i++; i < findings.Count && findings[i].Start < place.End; i++)
            {
                place = Add(place, findings[i]);
            }

            yield return place;
        }
    }
    private static FindingPlace Add(in FindingPlace place, in Finding finding) => place with
    {
        End = Math.Max(place.End, finding.End),
        Named = finding.Outranks(place.Named) ? finding : place.Named,
        Person = finding.IsPerson && !(place.Person?.Length >= finding.Length) ? finding : place.Person,
        OwnMentions = place.OwnMentions + (finding.Own >= 0 ? 1 : 0),
    };
}
