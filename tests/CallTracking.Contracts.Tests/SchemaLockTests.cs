using CallTracking.SchemaLock;
using Xunit;

namespace CallTracking.Contracts.Tests;

public sealed class SchemaLockTests
{
    private static readonly string[] Locked = ["field p.M 1 name String singular holds=Technical", "value p.E 0 E_UNSPECIFIED"];

    [Fact]
    public void Of_SameLines_FindsNothing()
    {
        var comparison = LockComparison.Of(Locked, Locked);

        Assert.Empty(comparison.Breaking);
        Assert.Empty(comparison.Unlocked);
    }

    [Theory]
    [InlineData("field p.M 1 name Bytes singular holds=Technical")]
    [InlineData("field p.M 2 name String singular holds=Technical")]
    [InlineData("field p.M 1 name String singular holds=Name")]
    public void Of_FieldChanged_IsBreaking(string changed)
    {
        var comparison = LockComparison.Of(Locked, [changed, Locked[1]]);

        Assert.Equal([Locked[0]], comparison.Breaking);
    }

    [Fact]
    public void Of_FieldGoneAndReserved_IsNotBreaking()
    {
        var comparison = LockComparison.Of(Locked, ["reserved p.M 1", Locked[1]]);

        Assert.Empty(comparison.Breaking);
    }

    [Fact]
    public void Of_FieldAdded_MustBeLocked()
    {
        var comparison = LockComparison.Of(Locked, [.. Locked, "field p.M 2 more String singular holds=Technical"]);

        Assert.Empty(comparison.Breaking);
        Assert.Single(comparison.Unlocked);
    }
}
