using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Does the actions on single values. Whatever an action cannot do to a value, dropping can.</summary>
internal static class ValueActions
{
    /// <summary>What became of a value.</summary>
    public enum Outcome
    {
        /// <summary>As it was.</summary>
        Unchanged,

        /// <summary>In its new form.</summary>
        Changed,

        /// <summary>The action could not be done or was to drop: the caller removes it.</summary>
        Gone,
    }

    /// <summary>Brings a value that is there into the form that its rule asks for.</summary>
    /// <param name="value">The value; changed in place.</param>
    /// <param name="dataClass">Its class.</param>
    /// <param name="rule">Its rule; not keep, not detect.</param>
    /// <param name="context">The case.</param>
    /// <param name="keys">The region's keys; null at the hub.</param>
    /// <param name="subject">Whose dates move together; read for shift only.</param>
    public static Outcome Apply(
        PersonalText value, DataClass dataClass, in ClassRule rule, in CaseContext context, RegionKeys? keys, string subject)
    {
        var clear = value.FormCase == PersonalText.FormOneofCase.Clear ? value.Clear : null;
        switch (rule.Action)
        {
            case RedactionAction.Keep:
                return Outcome.Unchanged;
            case RedactionAction.Mask:
                return Mask(value, dataClass);
            case RedactionAction.Generalize:
                return Generalize(value, rule.Parameters!, context);
            case RedactionAction.Shift when clear is not null && keys is not null && Shift(clear, keys.ShiftDays(subject)) is { } shifted:
                value.Generalized = shifted;
                return Outcome.Changed;
            case RedactionAction.Pseudonymize when clear is not null
                && keys?.TryPseudonymize(dataClass, clear, rule.Parameters!.Purpose, context.Country) is { } pseudonym:
                value.Pseudonym = pseudonym;
                return Outcome.Changed;
            case RedactionAction.Seal when clear is not null && keys is not null:
                value.Sealed = keys.Sealing.Seal(dataClass, clear);
                return Outcome.Changed;
            default:
                return Outcome.Gone;
        }
    }

    private static Outcome Mask(PersonalText value, DataClass dataClass)
    {
        var mask = Placeholders.Mask(dataClass);
        if (value.FormCase == PersonalText.FormOneofCase.Masked && value.Masked == mask)
        {
            return Outcome.Unchanged;
        }

        value.Masked = mask;
        return Outcome.Changed;
    }

    private static Outcome Generalize(PersonalText value, ActionParameters parameters, in CaseContext context)
    {
        var generalized = value.FormCase == PersonalText.FormOneofCase.Generalized;
        if (generalized && parameters.To == Generalization.Lot)
        {
            return Outcome.Unchanged;
        }

        var text = generalized ? value.Generalized : value.FormCase == PersonalText.FormOneofCase.Clear ? value.Clear : null;
        if (!generalized && parameters.To == Generalization.Domain && text is not null && !text.AsSpan().ContainsAny('@', '＠'))
        {
            return Outcome.Gone; // Not an address: a name with a dot in it would pass as a domain.
        }

        if (text is null || Generalizer.Apply(text, parameters, context.Country, context.OpenedOn) is not { } coarse)
        {
            return Outcome.Gone;
        }

        if (generalized && coarse == text)
        {
            return Outcome.Unchanged;
        }

        if (!generalized && parameters.To == Generalization.Prefix && coarse.Length == text.AsSpan().Trim().Length)
        {
            return Outcome.Gone; // The whole of a short value is no prefix: it would be kept under a rule that makes it less exact.
        }

        value.Generalized = coarse;
        return Outcome.Changed;
    }

    private static string? Shift(string value, int days)
    {
        if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day.DayNumber + days < DateOnly.MinValue.DayNumber || day.DayNumber + days > DateOnly.MaxValue.DayNumber)
        {
            return null;
        }

        return day.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
