namespace CallTracking.Contracts;

/// <summary>How bad it is.</summary>
public enum Gravity
{
    /// <summary>Nothing is wrong.</summary>
    Well = 0,

    /// <summary>The work goes on; it will not for ever.</summary>
    Doubt = 1,

    /// <summary>The work does not go on, or leaves something out.</summary>
    Fault = 2,
}

/// <summary>What one look of a program's <c>doctor</c> found.</summary>
/// <param name="Gravity">How bad it is.</param>
/// <param name="Code">Its stable name, by which the guide explains it; of a look that found all well, what was looked at.</param>
/// <param name="Text">What was found. Holds no secret and nothing of a case.</param>
/// <param name="Cure">What to do; empty where all is well.</param>
/// <param name="Exit">With which exit code of the program the work would end for it.</param>
public sealed record Diagnosis(Gravity Gravity, string Code, string Text, string Cure, int Exit)
{
    /// <summary>A look that found nothing wrong.</summary>
    public static Diagnosis Well(string looked, string text) => new(Gravity.Well, looked, text, string.Empty, 0);

    /// <summary>Something that will keep the work from going on some day.</summary>
    public static Diagnosis Doubt(string code, string text, string cure) => new(Gravity.Doubt, code, text, cure, 0);

    /// <summary>Something that keeps the work from going on.</summary>
    public static Diagnosis Fault(int exit, string code, string text, string cure) => new(Gravity.Fault, code, text, cure, exit);

    /// <summary>A fault of a file, at its place.</summary>
    public static Diagnosis Of(Fault fault, int exit, string code, string before = "")
    {
        ArgumentNullException.ThrowIfNull(fault);
        var place = fault.Line > 0 ? FormattableString.Invariant($":{fault.Line}:{fault.Column}") : string.Empty;
        return Fault(exit, code, FormattableString.Invariant($"{before}{fault.File}{place}: {fault.Message}"), fault.Cure);
    }
}
