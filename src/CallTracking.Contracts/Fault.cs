namespace CallTracking.Contracts;

/// <summary>
/// One thing wrong in a file that a person wrote: where, what was found, and what to do. Faults are collected, so that the
/// person sees all of them at once. Line and column count from 1; 0 means the file as a whole.
/// </summary>
public sealed record Fault(string File, int Line, int Column, string Message, string Cure)
{
    /// <summary><c>file:line:column: message; cure</c>, the form that editors jump to.</summary>
    public override string ToString() =>
        Line > 0 ? $"{File}:{Line}:{Column}: {Message} Cure: {Cure}" : $"{File}: {Message} Cure: {Cure}";
}
