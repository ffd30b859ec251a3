using CallTracking.Agent.Commands;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Identity;

public sealed class RegionSecretTests
{
    [Fact]
    public void Save_BreaksOffBeforeTheSecretIsWritten_LeavesTheHigherVersionAndNeverALowerOne()
    {
        using var folder = new TempFolder();
        var secret = new RegionSecret(StateVault.InClear(folder.Path));
        secret.Save(new byte[32], 2);
        File.Delete(secret.SecretFile);
        Directory.CreateDirectory(Path.Combine(secret.SecretFile, "in the way"));

        Assert.ThrowsAny<Exception>(() => secret.Save(new byte[32], 4));
        Assert.ThrowsAny<Exception>(() => secret.Save(new byte[32], 3));

        Assert.Equal(4u, secret.TryLoadVersion());
    }

    [Fact]
    public void Refuse_FloorThatTheSameKeySignedForAnotherRegion_IsNotWhatWasSigned()
    {
        using var folder = new TempFolder();
        var signature = new FloorKey(StateVault.InClear(folder.Path), RegionCode.Parse("FR")).Sign("rules"u8, null, TimeProvider.System.GetUtcNow());
        var german = new FloorKey(StateVault.InClear(folder.Path), RegionCode.Parse("DE"));

        Assert.Contains("it is not what was signed", german.Refuse("rules"u8, signature), StringComparison.Ordinal);
        Assert.Null(german.Refuse("rules"u8, german.Sign("rules"u8, null, TimeProvider.System.GetUtcNow())));
    }

    [Fact]
    public void Refuse_TrustedKeyOfAnotherSize_IsNoKeyForFloors()
    {
        using var folder = new TempFolder();
        var key = new FloorKey(StateVault.InClear(folder.Path), RegionCode.Parse("DE"));
        var signature = key.Sign("rules"u8, null, TimeProvider.System.GetUtcNow());
        using var larger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        File.WriteAllText(key.TrustedKeyFile, larger.ExportSubjectPublicKeyInfoPem());

        Assert.Contains("is no key for floors", Assert.Throws<AgentException>(() => key.Refuse("rules"u8, signature)).Message, StringComparison.Ordinal);
    }
}
