using System.Security.Cryptography;
using CallTracking.Agent.AuditHeads;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.AuditHeads;

/// <summary>A region follows the hub's seals, and no history that is another passes for the one that it kept.</summary>
public sealed class AuditHistoryTests : IDisposable
{
    private const int PageSeals = 3;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Compare_FirstLook_TakesTheNewest()
    {
        var seals = Chain(8);

        var found = await History(seals).CompareAsync(null);

        Assert.Equal((seals[^1], null), (found.Head, found.Rewritten));
        Assert.Equal(new AuditComparison(null, null), await History([]).CompareAsync(null));
        Assert.Equal(new AuditComparison(null, null), await new AuditHistory(Spki, _ => Task.FromResult<GetAuditSealsResponse?>(null)).CompareAsync(null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Compare_SameHistoryOverManyPages_GoesOnToTheNewest(int kept)
    {
        var seals = Chain(8);

        var found = await History(seals).CompareAsync(seals[kept - 1]);

        Assert.Equal((seals[^1], null), (found.Head, found.Rewritten));
    }

    [Fact]
    public async Task Compare_OtherHistories_AreTold()
    {
        var (seals, anew) = (Chain(8), Chain(9, root: 7));
        var kept = seals[4];
        List<SignedAuditSeal> forked = [.. seals[..6], .. anew[6..]];
        List<SignedAuditSeal> forged = [.. seals[..6], .. Chain(8, signedBy: _other)[6..]];

        Assert.Contains("its seal 5 is another", (await History(anew).CompareAsync(kept)).Rewritten, StringComparison.Ordinal);
        Assert.Contains("ends with seal 4", (await History(seals[..4]).CompareAsync(kept)).Rewritten, StringComparison.Ordinal);
        Assert.Contains("seal 7 does not follow on seal 6", (await History(forked).CompareAsync(kept)).Rewritten, StringComparison.Ordinal);
        Assert.Contains("not signed", (await History(forged).CompareAsync(kept)).Rewritten, StringComparison.Ordinal);
        Assert.Contains("not signed", (await History(Chain(8, signedBy: _other)).CompareAsync(null)).Rewritten, StringComparison.Ordinal);
        Assert.Contains("shows no seals", (await new AuditHistory(Spki, _ => Task.FromResult<GetAuditSealsResponse?>(null)).CompareAsync(kept)).Rewritten, StringComparison.Ordinal);
        Assert.Null(await History(Chain(8, signedBy: _other)).NewestAsync());
    }

    [Fact]
    public async Task Compare_HubThatAlwaysPromisesMore_ComesToAnEnd()
    {
        var seals = Chain(4);
        var history = new AuditHistory(Spki, from => Task.FromResult<GetAuditSealsResponse?>(new GetAuditSealsResponse { Newest = ulong.MaxValue, Seals = { seals.Skip((int)from - 1).Take(PageSeals) } }));

        Assert.Equal(seals[^1], (await history.CompareAsync(seals[0])).Head);
    }

    [Fact]
    public void File_KeptAndDamaged_IsReadOrTold()
    {
        using var folder = new TempFolder();
        var (file, seal) = (new AuditHeadFile(folder.Path), Chain(1)[0]);
        var heads = new KeptHeads(SeenHead.Of(seal, AuditSeal.Parser.ParseFrom(seal.Seal), DateTimeOffset.UnixEpoch), []);
        Assert.Equal(KeptHeads.None, file.Load());

        file.Save(heads);

        Assert.Equal(heads.Kept, file.Load().Kept);
        Assert.Equal(seal, file.Load().Kept!.ToEnvelope());
        foreach (var damage in new[] { "", "{", "{}", """{"kept":{"number":1,"envelope":"???","seen_at":"2026-01-01T00:00:00Z"},"rewritten":[]}""" })
        {
            File.WriteAllText(file.FullName, damage);
            Assert.Throws<InvalidDataException>(file.Load);
        }
    }

    private byte[] Spki => _key.ExportSubjectPublicKeyInfo();

    private AuditHistory History(List<SignedAuditSeal> seals) => new(Spki, from => Task.FromResult<GetAuditSealsResponse?>(new GetAuditSealsResponse
    {
        Newest = (ulong)seals.Count,
        Seals = { from == 0 ? seals.TakeLast(1) : seals.Skip((int)from - 1).Take(PageSeals) },
    }));

    private List<SignedAuditSeal> Chain(int count, byte root = 1, ECDsa? signedBy = null) => SealChains.Make(signedBy ?? _key, count, root);
}
