namespace CallTracking.Privacy;

/// <summary>Words that stand beside each other, as the automaton looks for them.</summary>
/// <param name="Literal">Folded, with <see cref="ConceptLetters.Border"/> where a word has to begin or end.</param>
/// <param name="Tokens">How many words it is; a letter of a script without spaces is one.</param>
/// <param name="Gap">At most so many words may stand between the part before and this one.</param>
internal readonly record struct PatternPart(string Literal, int Tokens, int Gap);

/// <summary>A pattern of a concept dictionary, read.</summary>
/// <param name="Text">As people wrote it.</param>
/// <param name="Parts">In the order in which they have to come; at least one.</param>
/// <param name="Value">What has to follow, for a pattern that takes a value out of the text.</param>
/// <param name="ValueGap">At most so many words may stand before the value.</param>
internal sealed record ConceptPattern(string Text, IReadOnlyList<PatternPart> Parts, ValuePattern? Value, int ValueGap);

/// <summary>What is wrong with a pattern, for its author.</summary>
internal sealed record PatternTrouble(string Message, string Cure);
