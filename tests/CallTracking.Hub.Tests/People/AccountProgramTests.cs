using System.Globalization;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>The real program makes accounts, and a real hub lets them in.</summary>
public sealed class AccountProgramTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-account-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PostgresFact]
    public async Task Account_AddedDisabledEnabledUnlockedAndGivenAnotherPassword_SignsInAccordingly()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        // The program goes by the machine's clock; what the hub locks is locked for it, too, if the hub's is ahead of that.
        people.Clock.Set(TimeProvider.System.GetUtcNow().AddDays(1));
        using var browser = people.OpenBrowser();

        var added = await RunAsync(people, "account", "add", "M.Weber", "--role", "regional", "--region", "JP", "--by", "tester", "--password-file", Write(PeopleHub.Password));
        Assert.Equal((0, true), (added.ExitCode, await browser.CanSignInAsync("m.weber", PeopleHub.Password)));
        Assert.Equal(1, (await RunAsync(people, "account", "add", "m.WEBER", "--role", "legal", "--password-file", Write(PeopleHub.Password))).ExitCode);

        Assert.Equal(System.Net.HttpStatusCode.OK, await browser.StatusAsync("/api/v1/cases"));
        Assert.Equal(0, (await RunAsync(people, "account", "role", "m.weber", "--role", "operator")).ExitCode);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, await browser.StatusAsync("/api/v1/cases"));
        await RunAsync(people, "account", "role", "m.weber", "--role", "regional", "--region", "JP");

        await RunAsync(people, "account", "disable", "m.weber");
        var listed = await RunAsync(people, "account", "list");
        Assert.False(await browser.CanSignInAsync("M.Weber", PeopleHub.Password));
        await RunAsync(people, "account", "enable", "m.weber");
        Assert.True(await browser.CanSignInAsync("M.Weber", PeopleHub.Password));

        using var stranger = people.OpenBrowser();
        for (var round = 0; round < 5; round++)
        {
            Assert.False(await stranger.CanSignInAsync("M.Weber", "wrong"));
        }

        Assert.False(await stranger.CanSignInAsync("M.Weber", PeopleHub.Password));
        Assert.Contains($"new browsers locked until {people.Clock.GetUtcNow().AddSeconds(30).ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC", (await RunAsync(people, "account", "list")).Output, StringComparison.Ordinal);
        await RunAsync(people, "account", "unlock", "m.weber");
        Assert.True(await stranger.CanSignInAsync("M.Weber", PeopleHub.Password));

        Assert.Equal(0, (await RunAsync(people, "account", "password", "m.weber", "--password-file", Write("four other good words"))).ExitCode);
        Assert.False(await stranger.CanSignInAsync("M.Weber", PeopleHub.Password));
        Assert.True(await stranger.CanSignInAsync("M.Weber", "four other good words"));
        Assert.Matches("a-[0-9a-f]{10} +M.Weber +regional JP .* tester .* disabled", listed.Output);
        Assert.DoesNotContain(PeopleHub.Password, added.All + listed.All, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("short", "expected 12 to 256 characters, found 5")]
    [InlineData("aaaaaaaaaaaaaaaa", "at least 5 different characters")]
    [InlineData("WEBER and more words", "the account's name stands in it")]
    [InlineData("", "found 0")]
    public async Task Add_PasswordThatIsNotGoodEnough_IsRefusedAndNotRepeated(string password, string expected)
    {
        await using var people = await PeopleHub.StartAsync(postgres);

        // An empty one also stands for standard input that ends at once.
        string[] from = password.Length == 0 ? [] : ["--password-file", Write(password)];
        var refused = await RunAsync(people, ["account", "add", "weber", "--role", "analyst", .. from]);

        Assert.Equal(HubExit.Usage, refused.ExitCode);
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(password.Length == 0 ? "\0" : password, refused.All, StringComparison.Ordinal);
        Assert.Equal(0, await people.Hub.QueryAsync<long>("select count(*) from account"));
    }

    private string Write(string password)
    {
        var file = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(file, password + "\n");
        return file;
    }

    private Task<ProgramResult> RunAsync(PeopleHub people, params string[] arguments) => HubProgram.RunAsync(_folder.FullName, people.Hub.Options.ConnectionString, arguments);
}
