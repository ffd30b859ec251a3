using System.Globalization;
using CallTracking.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Collects what is wrong in one mapping file.</summary>
internal sealed class FaultLog(string file)
{
    private readonly List<Fault> _faults = [];

    public string File => file;

    /// <summary>Where the lines of the mapping, and of the pack below it, stand.</summary>
    public MappingLines Lines { get; } = new(file);

    /// <summary>What is no fault, but a way to fail that the mapping does not speak of.</summary>
    public List<Fault> Notes { get; } = [];

    public IReadOnlyList<Fault> Faults => [.. _faults.Distinct().OrderBy(fault => fault.File == file ? 0 : 1).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    public void Add(YamlNode at, string message, string cure) => Add(at.Start, message, cure);

    /// <summary>The mapping wants every way in which a value can fail to have its answer in the file.</summary>
    public bool IsStrict { get; set; }

    /// <summary>A way to fail that the mapping does not speak of: a fault where it is strict, else a note.</summary>
    public void Note(YamlNode at, string message, string cure)
    {
        Demand(at, message, cure);
        Notes.Add(Lines.FaultAt((int)at.Start.Line, (int)at.Start.Column, message, cure));
    }

    /// <summary>As <see cref="Note"/>, and nothing where the mapping is not strict.</summary>
    public void Demand(YamlNode at, string message, string cure)
    {
        if (IsStrict)
        {
            Add(at, message, cure);
        }
    }

    /// <summary>A fault of another file that this mapping needs.</summary>
    public void Add(Fault fault) => _faults.Add(fault);

    public void Add(Mark at, string message, string cure) => _faults.Add(Lines.FaultAt((int)at.Line, (int)at.Column, message, cure));
}

/// <summary>
/// A YAML mapping whose keys are taken one by one; every wrong shape is noted and answered with the default, so that reading goes
/// on to the next fault. At the end <see cref="RejectUnknown"/> names the keys that nobody took.
/// </summary>
internal sealed class YamlMap(YamlMappingNode node, FaultLog faults)
{
    private readonly List<string> _asked = [];

    public YamlMappingNode Node => node;

    public bool Has(string key) => Find(key) is not null;

    public YamlNode? Take(string key)
    {
        _asked.Add(key);
        return Find(key);
    }

    public YamlScalarNode? TakeScalar(string key)
    {
        var found = Take(key);
        if (found is not null and not YamlScalarNode)
        {
            faults.Add(found, $"'{key}' takes one text.", $"Write {key}: value.");
        }

        return found as YamlScalarNode;
    }

    public string? TakeText(string key) => TakeScalar(key)?.Value;

    public bool TakeFlag(string key, bool otherwise)
    {
        var found = TakeScalar(key);
        switch (found?.Value)
        {
            case null:
                return otherwise;
            case "true":
                return true;
            case "false":
                return false;
            default:
                faults.Add(found, $"'{key}' is true or false.", $"Write {key}: true or {key}: false.");
                return otherwise;
        }
    }

    public int TakeInteger(string key, int otherwise, int least, int most)
    {
        var found = TakeScalar(key);
        if (found is null)
        {
            return otherwise;
        }

        if (int.TryParse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        faults.Add(found, $"'{key}' is a whole number from {least} to {most}.", $"Write {key}: {otherwise}, or leave it out.");
        return otherwise;
    }

    /// <summary>A whole number with or without a sign; null when there is none.</summary>
    public int? TakeSigned(string key)
    {
        var found = TakeScalar(key);
        if (found is null || int.TryParse(found.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) is var isNumber && !isNumber)
        {
            if (found is not null)
            {
                faults.Add(found, $"'{key}' is a whole number.", $"Write {key}: 1.");
            }

            return null;
        }

        return value;
    }

    public T TakeChoice<T>(string key, IReadOnlyDictionary<string, T> choices, T otherwise)
    {
        var found = TakeScalar(key);
        if (found?.Value is not { } word)
        {
            return otherwise;
        }

        if (choices.TryGetValue(word, out var chosen))
        {
            return chosen;
        }

        faults.Add(found, $"'{key}' is not '{word}'.", NearestNames.Cure(word, choices.Keys));
        return otherwise;
    }

    /// <summary>One text or a list of texts.</summary>
    public IReadOnlyList<YamlScalarNode> TakeScalars(string key) => Take(key) is { } found ? ScalarsOf(found, key) : [];

    public IReadOnlyList<YamlScalarNode> ScalarsOf(YamlNode found, string key)
    {
        switch (found)
        {
            case YamlScalarNode scalar:
                return [scalar];
            case YamlSequenceNode sequence when sequence.Children.All(child => child is YamlScalarNode):
                return [.. sequence.Children.Cast<YamlScalarNode>()];
            default:
                faults.Add(found, $"'{key}' takes a text or a list of texts.", $"Write {key}: a, or {key}: [a, b].");
                return [];
        }
    }

    public YamlMap? TakeMap(string key)
    {
        var found = Take(key);
        if (found is not null and not YamlMappingNode)
        {
            faults.Add(found, $"'{key}' takes keys of its own.", $"Write {key}: {{key: value}}.");
        }

        return found is YamlMappingNode map ? new YamlMap(map, faults) : null;
    }

    /// <summary>Keys and values in the file's order.</summary>
    public IEnumerable<(YamlScalarNode Key, YamlNode Value)> Entries()
    {
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode name)
            {
                yield return (name, value);
            }
            else
            {
                faults.Add(key, "A key is one text.", "Write key: value.");
            }
        }
    }

    public void RejectUnknown()
    {
        foreach (var (key, _) in Entries())
        {
            if (!_asked.Contains(key.Value!))
            {
                faults.Add(key, $"There is no '{key.Value}' here.", NearestNames.Cure(key.Value!, _asked));
            }
        }
    }

    public static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "null" or "~";

    private YamlNode? Find(string key)
    {
        foreach (var (candidate, value) in node.Children)
        {
            if (candidate is YamlScalarNode { Value: { } name } && string.Equals(name, key, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }
}
