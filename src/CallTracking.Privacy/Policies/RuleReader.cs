using System.Globalization;
using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Reads <c>rules:</c>: one mapping per data class.</summary>
internal static class RuleReader
{
    private static readonly Dictionary<string, RedactionAction> Actions = new()
    {
        ["keep"] = RedactionAction.Keep,
        ["generalize"] = RedactionAction.Generalize,
        ["shift"] = RedactionAction.Shift,
        ["mask"] = RedactionAction.Mask,
        ["pseudonymize"] = RedactionAction.Pseudonymize,
        ["seal"] = RedactionAction.Seal,
        ["detect"] = RedactionAction.Detect,
        ["drop"] = RedactionAction.Drop,
    };

    private static readonly Dictionary<string, RedactionPlace> Places = new()
    {
        ["edge"] = RedactionPlace.Edge,
        ["hub"] = RedactionPlace.Hub,
    };

    private static readonly Dictionary<string, Generalization> Targets = new()
    {
        ["month"] = Generalization.Month,
        ["year"] = Generalization.Year,
        ["age_band"] = Generalization.AgeBand,
        ["country_code"] = Generalization.CountryCode,
        ["domain"] = Generalization.Domain,
        ["lot"] = Generalization.Lot,
        ["network"] = Generalization.Network,
        ["degree"] = Generalization.Degree,
    };

    /// <summary>Reads one rule; null after reporting why it is none.</summary>
    public static PolicyRule? Read(YamlSource source, string jurisdiction, DataClass dataClass, YamlNode node)
    {
        var entries = source.Entries(node, "action", "at", "to", "purpose", "article", "products", "for", "from", "until", "agreement", "ground");
        if (!entries.TryGetValue("action", out var actionNode))
        {
            source.Report(node, "A rule without action.", $"Add action: one of {string.Join(", ", Actions.Keys)}.");
            return null;
        }

        if (source.Choice(actionNode, Actions) is not { } action || !ActionSuits(source, dataClass, action, actionNode))
        {
            return null;
        }

        var place = Place(source, action, entries, node);
        var parameters = Parameters(source, dataClass, action, entries, node);
        if (place is null || (parameters is null && action is RedactionAction.Generalize or RedactionAction.Pseudonymize))
        {
            return null;
        }

        var purposes = RuleConditions.Purposes(source, entries);
        var rule = new ClassRule(action, place.Value, jurisdiction, parameters) { For = purposes.Count > 0 ? string.Join(", ", purposes) : null };
        return new PolicyRule(dataClass, rule, source.TextOr(entries, "article", ""))
        {
            Products = [.. source.Texts(entries, "products").Select(product => product.Text)],
            Purposes = purposes,
            Validity = RuleConditions.Days(source, entries),
            Ground = RuleConditions.Ground(source, dataClass, action, entries, node),
        };
    }

    private static bool ActionSuits(YamlSource source, DataClass dataClass, RedactionAction action, YamlNode node)
    {
        var (suits, cure) = action switch
        {
            RedactionAction.Detect => (RuleFit.IsText(dataClass), "Detect suits free_text and file_name; use mask or drop here."),
            RedactionAction.Shift => (RuleFit.IsDate(dataClass), "Shift suits birth_date and personal_date; use generalize or drop here."),
            RedactionAction.Generalize => (RuleFit.Targets(dataClass).Count > 0, "This class has no coarser form; use mask or drop."),
            _ => (true, ""),
        };
        if (!suits)
        {
            source.Report(node, $"Action does not suit {DataClassNames.Of(dataClass)}.", cure);
        }

        return suits;
    }

    private static RedactionPlace? Place(
        YamlSource source, RedactionAction action, IReadOnlyDictionary<string, YamlNode> entries, YamlNode node)
    {
        if (!entries.TryGetValue("at", out var at))
        {
            if (action == RedactionAction.Keep)
            {
                return RedactionPlace.Hub;
            }

            source.Report(node, "A rule without place.", "Add at: edge (before the case leaves the region) or at: hub.");
            return null;
        }

        var place = source.Choice(at, Places);
        if (place == RedactionPlace.Hub && action is RedactionAction.Pseudonymize or RedactionAction.Seal or RedactionAction.Shift)
        {
            source.Report(at, "Pseudonymize, seal and shift must be at: edge; the hub holds no key.", "Write at: edge.");
            return null;
        }

        return action == RedactionAction.Keep ? RedactionPlace.Hub : place;
    }

    private static ActionParameters? Parameters(
        YamlSource source, DataClass dataClass, RedactionAction action, IReadOnlyDictionary<string, YamlNode> entries, YamlNode node)
    {
        entries.TryGetValue("to", out var to);
        entries.TryGetValue("purpose", out var purpose);
        if (to is not null && action != RedactionAction.Generalize)
        {
            source.Report(to, "'to' belongs to generalize only.", "Remove it.");
        }

        if (purpose is not null && action != RedactionAction.Pseudonymize)
        {
            source.Report(purpose, "'purpose' belongs to pseudonymize only.", "Remove it.");
        }

        switch (action)
        {
            case RedactionAction.Generalize when to is null:
                source.Report(node, "Generalize without 'to'.", $"Add to: {string.Join(" | ", RuleFit.Targets(dataClass))}.");
                return null;
            case RedactionAction.Generalize:
                return Target(source, dataClass, to);
            case RedactionAction.Pseudonymize when purpose is null:
                source.Report(node, "Pseudonymize without 'purpose'.", "Add purpose: one of the document's purposes.");
                return null;
            case RedactionAction.Pseudonymize:
                return source.Text(purpose) is { } named ? new ActionParameters(Generalization.None, 0, named) : null;
            default:
                return null;
        }
    }

    private static ActionParameters? Target(YamlSource source, DataClass dataClass, YamlNode node)
    {
        if (source.Text(node) is not { } text)
        {
            return null;
        }

        var allowed = RuleFit.Targets(dataClass);
        if (Targets.TryGetValue(text, out var target) && allowed.Contains(text))
        {
            return new ActionParameters(target, 0, "");
        }

        if (allowed.Contains(RuleFit.PrefixForm)
            && text.StartsWith("prefix:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length is >= 1 and <= 20)
        {
            return new ActionParameters(Generalization.Prefix, length, "");
        }

        source.Report(node, $"'{text}' does not suit {DataClassNames.Of(dataClass)}.", $"Use one of {string.Join(", ", allowed)} (N from 1 to 20).");
        return null;
    }
}
