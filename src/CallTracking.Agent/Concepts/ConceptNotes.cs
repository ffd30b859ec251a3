using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Concepts;

/// <summary>
/// What sources remember while concepts are looked for: by the dictionaries too, so that under others everything is read again. Without
/// dictionaries nothing is added.
/// </summary>
internal sealed class ConceptNotes(ISourceNotes notes, string mark) : ISourceNotes
{
    private const int DigestBytes = 16;

    /// <summary>What is put behind a note's key; empty without dictionaries.</summary>
    public static string MarkOf(ReadOnlySpan<byte> digest) => digest.IsEmpty ? "" : $"\u001Fconcepts {Convert.ToHexStringLower(digest[..DigestBytes])}";

    /// <summary>The same for dictionaries that are not made ready.</summary>
    public static string MarkOf(IEnumerable<Dictionary> dictionaries) => MarkOf(ConceptMatcher.DigestOf(dictionaries));

    public static IReadOnlyList<SourceNote> Marked(IReadOnlyList<SourceNote> notes, string mark) =>
        mark.Length == 0 ? notes : [.. notes.Select(note => note with { Key = note.Key + mark })];

    public byte[]? Find(string source, string key) => notes.Find(source, key + mark);
}
