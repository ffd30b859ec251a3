using System.Data;
using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Policies;
using CallTracking.Privacy;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Proof;

/// <summary>Makes the report of what is stored, from one snapshot.</summary>
internal sealed class ProofMaker(NpgsqlDataSource dataSource, RuleSource rules, LawReviewStore reviews, HubOptions options, TimeProvider clock)
{
    /// <param name="limit">How many cases, and rows of other tables, are looked through again at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HubException">No policy is published, so there is nothing to prove.</exception>
    public async Task<ProofReport> MakeAsync(long limit, CancellationToken cancellationToken)
    {
        var book = await rules.FindAsync(cancellationToken)
            ?? throw new HubException("No policy is published. Publish one: calltracking-hub policy publish", HubExit.Failed);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var store = new ProofStore(connection);
        var cases = await store.CasesAsync(cancellationToken);
        var scanner = new ProofScanner(book);
        await store.ScanCasesAsync(scanner, limit, cancellationToken);
        await store.ScanTablesAsync(scanner, limit, cancellationToken);
        return new ProofReport(
            options.Entity, options.Country, clock.GetUtcNow(), TextDetection.Version, await PoliciesAsync(book, cases, cancellationToken), cases,
            Rules(book.Policies, cases), scanner.Forms(), scanner.Receipts(), await store.RemovedAsync(cancellationToken), await store.RetentionAsync(cancellationToken),
            await store.GoneAsync(cancellationToken), await store.TightenedAsync(cancellationToken), scanner.Scan(cases.Sum(row => row.Cases)));
    }

    private static List<ProofRule> Rules(PolicySet policies, IReadOnlyList<ProofCases> cases)
    {
        var classes = Enum.GetValues<DataClass>().Where(one => one is not (DataClass.Unspecified or DataClass.Technical or DataClass.Inherited)).ToList();
        return [.. cases.Select(row => row.Ground).Distinct().SelectMany(ground => classes.Select(one => Rule(policies, ground, one)))];
    }

    private static ProofRule Rule(PolicySet policies, ProofGround ground, DataClass dataClass)
    {
        var rule = ground.RulesOf(policies)[dataClass];
        var (law, source) = policies.Source(rule.Jurisdiction, dataClass, "");
        return new ProofRule(ground.Name, DataClassNames.Of(dataClass), RuleWords.WithPlace(rule), law.Code, source?.Article ?? "no document names it");
    }

    private async Task<ProofPolicies> PoliciesAsync(RuleBook book, IReadOnlyList<ProofCases> cases, CancellationToken cancellationToken)
    {
        var (published, known) = (book.Published, await reviews.LoadAsync(cancellationToken));
        var concerned = cases.SelectMany(row => row.Ground.RulesOf(book.Policies).Jurisdictions).ToHashSet(StringComparer.Ordinal);
        var bundle = new PolicyBundle { Version = (ulong)published.Version, Documents = { published.Documents } };
        return new ProofPolicies(
            published.Version, published.ValidFrom, published.PublishedBy, published.Note, Convert.ToHexStringLower(SHA256.HashData(bundle.ToByteArray())),
            book.Policies.Hub.Purposes,
            [.. book.Policies.Jurisdictions.Where(law => concerned.Contains(law.Code)).OrderBy(law => law.Code, StringComparer.Ordinal)
                .Select(law => new ProofLaw(law.Code, law.Law, law.Digest, known.StatusOf(law)))]);
    }
}
