namespace CallTracking.Privacy;

/// <summary>A person's name in a text, in UTF-16 code units.</summary>
/// <param name="Start">First code unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Score">How sure it is, 0 to 1; what is found at all has at least about a half, less where recall is preferred.</param>
internal readonly record struct NameSpan(int Start, int End, float Score);
