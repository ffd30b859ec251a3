using System.Globalization;
using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Gathers the documents of one dictionary.</summary>
internal sealed class ConceptReader
{
    private const int MostPatterns = 20_000;
    private const int LongestCode = 64;
    private const int LongestLabel = 500;
    private readonly List<Fault> _faults = [];
    private readonly Dictionary<string, DictionaryEntry> _entries = new(StringComparer.Ordinal);
    private readonly DictionaryEntry _guards = new() { Code = ConceptGuards.Code };
    private readonly List<(YamlSource Source, YamlNode Node, string Code)> _used = [];
    private readonly HashSet<string> _languages = new(StringComparer.Ordinal);
    // Until all concepts are known.
    private readonly List<(YamlSource Source, YamlNode Languages)> _waiting = [];
    private int _patterns;

    public void Read(string file, string yaml)
    {
        var source = new YamlSource(file, _faults, "'concepts: …' or 'languages: …'");
        if (source.Load(yaml) is not { } top)
        {
            return;
        }

        var entries = source.Entries(top, "concepts", "languages");
        if (entries.TryGetValue("concepts", out var concepts))
        {
            Each(source, concepts, "hazard.smoke: {}", (name, key, value) => Declare(source, name, key, value));
        }

        if (entries.TryGetValue("languages", out var languages))
        {
            _waiting.Add((source, languages));
        }
    }

    public ConceptLoad Finish()
    {
        foreach (var (source, languages) in _waiting)
        {
            Each(source, languages, "en: {concepts: {hazard.smoke: {label: smoke, patterns: [smoke]}}}", (name, key, value) => ReadLanguage(source, name, key, value));
        }

        foreach (var (source, node, code) in _used.Where(used => !_entries.ContainsKey(used.Code)))
        {
            source.Report(node, $"'{code}' is no concept of this dictionary.", $"Name it under 'concepts' of one of the files: concepts: {{{code}: {{}}}}.");
        }

        if (_faults.Count == 0 && _patterns is 0 or > MostPatterns)
        {
            _faults.Add(new Fault("the dictionary", 0, 0, $"It has {_patterns.ToString(CultureInfo.InvariantCulture)} patterns.", $"Write 1 to {MostPatterns.ToString("N0", CultureInfo.InvariantCulture)}."));
        }

        // The same from whatever files, in whatever order: a version that says the same is none.
        foreach (var entry in _entries.Values.Append(_guards))
        {
            var sorted = entry.Labels.OrderBy(label => label.Language, StringComparer.Ordinal).ToList();
            entry.Labels.Clear();
            entry.Labels.AddRange(sorted);
        }

        return _faults.Count > 0 ? new ConceptLoad([], _faults) : new ConceptLoad([.. _entries.Values, .. _guards.Labels.Count > 0 ? [_guards] : Array.Empty<DictionaryEntry>()], []);
    }

    private static void Each(YamlSource source, YamlNode node, string example, Action<string, YamlNode, YamlNode> take)
    {
        if (node is not YamlMappingNode mapping)
        {
            source.Report(node, "Expected a mapping.", $"Write {example}.");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (source.Text(key) is { } name)
            {
                take(name, key, value);
            }
        }
    }

    private void Declare(YamlSource source, string code, YamlNode key, YamlNode value)
    {
        if (!IsCode(code))
        {
            source.Report(key, $"'{code}' is no code of a concept.", $"Write lower-case letters, digits, dashes and points, a letter first, at most {LongestCode}: hazard.smoke.");
            return;
        }

        var entry = new DictionaryEntry { Code = code };
        var said = source.Entries(value, "class", "into", "parent");
        entry.Parent = source.TextOr(said, "parent", "");
        entry.Into = source.TextOr(said, "into", "");
        if (!ConceptFields.IsKnown(entry.Into))
        {
            source.Report(said["into"], $"Nothing can go into '{entry.Into}'.", $"Use one of {string.Join(", ", ConceptFields.Names)}.");
        }

        if (said.TryGetValue("class", out var classNode) && source.Text(classNode) is { } name)
        {
            entry.DataClass = source.Class(name, classNode) ?? DataClass.Unspecified;
        }

        if (!_entries.TryAdd(code, entry))
        {
            source.Report(key, $"The concept '{code}' stands twice.", "Keep one.");
        }
    }

