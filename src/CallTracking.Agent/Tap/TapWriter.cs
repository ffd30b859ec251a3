using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallTracking.Agent.Commands;

namespace CallTracking.Agent.Tap;

/// <summary>Writes the lines of a tap: as they are, or for people.</summary>
internal sealed class TapWriter(TextWriter output, bool isTable)
{
    private static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public int Shown { get; private set; }

    /// <summary>Lines that were dropped because they were taken too slowly.</summary>
    public long Dropped { get; private set; }

    public void Write(string line)
    {
        if (JsonNode.Parse(line) is not JsonObject node)
        {
            return;
        }

        var stage = (string?)node["stage"];
        if (stage == "dropped")
        {
            Dropped = (long)node["count"]!;
        }

        if (stage is "row" or "case")
        {
            Shown++;
            output.WriteLine(isTable ? Table(stage, node) : line);
            output.Flush();
        }
    }

    private static string Table(string stage, JsonObject node)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"── {node["source"]} {node["file"]}: row {(long)node["row"]!}");
        return stage == "case"
            ? $"{head} becomes{Environment.NewLine}{node["case"]!.ToJsonString(Legible)}{Environment.NewLine}"
            : $"{head} is {node["outcome"]}{(node["reason"] is { } reason ? $" ({reason})" : string.Empty)}{Environment.NewLine}{TerminalText.Plain((string?)node["local"] ?? string.Empty)}{Environment.NewLine}";
    }
}
