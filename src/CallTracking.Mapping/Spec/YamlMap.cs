using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

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

    /// <summary>Notes that one of these keys is missing; where another is so near to it that it was mistyped, <see cref="RejectUnknown"/> names that one alone.</summary>
    public void Lacks(string[] keys, string message, string cure) => faults.AddLack(node, keys, message, cure);

    /// <summary>Notes that a key has no value of use: at the value, or as <see cref="Lacks"/> where there is none.</summary>
    public void Wants(string key, string message, string cure)
    {
        if (Find(key) is { } found)
        {
            faults.Add(found, message, cure);
        }
        else
        {
            Lacks([key], message, cure);
        }
    }

    public void RejectUnknown()
    {
        foreach (var (key, _) in Entries())
        {
            if (!_asked.Contains(key.Value!))
            {
                if (NearestNames.Mistyped(key.Value!, _asked) is { } meant && !Has(meant))
                {
                    faults.AddMistyped(node, meant);
                }

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
