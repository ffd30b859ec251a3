using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Cases;

/// <summary>What a gRPC question must look like; each refusal is INVALID_ARGUMENT with reason <c>invalid-query</c>.</summary>
internal static class QueryRules
{
    public static RpcException Invalid(string detail) => RpcException.WithReason(RpcStatusCode.InvalidArgument, "invalid-query", detail);

    public static CaseFilter RequireFilter(CaseFilter? filter)
    {
        filter ??= new CaseFilter();
        _ = Instant("opened_from", filter.OpenedFrom);
        _ = Instant("opened_before", filter.OpenedBefore);
        _ = Instant("updated_from", filter.UpdatedFrom);
        _ = Instant("updated_before", filter.UpdatedBefore);
        return filter;
    }

    public static (CaseFilter Filter, CaseCursor? After) RequireList(ListCasesRequest request)
    {
        var filter = RequireFilter(request.Filter);
        if (request.PageToken.Length == 0)
        {
            return (filter, null);
        }

        return CaseCursor.TryParse(request.PageToken, filter, out var after)
            ? (filter, after)
            : throw Invalid("page_token: expected the next_page_token of the answer before, with the same filter. Ask again without one.");
    }

    public static void RequireCountable(IReadOnlyList<CountBy> by)
    {
        if (by.Count is 0 or > CaseCounts.MaxFields || by.Distinct().Count() != by.Count || by.Any(field => !CaseCounts.Fields.Values.Contains(field)))
        {
            throw Invalid($"by: expected 1 to {CaseCounts.MaxFields} different fields of {string.Join(", ", CaseCounts.Fields.Keys)}.");
        }
    }

    /// <summary>A day between points, as the contract says.</summary>
    public static BacklogQuestion RequireBacklog(GetBacklogRequest request)
    {
        var from = Instant("from", request.From) ?? throw Invalid("from: expected an instant, found none.");
        var until = Instant("until", request.Until) ?? throw Invalid("until: expected an instant, found none.");
        var question = new BacklogQuestion(request.Regions, from, until, TimeSpan.FromDays(1));
        return question.Instants is > 0 and <= BacklogQuestion.MaxInstants
            ? question
            : throw Invalid($"until: expected 0 to {BacklogQuestion.MaxInstants - 1} days after from.");
    }

    private static DateTimeOffset? Instant(string field, Timestamp? value)
    {
        try
        {
            return value?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw Invalid($"{field}: not a timestamp (years 1 to 9999, nanos 0 to 999999999).");
        }
    }
}
