namespace CallTracking.Mapping.Proposals;

/// <summary>Proposes what the objects of an array in a tree become.</summary>
internal static class ElementLists
{
    private static readonly HashSet<string> Messages = new(StringComparer.Ordinal)
    {
        "comments", "comment", "messages", "articles", "article", "notes", "conversations", "conversation", "replies", "posts", "entries", "journal", "responses", "kommentare", "nachrichten",
        "notizen", "message", "note", "reply", "post", "entry", "kommentar", "nachricht", "notiz", "eintrag", "commentaire", "comentario", "mensaje", "mensagem", "commento", "messaggio", "komentarz", "wiadomosc", "комментарий", "сообщение",
        "commentaires", "comentarios", "mensajes", "mensagens", "commenti", "messaggi", "komentarze", "wiadomosci", "комментарии", "сообщения", "コメント",
    };

    private static readonly HashSet<string> Bodies = new(StringComparer.Ordinal)
    {
        "body", "text", "message", "comment", "content", "plain body", "note", "body text", "kommentar", "nachricht", "inhalt", "texte", "texto", "mensaje", "mensagem", "testo", "tekst", "tresc",
        "текст", "本文", "内容",
    };

    private static readonly HashSet<string> Authors = new(StringComparer.Ordinal)
    {
        "by", "author", "author name", "created by", "user", "user name", "username", "agent", "agent name", "from", "sender", "name", "who", "autor", "von", "verfasser", "auteur", "autore", "автор", "担当者",
    };

    // Letters of a text that is more than a word of a table.
    private const int Prose = 12;

    // Words of what a number is: home, mobile, work.
    private const int MostSorts = 8;

    /// <summary>Lines of <c>fields</c>.</summary>
    /// <param name="path">Of the array.</param>
    /// <param name="children">What its objects have.</param>
    /// <param name="isFirst">No list before is taken for the messages already.</param>
    public static IReadOnlyList<string> Of(string path, IReadOnlyList<ColumnSample> children, bool isFirst)
    {
        var isNamed = Messages.Contains(WordTable.Fold(path[(path.LastIndexOf('.') + 1)..]));
        var body = children.FirstOrDefault(child => Bodies.Contains(WordTable.Fold(child.Name)) && (isNamed || child.Length >= Prose));
        var at = children.Where(child => FormatOf(child) is not null).OrderByDescending(child => ColumnCandidates.HeaderMatches(child.Name).Any(match => match.Key == "opened")).FirstOrDefault();
        if (body is null || (!isNamed && at is null))
        {
            return [$"  # ? The list {YamlText.Of(path)} holds objects with {string.Join(", ", children.Select(child => YamlText.Of(child.Name)))}: what are they?"];
        }

        var isSure = isNamed && isFirst;
        var lines = Lines(path, body, at, children, isSure ? "0.85 objects with a text, in a list that is named so" : "? 0.60 objects with a text: are they messages of the case?");
        return isSure ? lines : [.. lines.Select(line => $"  # {line[2..]}")];
    }

    /// <summary>
    /// The numbers of a list that is called so, each in an object with what it is: <c>phones: [{type: home, number: …}]</c>. Null for other lists, and for one whose objects have more:
    /// contacts with names and people of the centre stay to be asked.
    /// </summary>
    public static ColumnSample? TelephonesOf(string path, IReadOnlyList<ColumnSample> children)
    {
        var (numbers, others) = (children.FirstOrDefault(child => child.IsOfTelephones), children.Where(child => !child.IsOfTelephones));
        return numbers is not null && children.Count(child => child.IsOfTelephones) == 1 && others.All(child => child.Words.Count is > 0 and < MostSorts)
            && ColumnCandidates.HeaderMatches(path).Any(match => match.Key == "customer.phones")
            ? numbers.OfEach(path, path)
            : null;
    }

    /// <summary>What the lines ask, for whoever does not read them: of lists whose objects nobody knows, and of those that may be messages.</summary>
    public static IEnumerable<string> Questions(IReadOnlyList<string> lines) => lines.Index().Where(line => line.Item.StartsWith(Asked, StringComparison.Ordinal) || line.Item.StartsWith(MaybeMessages, StringComparison.Ordinal))
        .Select(line => line.Item.StartsWith(Asked, StringComparison.Ordinal) ? line.Item[Asked.Length..] : $"Are the objects of the list {lines[line.Index + 1].Split("each: ", 2)[^1]} messages of the case? Until then they are left out.");

    private const string Asked = "  # ? ";
    private const string MaybeMessages = "  # messages:";

    /// <summary>True where the lines are in force.</summary>
    public static bool IsMessages(IReadOnlyList<string> lines) => lines[0].StartsWith("  messages:", StringComparison.Ordinal);

    private static string? FormatOf(ColumnSample child) => child.Time is { Format: { } format, Other: null, Calendar: null } ? format : child.Time.IsTime ? null : TimeShape.RecentUnixOf(child);

    private static List<string> Lines(string path, ColumnSample body, ColumnSample? at, IReadOnlyList<ColumnSample> children, string why)
    {
        var lines = new List<string> { $"  messages:   # {why}", $"    each: {YamlText.Of(path)}", "    fields:", $"      body: {YamlText.Of(body.Name)}" };
        if (at is not null)
        {
            lines.Add($"      at: {{from: {YamlText.Of(at.Name)}, format: {YamlText.Of(FormatOf(at)!)}}}");
        }

        if (children.FirstOrDefault(child => child != body && child != at && Authors.Contains(WordTable.Fold(child.Name))) is { } author)
        {
            lines.Add($"      # author_employee: {YamlText.Of(author.Name)}   # ? only where agents write: a customer stands in the case");
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
