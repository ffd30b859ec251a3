using CallTracking.Mapping.Packs;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>The pack below a mapping, once the mapping's own keys were laid over it.</summary>
/// <param name="DigestText">What it adds to the mapping's digest.</param>
/// <param name="AssumedCountry">The country that was put into <c>customer_country</c>; null when a layer names one.</param>
internal sealed record PackLayer(string DigestText, string? AssumedCountry)
{
    /// <summary>The key by which a mapping names its pack.</summary>
    public const string Key = "extends";

    private const string Country = "customer_country";

    /// <summary>Null when the mapping stands alone, or, with a fault noted, when there is no such pack.</summary>
    public static PackLayer? Under(YamlMappingNode root, string yaml, PackUse? use, FaultLog faults)
    {
        if (PackOf(new YamlMap(root, faults), use, faults) is not { } pack)
        {
            return null;
        }

        var texts = string.Empty;
        for (MappingPack? next = pack; next is not null;)
        {
            texts += next.Text;
            yaml = faults.Lines.Append(yaml, next.FileName, next.Text);
            next = MappingParser.ParseRoot(yaml, faults) is { } below ? LayOver(root, below, faults) : null;
        }

        var assumed = use?.CustomerCountry is { } country && Assume(root, country) ? country : null;
        return new PackLayer(texts + assumed, assumed);
    }

    /// <summary>Lays the keys over those of a pack; the pack that lies below that one, where it is itself laid over another.</summary>
    private static MappingPack? LayOver(YamlMappingNode root, YamlMappingNode below, FaultLog faults)
    {
        var further = new YamlMap(below, faults).TakeScalar(Key)?.Value;
        below.Children.Remove(new YamlScalarNode(Key));
        new MappingLayers(faults).Lay(root, below);
        return further is null ? null : MappingPack.Find(further) is [var pack] ? pack : throw new InvalidOperationException($"There is no one pack '{further}'.");
    }

    private static MappingPack? PackOf(YamlMap root, PackUse? use, FaultLog faults)
    {
        var named = root.TakeScalar(Key);
        if (named is null)
        {
            return use?.Pack;
        }

        var found = named.Value!.StartsWith(MappingPack.Prefix, StringComparison.Ordinal) ? MappingPack.Find(named.Value) : [];
        if (found.Count == 1 && use?.Pack is { } chosen && chosen != found[0])
        {
            faults.Add(named, $"'{Key}' names a pack, and the configuration names another: '{chosen.Name}'.", "Take one of them out, or make them the same.");
        }

        if (found.Count == 1)
        {
            return found[0];
        }

        var choices = (found.Count > 0 ? found : MappingPack.All).Select(pack => pack.FileName);
        faults.Add(named, found.Count > 0 ? $"'{named.Value}' has several exports." : $"There is no '{named.Value}' to extend.", NearestNames.Cure(named.Value, choices));
        return null;
    }

    private static bool Assume(YamlMappingNode root, string country)
    {
        if (new YamlMap(root, new FaultLog(string.Empty)).TakeMap("fields") is not { } fields || fields.Has(Country))
        {
            return false;
        }

        fields.Node.Add(Country, new YamlMappingNode("const", country));
        return true;
    }
}
