using CallTracking.Contracts;
using CallTracking.Rpc;
using Npgsql;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub.Cases;

/// <summary>The contract's QueryService: what the caller's scope lets it see, whatever filter it sends.</summary>
internal sealed class QueryService(CaseStore cases, CaseCounts counts, BacklogStore backlog, NpgsqlDataSource dataSource, ILogger<QueryService> logger)
{
    /// <summary>The service as the contract describes it.</summary>
    public static readonly ServiceDescriptor Descriptor = QueryReflection.Descriptor.Services.Single(service => service.Name == "QueryService");

    private const int DefaultPage = 100;
    private const int LargestPage = 1000;

    // Below the 4 MiB that clients of gRPC take as one message if nobody tells them otherwise.
    private const long PageBytes = 3584 * 1024;

    /// <param name="scopeOf">Identifies the caller, or throws the status that refuses it.</param>
    public RpcServiceBinder Bind(Func<RpcContext, CaseScope> scopeOf) =>
        new RpcServiceBinder(Descriptor)
            .Unary<ListCasesRequest, ListCasesResponse>("ListCases", (request, context) => ListAsync(request, scopeOf(context), context.CancellationToken))
            .ServerStreaming<ListCasesRequest, StoredCase>("StreamCases", (request, replies, context) => StreamAsync(request, replies, scopeOf(context), context.CancellationToken))
            .Unary<GetCaseRequest, StoredCase>("GetCase", (request, context) => GetAsync(request, scopeOf(context), context.CancellationToken))
            .Unary<CountCasesRequest, CountCasesResponse>("CountCases", (request, context) => CountAsync(request, scopeOf(context), context.CancellationToken))
            .Unary<GetBacklogRequest, GetBacklogResponse>("GetBacklog", (request, context) => BacklogAsync(request, scopeOf(context), context.CancellationToken));

    private async Task<ListCasesResponse> ListAsync(ListCasesRequest request, CaseScope scope, CancellationToken cancellationToken)
    {
        var (filter, after) = QueryRules.RequireList(request);
        var size = request.PageSize switch
        {
            0 => DefaultPage,
            <= LargestPage => (int)request.PageSize,
            _ => throw QueryRules.Invalid($"page_size: expected 1 to {LargestPage} (0 means {DefaultPage}), got {request.PageSize}."),
        };
        var page = await cases.ListAsync(filter, scope, after, new PageSize(size, PageBytes), cancellationToken);
        await NoteAsync("ListCases", filter, page.Cases.Count);
        return new ListCasesResponse { Cases = { page.Cases }, NextPageToken = page.Next?.ToToken(filter) ?? string.Empty };
    }

    private async Task StreamAsync(ListCasesRequest request, RpcStreamWriter<StoredCase> replies, CaseScope scope, CancellationToken cancellationToken)
    {
        var (filter, after) = QueryRules.RequireList(request);
        var look = new CaseLook(Way("StreamCases"), string.Empty, filter);
        try
        {
            await foreach (var stored in look.CountAsync(cases.StreamAsync(filter, scope, after, cancellationToken), cancellationToken))
            {
                await replies.WriteAsync(stored, cancellationToken);
            }
        }
        finally
        {
            await look.NoteAsync(dataSource, logger);
        }
    }

    private async Task<StoredCase> GetAsync(GetCaseRequest request, CaseScope scope, CancellationToken cancellationToken)
    {
        if (request.CaseUid.Length != CaseUid.Size)
        {
            throw QueryRules.Invalid($"case_uid: expected {CaseUid.Size} bytes, got {request.CaseUid.Length}.");
        }

        var uid = CaseUid.FromBytes(request.CaseUid.Span);
        var found = await cases.FindAsync(uid, scope, cancellationToken);
        await NoteAsync("GetCase", null, found is null ? 0 : 1, uid.ToString());
        return found ?? throw RpcException.WithReason(RpcStatusCode.NotFound, "no-such-case", "The hub has no case with this uid that you may see.");
    }

    private async Task<CountCasesResponse> CountAsync(CountCasesRequest request, CaseScope scope, CancellationToken cancellationToken)
    {
        QueryRules.RequireCountable(request.By);
        var filter = QueryRules.RequireFilter(request.Filter);
        var found = await counts.CountAsync(filter, scope, request.By, cancellationToken);
        await NoteAsync("CountCases", filter, 0);
        return new CountCasesResponse { Counts = { found } };
    }

    private async Task<GetBacklogResponse> BacklogAsync(GetBacklogRequest request, CaseScope scope, CancellationToken cancellationToken)
    {
        var points = await backlog.CountAsync(QueryRules.RequireBacklog(request), scope, cancellationToken);
        await NoteAsync("GetBacklog", new CaseFilter { Regions = { request.Regions } }, 0);
        return new GetBacklogResponse { Points = { points } };
    }

    // Before the answer leaves.
    private async Task NoteAsync(string method, CaseFilter? filter, long given, string subject = "")
    {
        var look = new CaseLook(Way(method), subject, filter);
        look.Give(given);
        await look.NoteAsync(dataSource, logger);
    }

    private static string Way(string method) => $"{Descriptor.Name}/{method}";
}
