using System.Text;
using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Mapping.Targets;

namespace CallTracking.Mapping.Spec;

/// <summary>The page of the reference that lists what a mapping can fill: every path, what it takes, and what the contract's own comments say.</summary>
internal static partial class ContractPage
{
    public const string Heading = "Fields of a case";

    public static string Text()
    {
        var comments = Comments(MappingReference.Read("case.proto"));
        var text = new StringBuilder($"# {Heading}\n\nWhat may stand on the left under `fields`. A path through a list means its first element.\n\n| path | meaning |\n| --- | --- |\n");
        foreach (var path in TargetPath.All(Case.Descriptor))
        {
            var comment = comments.GetValueOrDefault($"{path.Leaf.ContainingType.Name}.{path.Leaf.Name}");
            text.Append("| `").Append(path.Text).Append("` | ").Append(path.IsRepeated ? "several: " : string.Empty).Append(Takes(path)).Append(comment is null ? string.Empty : $". {comment}").Append(" |\n");
        }

        return text.ToString();
    }

    private static string Takes(TargetPath path) => path.Kind switch
    {
        TargetKind.Enum => string.Join(", ", EnumNames.Of(path.Leaf.EnumType).Names.Order(StringComparer.Ordinal).Select(name => $"`{name}`")),
        TargetKind.Time => "a time",
        TargetKind.Number => "a number",
        TargetKind.Integer or TargetKind.Size => "a whole number",
        TargetKind.Flag => "true or false",
        TargetKind.Money => "an amount with its `currency`",
        TargetKind.Message => "`each`, or elements written out, with the fields below",
        TargetKind.Personal => $"a personal text ({ClassOf(path)})",
        _ => "a text",
    };

    private static string ClassOf(TargetPath path) =>
        CustomFieldParser.Classes.First(known => known.Value == DataClasses.Of(path.Leaf)).Key;

    // By message and field: Product.lot.
    private static Dictionary<string, string> Comments(string proto)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var (message, comment) = (string.Empty, new List<string>());
        foreach (var line in proto.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                comment.Add(line[2..].Trim());
                continue;
            }

            message = Message().Match(line) is { Success: true } opened ? opened.Groups[1].Value : message;
            if (comment.Count > 0 && Field().Match(line) is { Success: true } field)
            {
                found[$"{message}.{field.Groups[1].Value}"] = string.Join(' ', comment).TrimEnd('.');
            }

            comment.Clear();
        }

        return found;
    }

    [GeneratedRegex(@"^message (\w+) \{", RegexOptions.CultureInvariant)]
    private static partial Regex Message();

    [GeneratedRegex(@"^[\w. ]+ (\w+) = \d+", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
