using CallTracking.Hub.Doctor;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Doctor;

/// <summary>The hub's doctor asks for proof of who answers where the database is on another machine.</summary>
public sealed class DatabaseWayTests
{
    [Theory]
    [InlineData("Host=db.example.com")]
    [InlineData("Host=db.example.com;SSL Mode=Disable")]
    [InlineData("Host=db.example.com;SSL Mode=Require")]
    [InlineData("Host=192.0.2.7;SSL Mode=Prefer")]
    [InlineData("Host=localhost,db.example.com:5433")]
    [InlineData("Host=[2001:db8::7]:5432")]
    public void Judge_AnotherMachineWithoutProof_IsDoubtful(string connection)
    {
        var found = Assert.Single(DatabaseWay.Judge(new NpgsqlConnectionStringBuilder(connection)));

        Assert.Equal("database-way-open", found.Code);
        Assert.Contains("VerifyFull", found.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db.example.com;SSL Mode=VerifyFull;Root Certificate=ca.pem")]
    [InlineData("Host=db.example.com;SSL Mode=VerifyCA;Root Certificate=ca.pem")]
    [InlineData("Host=localhost")]
    [InlineData("Host=127.0.0.1:5433,LOCALHOST")]
    [InlineData("Host=[::1]:5432")]
    [InlineData("Host=::1")]
    [InlineData("Host=/var/run/postgresql")]
    public void Judge_ProvenOrHere_SaysNothing(string connection) => Assert.Empty(DatabaseWay.Judge(new NpgsqlConnectionStringBuilder(connection)));
}
