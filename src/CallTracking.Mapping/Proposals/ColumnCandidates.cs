namespace CallTracking.Mapping.Proposals;

/// <summary>A field that a column may be.</summary>
internal sealed record Candidate(ColumnSample Column, string Target, double Score, string Evidence)
{
    /// <summary>The word of its header that speaks for it; null where its values do.</summary>
    public WordMatch? Header { get; init; }
}

/// <summary>Weighs for each column which field it may be: by the words of its header and by what its values look like.</summary>
internal static class ColumnCandidates
{
    // Less is not worth a question.
    private const double Least = 0.5;
    private const double LeastWord = 0.7;
    /// <summary>The field of a column of remarks where no other column is the description.</summary>
    public const string Remark = "remark=description";

    /// <summary>What a customer says of how content they are.</summary>
    public const string Comment = "satisfaction.comment";

    private const double RemarkScore = 0.72;
    private const int Sentence = 12;

    // Words for any comment, and not for one on the service alone.
    private static readonly HashSet<string> PlainComments =
        [.. ((string[])["kommentar", "commentaire", "comentario", "comentarios", "commento", "opmerking", "reactie", "komentarz", "комментарий", "コメント", "코멘트", "yorum", "التعليق", "σχόλιο", "σχόλια"]).Select(WordTable.Fold)];

    private static readonly string[] Internal = ["intern", "work", "additional"];

    private const string Area = "customer.addresses.area";

    // Below what is in force without a question.
    private const double Unsure = 0.65;

    // A word of the header and values of the shape together leave no question.
    private const double LeastProven = 0.76;

    public static IEnumerable<Candidate> Of(ColumnSample column)
    {
        if (column.Count == 0)
        {
            return [];
        }

        return ByHeader(column).Concat(ByShape(column)).Where(candidate => candidate.Score >= Least);
    }

    /// <summary>How many of a column's words the dictionary knows as values of the field, from 0 to 1.</summary>
    public static double Known(ColumnSample column, string target) =>
        column.Words.Count == 0 ? 0 : (double)column.Words.Count(word => ValueOf(target, word.Key) is not null) / column.Words.Count;

    /// <summary>The value of the contract that a word means; null when it is not known.</summary>
    public static WordMatch? ValueOf(string target, string word)
    {
        var prefix = target + "=";
        // "3 - Moderate" is a place in a list and its name.
        var named = word.TrimStart([.. "0123456789 -.:)"]);
        foreach (var match in WordTable.Values.Find(named.Length > 0 ? named : word))
        {
            if (match.Score >= LeastWord && match.Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return match with { Key = match.Key[prefix.Length..] };
            }
        }

        return null;
    }

    /// <summary>
    /// What a header may be called for, the best first. Of a path the last name says what the value is: a word that stands in the names before it only
    /// says where it belongs.
    /// </summary>
    public static IReadOnlyList<WordMatch> HeaderMatches(string label)
    {
        var (parents, last) = HeaderPath.Split(label);
        var before = WordTable.Fold(parents);
        var ofAll = WordTable.Fields.Find(label).Where(match => match.IsWhole || before.Length == 0 || !before.Contains(WordTable.Fold(match.Word), StringComparison.Ordinal));
        var ofLast = before.Length == 0 ? [] : WordTable.Fields.Find(last).Select(match => match with { Score = match.Score * 0.9 });
        return [.. ofAll.Concat(ofLast).Select(match => match.Key == "inquiry_type" && IsProduct(parents) ? match with { Key = "product.category" } : match).GroupBy(match => match.Key).Select(group => group.MaxBy(match => match.Score)).OrderByDescending(match => match.Score)];
    }

    // The category of a product is none of what the case is about.
    private static bool IsProduct(string parents) => parents.Length > 0 && WordTable.Fields.Find(HeaderPath.Split(parents).Last).Any(match => match.IsWhole && match.Key.StartsWith("product.", StringComparison.Ordinal));

    /// <summary>False for what no name is: numbers, times, telephones, addresses of mail.</summary>
    public static bool MayBeName(ColumnSample column) => !column.Time.IsTime && column.Share(ColumnSample.IsMostlyDigits) < 0.5 && column.Share(ColumnSample.IsEmail) < 0.5;

