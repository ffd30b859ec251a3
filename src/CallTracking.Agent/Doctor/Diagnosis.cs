using CallTracking.Agent.Commands;
using CallTracking.Contracts;

namespace CallTracking.Agent.Doctor;

/// <summary>How bad it is.</summary>
internal enum Gravity
{
    Well = 0,

    /// <summary>A sync goes through; it will not for ever.</summary>
    Doubt = 1,

    /// <summary>A sync does not go through, or leaves something out.</summary>
    Fault = 2,
}

/// <summary>What one look found.</summary>
/// <param name="Gravity">How bad it is.</param>
/// <param name="Code">Its stable name, by which the guide explains it; of a look that found all well, what was looked at.</param>
/// <param name="Text">What was found. Holds no secret and nothing of a case.</param>
/// <param name="Cure">What to do; empty where all is well.</param>
/// <param name="Exit">How a sync would end for it.</param>
internal sealed record Diagnosis(Gravity Gravity, string Code, string Text, string Cure, ExitCode Exit)
{
    public static Diagnosis Well(string looked, string text) => new(Gravity.Well, looked, text, string.Empty, ExitCode.Done);

    public static Diagnosis Doubt(string code, string text, string cure) => new(Gravity.Doubt, code, text, cure, ExitCode.Done);

    /// <summary>A fault of a file, at its place.</summary>
    public static Diagnosis Of(Fault fault, ExitCode exit, string code, string before = "") => Fault(
        exit, code, FormattableString.Invariant($"{before}{fault.File}{(fault.Line > 0 ? FormattableString.Invariant($":{fault.Line}:{fault.Column}") : string.Empty)}: {fault.Message}"), fault.Cure);

    public static Diagnosis Fault(ExitCode exit, string code, string text, string cure) => new(Gravity.Fault, code, text, cure, exit);
}
