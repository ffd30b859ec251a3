namespace CallTracking.Mapping.Proposals;

/// <summary>Gives each column to one field and each field to one column, the surest first.</summary>
internal static class FieldChoice
{
    private static readonly HashSet<string> Groups = ["group", "gruppe", "groupe", "grupo", "gruppo", "groep", "grupa", "группа", "grup"];

    private static readonly HashSet<string> Teams =
    [
        "team", "support", "level", "l1", "l2", "l3", "tier", "service", "desk", "helpdesk", "hotline", "sales", "vertrieb", "kundendienst", "back", "backoffice", "office", "equipe", "equipo",
        "squadra", "zespol", "dzial", "obsługa", "obsluga", "ekip", "отдел", "команда", "поддержка", "escalation", "queue", "first", "second",
    ];

    public static IReadOnlyList<Candidate> Of(IReadOnlyList<ColumnSample> columns, string? country)
    {
        var languages = HeaderLanguages.Of(country, columns);
        var chosen = new List<Candidate>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var given = new HashSet<ColumnSample>();
        var rows = columns.Select(column => column.Count).DefaultIfEmpty().Max();
        foreach (var candidate in Described([.. columns.SelectMany(ColumnCandidates.Of).Select(languages.Weighed).Concat(Times(columns))]).OrderByDescending(candidate => Weight(candidate, rows)))
        {
            if (!given.Contains(candidate.Column) && (FieldKinds.Lists.Contains(candidate.Target) || !taken.Contains(candidate.Target)))
            {
                taken.Add(candidate.Target);
                given.Add(candidate.Column);
                chosen.Add(candidate);
            }
        }

        return Placed([.. chosen.Select(candidate => IsOpenGroup(candidate, chosen) ? candidate with { Score = 0.65, Evidence = $"{candidate.Evidence}; a group of products is called so too" } : candidate)]);
    }

    // What names a case stands in every row of it.
    private static double Weight(Candidate candidate, int rows) =>
        candidate.Target == "case_number" ? candidate.Score * candidate.Column.Count / rows : candidate.Score;

    private static IEnumerable<Candidate> Described(List<Candidate> all)
    {
        var isDescribed = all.Exists(candidate => candidate.Target == "description");
        var isRated = all.Exists(candidate => FieldKinds.Of(candidate.Target) == FieldKind.Score);
        return all.Select(candidate => !isRated && candidate.Target == ColumnCandidates.Comment ? ColumnCandidates.Unrated(candidate, isDescribed) : candidate).Where(candidate => !isDescribed || candidate.Target != ColumnCandidates.Remark)
            .Select(candidate => candidate.Target == ColumnCandidates.Remark ? candidate with { Target = "description" } : candidate);
    }

    // "Group" alone is people or products. Where neither another column has the product's group nor a value speaks of people, nobody knows.
    private static bool IsOpenGroup(Candidate candidate, List<Candidate> chosen) =>
        candidate.Target == "agent.team" && candidate.Score >= 0.7 && Groups.Contains(WordTable.Fold(HeaderPath.Split(candidate.Column.Label).Last))
        && !chosen.Exists(other => other.Target == "product.category")
        && !candidate.Column.Words.Any(word => WordTable.Fold(word.Key).Split(' ').Any(Teams.Contains));

    // Without names the order of times says something: a case is opened first.
    private static IEnumerable<Candidate> Times(IReadOnlyList<ColumnSample> columns)
    {
        var times = columns.Where(column => !column.IsNamed && column.Time.IsTime).ToList();
        return times.Count == 0 ? [] : [new Candidate(times[0], "opened", 0.72, $"the first column of times; {times[0].Time.Format}"),
            .. times.Count < 2 ? (Candidate[])[] : [new Candidate(times[^1], "closed", 0.6, $"the last column of times; {times[^1].Time.Format}")]];
    }

    // Where the only address is that of an incident, its town is the incident's too.
    private static List<Candidate> Placed(List<Candidate> chosen)
    {
        const string Customer = "customer.addresses.";
        var isIncident = chosen.Any(candidate => candidate.Target.StartsWith("incident_address.", StringComparison.Ordinal))
            && !chosen.Any(candidate => candidate is { Target: Customer + "lines", Score: >= 0.9 });
        return isIncident
            ? [.. chosen.Select(candidate => candidate.Target.StartsWith(Customer, StringComparison.Ordinal) ? candidate with { Target = "incident_address." + candidate.Target[Customer.Length..] } : candidate)
                .DistinctBy(candidate => FieldKinds.Lists.Contains(candidate.Target) ? candidate.Column.Name : candidate.Target)]
            : chosen;
    }
}
