using System.Text;
using System.Text.Json;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>What a value is expected to be.</summary>
/// <param name="Path">Its field.</param>
/// <param name="Form">absent, clear, masked, generalized, pseudonym, sealed.</param>
/// <param name="Text">The text in it; null when any will do.</param>
/// <param name="At">A fault at the place of the expectation.</param>
internal sealed record TrialExpectation(string Path, string Form, string? Text, Func<string, Fault> At)
{
    public string Words => Text is null ? Form : $"{Form} \"{Text}\"";

    public bool Accepts(TrialForm found) => found.Form == Form && (Text is null || found.Text == Text);
}

/// <summary>An example case with what is expected of it.</summary>
internal sealed record TrialExample(
    string Name, Case Case, IReadOnlyList<TrialExpectation> Edge, IReadOnlyList<TrialExpectation> Hub, Func<string, string, Fault> At);

/// <summary>Reads examples: the case as JSON (or YAML of the same shape), where a personal value may be written as its bare text.</summary>
internal static class TrialReader
{
    private static readonly string[] Forms = [TrialForm.Absent, "clear", "masked", "generalized", "pseudonym", "sealed"];

    public static IReadOnlyList<TrialExample> Read(PolicyDocument document, List<Fault> faults)
    {
        var source = new YamlSource(document.Name, faults);
        if (source.Load(document.Yaml) is not { } top)
        {
            return [];
        }

        var entries = source.Entries(top, "cases");
        var examples = new List<TrialExample>();
        foreach (var node in source.Items(entries, "cases"))
        {
            if (ReadOne(source, node) is { } example)
            {
                examples.Add(example);
            }
        }

        if (examples.Count == 0 && faults.Count == 0)
        {
            source.Report(top, "No example in it.", "Write cases: with name, case and expect each.");
        }

        return examples;
    }

    private static TrialExample? ReadOne(YamlSource source, YamlNode node)
    {
        var entries = source.Entries(node, "name", "case", "edge", "expect");
        var name = source.TextOr(entries, "name", "");
        if (name.Length == 0 || !entries.TryGetValue("case", out var caseNode))
        {
            source.Report(node, "An example without name or case.", "Write name: a word for people, case: {customer_country: DE, …}.");
            return null;
        }

        var value = ReadCase(source, caseNode);
        var (edge, hub) = (Expectations(source, entries, "edge"), Expectations(source, entries, "expect"));
        return value is null ? null : new TrialExample(name, value, edge, hub, (message, cure) => source.FaultAt(node, message, cure));
    }

    private static Case? ReadCase(YamlSource source, YamlNode node)
    {
        try
        {
            using var json = new MemoryStream();
            using (var writer = new Utf8JsonWriter(json))
            {
                Write(writer, node, Case.Descriptor);
            }

            return Case.Parser.ParseJson(Encoding.UTF8.GetString(json.ToArray()));
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidJsonException or InvalidOperationException or FormatException)
        {
            // The parser's words name fields and quote what stands there: a trial's data are invented, and its author reads this.
            source.Report(node, $"Not a case: {wrong.Message}", "Write the fields as 'calltracking-hub cases show' does, names with underscores.");
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, YamlNode node, MessageDescriptor? message)
    {
        switch (node)
        {
            case YamlScalarNode { Value: { } text } when message == PersonalText.Descriptor:
                writer.WriteStartObject();
                writer.WriteString("clear", text);
                writer.WriteEndObject();
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag:
                writer.WriteBooleanValue(flag.Value == "true");
                break;
            case YamlScalarNode scalar:
                writer.WriteStringValue(scalar.Value);
                break;
            case YamlSequenceNode list:
                writer.WriteStartArray();
                foreach (var item in list.Children)
                {
                    Write(writer, item, message);
                }

                writer.WriteEndArray();
                break;
            case YamlMappingNode mapping:
                writer.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                {
                    var name = ((YamlScalarNode)key).Value ?? "";
                    var field = message?.Fields.InDeclarationOrder().FirstOrDefault(known => known.Name == name || known.JsonName == name);
                    writer.WritePropertyName(name);
                    Write(writer, value, field is { FieldType: FieldType.Message } ? field.MessageType : null);
                }

                writer.WriteEndObject();
                break;
            default:
                throw new FormatException("An alias or something else that JSON has not.");
        }
    }

    private static List<TrialExpectation> Expectations(YamlSource source, IReadOnlyDictionary<string, YamlNode> entries, string key)
    {
        var expectations = new List<TrialExpectation>();
        if (!entries.TryGetValue(key, out var node))
        {
            return expectations;
        }

        foreach (var (path, value) in source.Entries(node))
        {
            if (TrialForms.Find(path) is null)
            {
                source.Report(value, $"'{path}' is not a personal value of a case.", $"Use one of {string.Join(", ", TrialForms.Paths)}.");
            }
            else if (Expectation(source, path, value) is { } expectation)
            {
                expectations.Add(expectation);
            }
        }

        return expectations;
    }

    private static TrialExpectation? Expectation(YamlSource source, string path, YamlNode node)
    {
        var (form, text) = node is YamlMappingNode { Children: [{ Key: YamlScalarNode { Value: { } named }, Value: YamlScalarNode { Value: { } expected } }] }
            ? (named, expected)
            : (source.Text(node), null);
        if (form is null)
        {
            return null;
        }

        if (Forms.Contains(form))
        {
            return new TrialExpectation(path, form, text, message => source.FaultAt(node, message, "Mend the policy, or what is expected of it."));
        }

        source.Report(node, $"'{form}' is no form of a value.", $"Use one of {string.Join(", ", Forms)}, or a form with its text: {{generalized: \"1980\"}}.");
        return null;
    }
}
