using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Reads documents and checks them together, for a day and for every later one on which something changes.</summary>
internal static class PolicyParser
{
    public static PolicyLoad Parse(IEnumerable<PolicyDocument> documents, string version, DateOnly day)
    {
        var faults = new List<Fault>();
        var reader = new DocumentReader(faults);
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
        var read = new PolicyDocuments(version, sources, reader.Hubs.FirstOrDefault()?.Site ?? HubSite.Unknown, null);
        if (sources.ContainsKey(PolicyLinker.Root) && descent.Count == 0)
        {
            CheckDays(read, day, faults);
        }

        if (faults.Count > 0)
        {
            return new PolicyLoad(null, [.. faults.Distinct()]);
        }

        var policies = PolicySet.Of(read, day);
        return new PolicyLoad(policies, []) { Notices = TransferNotices(policies) };
    }

    // A law of next year must not turn out then to contradict its parent: every turn ahead is joined now.
    private static void CheckDays(PolicyDocuments documents, DateOnly day, List<Fault> faults)
    {
        foreach (var turn in documents.Turns.Where(turn => turn > day).Prepend(day))
        {
            documents.On(turn, faults);
        }
    }

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
