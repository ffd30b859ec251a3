using CallTracking.Contracts;

namespace CallTracking.Hub.Cases;

/// <summary>Parameters of counts and backlog, the same in URLs and on the command line.</summary>
internal static class CaseQuestion
{
    /// <summary><c>by</c>: one to three different fields.</summary>
    public static IReadOnlyList<CountBy> ReadBy(ParameterReader reader)
    {
        var expected = $"1 to {CaseCounts.MaxFields} different fields of {string.Join(", ", CaseCounts.Fields.Keys)}";
        var words = reader.List("by");
        CountBy[] by = [.. words.Where(CaseCounts.Fields.ContainsKey).Select(word => CaseCounts.Fields[word]).Distinct()];
        if (by.Length != words.Count || by.Length is 0 or > CaseCounts.MaxFields)
        {
            reader.Fault("by", string.Join(',', words), expected);
        }

        return by;
    }

    /// <summary><c>from</c>, <c>until</c> (now when absent), <c>every</c> (a day when absent) and <c>region</c>.</summary>
    public static BacklogQuestion ReadBacklog(ParameterReader reader, DateTimeOffset now)
    {
        var regions = CaseFilterParameters.ReadRegions(reader);
        var from = reader.Instant("from");
        var until = reader.Instant("until") ?? now;
        var every = reader.Word("every", "hour", "day", "week") switch
        {
            "hour" => TimeSpan.FromHours(1),
            "week" => TimeSpan.FromDays(7),
            _ => TimeSpan.FromDays(1),
        };
        var question = new BacklogQuestion(regions, from ?? until, until, every);
        if (reader.Texts("from").Count == 0)
        {
            reader.Fault("from", string.Empty, "the first day or instant");
        }
        else if (from is not null && question.Instants is 0 or > BacklogQuestion.MaxInstants)
        {
            reader.Fault("until", CaseJson.ToText(until), FormattableString.Invariant($"an instant after from, at most {BacklogQuestion.MaxInstants} steps later"));
        }

        return question;
    }
}
