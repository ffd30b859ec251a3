using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>
/// Tells where a document keeps cases longer than its parent would. That is allowed, since times are a choice and not a protection that laws order, but it
/// has to be seen. The built-in packs as they come are longer than their parents, where they are, on purpose; below a document of another's they are not.
/// </summary>
internal static class RetentionNotices
{
    private static readonly CaseStatus[] Statuses = [.. Enum.GetValues<CaseStatus>().Where(status => status != CaseStatus.Unspecified)];

    public static IEnumerable<Fault> Of(IReadOnlyList<Jurisdiction> linked) =>
        from jurisdiction in linked
        where jurisdiction.Parent is not null && !jurisdiction.Line.All(one => one.Source.IsPack)
        from place in jurisdiction.Source.Retention.Select((rule, index) => (Rule: rule, Index: index))
        from theirs in Shorter(place.Rule, jurisdiction, jurisdiction.Parent!)
        select jurisdiction.Source.Source.FaultAt(
            jurisdiction.Source.At("retention") is YamlSequenceNode list ? list.Children[place.Index] : jurisdiction.Source.Node,
            $"{Words(place.Rule)} is longer than {Words(theirs)}, which '{theirs.Jurisdiction}' has for such cases: {place.Rule.Period} holds, unless another law of the case has less.",
            $"Write {theirs.Period} or less, or leave the rule out, where that is not meant.");

    // The parent's rules that would hold for cases for which this one does.
    private static IEnumerable<RetentionRule> Shorter(RetentionRule own, Jurisdiction of, Jurisdiction parent)
    {
        var products = own.Products.Count > 0 ? own.Products : [.. parent.Line.SelectMany(one => one.Source.Retention).SelectMany(rule => rule.Products), ""];
        var found =
            from product in products
            from status in own.Statuses.Count > 0 ? own.Statuses : Statuses
            where ReferenceEquals(of.RetentionOf(product, status), own)
            let theirs = parent.RetentionOf(product, status)
            where theirs is not null && theirs.Period.ApproximateDays < own.Period.ApproximateDays
            select theirs;
        return found.Distinct(ReferenceEqualityComparer.Instance).Cast<RetentionRule>();
    }

    private static string Words(RetentionRule rule) => $"{rule.Period} after {rule.Clock switch
    {
        RetentionClock.Opened => "opening",
        RetentionClock.Closed => "closing",
        RetentionClock.LastContact => "the last contact",
        RetentionClock.Updated => "the last change",
    }}";
}
