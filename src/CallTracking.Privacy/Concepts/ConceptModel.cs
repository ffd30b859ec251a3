using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A concept of a dictionary, ready to be told of a case.</summary>
/// <param name="Dictionary">Its place among the dictionaries.</param>
/// <param name="Code">What travels.</param>
/// <param name="DataClass">The class whose rule decides whether it may.</param>
/// <param name="Into">The field that takes the value; empty for what is only told.</param>
internal sealed record Concept(int Dictionary, string Code, DataClass DataClass, string Into);

/// <summary>What a literal stands for where it is found.</summary>
internal enum UseKind : byte
{
    /// <summary>A part of a pattern.</summary>
    Part,

    /// <summary>Voids the concept's finds that it touches: "smoke detector".</summary>
    Exception,

    /// <summary>Voids what follows: "no".</summary>
    Before,

    /// <summary>Voids what comes before: "was not seen".</summary>
    After,

    /// <summary>Ends the reach of both: "and".</summary>
    Stop,
}

/// <summary>One use of a literal by one pattern of one language.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Language">Its place among the languages.</param>
/// <param name="IsLast">The pattern is found with this part.</param>
/// <param name="Tokens">Words of the literal.</param>
/// <param name="Concept">The concept's place; of no meaning for guards.</param>
/// <param name="Pattern">The pattern's place; for guards the reach in words.</param>
/// <param name="Part">The part's place within the pattern.</param>
/// <param name="Gap">Words that may stand before it, back to the part before.</param>
internal readonly record struct LiteralUse(UseKind Kind, byte Language, bool IsLast, byte Tokens, int Concept, int Pattern, byte Part, byte Gap);

/// <summary>A pattern with where it comes from.</summary>
internal sealed record CompiledPattern(int Concept, string Language, ConceptPattern Pattern);
