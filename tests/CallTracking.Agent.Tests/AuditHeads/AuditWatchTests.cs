using System.Security.Cryptography;
using CallTracking.Agent.AuditHeads;
using CallTracking.Agent.Commands;
using CallTracking.Contracts;
using CallTracking.Rpc;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.AuditHeads;

/// <summary>What a region says, night after night, of a hub that keeps its log back, stops sealing it, or shows another.</summary>
public sealed class AuditWatchTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new(Start);
    private readonly LogScope _log = new();
    private readonly List<string> _said = [];

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(RpcStatusCode.Internal)]
    [InlineData(RpcStatusCode.Unavailable)]
    [InlineData(RpcStatusCode.PermissionDenied)]
    public async Task Look_ThatFailsForDaysWhileSyncsDoNot_IsDoubtedUntilOneIsMade(RpcStatusCode status)
    {
        _log.ExpectError("could not be looked at");
        await LookAsync(_ => Seals(2));
        for (var night = 0; night < 3; night++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await LookAsync(_ => throw new RpcException(status, "no"));
            Assert.Null(File.Load().Blind(_clock.GetUtcNow()));
        }

        _clock.Advance(TimeSpan.FromDays(1));
        await LookAsync(_ => throw new RpcException(status, "no"));
        Assert.Contains(_said, line => line.StartsWith("WARNING  Since 2026-11-21", StringComparison.Ordinal));
        Assert.NotNull(File.Load().Blind(_clock.GetUtcNow()));

        _said.Clear();
        await LookAsync(_ => Seals(3, newestAt: _clock.GetUtcNow()));
        Assert.Empty(_said);
        Assert.Null(File.Load().Blind(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task Look_AtANewestSealThatIsTwoDaysOld_IsDoubted()
    {
        _log.ExpectError("sealing has stopped");
        await LookAsync(_ => Seals(2));
        _clock.Advance(TimeSpan.FromHours(47));
        await LookAsync(_ => Seals(2));
        Assert.Empty(_said);

        _clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(_ => Seals(2));
        Assert.Contains("sealing has stopped", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_AtAnotherHistoryThatWasAccepted_DoesNotFindItAnew()
    {
        _log.ExpectError("WAS REWRITTEN");
        await LookAsync(_ => Seals(2));
        await LookAsync(_ => null);
        Assert.Equal(1, File.Accept("an older hub was put back, says headquarters", _clock.GetUtcNow()));
        _said.Clear();

        await LookAsync(_ => null);

        Assert.Empty(_said);
        Assert.Equal("an older hub was put back, says headquarters", Assert.Single(File.Load().Rewritten).Note);
    }

    [Fact]
    public async Task Accept_WhileTheServiceHoldsTheFolderAndWritesIt_IsKept()
    {
        _log.ExpectError("WAS REWRITTEN");
        using var service = StateFolder.Claim(_folder.Path);
        await LookAsync(_ => Seals(2));
        await LookAsync(_ => Seals(2, root: 7));
        var before = File.Load();
        File.Accept("explained", _clock.GetUtcNow());

        // A look that had read the file before somebody accepted.
        File.Save(before);

        Assert.Empty(File.Load().Open);
        Assert.True(OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(_folder.File("audit-accepted.json")).HasFlag(UnixFileMode.OtherRead), "accepted by root, the service could not read it");
    }

    private AuditHeadFile File => new(_folder.Path);

    private Task LookAsync(Func<ulong, GetAuditSealsResponse?> hub) =>
        new AuditWatch(_folder.Path, _clock, _said.Add, _log.For<AuditWatch>())
            .LookAsync(new AuditHistory(_key.ExportSubjectPublicKeyInfo(), from => Task.FromResult(from == 0 || hub(from) is not { } all ? hub(from) : From(all, from))));

    private GetAuditSealsResponse Seals(int count, byte root = 1, DateTimeOffset? newestAt = null) =>
        new() { Newest = (ulong)count, Seals = { SealChains.Make(_key, count, root, Start, newestAt) } };

    private static GetAuditSealsResponse From(GetAuditSealsResponse all, ulong from) => new() { Newest = all.Newest, Seals = { all.Seals.Skip((int)from - 1) } };
}
