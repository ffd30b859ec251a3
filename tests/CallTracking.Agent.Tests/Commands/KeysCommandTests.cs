using CallTracking.Agent.Commands;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>The region's keys as its people work on them: rotated, saved, lost and put back, by the program itself.</summary>
public sealed class KeysCommandTests
{
    private const string Passphrase = "correct horse battery staple";
    private const string WrongPassphrase = "another horse battery staple";

    [Fact]
    public async Task Import_KeyDestroyedAndRestoredOnAnotherMachine_GivesTheSamePseudonymsAndIdentities()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);
        await agent.NightAsync();
        var before = hub.Stored.ToDictionary(entry => entry.Key, entry => entry.Value.Case.Customer.Emails[0]);
        await DoAsync(agent, "rotate");
        await DoAsync(agent, "export", Key(agent), "--passphrase-file", Secret(agent, Passphrase));
        var resolved = await ResolveAsync(agent, "c1@example.de");

        Directory.Delete(agent.State, recursive: true);
        await agent.EnrolAsync(hub); // Makes a key of its own: it knows no better.
        var (refused, _, why) = await RunAsync(agent, "import", Key(agent), "--passphrase-file", Secret(agent, Passphrase));
        Assert.Equal(ExitCode.Configuration, refused);
        Assert.Contains("Another key is here", why, StringComparison.Ordinal);
        await DoAsync(agent, "import", Key(agent), "--passphrase-file", Secret(agent, Passphrase), "--replace");

        Assert.Equal(resolved, await ResolveAsync(agent, "C1@Example.de"));
        Assert.Equal([2, 1], resolved.Select(line => line.Version));
        Assert.Contains(before.Values, email => Convert.ToHexStringLower(email.Pseudonym.Value.Span) == resolved[1].Pseudonym);
        await agent.NightAsync();
        Assert.Equal(before.Keys.Order(BytesOrder), hub.Stored.Keys.Order(BytesOrder));
        Assert.Contains(hub.Stored.Values, record => Convert.ToHexStringLower(record.Case.Customer.Emails[0].Pseudonym.Value.Span) == resolved[0].Pseudonym);
    }

    [Fact]
    public async Task Rotate_NextNight_SendsCasesAgainUnderUnlinkablePseudonymsAndTheReceiptNamesTheVersion()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);
        await agent.NightAsync();
        var before = hub.Stored.Values.Select(record => record.Case.Customer.Emails[0].Pseudonym.Value).ToHashSet();
        Assert.All(hub.Stored.Values, record => Assert.Equal(1u, record.Case.Redactions[0].PseudonymKeyVersion));

        await DoAsync(agent, "rotate");
        var rotated = await agent.NightAsync(CallTracking.Agent.Sources.ReadingWish.Everything);
        var quiet = await agent.NightAsync();

        Assert.Equal((3UL, 3UL), (rotated.Changed, quiet.Unchanged));
        Assert.All(hub.Stored.Values, record =>
        {
            Assert.Equal(2u, record.Case.Customer.Emails[0].Pseudonym.KeyVersion);
            Assert.Equal(2u, record.Case.Redactions[0].PseudonymKeyVersion);
            Assert.DoesNotContain(record.Case.Customer.Emails[0].Pseudonym.Value, before);
        });
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("1001")]
    public async Task Rotate_ToAVersionThatIsNotHigherOrTooHigh_ChangesNothing(string version)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);
        await DoAsync(agent, "rotate");

        var (code, _, why) = await RunAsync(agent, "rotate", "--to", version);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("a rotation goes up, to 1000 at most", why, StringComparison.Ordinal);
        Assert.Equal("2\n", await File.ReadAllTextAsync(VersionFile(agent)));
    }

    [Fact]
    public async Task Sync_KeyOfABackupFromBeforeTheRotation_SendsNothingAndSaysWhichVersionIsMissing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);
        await DoAsync(agent, "export", Key(agent), "--passphrase-file", Secret(agent, Passphrase));
        await DoAsync(agent, "rotate");
        await agent.NightAsync();
        hub.Received.Clear();
        Directory.Delete(Path.Combine(agent.State, "keys"), recursive: true);
        await DoAsync(agent, "import", Key(agent), "--passphrase-file", Secret(agent, Passphrase));

        var stopped = await Assert.ThrowsAsync<AgentException>(() => agent.SyncAsync());

        Assert.Equal(ExitCode.Identity, stopped.Code);
        Assert.Contains("keys rotate --to 2", stopped.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Received);
        await DoAsync(agent, "rotate", "--to", "2");
        Assert.Equal(3UL, (await agent.NightAsync()).Unchanged);
    }

    [Theory]
    [InlineData("wrong passphrase", (int)ExitCode.Identity)]
    [InlineData("changed", (int)ExitCode.Identity)]
    [InlineData("cut", (int)ExitCode.Configuration)]
    [InlineData("another region", (int)ExitCode.Configuration)]
    [InlineData("short passphrase", (int)ExitCode.Configuration)]
    public async Task Import_FileThatDoesNotHold_ChangesNothing(string fault, int expected)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);
        await DoAsync(agent, "export", Key(agent), "--passphrase-file", Secret(agent, Passphrase));
        var (text, secret) = (await File.ReadAllTextAsync(Key(agent)), await File.ReadAllBytesAsync(SecretFile(agent)));
        await File.WriteAllTextAsync(Key(agent), fault switch
        {
            "changed" => text.Replace("pseudonyms 1", "pseudonyms 7", StringComparison.Ordinal),
            "cut" => text[..(text.Length / 2)],
            _ => text,
        });
        if (fault == "another region")
        {
            await File.WriteAllTextAsync(agent.Config, (await File.ReadAllTextAsync(agent.Config)).Replace("region: DE", "region: FR", StringComparison.Ordinal));
        }

        var passphrase = fault switch { "wrong passphrase" => WrongPassphrase, "short passphrase" => "secret", _ => Passphrase };
        var (code, _, why) = await RunAsync(agent, "import", Key(agent), "--passphrase-file", Secret(agent, passphrase));

        Assert.Equal(expected, (int)code);
        Assert.DoesNotContain(passphrase, why, StringComparison.Ordinal);
        Assert.Equal(secret, await File.ReadAllBytesAsync(SecretFile(agent)));
        Assert.False(File.Exists(Path.Combine(agent.State, "keys", "pseudonyms.version")));
    }

    [Theory]
    [InlineData("secret cut")]
    [InlineData("secret empty")]
    [InlineData("version garbage")]
    [InlineData("both")]
    public async Task Import_KeyHereIsDamaged_IsPutBackAsTheMessagesSay(string damage)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);
        await DoAsync(agent, "rotate");
        await DoAsync(agent, "export", Key(agent), "--passphrase-file", Secret(agent, Passphrase));
        var (secret, version) = (await File.ReadAllBytesAsync(SecretFile(agent)), VersionFile(agent));
        if (damage is not "version garbage")
        {
            await File.WriteAllBytesAsync(SecretFile(agent), damage == "secret empty" ? [] : secret[..10]);
        }

        if (damage is "version garbage" or "both")
        {
            await File.WriteAllTextAsync(version, "garbage");
        }

        var (stopped, _, why) = await RunAsync(agent, "show");
        Assert.Equal(ExitCode.Identity, stopped);
        Assert.Contains("keys import", why, StringComparison.Ordinal);
        await DoAsync(agent, "import", Key(agent), "--passphrase-file", Secret(agent, Passphrase));

        Assert.Equal(secret, await File.ReadAllBytesAsync(SecretFile(agent)));
        Assert.Equal("2\n", await File.ReadAllTextAsync(version));
    }

    [Fact]
    public async Task Import_Replace_PutsTheVersionAsideWithTheKey()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);
        await DoAsync(agent, "export", Key(agent), "--passphrase-file", Secret(agent, Passphrase));
        await File.WriteAllBytesAsync(SecretFile(agent), new byte[32]);
        await DoAsync(agent, "rotate", "--to", "3");

        await DoAsync(agent, "import", Key(agent), "--passphrase-file", Secret(agent, Passphrase), "--replace");

        var keys = Path.Combine(agent.State, "keys");
        Assert.False(File.Exists(VersionFile(agent)));
        Assert.Equal(new byte[32], await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(keys, "region.secret.replaced-*"))));
        Assert.Equal("3\n", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(keys, "pseudonyms.version.replaced-*"))));
    }

    [Fact]
    public async Task Import_FileWithoutEnd_IsRefused()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);

        var (code, _, why) = await RunAsync(agent, "import", "/dev/zero", "--passphrase-file", Secret(agent, Passphrase));

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("longer than such a file is", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_PurposeOfNoRule_SaysThatNothingAtHeadquartersHasIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);

        var (_, _, strange) = await RunAsync(agent, "resolve", "--class", "email", "--purpose", "customer-lnik");
        var (_, _, usual) = await RunAsync(agent, "resolve", "--class", "email", "--purpose", "customer-link");

        Assert.Contains("customer-lnik", strange, StringComparison.Ordinal);
        Assert.Contains("customer-link", strange, StringComparison.Ordinal);
        Assert.Empty(usual);
    }

    [Fact]
    public async Task Export_TheFileHoldsNothingOfTheSecretAndIsTheOwnersAlone()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithEmailAsync(hub);
        await DoAsync(agent, "export", Key(agent), "--passphrase-file", Secret(agent, Passphrase));

        var text = await File.ReadAllTextAsync(Key(agent));
        var secret = await File.ReadAllBytesAsync(SecretFile(agent));
        Assert.DoesNotContain(Convert.ToHexStringLower(secret), text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("region DE\n", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key(agent)));
        }

        var (again, _, _) = await RunAsync(agent, "export", Key(agent), "--passphrase-file", Secret(agent, Passphrase));
        Assert.Equal(ExitCode.RunFailed, again); // Never over a file that is there.
    }

    [Fact]
    public async Task Unseal_CasesAsHeadquartersAnswersThem_ShowsTheRegionItsOwnValuesAndNobodyElse()
    {
        using var agent = await AgentBench.AtAsync(await TestHub.StartAsync());
        var keys = new RegionSecret(StateVault.InClear(agent.State)).Load(RegionCode.Parse("DE"));
        Case Sealing(SealingKey key) => new()
        {
            CaseUid = CaseUid.FromGuid(Guid.NewGuid()).ToByteString(),
            Customer = new Customer { Emails = { new PersonalText { Sealed = key.Seal(DataClass.Email, "Jürgen@example.de") } } },
        };
        var format = new Google.Protobuf.JsonFormatter(Google.Protobuf.JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
        var others = RegionKeys.Derive(new byte[32], "DE").Sealing;

        // As the hub's REST writes it: the uid once, in hexadecimal, beside the case.
        var stored = Sealing(keys.Sealing);
        var uid = CaseUid.FromBytes(stored.CaseUid.Span);
        stored.CaseUid = Google.Protobuf.ByteString.Empty;
        var own = await UnsealAsync(agent, $"{{\"next\":null,\"items\":[{{\"case_uid\":\"{uid}\",\"region\":\"DE\",\"case\":{format.Format(stored)}}}]}}");
        var foreign = await UnsealAsync(agent, format.Format(Sealing(others)) + "\nno json\n");

        Assert.Contains($"\"items\":[{{\"case_uid\":\"{uid}\",\"region\":\"DE\",\"case\":{{", own.Output, StringComparison.Ordinal);
        Assert.Contains("\"emails\":[{\"clear\":\"Jürgen@example.de\"}]", own.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((0, "1 values opened, 0 stay sealed."), (own.ExitCode, own.Error.Trim()));
        Assert.DoesNotContain("Jürgen", foreign.Output, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.RunFailed, foreign.ExitCode);
        Assert.Contains("line 2: no JSON", foreign.Error, StringComparison.Ordinal);
        Assert.Contains("0 values opened, 1 stay sealed: they are another", foreign.Error, StringComparison.Ordinal);
    }

    private static readonly Comparer<Google.Protobuf.ByteString> BytesOrder =
        Comparer<Google.Protobuf.ByteString>.Create((left, right) => left.Span.SequenceCompareTo(right.Span));

    private static async Task<AgentBench> WithEmailAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(mapping => mapping.Replace("subject: subject", "customer.emails: subject", StringComparison.Ordinal));
        agent.Write(Enumerable.Range(1, 3).Select(number => new DeskRow($"C{number}", $"c{number}@example.de")));
        return agent;
    }

    private static string Key(AgentBench agent) => Path.Combine(agent.Folder, "region-de.key");

    private static string SecretFile(AgentBench agent) => Path.Combine(agent.State, "keys", "region.secret");

    private static string VersionFile(AgentBench agent) => Path.Combine(agent.State, "keys", "pseudonyms.version");

    private static string Secret(AgentBench agent, string passphrase)
    {
        var file = Path.Combine(agent.Folder, "passphrase");
        File.WriteAllText(file, passphrase + "\nsecond line\n");
        return file;
    }

    private static async Task DoAsync(AgentBench agent, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(agent, arguments);
        Assert.True(code == ExitCode.Done, error);
    }

    private static async Task<(ExitCode Code, string Output, string Error)> RunAsync(AgentBench agent, params string[] arguments)
    {
        await using var run = AgentProgram.Start(["keys", .. arguments, "--config", agent.Config]);
        var result = await run.WaitForExitAsync(TimeSpan.FromSeconds(60));
        return ((ExitCode)result.ExitCode, result.Output, result.Error);
    }

    private static async Task<List<(int Version, string Pseudonym)>> ResolveAsync(AgentBench agent, string value)
    {
        var (code, output, _) = await FeedAsync(agent, value, "resolve", "--class", "email", "--purpose", "customer-link");
        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. lines.Skip(1).Select(line => line.Split('\t')).Select(parts => (int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2]))];
    }

    private static Task<(int ExitCode, string Output, string Error)> UnsealAsync(AgentBench agent, string cases) => FeedAsync(agent, cases, "unseal");

    private static async Task<(int ExitCode, string Output, string Error)> FeedAsync(AgentBench agent, string input, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", AgentProgram.Command(["keys", .. arguments, "--config", agent.Config]))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = System.Diagnostics.Process.Start(start)!;
        await run.StandardInput.WriteLineAsync(input);
        run.StandardInput.Close();
        var error = run.StandardError.ReadToEndAsync();
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        return (run.ExitCode, output, await error);
    }
}
