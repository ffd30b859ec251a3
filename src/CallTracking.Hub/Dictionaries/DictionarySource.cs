using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Privacy;
using CallTracking.Rpc;

namespace CallTracking.Hub.Dictionaries;

/// <summary>Answers a region that asks for a code table: a signed page, or nothing when it has the version in force.</summary>
internal sealed class DictionarySource(DictionaryStore store, IdentitySource identities)
{
    /// <exception cref="RpcException">NOT_FOUND: there is no such table, version or page; INVALID_ARGUMENT: that is no name.</exception>
    public async Task<GetDictionaryResponse> AnswerAsync(GetDictionaryRequest request, CancellationToken cancellationToken)
    {
        if (!CodeTableCsv.IsName(request.Name) || request.Page > int.MaxValue || request.Version > int.MaxValue)
        {
            throw RpcException.WithReason(
                RpcStatusCode.InvalidArgument, "bad-dictionary-name", "A code table's name is letters a-z, digits and dashes, a letter first; page and version are small numbers.");
        }

        if (await store.FindAsync(request.Name, (int)request.Version, cancellationToken) is not { } row)
        {
            throw Unknown(request.Version == 0 ? $"The hub has no code table '{request.Name}'." : $"The hub has no version {request.Version} of the code table '{request.Name}'.");
        }

        if (request.Version == 0 && request.HaveVersion == (uint)row.Version)
        {
            return new GetDictionaryResponse();
        }

        var page = await store.FindPageAsync(row.Name, row.Version, Math.Max((int)request.Page, 1), cancellationToken)
            ?? throw Unknown($"Version {row.Version} of the code table '{row.Name}' has {row.Pages} pages.");
        var identity = await identities.GetAsync(cancellationToken);
        return new GetDictionaryResponse { Dictionary = DictionarySigner.Sign(page, identity.PolicySigningKey) };
    }

    private static RpcException Unknown(string detail) => RpcException.WithReason(RpcStatusCode.NotFound, "unknown-dictionary", detail);
}
