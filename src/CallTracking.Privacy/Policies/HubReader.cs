using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Reads the hub's document: where it stands, for what it processes cases, and on what grounds cases may come there.</summary>
internal static class HubReader
{
    public static HubSource Read(YamlSource source, YamlMappingNode top)
    {
        var entries = source.Entries(top, "hub", "transfers");
        var hub = source.Entries(entries["hub"], "country", "entity", "purposes");
        var country = source.TextOr(hub, "country", "");
        var at = hub.GetValueOrDefault("country") ?? entries["hub"];
        if (!source.IsCountry(at, country))
        {
            source.Report(at, "The hub's country is missing or not a country code.", "Write hub: {country: JP, entity: …}.");
        }

        var transfers = new List<TransferBasis>();
        foreach (var item in source.Items(entries, "transfers"))
        {
            if (ReadTransfer(source, item) is { } transfer)
            {
                transfers.Add(transfer);
            }
        }

        var purposes = source.Texts(hub, "purposes").Select(purpose => purpose.Text).Distinct().Order(StringComparer.Ordinal);
        return new HubSource(source, entries["hub"], new HubSite(country, source.TextOr(hub, "entity", ""), transfers) { Purposes = [.. purposes] });
    }

    private static TransferBasis? ReadTransfer(YamlSource source, YamlNode item)
    {
        var entries = source.Entries(item, "from", "to", "basis", "reference", "since", "until", "except");
        var from = source.CountryCodes(entries, "from");
        var to = source.TextOr(entries, "to", "");
        var since = source.Day(entries, "since");
        var basis = source.TextOr(entries, "basis", "");
        var reference = source.TextOr(entries, "reference", "");
        if (from.Count > 0 && source.IsCountry(entries.GetValueOrDefault("to") ?? item, to) && since is not null && basis.Length > 0 && reference.Length > 0)
        {
            return new TransferBasis(from, to, basis, reference, since.Value, source.Classes(entries, "except")) { Until = source.Day(entries, "until") };
        }

        source.Report(
            item,
            "A transfer basis is incomplete.",
            "Write from: [DE], to: JP, basis: adequacy, reference: the instrument, since: 2019-01-23.");
        return null;
    }
}
