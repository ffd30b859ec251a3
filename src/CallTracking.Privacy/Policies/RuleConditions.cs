using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Reads when a rule holds, and what permits it.</summary>
internal static class RuleConditions
{
    private static readonly string[] Keys = ["agreement", "ground"];

    public static Validity Days(YamlSource source, IReadOnlyDictionary<string, YamlNode> entries)
    {
        var days = new Validity(source.Day(entries, "from"), source.Day(entries, "until"));
        if (days is { From: { } from, Until: { } until } && until <= from)
        {
            source.Report(entries["until"], "The rule ends before it begins.", "Write an until after from.");
        }

        return days;
    }

    /// <summary>The purposes of processing that a rule is for, in order; empty where it has no such condition.</summary>
    public static IReadOnlyList<string> Purposes(YamlSource source, IReadOnlyDictionary<string, YamlNode> entries)
    {
        var purposes = source.Texts(entries, "for").Select(purpose => purpose.Text).Distinct().Order(StringComparer.Ordinal).ToList();
        if (entries.TryGetValue("for", out var node) && node is YamlSequenceNode { Children.Count: 0 })
        {
            source.Report(node, "A rule for no purpose.", "Write for: [purpose], or leave it out: the rule is for every purpose then.");
        }

        return purposes;
    }

    /// <summary>Staff, the sensitive and the young: whoever lets more through than nothing has to say what permits it.</summary>
    public static string Ground(
        YamlSource source, DataClass dataClass, RedactionAction action, IReadOnlyDictionary<string, YamlNode> entries, YamlNode node)
    {
        var key = dataClass switch
        {
            DataClass.Employee => "agreement",
            DataClass.SpecialCategory or DataClass.Child => "ground",
            _ => "",
        };
        foreach (var surplus in Keys.Where(word => word != key && entries.ContainsKey(word)))
        {
            source.Report(
                entries[surplus],
                $"'{surplus}' does not belong to {DataClassNames.Of(dataClass)}.",
                "agreement: belongs to employee, ground: to special_category and child.");
        }

        if (key.Length == 0)
        {
            return "";
        }

        var ground = source.TextOr(entries, key, "");
        if (action != RedactionAction.Drop && !Says(ground))
        {
            source.Report(
                entries.GetValueOrDefault(key, node),
                $"A rule for {DataClassNames.Of(dataClass)} that keeps anything must say what permits it.",
                key == "agreement" ? "Add agreement: \"works agreement 2024-05\", or write action: drop." : "Add ground: \"explicit consent, Art. 9(2)(a)\", or write action: drop.");
        }

        return ground;
    }

    // Blanks, "~" and signs that nobody sees refer to nothing.
    private static bool Says(string ground) => ground is not ("null" or "NULL" or "Null") && ground.Any(char.IsLetterOrDigit);
}