    /// <summary>A "comment" without a rating beside it is what the customer says of the case, where nothing else is; else nobody knows.</summary>
    /// <param name="candidate">Of a comment on how content somebody is.</param>
    /// <param name="isDescribed">Another column is the description.</param>
    public static Candidate Unrated(Candidate candidate, bool isDescribed) => candidate switch
    {
        { Header: not { } or { Key: not Comment } } => candidate,
        _ when !IsPlainComment(candidate.Column.Label) => candidate,
        _ when !isDescribed && IsOfSentences(candidate.Column) => candidate with { Target = "description", Score = Math.Min(RemarkScore, candidate.Score), Evidence = $"{candidate.Evidence}; no column is a rating, and no other a description" },
        _ => candidate with { Score = Math.Min(Unsure, candidate.Score), Evidence = $"{candidate.Evidence}; no column is a rating" },
    };

    private static bool IsPlainComment(string label)
    {
        var (parents, last) = HeaderPath.Split(label);
        return WordTable.Fields.Find(last).Any(match => match is { IsWhole: true, Key: Comment } && PlainComments.Contains(WordTable.Fold(match.Word)))
            && !WordTable.Fields.Find(parents).Any(match => match.Key.StartsWith("satisfaction.", StringComparison.Ordinal));
    }

    private static bool IsOfSentences(ColumnSample column) => !column.IsOfFewWords && column.Length >= Sentence && !column.Time.IsTime;

    // What desks note among themselves is no description.
    private static bool IsRemark(ColumnSample column, WordMatch match) =>
        match is { IsWhole: true, Key: FieldKinds.OnlyClass + "free_text" } && IsOfSentences(column)
        && !Array.Exists(Internal, word => WordTable.Fold(column.Label).Contains(word, StringComparison.Ordinal));

    // "state" is both.
    private static bool IsLikelierStatus(ColumnSample column, IEnumerable<WordMatch> matches) =>
        matches.Any(match => match is { Key: "status", IsWhole: true }) && (IsOfUpperWords(column) || Known(column, "status") > 0);

    // "cep" is both, in two languages; eight digits may be either.
    private static bool IsLikelierPostcode(ColumnSample column, IEnumerable<WordMatch> matches) =>
        !column.IsOfTelephones && matches.Any(match => match.IsWhole && match.Key == "customer.addresses.postcode");

    private static bool IsOfUpperWords(ColumnSample column) =>
        column.IsOfFewWords && column.Words.All(word => word.Key.Length > 2 && word.Key.Any(char.IsLetter) && !word.Key.Any(char.IsLower));

    private static bool IsProvenByShape(ColumnSample column, string target) => FieldKinds.Of(target) switch
    {
        FieldKind.Phone or FieldKind.Email => true,
        FieldKind.Time => TimeShape.RecentUnixOf(column) is not null,
        FieldKind.Money => AmountShape.HasSign(column),
        _ => false,
    };

    private static IEnumerable<Candidate> ByHeader(ColumnSample column)
    {
        if (!column.IsNamed)
        {
            yield break;
        }

        var matches = HeaderMatches(column.Label);
        foreach (var match in matches)
        {
            if (IsRemark(column, match))
            {
                yield return new Candidate(column, Remark, RemarkScore, $"header '{match.Word}' ({match.Language}); no other column is a description");
            }

            var (fit, shape) = FieldKinds.IsField(match.Key) ? Fit(column, match.Key) : (0, string.Empty);
            if (match.Key == Area && IsLikelierStatus(column, matches))
            {
                (fit, shape) = (0.6, "words that a status has");
            }

            if (match.Key == "customer.phones" && IsLikelierPostcode(column, matches))
            {
                continue;
            }

            var isForeign = ForeignNumber.Is(column.Label, match);
            if (isForeign && !column.IsUnique)
            {
                continue;
            }

            if (fit > 0)
            {
                var how = match.IsWhole ? "header" : "header holds";
                var score = IsProvenByShape(column, match.Key) ? Math.Max(LeastProven, match.Score * fit) : match.Score * fit;
                var evidence = $"{how} '{match.Word}' ({match.Language}); {shape}";
                yield return isForeign ? new Candidate(column, match.Key, Math.Min(Unsure, score), $"{evidence}; perhaps of another thing than the case") { Header = match }
                    : new Candidate(column, match.Key, Math.Min(0.99, score), evidence) { Header = match };
            }
        }
    }

