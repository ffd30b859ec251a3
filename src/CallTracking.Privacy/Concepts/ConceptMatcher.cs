using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>A pattern of a concept that stood in a text of a case. For the region's own people: the excerpt is raw.</summary>
/// <param name="Field">The text's path in the case.</param>
/// <param name="Dictionary">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Code">What travels.</param>
/// <param name="Language">Whose pattern it is.</param>
/// <param name="Pattern">As the dictionary has it.</param>
/// <param name="Excerpt">The words before and with the find.</param>
public sealed record ConceptFinding(string Field, string Dictionary, uint Version, string Code, string Language, string Pattern, string Excerpt);

/// <summary>
/// The concept dictionaries in force, ready to be looked for in the raw texts of a case: one pass, whatever they hold. Only codes, counts
/// and permitted values get into the case. Immutable and thread-safe.
/// </summary>
public sealed class ConceptMatcher
{
    // Another number has every case looked through again.
    private const int Form = 2;
    private readonly IReadOnlyList<(string Name, uint Version)> _dictionaries;
    private readonly ConceptAutomaton _automaton;
    private readonly byte[] _digest;
    private readonly Dictionary<string, ulong> _languages;
    private readonly ulong _everyLanguage;
    private readonly ulong _anyLanguage;
    private ConceptReading? _idle;

    private ConceptMatcher(IReadOnlyList<Dictionary> dictionaries, ConceptCompiler compiled)
    {
        _dictionaries = [.. dictionaries.Select(dictionary => (dictionary.Name, dictionary.Version))];
        (Concepts, Patterns, Windows, Notices) = (compiled.Concepts, compiled.Patterns, compiled.Windows, compiled.Notices);
        _automaton = compiled.Build();
        _languages = compiled.Languages.Select((language, place) => (language, Bit: 1UL << place)).ToDictionary(entry => entry.language, entry => entry.Bit, StringComparer.OrdinalIgnoreCase);
        _everyLanguage = _languages.Values.Aggregate(0UL, (all, bit) => all | bit);
        _anyLanguage = _languages.GetValueOrDefault(ConceptFile.AnyLanguage);
        _digest = DigestOf(dictionaries);
    }

    /// <summary>What this version did not understand and leaves out; a line each.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>Changes with every dictionary, and with the way of looking: what was read under another has to be read again.</summary>
    public ReadOnlySpan<byte> Digest => _digest;

    /// <summary>The dictionaries with their versions, by name.</summary>
    public IReadOnlyList<(string Name, uint Version)> Dictionaries => _dictionaries;

    internal IReadOnlyList<Concept> Concepts { get; }

    internal IReadOnlyList<CompiledPattern> Patterns { get; }

    internal IReadOnlyList<int> Windows { get; }

    internal int States => _automaton.States;

    /// <summary>Literals of one text that are gathered before they are decided over; tests make it small.</summary>
    internal int MostGathered { get; set; } = 4096;

    /// <summary>Makes a matcher; null when there is no concept dictionary, so that nothing is done and nothing costs.</summary>
    /// <param name="dictionaries">Whole, their signatures checked.</param>
    public static ConceptMatcher? Of(IEnumerable<Dictionary> dictionaries)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        var known = Known(dictionaries);
        var compiler = new ConceptCompiler();
        for (var i = 0; i < known.Count; i++)
        {
            compiler.Add(i, known[i]);
        }

        return known.Count == 0 ? null : new ConceptMatcher(known, compiler);
    }

    /// <summary>
    /// Looks through every free text of a raw case and sets its concept codes, in the order of dictionaries and codes and without versions
    /// (see <see cref="Stamp"/>); a value that a pattern takes fills its field where the source says nothing, only one stands in the texts, it is
    /// no personal value of the case, and the rules let values of its class out.
    /// </summary>
    /// <param name="value">Before anything is redacted.</param>
    /// <param name="rules">Decide what may be told; null where the case is only looked at in its region.</param>
    public void Mark(Case value, EdgeRedactor? rules)
    {
        ArgumentNullException.ThrowIfNull(value);
        var reading = Read(value, keepsFindings: false);
        if (reading.HasFound)
        {
            reading.Tell(value, rules);
        }

        Return(reading);
    }

    /// <summary>
    /// Writes the dictionaries' versions beside the codes: after the case's change hash is taken, so that a version that finds the same in
    /// a case does not make it travel.
    /// </summary>
    public void Stamp(Case value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var code in value.Concepts)
        {
            foreach (var (name, version) in _dictionaries)
            {
                code.DictionaryVersion = code.Dictionary == name ? version : code.DictionaryVersion;
            }
        }
    }

    /// <summary>Which pattern stood where, in the order of the case's fields.</summary>
    public IReadOnlyList<ConceptFinding> Explain(Case value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var reading = Read(value, keepsFindings: true);
        IReadOnlyList<ConceptFinding> findings = [.. reading.Findings];
        Return(reading);
        return findings;
    }

    internal (string Name, uint Version) DictionaryOf(Concept concept) => _dictionaries[concept.Dictionary];

    /// <summary>A language that the dictionaries have: its patterns and those of any language. Else all of them.</summary>
    internal ulong LanguagesOf(string language)
    {
        var end = language.AsSpan().IndexOfAny('-', '_');
        return _languages.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(end < 0 ? language : language.AsSpan(0, end), out var bit) ? bit | _anyLanguage : _everyLanguage;
    }

    private static List<Dictionary> Known(IEnumerable<Dictionary> dictionaries) =>
        [.. dictionaries.Where(dictionary => dictionary.Kind == DictionaryKind.Concepts).OrderBy(dictionary => dictionary.Name, StringComparer.Ordinal)];

    // A reading that throws is not used again.
    private ConceptReading Read(Case value, bool keepsFindings)
    {
        var reading = Interlocked.Exchange(ref _idle, null) ?? new ConceptReading(this, _automaton);
        reading.KeepsFindings = keepsFindings;
        reading.Read(value);
        return reading;
    }

    private void Return(ConceptReading reading)
    {
        reading.Forget();
        Volatile.Write(ref _idle, reading);
    }

    /// <summary>What <see cref="Digest"/> of these would be, without making them ready; empty when none is a concept dictionary.</summary>
    public static byte[] DigestOf(IEnumerable<Dictionary> dictionaries)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        var known = Known(dictionaries);
        if (known.Count == 0)
        {
            return [];
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Form]);
        foreach (var dictionary in known)
        {
            var bytes = dictionary.ToByteArray();
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
