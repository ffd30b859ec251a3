namespace CallTracking.Mapping.Proposals;

/// <summary>Proposes what the objects of an array in a tree become.</summary>
internal static class ElementLists
{
    private static readonly HashSet<string> Messages = new(StringComparer.Ordinal)
    {
        "comments", "comment", "messages", "articles", "article", "notes", "conversations", "replies", "posts", "entries", "journal", "responses",
    };

    private static readonly HashSet<string> Bodies = new(StringComparer.Ordinal) { "body", "text", "message", "comment", "content", "plain body", "note", "body text" };

    public static IEnumerable<string> Of(string path, IReadOnlyList<ColumnSample> children)
    {
        var body = children.FirstOrDefault(child => Bodies.Contains(WordTable.Fold(child.Name)));
        if (!Messages.Contains(WordTable.Fold(path[(path.LastIndexOf('.') + 1)..])) || body is null)
        {
            return [$"  # ? The list {YamlText.Of(path)} holds objects with {string.Join(", ", children.Select(child => YamlText.Of(child.Name)))}: what are they?"];
        }

        var lines = new List<string> { "  messages:   # 0.85 objects with a text, in a list that is named so", $"    each: {YamlText.Of(path)}", "    fields:", $"      body: {YamlText.Of(body.Name)}" };
        if (children.FirstOrDefault(child => child.Time is { Format: not null, Other: null }) is { } at)
        {
            lines.Add($"      at: {{from: {YamlText.Of(at.Name)}, format: {YamlText.Of(at.Time.Format!)}}}");
        }

        if (children.FirstOrDefault(child => WordTable.Fold(child.Name) is "public" or "is public") is { } open)
        {
            lines.Add($"      visibility: {{from: {YamlText.Of(open.Name)}, values: {{\"true\": public, \"false\": internal}}}}");
        }

        if (children.FirstOrDefault(child => WordTable.Fold(child.Name) is "author role" or "role" or "sender type" && child.Words.Count is > 0 and < 8) is { } role)
        {
            lines.Add($"      author_role: {{from: {YamlText.Of(role.Name)}, values: {{{string.Join(", ", role.Words.Select(word => $"{YamlText.Of(word.Key)}: {RoleOf(word.Key)}"))}}}}}{(role.Words.Any(word => RoleOf(word.Key) == Open) ? "   # ? null: which role has the word?" : string.Empty)}");
        }

        return lines;
    }

    private const string Open = "null";

    private static string RoleOf(string word) => WordTable.Fold(word) switch
    {
        "end user" or "customer" or "user" or "client" or "contact" => "customer",
        "agent" or "admin" or "staff" or "employee" => "agent",
        "system" or "bot" => "system",
        _ => Open,
    };
}
