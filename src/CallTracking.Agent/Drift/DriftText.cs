using System.Globalization;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Drift;

/// <summary>Says in words how a source is not what it was, and what a sync would do about it.</summary>
internal static class DriftText
{
    private const int MostPaths = 12;

    /// <summary>Such as <c>re-typed</c>.</summary>
    public static string Word(ContractChange change) => change == ContractChange.Retyped ? "re-typed" : change.ToString().ToLowerInvariant();

    /// <summary>Such as <c>discard row</c>, as the mapping writes it.</summary>
    public static string Word(ContractAnswer answer) => answer switch
    {
        ContractAnswer.DiscardRow => "discard row",
        ContractAnswer.DiscardValue => "discard value",
        _ => answer.ToString().ToLowerInvariant(),
    };

    /// <summary>Such as <c>number</c>, or <c>number or text</c>; empty for none.</summary>
    public static string Word(ValueKinds kinds) => kinds == ValueKinds.None ? string.Empty : kinds.ToString().ToLowerInvariant().Replace(", ", " or ", StringComparison.Ordinal);

    /// <summary>What the contract stops a source for. A column that the mapping demands has a fault of its own.</summary>
    public static IEnumerable<ColumnChange> Stops(ShapeWatch watch) => watch.Changes().Where(change => change is { Answer: ContractAnswer.Freeze, IsDemanded: false });

    /// <summary>What else has changed; at first contact only what the contract speaks of.</summary>
    public static IEnumerable<ColumnChange> Warnings(ShapeWatch watch) =>
        watch.Changes().Where(change => change is { Answer: not ContractAnswer.Freeze, IsDemanded: false } && (!watch.IsFirstContact || change.Answer != ContractAnswer.Evolve));

    /// <summary>Paths of the mapping that no record has: those that may be mistyped, or were written over a pack, each by itself, the others in one line.</summary>
    public static IEnumerable<string> Missed(ShapeWatch watch)
    {
        var missed = watch.MissedPaths();
        var others = missed.Where(path => !path.IsNear && !path.IsOverPack).ToList();
        var lines = missed.Except(others).Select(path => path.Fault.ToString());
        return others.Count == 0 ? lines
            : lines.Append($"{(others.Count == 1 ? others[0].Fault.Message.TrimEnd('.') : $"No record looked at has {string.Join(", ", others.Take(MostPaths).Select(path => $"'{path.Path}'"))}{(others.Count > MostPaths ? Say($" and {others.Count - MostPaths:N0} more") : string.Empty)}")}: right if these are rarely filled{(watch.IsPartial ? ", or stand in what could not be read" : string.Empty)}");
    }

    /// <summary>A line of a report.</summary>
    public static string Line(ColumnChange change, SourceMapping mapping, bool hasRows = true) =>
        $"{Word(change.Change),-9} {change.Column}: {(hasRows || change is not { Change: ContractChange.New, Count: 0 } ? What(change) : "in the header; no row was read")} -> {Will(change, mapping)}";

    /// <summary>What was found.</summary>
    public static string What(ColumnChange change) => change switch
    {
        { Change: ContractChange.New, Count: 0 } => "no value yet",
        { Change: ContractChange.New } => Say($"{Word(change.Is)}, in {change.Count:N0} {(change.Count == 1 ? "row" : "rows")}"),
        { Change: ContractChange.Vanished } => Say($"{(change.Was == ValueKinds.None ? string.Empty : $"was {Word(change.Was)}; ")}{(change.Count == 0 ? $"in no input {(change.IsPartial ? "that could be read" : "any more")}" : $"lacking in {change.Count:N0} {(change.Count == 1 ? "input" : "inputs")}")}"),
        { IsUnread: true } => Say($"{change.Count:N0} {(change.Count == 1 ? "value" : "values")} that the mapping cannot read"),
        _ => Say($"was {Word(change.Was)}; {change.Count:N0} {(change.Count == 1 ? "value is" : "values are")} {Word(change.Is)}"),
    };

    /// <summary>What a sync would do, by the contract.</summary>
    public static string Will(ColumnChange change, SourceMapping mapping) => change switch
    {
        { Change: ContractChange.Vanished, IsDemanded: true } => $"files without it are refused: the mapping reads it{(change.Answer == ContractAnswer.Evolve ? "; optional: true, or vanished: discard value under contract, lets its field stay empty" : string.Empty)}",
        { Answer: ContractAnswer.Freeze } => "the source stops: nothing of it is sent",
        { Change: ContractChange.New, Answer: ContractAnswer.DiscardRow } => $"those rows go to quarantine ({RejectReason.NewColumn})",
        { Answer: ContractAnswer.DiscardRow, IsUnread: false, Change: ContractChange.Retyped } => $"those rows go to quarantine ({RejectReason.RetypedValue})",
        { Change: ContractChange.Retyped, Answer: ContractAnswer.DiscardValue } or { Change: ContractChange.New, Answer: ContractAnswer.DiscardValue } => "the values are left out and counted",
        { Change: ContractChange.Retyped, IsUnread: true } => $"those rows go to quarantine ({RejectReason.BadValue}, {RejectReason.BadTime})",
        { Change: ContractChange.Retyped } => "taken as it comes",
        { Change: ContractChange.New } => mapping.KeepsUnmapped ? "becomes a custom field (unmapped: keep)" : "left out (unmapped: drop)",
        { IsRead: true } => "its field stays empty",
        _ => "nothing: the mapping does not read it",
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
