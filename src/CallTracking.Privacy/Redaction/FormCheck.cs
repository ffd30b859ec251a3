using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What the form of a value on the wire says under its rule.</summary>
internal enum FormState
{
    /// <summary>Nothing there.</summary>
    Absent,

    /// <summary>As protective as the rule asks, or more.</summary>
    Fine,

    /// <summary>Clear, and the rule's action is to be done here.</summary>
    ToDo,

    /// <summary>In a form that protects less than the rule asks.</summary>
    Weak,

    /// <summary>Clear though hidden at the edge.</summary>
    Clear,

    /// <summary>There though dropped at the edge.</summary>
    Surplus,
}

internal static class FormCheck
{
    /// <summary>How a value that came to the hub stands under its rule.</summary>
    public static FormState AtHub(PersonalText? value, in ClassRule rule)
    {
        var here = AtEdge(value, rule);
        if (!rule.HidesAtEdge || here is FormState.Absent or FormState.Fine)
        {
            return here;
        }

        return value!.FormCase == PersonalText.FormOneofCase.Clear ? FormState.Clear
            : rule.Action == RedactionAction.Drop ? FormState.Surplus
            : here;
    }

    /// <summary>How a value stands under its rule at the place where all of the rule can be done.</summary>
    public static FormState AtEdge(PersonalText? value, in ClassRule rule) => value?.FormCase switch
    {
        null or PersonalText.FormOneofCase.None => FormState.Absent,
        _ when rule.Action == RedactionAction.Keep => FormState.Fine,
        PersonalText.FormOneofCase.Clear => FormState.ToDo,
        var form => Strength(form.Value) >= Protection.Strength(rule.Action) && SamePurpose(value, rule) ? FormState.Fine : FormState.Weak,
    };

    // A masked value has the strength of "mask", whether it is blotted out whole or holds placeholders: which of the two the
    // action itself makes sure of.
    private static int Strength(PersonalText.FormOneofCase form) => Protection.Strength(form switch
    {
        PersonalText.FormOneofCase.Masked => RedactionAction.Mask,
        PersonalText.FormOneofCase.Generalized => RedactionAction.Generalize,
        PersonalText.FormOneofCase.Pseudonym => RedactionAction.Pseudonymize,
        PersonalText.FormOneofCase.Sealed => RedactionAction.Seal,
        _ => RedactionAction.Keep,
    });

    private static bool SamePurpose(PersonalText value, in ClassRule rule) =>
        rule.Action != RedactionAction.Pseudonymize
        || value.FormCase != PersonalText.FormOneofCase.Pseudonym
        || value.Pseudonym.Purpose == rule.Parameters!.Purpose;
}
