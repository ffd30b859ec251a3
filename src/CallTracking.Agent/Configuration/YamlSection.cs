using System.Globalization;
using CallTracking.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Agent.Configuration;

/// <summary>
/// One mapping of a YAML file, read key by key; whatever is wrong is added to a list that all sections of the file share,
/// so that a person sees every fault at once.
/// </summary>
internal sealed class YamlSection(string file, string name, YamlMappingNode node, List<Fault> faults)
{
    private readonly HashSet<string> _mistyped = new(StringComparer.Ordinal);

    /// <summary>Where the section begins.</summary>
    public Mark Start => node.Start;

    /// <summary>
    /// Reports every key that is not one of <paramref name="known"/>, with the nearest that is. That the nearest is missing then follows from it,
    /// and is not reported too: this comes before the keys are read.
    /// </summary>
    public void RequireKnownKeys(params string[] known)
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !known.Contains(key.Value)))
        {
            var nearest = NearestName.Of(key.Value ?? string.Empty, known);
            _mistyped.Add(nearest ?? string.Empty);
            Add(
                key,
                $"'{key.Value}' is no key of {name}.",
                nearest is null ? $"use one of {string.Join(", ", known)}" : $"did you mean '{nearest}'?");
        }
    }

    /// <summary>The key's text, or null after a fault when it is missing, empty or no scalar.</summary>
    public string? Required(string key, string example)
    {
        if (Find(key) is { } value)
        {
            return Text(key, value, example);
        }

        if (!_mistyped.Contains(key))
        {
            Lacks($"'{key}'", $"{key}: {example}");
        }

        return null;
    }

    /// <summary>The key's text, or <paramref name="fallback"/> when the key is absent.</summary>
    public string Optional(string key, string fallback) =>
        Find(key) is { } value ? Text(key, value, fallback) ?? fallback : fallback;

    /// <summary>The key's text, or null when the key is absent or, after a fault, has no value.</summary>
    public string? Maybe(string key, string example) => Find(key) is { } value ? Text(key, value, example) : null;

    public bool Has(string key) => Find(key) is not null;

    /// <summary>True when the key's value is a plain text, not a section or a list.</summary>
    public bool IsText(string key) => Find(key) is YamlScalarNode;

    /// <summary>The keys of the section, where those are a person's own words, such as names of headers.</summary>
    public IReadOnlyList<string> Keys => [.. node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? string.Empty)];

    /// <summary>Where the keys below a key begin; null when it is absent or holds a text.</summary>
    public Mark? StartOf(string key) => (Find(key) as YamlMappingNode)?.Start;

    /// <summary>A section below this one; null when absent.</summary>
    public YamlSection? Section(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new YamlSection(file, key, mapping, faults);
            case var other:
                Add(other, $"'{key}' is not a section.", "write its keys indented below it");
                return null;
        }
    }

    /// <summary>The texts of a list, or the one that stands alone; empty after a fault.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = Find(key) switch
        {
            YamlScalarNode { Value.Length: > 0 } scalar => [scalar.Value],
            YamlSequenceNode list => list.Children.OfType<YamlScalarNode>().Select(child => child.Value ?? string.Empty).ToList(),
            _ => [],
        };
        if (texts.Count == 0)
        {
            Add(Find(key) ?? node, $"{name} has no texts under '{key}'.", $"write '{key}: [a, b]'");
        }

        return texts;
    }

    /// <summary>True when the key's value is a section.</summary>
    public bool HasSection(string key) => Find(key) is YamlMappingNode;

    /// <summary>The sections of a list; empty after a fault.</summary>
    public IReadOnlyList<YamlSection> Sections(string key, string example)
    {
        var value = Find(key);
        if (value is YamlSequenceNode { Children.Count: > 0 } list)
        {
            var wrong = list.Children.Where(child => child is not YamlMappingNode).ToList();
            wrong.ForEach(child => Add(child, $"an entry of '{key}' is not a section.", $"write it as '- {example}'"));
            return [.. list.Children.OfType<YamlMappingNode>().Select(child => new YamlSection(file, $"an entry of {key}", child, faults))];
        }

        if (value is YamlMappingNode { Children.Count: > 0 } undashed)
        {
            var first = undashed.Children.First().Key;
            Add(first, $"'{key}' is a list, and its entry here does not begin with '- '.", $"write '- {first}: …', and the entry's other keys two blanks further in below it");
            return [new YamlSection(file, $"an entry of {key}", undashed, faults)];
        }

        if (!_mistyped.Contains(key))
        {
            Add(value ?? node, $"{name} has no '{key}'.", $"add a list with at least one entry '- {example}'");
        }

        return [];
    }

    /// <summary>Adds a fault at the key's value (or at the section when it is absent) that shows the value as written.</summary>
    public void Wrong(string key, string expected, string? cure = null)
    {
        var value = Find(key);
        var written = (value as YamlScalarNode)?.Value;
        Add(value ?? node, string.Create(CultureInfo.InvariantCulture, $"'{key}: {written}' is not {expected}."), cure ?? $"write {expected}");
    }

    /// <summary>Adds a fault at the key's value, or at the section, that shows nothing of the value: it may be secret.</summary>
    public void Reject(string key, string message, string cure) => Add(Find(key) ?? node, message, cure);

    /// <summary>Whether one of these keys was meant by a key that <see cref="RequireKnownKeys"/> has reported.</summary>
    public bool IsMistyped(params string[] keys) => keys.Any(_mistyped.Contains);

    /// <summary>Adds the fault that something is missing here.</summary>
    public void Lacks(string what, string example) => Add(node, $"{name} lacks {what}.", $"add it, for example '{example}'");

    /// <summary>The key's value as YAML; null when it is absent.</summary>
    public YamlNode? Node(string key) => Find(key);

    /// <summary>A section that was put together of this file's keys and of others; its faults go to <paramref name="into"/>.</summary>
    public YamlSection Composed(string called, YamlMappingNode of, List<Fault> into) => new(file, called, of, into);

    /// <summary>Takes over the faults of a composed section: those at a line of <paramref name="key"/> where they are, others at this section.</summary>
    public void Take(IEnumerable<Fault> composed, string key)
    {
        var lines = (Find(key)?.AllNodes ?? []).Select(own => (int)own.Start.Line).ToHashSet();
        faults.AddRange(composed.Select(fault => lines.Contains(fault.Line) && fault.Line >= node.Start.Line
            ? fault
            : fault with { Line = (int)node.Start.Line, Column = (int)node.Start.Column }));
    }

    private YamlNode? Find(string key) =>
        node.Children.FirstOrDefault(child => child.Key is YamlScalarNode scalar && scalar.Value == key).Value;

    private string? Text(string key, YamlNode value, string example)
    {
        if (value is YamlScalarNode { Value.Length: > 0 } scalar)
        {
            return scalar.Value;
        }

        Add(value, $"'{key}' has no value.", $"write one, for example '{key}: {example}'");
        return null;
    }

    private void Add(YamlNode at, string message, string cure) =>
        faults.Add(new Fault(file, (int)at.Start.Line, (int)at.Start.Column, message, cure));
}
