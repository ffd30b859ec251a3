using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>One YAML document while it is read: typed access to its nodes that collects faults instead of throwing.</summary>
internal sealed partial class YamlSource(string file, List<Fault> faults, string opening = "'jurisdiction: …' or 'hub: …'", List<Fault>? strays = null)
{
    public string File => file;

    /// <summary>The document's top mapping, or null after reporting why there is none.</summary>
    public YamlMappingNode? Load(string yaml)
    {
        try
        {
            var stream = BoundedYaml.Load(yaml);
            if (stream.Documents is [{ RootNode: YamlMappingNode top }])
            {
                return top;
            }

            var wrong = stream.Documents switch
            {
                [] => new Mark(0, 1, 1),
                [var only] => only.RootNode.Start,
                [_, var second, ..] => second.RootNode.Start,
            };
            Report(wrong, "Expected one document with a mapping at its top.", $"Start with {opening}.");
        }
        catch (YamlTooDeepException deep)
        {
            Report(deep.Start, YamlNesting.Message, YamlNesting.Cure);
        }
        catch (YamlException twice) when (twice.Message.StartsWith("Duplicate key", StringComparison.Ordinal))
        {
            Report(twice.Start, $"Not YAML: {twice.Message}", "Name each key once; several rules of one class (for products, purposes or days) are a list: name: [{action: drop, products: [TV]}, {action: mask}].");
        }
        catch (YamlException unreadable)
        {
            Report(unreadable.Start is { Line: <= 1, Column: <= 1 } ? YamlStop.In(yaml) : unreadable.Start, $"Not YAML: {unreadable.Message}", "Mend the syntax at this place.");
        }
        catch (InvalidOperationException)
        {
            // How the library ends on a key that stands further out than the line of an open bracket above it.
            Report(YamlStop.In(yaml), "Not YAML: a bracket or brace is never closed.", "Close it, { with } and [ with ].");
        }

        return null;
    }

    /// <summary>How many faults there are so far: a place to go back to.</summary>
    public int FaultCount => faults.Count;

    public void Report(YamlNode node, string message, string cure) => Report(node.Start, message, cure);

    /// <summary>Takes back the faults reported since, for whoever knows another answer to them.</summary>
    public IReadOnlyList<Fault> TakeBack(int since)
    {
        var taken = faults.GetRange(since, faults.Count - since);
        faults.RemoveRange(since, taken.Count);
        return taken;
    }

    /// <summary>A fault at a node, for whoever collects faults elsewhere.</summary>
    public Fault FaultAt(YamlNode node, string message, string cure) => new(file, (int)node.Start.Line, (int)node.Start.Column, message, cure);

    public void Report(in Mark mark, string message, string cure) =>
        faults.Add(new Fault(file, (int)mark.Line, (int)mark.Column, message, cure));

