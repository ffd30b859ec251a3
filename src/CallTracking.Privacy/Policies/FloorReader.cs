using CallTracking.Contracts;
using YamlDotNet.Core;

namespace CallTracking.Privacy;

/// <summary>Reads a region's own floor and checks that it is one.</summary>
internal static class FloorReader
{
    /// <summary>Null, or with faults, when the document is none.</summary>
    public static JurisdictionSource? Read(PolicyDocument floor, List<Fault> faults)
    {
        var reader = new DocumentReader(faults);
        reader.Read(floor);
        if (faults.Count == 0 && reader.Jurisdictions is not [{ Info.Parent: "", Info.Countries.Count: 0, Retention.Count: 0 }])
        {
            var at = reader.Jurisdictions is [var one] ? one.At("parent", "countries", "retention").Start : new Mark(0, 1, 1);
            faults.Add(new Fault(floor.Name, (int)at.Line, (int)at.Column, "A floor is one jurisdiction document without countries, parent and retention.", "Remove them; it holds for the whole region."));
        }

        if (reader.Jurisdictions is not [var source])
        {
            return null;
        }

        foreach (var rule in source.Rules.Where(rule => rule.Rule.Rule is { Action: not RedactionAction.Keep, HidesAtEdge: false }))
        {
            source.Source.Report(rule.Node, "A floor's rule at the hub: the hub does not know the floor.", "Write at: edge.");
        }

        if (faults.Count == 0)
        {
            // Alone, as a root and on all its days at once: its purposes must be its own.
            var always = source.Rules.Select(rule => rule with { Rule = rule.Rule with { Validity = default } });
            var root = source with { Info = source.Info with { Code = PolicyLinker.Root }, Rules = [.. always] };
            new PolicyLinker(new Dictionary<string, JurisdictionSource> { [PolicyLinker.Root] = root }, default, faults, faults).Link();
        }

        return source;
    }
}
