using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Reads documents and checks them together, for a day and for every later one on which something changes.</summary>
internal static class PolicyParser
{
    /// <param name="documents">All of one version.</param>
    /// <param name="version">Its name.</param>
    /// <param name="day">The day for which the result holds.</param>
    /// <param name="origin">Whether they were checked before, and by whom.</param>
    /// <param name="published">Names of documents that stand beside drafts and were published before.</param>
    public static PolicyLoad Parse(IEnumerable<PolicyDocument> documents, string version, DateOnly day, DocumentOrigin origin, IReadOnlySet<string>? published = null)
    {
        var faults = new List<Fault>();
        var foreign = origin == DocumentOrigin.Signed ? new List<ForeignWord>() : null;
        var strays = new List<Fault>();
        var reader = new DocumentReader(faults, foreign, strays);
        foreach (var document in documents)
        {
            reader.Read(document);
        }

        foreach (var second in reader.Hubs.Skip(1))
        {
            second.Source.Report(second.Node, "A second hub document.", "Keep one of them.");
        }

        var descent = new List<Fault>();
        var sources = PolicyFamily.Check(reader.Jurisdictions, descent);
        faults.AddRange(descent);
        var read = new PolicyDocuments(version, sources, reader.Hubs.FirstOrDefault()?.Site ?? HubSite.Unknown, null, ForeignWords.None);
        if (sources.ContainsKey(PolicyLinker.Root) && descent.Count == 0)
        {
            var together = new List<Fault>();
            CheckDays(read, day, together, strays);
            Divide(together, sources, faults, foreign);
        }

        faults.AddRange(strays.Where(stray => origin == DocumentOrigin.Draft && published?.Contains(stray.File) is not true));
        if (faults.Count > 0)
        {
            return new PolicyLoad(null, [.. faults.Distinct()]);
        }

        var policies = PolicySet.Of(read with { Foreign = new ForeignWords(foreign ?? []) }, day);
        strays = [.. strays.Distinct()];
        return new PolicyLoad(policies, []) { Strays = strays, Notices = [.. strays, .. TransferNotices(policies), .. policies.GivingWay().Distinct(), .. KeptLonger(read, day)] };
    }

    // What looks wrong only beside other documents follows, in checked ones, from a word that was not understood in one of them.
    private static void Divide(
        IEnumerable<Fault> together, IReadOnlyDictionary<string, JurisdictionSource> sources, List<Fault> faults, List<ForeignWord>? foreign)
    {
        foreach (var fault in together.Distinct())
        {
            if (foreign is { Count: > 0 } && sources.Values.FirstOrDefault(source => source.Info.File == fault.File) is { } source)
            {
                foreign.Add(new ForeignWord(source.Info.Code, null, fault));
            }
            else
            {
                faults.Add(fault);
            }
        }
    }

    // A law of next year must not turn out then to contradict its parent: every turn ahead is joined now.
    private static void CheckDays(PolicyDocuments documents, DateOnly day, List<Fault> faults, List<Fault> strays)
    {
        foreach (var turn in TurnsFrom(documents, day))
        {
            documents.On(turn, faults, strays);
        }
    }

    // What a law of next year keeps is noted now, too.
    private static IEnumerable<Fault> KeptLonger(PolicyDocuments documents, DateOnly day) =>
        TurnsFrom(documents, day).SelectMany(turn => RetentionNotices.Of(documents.On(turn, []))).Distinct();

    private static IEnumerable<DateOnly> TurnsFrom(PolicyDocuments documents, DateOnly day) => documents.Turns.Where(turn => turn > day).Prepend(day);

    private static List<Fault> TransferNotices(PolicySet policies) =>
    [
        .. from tightened in policies.Tightened()
           let barred = string.Join(", ", tightened.Notices.Select(notice => DataClassNames.Of(notice.DataClass)))
           group tightened.Country by (tightened.Law.File, barred) into alike
           select new Fault(
               alike.Key.File,
               0,
               0,
               $"Without a transfer basis from {string.Join(", ", alike)} these classes are treated at the edge: {alike.Key.barred}.",
               "Record the basis under transfers: in hub.yaml, or write at: edge."),
    ];
}
