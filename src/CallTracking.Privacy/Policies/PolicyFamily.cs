using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Who is whose parent, whatever the day: every document once, every parent there, nobody their own ancestor.</summary>
internal static class PolicyFamily
{
    /// <summary>The documents by code, after reporting what is wrong with their descent.</summary>
    public static IReadOnlyDictionary<string, JurisdictionSource> Check(IEnumerable<JurisdictionSource> sources, List<Fault> faults)
    {
        var byCode = new Dictionary<string, JurisdictionSource>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (!byCode.TryAdd(source.Info.Code, source))
            {
                faults.Add(Twice(byCode[source.Info.Code], source));
            }
        }

        if (!byCode.ContainsKey(PolicyLinker.Root))
        {
            faults.Add(new Fault("(all documents)", 0, 0, "No document for jurisdiction 'default'.", "Add the default pack: it covers what no one names."));
        }

        foreach (var source in byCode.Values)
        {
            CheckDescent(source, byCode, faults);
        }

        return byCode;
    }

    // At the one that a person wrote.
    private static Fault Twice(JurisdictionSource one, JurisdictionSource other)
    {
        var (own, pack) = one.IsPack ? (other, one) : (one, other);
        return pack.IsPack
            ? own.Source.FaultAt(
                own.At("jurisdiction"), $"Jurisdiction '{own.Info.Code}' has two documents, this one and the built-in pack {pack.Info.File}.",
                $"Name this one {pack.Info.File}, and it takes the pack's place; or give it a code of its own with parent: {own.Info.Code}.")
            : other.Source.FaultAt(other.At("jurisdiction"), $"Jurisdiction '{own.Info.Code}' has two documents, {one.Info.File} and this one.", "Keep one of them.");
    }

    /// <summary>The parent's document; that of the root where none is named; null for the root.</summary>
    public static JurisdictionSource? ParentOf(JurisdictionSource source, IReadOnlyDictionary<string, JurisdictionSource> byCode) =>
        ParentCode(source) is { Length: > 0 } code ? byCode.GetValueOrDefault(code) : null;

    private static string ParentCode(JurisdictionSource source) =>
        source.Info.Parent.Length > 0 || source.Info.Code == PolicyLinker.Root ? source.Info.Parent : PolicyLinker.Root;

    private static void CheckDescent(JurisdictionSource source, Dictionary<string, JurisdictionSource> byCode, List<Fault> faults)
    {
        if (ParentCode(source) is { Length: > 0 } parent && parent != PolicyLinker.Root && !byCode.ContainsKey(parent))
        {
            faults.Add(source.Source.FaultAt(source.At("parent"), $"No document for the parent '{parent}'.", "Add it or name another parent."));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var one = source; one is not null; one = ParentOf(one, byCode))
        {
            if (!seen.Add(one.Info.Code))
            {
                faults.Add(source.Source.FaultAt(source.At("parent"), $"'{source.Info.Code}' is its own ancestor.", "Let one of the documents have another parent."));
                return;
            }
        }
    }
}
