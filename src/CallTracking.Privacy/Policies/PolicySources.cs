using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>A jurisdiction's document as read, not yet joined with its parent.</summary>
internal sealed record JurisdictionSource(
    YamlSource Source,
    YamlMappingNode Node,
    JurisdictionInfo Info,
    IReadOnlyList<RuleSource> Rules,
    IReadOnlySet<DataClass> MayLoosen,
    IReadOnlySet<string> Purposes,
    IReadOnlyList<RetentionRule> Retention)
{
    /// <summary>True for one that came with the program, which nobody is to mend.</summary>
    public bool IsPack => BuiltInPacks.IsPack(Info.File, Info.Text);

    /// <summary>Where the document says something, for faults that show only beside other documents; its top where it does not.</summary>
    /// <param name="keys">The first that is there.</param>
    public YamlNode At(params IEnumerable<string> keys) => keys.Select(key => Node.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null).FirstOrDefault(node => node is not null) ?? Node;

    /// <summary>Where the document names a country.</summary>
    public YamlNode AtCountry(string code) =>
        At("countries") is YamlSequenceNode listed ? listed.Children.FirstOrDefault(item => item is YamlScalarNode { Value: var value } && value == code) ?? listed : Node;
}

/// <summary>A rule and where it stands.</summary>
internal sealed record RuleSource(PolicyRule Rule, YamlNode Node);

/// <summary>The hub's document as read.</summary>
internal sealed record HubSource(YamlSource Source, YamlNode Node, HubSite Site);
