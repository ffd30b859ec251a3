using System.Globalization;
using CallTracking.Agent.Concepts;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>What the raw texts speak of, as codes: found before the hash is taken, named with its dictionary's version behind it.</summary>
internal sealed partial class CaseIntake
{
    private readonly string _conceptMark = ConceptNotes.MarkOf(concepts is null ? default : concepts.Digest);

    /// <summary>What sources remember of readings for the same concepts.</summary>
    public ISourceNotes Notes => concepts is null ? ledger : new ConceptNotes(ledger, _conceptMark);

    private void Mark(RowOutcome.Mapped mapped)
    {
        if (!mapped.IsGone)
        {
            concepts?.Mark(mapped.Case, rules.Redactor);
        }
    }

    private void Stamp(Case value) => concepts?.Stamp(value);

    private IReadOnlyList<SourceNote> Marked(IReadOnlyList<SourceNote> notes) => ConceptNotes.Marked(notes, _conceptMark);

    private IEnumerable<string> ConceptDictionaries() => concepts is null
        ? []
        : concepts.Dictionaries.Select(dictionary => string.Create(CultureInfo.InvariantCulture, $"concept dictionary {dictionary.Name} version {dictionary.Version}"));
}