    private static IEnumerable<Candidate> ByShape(ColumnSample column)
    {
        if (column.Share(ColumnSample.IsEmail) > 0.9)
        {
            yield return new Candidate(column, "customer.emails", 0.78, "e-mail addresses");
        }

        if (column.IsNamed || column.Words.Count < 2)
        {
            yield break;
        }

        foreach (var target in (string[])["status", "priority", "channel", "customer_country"])
        {
            var known = Known(column, target);
            yield return new Candidate(column, target, known * 0.8, FormattableString.Invariant($"{known:P0} of its words are known"));
        }
    }

    /// <summary>How well values fit a field: 0 where they cannot be its, 1 where nothing speaks against it.</summary>
    private static (double Fit, string Shape) Fit(ColumnSample column, string target)
    {
        var kind = FieldKinds.Of(target);
        var isTime = column.Time.IsTime;
        var isNumber = column.Share(value => ColumnSample.IsPointNumber(value) || ColumnSample.IsCommaNumber(value)) > 0.9;
        return kind switch
        {
            FieldKind.Time => isTime ? (0.98, Shown(column.Time)) : TimeShape.UnixOf(column) is { } unix ? (0.95, unix) : (0, ""),
            FieldKind.Date => isTime ? (0.98, Shown(column.Time)) : target == "customer.birth_date" ? TimeShape.UnixOfBirths(column) is { } born ? (0.95, born) : (0.85, TimeShape.HasDayNumbers(column) ? "day numbers" : "no dates") : (0, ""),
            FieldKind.Word => Words(column, target),
            FieldKind.Email => column.Share(ColumnSample.IsEmail) is > 0.8 and var share ? (1, FormattableString.Invariant($"{share:P0} e-mail addresses")) : (0, ""),
            FieldKind.Phone => column.Share(ColumnSample.IsPhone) is > 0.6 and var share ? (1, FormattableString.Invariant($"{share:P0} like telephone numbers")) : (0, ""),
            FieldKind.Score => isNumber && column.Largest() <= 10 ? (0.98, FormattableString.Invariant($"numbers up to {column.Largest()}"))
                : target == "satisfaction.csat" && Known(column, target) is > 0.5 and var known ? (0.9, FormattableString.Invariant($"{known:P0} of its words are known")) : (0, ""),
            FieldKind.Money => isNumber ? (0.95, "numbers") : AmountShape.HasSign(column) ? (0.98, "amounts with a currency") : (0, ""),
            FieldKind.Prose => isTime || isNumber ? (0, "") : (0.96, FormattableString.Invariant($"texts of {column.Length:0} characters")),
            FieldKind.Name => isTime || isNumber || (target.EndsWith(".name", StringComparison.Ordinal) && !MayBeName(column)) ? (0, "") : (0.96, "texts"),
            _ when target.EndsWith(".postcode", StringComparison.Ordinal) && column.IsOfTelephones => (0, ""),
            _ when target == "case_number" => column.IsUnique ? (1, "no value stands twice") : (0.8, FormattableString.Invariant($"{column.Distinct} different of {column.Count}")),
            _ => isTime && !isNumber ? (0, "") : (0.95, FormattableString.Invariant($"{column.Distinct} different of {column.Count}")),
        };
    }

    private static (double Fit, string Shape) Words(ColumnSample column, string target)
    {
        if (target == "customer.gender")
        {
            return column.Distinct <= 8 ? (0.97, FormattableString.Invariant($"{column.Distinct} words")) : (0, "");
        }

        if (target == "customer_country" && column.Words.Count > 0 && column.Words.All(word => IsCountryCode(word.Key)))
        {
            return (0.99, "country codes");
        }

        var known = Known(column, target);
        var least = target == "kind" ? 0.6 : 0.0;
        return target == "status" && known == 0 && IsOfUpperWords(column) ? (0.65, "words that a status has")
            : column.Words.Count == 0 || known <= least ? (0, "") : (0.7 + (0.29 * known), FormattableString.Invariant($"{known:P0} of {column.Words.Count} words known"));
    }

    public static bool IsCountryCode(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);

    private static string Shown(TimeShape time) => FormattableString.Invariant($"{time.Share:P0} {time.Format}")
        + (time.IsProven ? ", order of day and month proven" : time.Other is null ? string.Empty : $", AMBIGUOUS: {time.Other} reads them too");
}
