using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>In which values of a case others are looked for, and of which classes.</summary>
internal static class TextSearch
{
    /// <summary>Classes that must not be seen once the place is done.</summary>
    public static ClassSet Hidden(CompiledRules rules, RedactionPlace place) =>
        place == RedactionPlace.Edge ? rules.HiddenAtEdge : rules.Hidden;

    /// <summary>
    /// What a text of a class must be free of: one whose detection is done at the edge of all hidden classes, one that travels on to
    /// the hub's detection only of those that may not leave.
    /// </summary>
    public static ClassSet Wanted(CompiledRules rules, RedactionPlace place, DataClass text) =>
        rules[text] is { Action: RedactionAction.Detect, Place: RedactionPlace.Edge } ? rules.Hidden : Hidden(rules, place);

    // Texts, and values that stay as they are but may have a name in them: "Max Mustermann GmbH".
    private static bool MayHoldOwnValues(DataClass dataClass) =>
        RuleFit.IsText(dataClass) || dataClass is DataClass.Organisation or DataClass.Technical;

    /// <summary>True for a text that stays a text at the place, so that values have to be looked for in it.</summary>
    public static bool IsSearched(in Leaf leaf, CompiledRules rules, RedactionPlace place) =>
        leaf.Text is { FormCase: PersonalText.FormOneofCase.Clear or PersonalText.FormOneofCase.Masked }
        && MayHoldOwnValues(leaf.DataClass)
        && Survives(rules[leaf.DataClass], place);

    private static bool Survives(in ClassRule rule, RedactionPlace place) =>
        rule.Action is RedactionAction.Keep or RedactionAction.Detect || (rule.Place == RedactionPlace.Hub && place == RedactionPlace.Edge);
}
