using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;

namespace CallTracking.Agent.Commands;

/// <summary>
/// <c>keys unseal</c>: cases as headquarters shows them, with what this region sealed in clear. They come by standard input and go to
/// standard output: nothing is stored.
/// </summary>
internal static class UnsealCommand
{
    private const int LongestLine = 64 * 1024 * 1024;
    private const string Uid = "case_uid";

    // Where the hub's answers have the case, beside its uid.
    private const string Content = "case";

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var command = new Command("unseal", AgentCommand.Describe(
            "Read cases in JSON, as the hub's REST answers them, one document a line, from standard input; write them with what this region sealed in clear.",
            "keys unseal < cases.json"))
        {
            config,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var key = new RegionSecret(settings.State).Load(settings.Region).Sealing;
            return await RunAsync(Console.In, output, key, cancellationToken);
        });
        return command;
    }

    /// <summary>Ends with <see cref="ExitCode.RunFailed"/> where a line was no JSON, or a value stays sealed.</summary>
    public static async Task<ExitCode> RunAsync(TextReader input, CommandOutput output, SealingKey key, CancellationToken cancellationToken)
    {
        var lines = new BoundedLines(input, LongestLine);
        var (opened, closed, broken) = (0, 0, 0);
        for (var number = 1; await lines.ReadAsync(cancellationToken) is { } line; number++)
        {
            if (line.IsTooLong || Read(line.Text) is not { } document)
            {
                broken++;
                output.Error.WriteLine(FormattableString.Invariant($"line {number}: no JSON document of at most {LongestLine} characters; give one a line, as curl writes it"));
                continue;
            }

            var shown = Open(document);
            output.Out.WriteLine(shown.ToJsonString(Plain));
        }

        output.Error.WriteLine(FormattableString.Invariant($"{opened} values opened, {closed} stay sealed{(closed > 0 ? ": they are another region's, of another key, or were changed" : "")}."));
        return broken + closed > 0 ? ExitCode.RunFailed : ExitCode.Done;

        // A case stands alone, or anywhere in an answer.
        JsonNode Open(JsonNode node)
        {
            switch (node)
            {
                case JsonObject answer when answer.ContainsKey(Uid) && answer[Content] is JsonObject content:
                    var shown = (JsonObject)answer.DeepClone();
                    shown[Content] = OpenCase(content);
                    return shown;
                case JsonObject alone when alone.ContainsKey(Uid):
                    return OpenCase(alone);
                case JsonObject one:
                    return new JsonObject(one.Select(field => KeyValuePair.Create(field.Key, field.Value is { } inner ? Open(inner) : null)));
                case JsonArray list:
                    return new JsonArray([.. list.Select(item => item is null ? null : Open(item))]);
                default:
                    return node.DeepClone();
            }
        }

        JsonNode OpenCase(JsonObject content)
        {
            if (TryParse(content) is not { } value)
            {
                return content.DeepClone();
            }

            var (mine, others) = SealedValues.Open(value, key);
            (opened, closed) = (opened + mine, closed + others);
            return mine > 0 ? JsonNode.Parse(Formatter.Format(value))! : content.DeepClone();
        }
    }

    private static Case? TryParse(JsonObject one)
    {
        try
        {
            return Parser.Parse<Case>(one.ToJsonString());
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static JsonNode? Read(string line)
    {
        try
        {
            return JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
