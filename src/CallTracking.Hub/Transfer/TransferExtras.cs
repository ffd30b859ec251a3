using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Dictionaries;
using CallTracking.Privacy;
using CallTracking.Rpc;
using Google.Protobuf;

namespace CallTracking.Hub.Transfer;

/// <summary>What a region fetches over the line by calls of its own, and a region without one gets with its receipts: dictionaries, and its next certificate.</summary>
internal sealed class TransferExtras(DictionarySource dictionaries, DictionaryStore store, IdentitySource identities, RegionStore regions, TimeProvider clock)
{
    private const int MostNames = 1000;
    private readonly List<SignedDictionary> _announced = [];

    /// <summary>Sees which dictionaries are announced.</summary>
    public void Note(PushResponse response)
    {
        if (response.Task?.Dictionary is { } announced)
        {
            _announced.Add(announced);
        }
    }

    public async Task WriteAsync(TransferBegin begin, Caller caller, Action<TransferReceipt> write, CancellationToken cancellationToken)
    {
        var policyKey = (await identities.GetAsync(cancellationToken)).PolicySigningKey.ExportSubjectPublicKeyInfo();
        var known = begin.Dictionaries.Take(MostNames).GroupBy(version => version.Name).ToDictionary(group => group.Key, group => group.Max(version => version.Version));
        var names = known.Keys
            .Concat((await store.ConceptsInForceAsync(cancellationToken)).Select(version => version.Name))
            .Concat(_announced.Select(announced => DictionaryVerifier.Open(announced, policyKey)?.Name).OfType<string>());
        foreach (var name in names.Where(CodeTableCsv.IsName).Distinct().Order(StringComparer.Ordinal).ToList())
        {
            await WriteAsync(name, known.GetValueOrDefault(name), write, cancellationToken);
        }

        _announced.Clear();
        if (begin.CertificateRequest.Length > 0)
        {
            await RenewAsync(begin.CertificateRequest, caller, write, cancellationToken);
        }
    }

    private async Task WriteAsync(string name, uint have, Action<TransferReceipt> write, CancellationToken cancellationToken)
    {
        uint version = 0;
        for (uint page = 1, pages = 1; page <= pages; page++)
        {
            GetDictionaryResponse answer;
            try
            {
                answer = await dictionaries.AnswerAsync(new GetDictionaryRequest { Name = name, HaveVersion = have, Page = page, Version = version }, cancellationToken);
            }
            catch (RpcException unknown) when (unknown.StatusCode == RpcStatusCode.NotFound)
            {
                return;
            }

            if (answer.Dictionary is not { } signed)
            {
                return;
            }

            var opened = Dictionary.Parser.ParseFrom(signed.Dictionary);
            (version, pages) = (opened.Version, opened.Pages);
            write(new TransferReceipt { Dictionary = signed });
        }
    }

    private async Task RenewAsync(ByteString request, Caller caller, Action<TransferReceipt> write, CancellationToken cancellationToken)
    {
        var certificate = await identities.IssueAsync(caller.Region, request, cancellationToken);
        if (await regions.RenewAsync(caller, certificate, clock.GetUtcNow(), cancellationToken))
        {
            write(new TransferReceipt { Certificate = ByteString.CopyFrom(certificate.Der) });
        }
    }
}
