using CallTracking.Contracts;
using CallTracking.Rpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub.Cases;

/// <summary>The contract's QueryService: what the caller's scope lets it see, whatever filter it sends.</summary>
internal sealed class QueryService(CaseStore cases, CaseCounts counts, BacklogStore backlog)
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
        return new ListCasesResponse { Cases = { page.Cases }, NextPageToken = page.Next?.ToToken(filter) ?? string.Empty };
    }

    private async Task StreamAsync(ListCasesRequest request, RpcStreamWriter<StoredCase> replies, CaseScope scope, CancellationToken cancellationToken)
    {
        var (filter, after) = QueryRules.RequireList(request);
        await foreach (var stored in cases.StreamAsync(filter, scope, after, cancellationToken))
        {
            await replies.WriteAsync(stored, cancellationToken);
        }
    }

    private async Task<StoredCase> GetAsync(GetCaseRequest request, CaseScope scope, CancellationToken cancellationToken)
    {
        if (request.CaseUid.Length != CaseUid.Size)
        {
            throw QueryRules.Invalid($"case_uid: expected {CaseUid.Size} bytes, got {request.CaseUid.Length}.");
        }

        return await cases.FindAsync(CaseUid.FromBytes(request.CaseUid.Span), scope, cancellationToken)
            ?? throw RpcException.WithReason(RpcStatusCode.NotFound, "no-such-case", "The hub has no case with this uid that you may see.");
    }

    private async Task<CountCasesResponse> CountAsync(CountCasesRequest request, CaseScope scope, CancellationToken cancellationToken)
    {
        QueryRules.RequireCountable(request.By);
        var found = await counts.CountAsync(QueryRules.RequireFilter(request.Filter), scope, request.By, cancellationToken);
        return new CountCasesResponse { Counts = { found } };
    }

    private async Task<GetBacklogResponse> BacklogAsync(GetBacklogRequest request, CaseScope scope, CancellationToken cancellationToken) =>
        new() { Points = { await backlog.CountAsync(QueryRules.RequireBacklog(request), scope, cancellationToken) } };
}
