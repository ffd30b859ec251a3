using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>A jurisdiction's document as read, not yet joined with its parent.</summary>
internal sealed record JurisdictionSource(
    YamlSource Source,
    YamlNode Node,
    JurisdictionInfo Info,
    IReadOnlyList<RuleSource> Rules,
    IReadOnlySet<DataClass> MayLoosen,
    IReadOnlySet<string> Purposes,
    IReadOnlyList<RetentionRule> Retention);

/// <summary>A rule and where it stands.</summary>
internal sealed record RuleSource(PolicyRule Rule, YamlNode Node);

/// <summary>The hub's document as read.</summary>
internal sealed record HubSource(YamlSource Source, YamlNode Node, HubSite Site);
