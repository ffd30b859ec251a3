using CallTracking.Contracts;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>Where a canary was put, and with that what may be asked of the product.</summary>
internal enum Planting
{
    /// <summary>In a field of its own class, and nowhere else.</summary>
    Field,

    /// <summary>In a field and in the same case's texts: an own value.</summary>
    FieldAndText,

    /// <summary>In texts only, about somebody else: what detectors do not find stays.</summary>
    TextOnly,

    /// <summary>A value that is lawfully kept, by which the search shows that it looks.</summary>
    Kept,
}

/// <summary>A value that must be found nowhere, or is known to be found.</summary>
/// <param name="Language">The country whose centre has it.</param>
/// <param name="Class">What it tells about a person.</param>
/// <param name="Kind">A word for reports, which never hold the value.</param>
/// <param name="Planting">Where it stands.</param>
/// <param name="Text">The value itself.</param>
internal sealed record CanaryValue(string Language, DataClass Class, string Kind, Planting Planting, string Text);
