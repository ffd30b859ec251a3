using CallTracking.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping;

/// <summary>
/// Reads a text as YAML, and tells of one that is none where a person has to mend it: the library names where it gave up, which for a sign that is
/// never closed is lines behind it, or nowhere.
/// </summary>
public static class BrokenYaml
{
    /// <summary>The text's documents; null, with the fault, when it is not YAML.</summary>
    /// <param name="file">As the fault shall name it.</param>
    /// <param name="yaml">The text.</param>
    /// <param name="fault">Null exactly when there are documents. It quotes signs of YAML, nothing of the text else.</param>
    public static IReadOnlyList<YamlDocument>? Documents(string file, string yaml, out Fault? fault)
    {
        try
        {
            var stream = BoundedYaml.Load(yaml);
            fault = null;
            return [.. stream.Documents];
        }
        catch (YamlTooDeepException deep)
        {
            fault = new Fault(file, (int)deep.Start.Line, (int)deep.Start.Column, YamlNesting.Message, YamlNesting.Cure);
        }
        catch (YamlException twice) when (twice.Message.StartsWith("Duplicate key", StringComparison.Ordinal))
        {
            fault = At(file, twice, "Name each key once; where these are entries of a list, each of them begins with '- '.");
        }
        catch (YamlException broken)
        {
            fault = OfTab(file, yaml) ?? OfQuote(file, yaml, broken) ?? OfBracket(file, yaml, broken.Start)
                ?? At(file, broken, "Check indentation and quotes at this place; names with : # [ ] { } , need quotes.");
        }
        catch (InvalidOperationException)
        {
            // How the library ends on a key below an open bracket that stands further out than the bracket's own line.
            var end = GivenUpAt(yaml);
            fault = OfTab(file, yaml) ?? OfBracket(file, yaml, end) ?? new Fault(
                file, (int)end.Line, (int)end.Column, "Not YAML: a key stands further out than the line that it belongs to.", "Check brackets, indentation and quotes.");
        }

        return null;
    }

    private static Fault At(string file, YamlException broken, string cure) =>
        new(file, (int)broken.Start.Line, (int)broken.Start.Column, $"Not YAML: {broken.Message}", cure);

    // The library says of a tab only that something is wrong, and mostly where the text begins.
    private static Fault? OfTab(string file, string yaml)
    {
        var lines = yaml.ReplaceLineEndings("\n").Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            var at = lines[line].AsSpan().IndexOfAnyExcept(' ');
            if (at >= 0 && lines[line][at] == '\t' && !string.IsNullOrWhiteSpace(lines[line]))
            {
                return new Fault(file, line + 1, at + 1, "Not YAML: a tab stands in the indentation.", "Indent with blanks.");
            }
        }

        return null;
    }

    private static Fault? OfQuote(string file, string yaml, YamlException broken)
    {
        var first = (int)broken.Start.Index;
        if (broken is SyntaxErrorException && first < yaml.Length && yaml[first] is '"' or '\'' && (broken.End.Line > broken.Start.Line || broken.End.Index >= yaml.Length))
        {
            return Unclosed(file, broken.Start, yaml[first], yaml[first], "on its line");
        }

        // A quote that ends lines later was closed by the one that should have opened the next.
        return TokensUntil(yaml, broken.Start).LastOrDefault(token => token is not (BlockEnd or StreamEnd)) is Scalar { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } text && text.End.Line > text.Start.Line
            ? Unclosed(file, text.Start, yaml[(int)text.Start.Index], yaml[(int)text.Start.Index], "on its line")
            : null;
    }

    private static Fault? OfBracket(string file, string yaml, Mark until)
    {
        var open = new Stack<Token>();
        foreach (var token in TokensUntil(yaml, until))
        {
            if (token is FlowMappingStart or FlowSequenceStart)
            {
                open.Push(token);
            }
            else if (token is FlowMappingEnd or FlowSequenceEnd)
            {
                open.TryPop(out _);
            }
        }

        return !open.TryPeek(out var last) ? null
            : last is FlowMappingStart ? Unclosed(file, last.Start, '{', '}', Before(until))
            : Unclosed(file, last.Start, '[', ']', Before(until));
    }

    private static string Before(Mark until) => FormattableString.Invariant($"before {until.Line}:{until.Column}");

    private static Fault Unclosed(string file, Mark at, char sign, char closing, string where) => new(
        file,
        (int)at.Line,
        (int)at.Column,
        $"Not YAML: the {sign} here is not closed {where}.",
        $"Write {closing} where it ends; a text that has {sign} in it needs quotes around it.");

    private static List<Token> TokensUntil(string yaml, Mark until)
    {
        var scanner = new Scanner(new StringReader(yaml[..Math.Min(yaml.Length, (int)until.Index)]));
        var tokens = new List<Token>();
        try
        {
            while (scanner.MoveNext())
            {
                tokens.Add(scanner.Current!);
            }
        }
        catch (Exception broken) when (broken is YamlException or InvalidOperationException)
        {
            // What was read up to here is all that is asked.
        }

        return tokens;
    }

    private static Mark GivenUpAt(string yaml)
    {
        var scanner = new Scanner(new StringReader(yaml));
        try
        {
            while (scanner.MoveNext())
            {
            }
        }
        catch (Exception broken) when (broken is YamlException or InvalidOperationException)
        {
            // Its place is the answer.
        }

        return scanner.CurrentPosition;
    }
}