    private void ReadLanguage(YamlSource source, string language, YamlNode key, YamlNode value)
    {
        if (language.Length is < 2 or > 3 || language.AsSpan().IndexOfAnyExceptInRange('a', 'z') >= 0)
        {
            source.Report(key, $"'{language}' is no language.", $"Write two or three lower-case letters (ISO 639): en, de; {ConceptFile.AnyLanguage} for all.");
            return;
        }

        if (!_languages.Add(language))
        {
            source.Report(key, $"The language '{language}' stands twice.", "Put its concepts together.");
            return;
        }

        var said = source.Entries(value, "guards", "concepts");
        if (said.TryGetValue("guards", out var guards))
        {
            ReadGuards(source, language, guards);
        }

        if (said.TryGetValue("concepts", out var concepts))
        {
            Each(source, concepts, "hazard.smoke: {label: smoke, patterns: [smoke]}", (code, codeNode, node) => ReadConcept(source, language, code, codeNode, node));
        }
    }

    private void ReadGuards(YamlSource source, string language, YamlNode node)
    {
        var said = source.Entries(node, [ConceptGuards.Window, .. ConceptGuards.Kinds.Keys]);
        var label = new DictionaryLabel { Language = language };
        if (said.TryGetValue(ConceptGuards.Window, out var windowNode) && source.Text(windowNode) is { } text)
        {
            if (ConceptGuards.TryWindow(text, out var window))
            {
                label.Patterns.Add(string.Create(CultureInfo.InvariantCulture, $"{ConceptGuards.Window} {window}"));
            }
            else
            {
                source.Report(windowNode, $"'{text}' is no reach of words.", $"Write 0 to {PatternParser.WidestGap}.");
            }
        }

        foreach (var kind in ConceptGuards.Kinds.Keys)
        {
            foreach (var (pattern, at) in source.Texts(said, kind))
            {
                Check(source, at, pattern, isPlain: true, isGuard: true);
                label.Patterns.Add($"{kind} {pattern}");
            }
        }

        _guards.Labels.Add(label);
    }

    private void ReadConcept(YamlSource source, string language, string code, YamlNode key, YamlNode node)
    {
        _used.Add((source, key, code));
        var said = source.Entries(node, "label", "patterns", "except");
        var label = new DictionaryLabel { Language = language, Text = source.TextOr(said, "label", "") };
        if (label.Text.Length > LongestLabel || label.Text.Any(char.IsControl))
        {
            source.Report(said["label"], $"The label has control characters, or more than {LongestLabel} characters.", "Write one line of text.");
        }

        foreach (var (pattern, at) in source.Texts(said, "patterns"))
        {
            var takes = Check(source, at, pattern, isPlain: false, isGuard: false);
            if (takes is { } takesValue && _entries.TryGetValue(code, out var entry) && takesValue != entry.Into.Length > 0)
            {
                source.Report(
                    at,
                    takesValue ? $"The pattern takes a value, and '{code}' says not where it goes." : $"'{code}' goes into a field, and the pattern takes no value.",
                    takesValue ? $"Write {code}: {{into: {ConceptFields.Lot}}} under 'concepts', above the languages." : @"Write the value's form at its end: lot ~1 /[A-Z]{2}\d{6}/.");
            }

            label.Patterns.Add(pattern);
        }

        foreach (var (pattern, at) in source.Texts(said, "except"))
        {
            Check(source, at, pattern, isPlain: true, isGuard: false);
            label.Patterns.Add(ConceptGuards.Exception + pattern);
        }

        if (_entries.TryGetValue(code, out var concept))
        {
            concept.Labels.Add(label);
        }
    }

    /// <summary>Whether the pattern takes a value; null after reporting that it is none.</summary>
    private bool? Check(YamlSource source, YamlNode at, string written, bool isPlain, bool isGuard)
    {
        _patterns++;
        if (PatternParser.Parse(written, out var trouble, isGuard) is not { } pattern)
        {
            source.Report(at, trouble!.Message, trouble.Cure);
            return null;
        }

        if ((isPlain && (pattern.Parts.Count > 1 || pattern.Value is not null)) || written[0] == ConceptGuards.Exception)
        {
            source.Report(at, $"'{written}' is more than words in a row.", "Guards and exceptions have no gaps, no stars within and no values.");
            return null;
        }

        return pattern.Value is not null;
    }

    private static bool IsCode(string code) =>
        code.Length is > 0 and <= LongestCode && code[0] is >= 'a' and <= 'z' && code.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_');
}