    /// <summary>The entries of a mapping by key, after reporting the keys that nobody reads.</summary>
    public IReadOnlyDictionary<string, YamlNode> Entries(YamlNode node, params ReadOnlySpan<string> known)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        if (node is not YamlMappingNode mapping)
        {
            Report(node, "Expected a mapping.", $"Write keys such as {string.Join(", ", known)}.");
            return entries;
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                Report(key, "Expected a plain key.", "Write the key as a word.");
            }
            else if (known.Length > 0 && !known.Contains(name))
            {
                Report(key, $"Unknown key '{name}'.", $"Use one of {string.Join(", ", known)}.");
            }
            else
            {
                entries[name] = value;
            }
        }

        return entries;
    }

    /// <summary>A scalar's text, or null after reporting that it is none.</summary>
    public string? Text(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        Report(node, "Expected a value.", "Write one word or one quoted text.");
        return null;
    }

    public string TextOr(IReadOnlyDictionary<string, YamlNode> entries, string key, string otherwise) =>
        entries.TryGetValue(key, out var node) ? Text(node) ?? otherwise : otherwise;

    /// <summary>A sequence of scalars with the place of each.</summary>
    public IEnumerable<(string Text, YamlNode Node)> Texts(IReadOnlyDictionary<string, YamlNode> entries, string key)
    {
        if (!entries.TryGetValue(key, out var node))
        {
            yield break;
        }

        if (node is not YamlSequenceNode sequence)
        {
            Report(node, $"Expected a list for '{key}'.", $"Write {key}: [one, two].");
            yield break;
        }

        foreach (var item in sequence.Children)
        {
            if (Text(item) is { } text)
            {
                yield return (text, item);
            }
        }
    }

    /// <summary>The items of a sequence, or none after reporting that it is not one.</summary>
    public IEnumerable<YamlNode> Items(IReadOnlyDictionary<string, YamlNode> entries, string key)
    {
        if (!entries.TryGetValue(key, out var node))
        {
            return [];
        }

        if (node is YamlSequenceNode sequence)
        {
            return sequence.Children;
        }

        Report(node, $"Expected a list for '{key}'.", "Begin each item with '- '.");
        return [];
    }

    public IReadOnlyList<string> CountryCodes(IReadOnlyDictionary<string, YamlNode> entries, string key)
    {
        var countries = new List<string>();
        foreach (var (code, node) in Texts(entries, key))
        {
            if (IsCountry(node, code))
            {
                countries.Add(code);
            }
            else
            {
                Report(node, NoCountry(code), CountryCure(code));
            }
        }

        return countries;
    }

    /// <summary>
    /// Whether a text is a country's code. What only looks like one (<c>UK</c>) was let through by earlier versions of the program: it goes on
    /// meaning what it meant, and is noted where somebody takes notes.
    /// </summary>
    public bool IsCountry(YamlNode node, string code)
    {
        if (Iso3166.IsCode(code))
        {
            return true;
        }

        if (strays is null || !LikeACode().IsMatch(code))
        {
            return false;
        }

        strays.Add(FaultAt(node, NoCountry(code), CountryCure(code)));
        return true;
    }

    private static string NoCountry(string code) => $"'{code}' is not a country code.";

    private static string CountryCure(string code) => $"Write ISO 3166 in capitals: {Iso3166.Instead(code)} (quote NO: \"NO\").";

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex LikeACode();

    public IReadOnlyList<DataClass> Classes(IReadOnlyDictionary<string, YamlNode> entries, string key)
    {
        var classes = new List<DataClass>();
        foreach (var (name, node) in Texts(entries, key))
        {
            if (Class(name, node) is { } dataClass)
            {
                classes.Add(dataClass);
            }
        }

        return classes;
    }

    /// <summary>A class that rules can be written for, or null after reporting that the name is none.</summary>
    public DataClass? Class(string name, YamlNode node)
    {
        if (DataClassNames.TryParse(name, out var dataClass) && DataClassNames.Governed.Contains(dataClass))
        {
            return dataClass;
        }

        var known = string.Join(", ", DataClassNames.Governed.Select(DataClassNames.Of));
        Report(node, $"'{name}' is not a data class that rules can name.", $"Use one of {known}.");
        return null;
    }

    public DateOnly? Day(IReadOnlyDictionary<string, YamlNode> entries, string key)
    {
        if (!entries.TryGetValue(key, out var node) || Text(node) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Report(node, $"'{key}' is not a day.", "Write it as 2026-11-22.");
        return null;
    }

    public CalendarPeriod? Period(IReadOnlyDictionary<string, YamlNode> entries, string key)
    {
        if (!entries.TryGetValue(key, out var node) || Text(node) is not { } text)
        {
            return null;
        }

        if (CalendarPeriod.TryParse(text, out var period))
        {
            return period;
        }

        Report(node, $"'{text}' is not a period.", "Write ISO 8601 with whole years, months, weeks or days: P3Y, P18M, P30D.");
        return null;
    }

    /// <summary>One word out of a fixed choice, or null after reporting.</summary>
    public T? Choice<T>(YamlNode node, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Text(node) is not { } word)
        {
            return null;
        }

        if (choices.TryGetValue(word, out var chosen))
        {
            return chosen;
        }

        Report(node, $"Unknown word '{word}'.", $"Use one of {string.Join(", ", choices.Keys)}.");
        return null;
    }
}
