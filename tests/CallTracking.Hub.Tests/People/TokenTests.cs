using System.Net;
using System.Text.RegularExpressions;
using CallTracking.Hub.People;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>Tokens of programs: the real command makes them, a real hub is asked with them.</summary>
public sealed partial class TokenTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-token-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PostgresFact]
    public async Task Token_AddedListedAndRevokedByCommand_OpensTheHubUntilThen()
    {
        await using var people = await PeopleHub.StartAsync(postgres);

        var added = await RunAsync(people, "token", "add", "--name", "BI export", "--role", "regional", "--region", "JP", "--by", "tester", "--expires", "30d");
        var token = added.Output.Trim();
        var id = IdPattern().Match(added.Error).Value;
        using var before = await people.AskAsync("/api/v1/cases", token);
        var listed = await RunAsync(people, "token", "list");
        var revoked = await RunAsync(people, "token", "revoke", id);
        using var after = await people.AskAsync("/api/v1/cases", token);
        var again = await RunAsync(people, "token", "revoke", id);

        Assert.Equal((0, 0, 0, 1), (added.ExitCode, listed.ExitCode, revoked.ExitCode, again.ExitCode));
        Assert.Matches("^cthub_[0-9a-f]{48}$", token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
        Assert.Matches($"{id} +BI export +regional JP .* tester .* good", listed.Output);
        Assert.DoesNotContain(token, listed.All + added.Error, StringComparison.Ordinal);

        // Neither the database nor the log can give it away.
        Assert.DoesNotContain(token[6..^8], await people.Hub.DumpAsync() + string.Concat(people.Hub.Log.Events.Select(entry => entry.Text)), StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("found 'analyzt'", "--role", "analyzt")]
    [InlineData("found 'machine'", "--role", "machine")]
    [InlineData("needs at least one --region", "--role", "regional")]
    [InlineData("goes with --role regional only", "--role", "analyst", "--region", "DE")]
    [InlineData("There is no region FR. Known: DE, JP", "--role", "regional", "--region", "FR")]
    [InlineData("expected 1d to 366d, found '400d'", "--role", "analyst", "--expires", "400d")]
    [InlineData("expected 1d to 366d, found 'never'", "--role", "analyst", "--expires", "never")]
    public async Task Add_WhatDoesNotFit_IsRefusedWithTheCure(string expected, params string[] arguments)
    {
        await using var people = await PeopleHub.StartAsync(postgres);

        var refused = await RunAsync(people, ["token", "add", "--name", "x", .. arguments]);

        Assert.Equal(HubExit.Usage, refused.ExitCode);
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
        Assert.Empty(await people.Hub.Services.GetRequiredService<ApiTokenStore>().ListAsync(default));
    }

    [PostgresFact]
    public async Task Token_WhenItsDaysAreOver_IsRefusedAndItsDayOfUseIsKept()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        var (id, token) = await people.AddTokenAsync(Role.Analyst, days: 2);

        using var first = await people.AskAsync("/api/v1/regions", token);
        people.Clock.Advance(TimeSpan.FromHours(47));
        using var last = await people.AskAsync("/api/v1/regions", token);
        people.Clock.Advance(TimeSpan.FromHours(1));
        using var late = await people.AskAsync("/api/v1/regions", token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (first.StatusCode, last.StatusCode, late.StatusCode));
        Assert.Contains("expired", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var row = Assert.Single(await people.Hub.Services.GetRequiredService<ApiTokenStore>().ListAsync(default));
        Assert.Equal((id, new DateOnly(2026, 12, 3)), (row.Id, row.LastUsedOn));
        Assert.Contains(people.Hub.Log.Events, entry => entry.Text.Contains($"Token {id} was refused: it is expired", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Tokens_WrongOnesInARow_HoldTheAddressOff()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { WrongTokensAMinute = 3 });
        var (_, good) = await people.AddTokenAsync(Role.Analyst);
        using var before = await people.AskAsync("/api/v1/regions", good);

        for (var round = 0; round < 3; round++)
        {
            using var wrong = await people.AskAsync("/api/v1/regions", ApiToken.Create().ToString());
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var held = await people.AskAsync("/api/v1/regions", ApiToken.Create().ToString());
        using var health = await people.AskAsync("/healthz");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (before.StatusCode, held.StatusCode, health.StatusCode));
        Assert.Equal(60, held.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(50)]
    public void TryParse_OneDigitChanged_IsKnownWithoutTheDatabase(int digit)
    {
        var token = ApiToken.Create().ToString();
        var changed = string.Create(token.Length, token, (text, from) =>
        {
            from.CopyTo(text);
            text[digit] = text[digit] == '0' ? '1' : '0';
        });

        Assert.True(ApiToken.TryParse(token, out var parsed));
        Assert.Equal(token, parsed!.ToString());
        Assert.False(ApiToken.TryParse(changed, out _));
    }

    [GeneratedRegex("t-[0-9a-f]{10}")]
    private static partial Regex IdPattern();

    private Task<ProgramResult> RunAsync(PeopleHub people, params string[] arguments) => HubProgram.RunAsync(_folder.FullName, people.Hub.Options.ConnectionString, arguments);
}
