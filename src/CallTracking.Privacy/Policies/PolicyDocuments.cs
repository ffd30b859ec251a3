using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>All documents of one version as read and checked, before a day says which of them hold.</summary>
/// <param name="Version">Stands in every receipt.</param>
/// <param name="Sources">By code.</param>
/// <param name="Hub">Where headquarters receives, with all grounds of all days.</param>
/// <param name="Floor">The region's own; null without one.</param>
/// <param name="Foreign">What of them this version does not understand.</param>
internal sealed record PolicyDocuments(
    string Version, IReadOnlyDictionary<string, JurisdictionSource> Sources, HubSite Hub, JurisdictionSource? Floor, ForeignWords Foreign)
{
    /// <summary>Days on which something begins or ends to hold, in order. Not kept: a copy with a floor has more of them.</summary>
    public IEnumerable<DateOnly> Turns => TurnsOf(Sources.Values, Hub, Floor);

    /// <summary>The first such day after one; null when nothing changes any more.</summary>
    public DateOnly? NextTurn(DateOnly day) => Turns.Where(turn => turn > day).Select(turn => (DateOnly?)turn).FirstOrDefault();

    /// <summary>The last such day up to one; the first of all days when nothing changed before.</summary>
    public DateOnly LastTurn(DateOnly day) => Turns.Where(turn => turn <= day).LastOrDefault();

    /// <summary>What is in force on a day, for what headquarters does with cases.</summary>
    /// <param name="day">The day, UTC.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="strays">Takes claims of countries that leave a law; null where nobody asks.</param>
    public IReadOnlyList<Jurisdiction> On(DateOnly day, List<Fault> faults, List<Fault>? strays = null) =>
        [.. new PolicyLinker(Sources, day, faults, strays ?? []).Link().Values.Select(joined => joined with { Rules = joined.Rules.Under(Hub.Purposes) })];

    /// <summary>The floor as a jurisdiction beside the others; a class that it does not name asks for nothing.</summary>
    public Jurisdiction? FloorOn(DateOnly day) => Floor is null
        ? null
        : new Jurisdiction(
            Floor.Info,
            RuleTable.Of(new ClassRule(RedactionAction.Keep, RedactionPlace.Hub, Floor.Info.Code, null))
                .With([.. Floor.Rules.Select(rule => rule.Rule).Where(rule => rule.Validity.Includes(day) && Floor.Info.Validity.Includes(day))])
                .Under(Hub.Purposes),
            null,
            Floor);

    private static DateOnly[] TurnsOf(IEnumerable<JurisdictionSource> sources, HubSite hub, JurisdictionSource? floor)
    {
        var all = floor is null ? sources : sources.Append(floor);
        return
        [
            .. all.SelectMany(source => source.Rules.Select(rule => rule.Rule.Validity).Append(source.Info.Validity))
                .Concat(hub.Transfers.Select(basis => basis.Validity))
                .SelectMany(validity => new[] { validity.From, validity.Until })
                .OfType<DateOnly>()
                .Distinct()
                .Order(),
        ];
    }
}
