using CallTracking.Hub.Configuration;
using CallTracking.Hub.People;
using Xunit;

namespace CallTracking.Hub.Tests.Configuration;

public sealed class HubYamlTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-yaml").FullName;

    [Fact]
    public void Read_CompleteFile_GivesOptionsWithPathsBesideTheFile()
    {
        var (options, faults) = Read("""
            country: JP
            entity: Example Holdings K.K.
            state: ./state
            database: {connection: "Host=db;Database=ct"}
            grpc: {listen: "127.0.0.1:5443", host_names: [hub.example.com, 10.0.0.5], max_connections: 40}
            web: {listen: "[::1]:8080", access_token_file: token}
            policies: ./rules
            retention: {cron: "0 30 2 * * ?", time_zone: Europe/Berlin, mode: run}
            """);

        Assert.Empty(faults);
        Assert.Equal("JP", options!.Country);
        Assert.Equal(Path.Combine(_folder, "state"), options.StateDirectory);
        Assert.Equal(Path.Combine(_folder, "rules"), options.PoliciesDirectory);
        Assert.Equal("Host=db;Database=ct", options.ConnectionString);
        Assert.Equal(["hub.example.com", "10.0.0.5"], options.GrpcHostNames);
        Assert.Equal((40, 500), (options.GrpcMaxConnections, options.WebMaxConnections));
        Assert.Equal(8080, options.WebListen.Port);
        Assert.Equal(Path.Combine(_folder, "token"), options.WebAccessTokenFile);
        Assert.Equal(("0 30 2 * * ?", "Europe/Berlin", "Run"), (options.Retention.Cron, options.Retention.TimeZone.Id, options.Retention.Mode.ToString()));
    }

    [Fact]
    public void Read_Alarms_GivesChannelsWithTheirFilesBesideTheFile()
    {
        var (options, faults) = Read("""
            country: JP
            entity: Example Holdings K.K.
            database: {connection: "Host=db;Database=ct"}
            alarms:
              webhook: {url: "https://alerts.example.com/hook", secret_file: hook.secret}
              mail: {host: mail.example.com, tls: implicit, from: hub@example.com, to: [a@example.com, b@example.com], user: hub, password_file: mail.secret}
            """);

        Assert.Empty(faults);
        Assert.Equal(Path.Combine(_folder, "hook.secret"), options!.Alarms.Webhook!.SecretFile);
        Assert.Equal((465, 2, Path.Combine(_folder, "mail.secret")), (options.Alarms.Mail!.Port, options.Alarms.Mail.To.Count, options.Alarms.Mail.PasswordFile));
    }

    [Fact]
    public void Read_AlarmsThatCannotBeSent_AreFaultsAndDoNotRepeatTheAddress()
    {
        var (options, faults) = Read("""
            country: JP
            entity: Example Holdings K.K.
            database: {connection: "Host=db;Database=ct"}
            alarms:
              webhook: {url: "http://alerts.example.com/hidden-path", secret_file: hook.secret}
              mail: {host: mail.example.com, tls: perhaps, port: 0, from: "@", to: []}
            """);

        Assert.Null(options);
        Assert.Equal(5, faults.Count);
        Assert.DoesNotContain(faults, fault => fault.ToString().Contains("hidden-path", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{host: 127.0.0.1, tls: none, from: hub@example.com, to: a@example.com}", null)]
    [InlineData("{host: localhost, tls: none, from: hub@example.com, to: a@example.com}", null)]
    [InlineData("{host: mail.example.com, tls: none, from: hub@example.com, to: a@example.com}", "none is for a relay on this machine")]
    [InlineData("{host: localhost, tls: none, from: hub@example.com, to: a@example.com, user: hub, password_file: x}", "user and password in clear")]
    public void Read_MailInClear_IsForThisMachineWithoutAPasswordOnly(string mail, string? fault)
    {
        var (_, faults) = Read($"""
            country: JP
            entity: Example Holdings K.K.
            database: {"{"}connection: "Host=db;Database=ct"{"}"}
            alarms:
              mail: {mail}
            """);

        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, one => Assert.Contains(fault!, one.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{endpoint: https://collector.example.com:4318, headers_file: otlp.headers}", "https://collector.example.com:4318/v1/metrics", 60)]
    [InlineData("{endpoint: http://127.0.0.1:4318/own/path, every_seconds: 15}", "http://127.0.0.1:4318/own/path", 15)]
    public void Read_Otlp_GivesTheWholeAddress(string otlp, string endpoint, int seconds)
    {
        var (options, faults) = Read($"""
            country: JP
            entity: Example Holdings K.K.
            database: {"{"}connection: "Host=db;Database=ct"{"}"}
            telemetry:
              otlp: {otlp}
            """);

        Assert.Empty(faults);
        Assert.Equal((endpoint, TimeSpan.FromSeconds(seconds)), (options!.Telemetry.Otlp!.Endpoint.AbsoluteUri, options.Telemetry.Otlp.Every));
        Assert.Equal(seconds == 60 ? Path.Combine(_folder, "otlp.headers") : null, options.Telemetry.Otlp.HeadersFile);
    }

    [Theory]
    [InlineData("{endpoint: http://collector.example.com/hidden-path}", "telemetry.otlp.endpoint")]
    [InlineData("{endpoint: https://hidden-path@collector.example.com}", "telemetry.otlp.endpoint")]
    [InlineData("{endpoint: https://collector.example.com, every_seconds: 0}", "telemetry.otlp.every_seconds")]
    [InlineData("{headers_file: x}", "endpoint: expected a value")]
    public void Read_OtlpThatCannotBe_IsAFaultThatDoesNotRepeatTheAddress(string otlp, string fault)
    {
        var (options, faults) = Read($"""
            country: JP
            entity: Example Holdings K.K.
            database: {"{"}connection: "Host=db;Database=ct"{"}"}
            telemetry:
              otlp: {otlp}
            """);

        Assert.Null(options);
        Assert.Contains(fault, Assert.Single(faults).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-path", faults[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyFaults_TellsAllWithPlaceValueAndCure()
    {
        var (options, faults) = Read("""
            country: Japan
            satte: ./state
            database: {conection: x}
            grpc: {listen: localhost, host_names: ["https://hub"]}
            web: 8080
            retention: {cron: nightly, time_zone: Mars/Base, mode: delete}
            """);

        Assert.Null(options);
        var text = string.Join('\n', faults);
        Assert.Contains("hub.yaml:1:10: country: expected two letters of ISO 3166-1, found 'Japan'", text, StringComparison.Ordinal);
        Assert.Contains("hub.yaml:2:1: Unknown entry 'satte'", text, StringComparison.Ordinal);
        Assert.Contains("hub.yaml:3:12: Unknown entry 'conection'", text, StringComparison.Ordinal);
        Assert.Contains("hub.yaml:4:16: grpc.listen: expected address:port, found 'localhost'", text, StringComparison.Ordinal);
        Assert.Contains("found 'https://hub'", text, StringComparison.Ordinal);
        Assert.Contains("hub.yaml:5:6: web: expected named entries", text, StringComparison.Ordinal);
        Assert.Contains("hub.yaml:6:19: retention.cron: 'nightly' is not a schedule", text, StringComparison.Ordinal);
        Assert.Contains("retention.time_zone: there is no time zone 'Mars/Base'", text, StringComparison.Ordinal);
        Assert.Contains("retention.mode: expected preview or run, found 'delete'", text, StringComparison.Ordinal);
        Assert.Contains("entity: expected a value", text, StringComparison.Ordinal);
        Assert.All(faults, fault => Assert.NotEmpty(fault.Cure));
    }

    [Fact]
    public void Read_People_GivesWhatIsSaidAndOtherwiseTheUsual()
    {
        File.WriteAllText(Path.Combine(_folder, "web.pem"), "");
        var (options, faults) = Read("""
            country: JP
            entity: E
            database: {connection: Host=a}
            web: {sign_in: required, behind_proxy: true, tls: {certificate: web.pem, key: web.pem}, lock_after: 3, session_idle: 10, session_hours: 8}
            """);
        var (usual, _) = Read("country: JP\nentity: E\ndatabase: {connection: Host=a}\n");

        Assert.Empty(faults);
        var file = Path.Combine(_folder, "web.pem");
        Assert.Equal(
            new PeopleOptions { SignIn = SignInRule.Required, IsBehindProxy = true, Tls = new WebTls(file, file), LockAfter = 3, SessionIdle = TimeSpan.FromMinutes(10), SessionLife = TimeSpan.FromHours(8) },
            options!.People);
        Assert.Equal(new PeopleOptions(), usual!.People);
    }

    [Fact]
    public void Read_IdentityProvider_GivesItsWordsInOrderOrTellsWhatDoesNotFit()
    {
        const string Rest = "country: JP\nentity: E\ndatabase: {connection: Host=a}\n";
        var (options, none) = Read(Rest + "web: {oidc: {issuer: https://login.example.com/x, audience: ct, role_claim: realm_access.roles, roles: {ct-legal: legal, ct-dach: regional DE CH}}}\n");
        var (_, faults) = Read(Rest + "web: {oidc: {issuer: http://login.example.com, audience: ct, role_claim: roles, roles: {a: machine, b: regional, c: legal DE, d: regional de}}}\n");
        var (_, empty) = Read(Rest + "web: {oidc: {issuer: https://login.example.com}}\n");

        Assert.Empty(none);
        var oidc = options!.People.Oidc!;
        Assert.Equal(("https://login.example.com/x", "ct", "realm_access.roles"), (oidc.Issuer.OriginalString, oidc.Audience, oidc.RoleClaim));
        Assert.Equal(["ct-legal Legal ", "ct-dach Regional DE CH"], oidc.Roles.Select(role => $"{role.Word} {role.Role} {string.Join(' ', role.Regions)}"));
        Assert.Equal(
            ["expected an address of https, found 'http://login.example.com'.", "found 'machine'.", "found 'regional'.", "found 'legal DE'.", "found 'regional de'."],
            faults.Select(fault => fault.Message[fault.Message.LastIndexOf(fault.Message.Contains("issuer", StringComparison.Ordinal) ? "expected" : "found", StringComparison.Ordinal)..]));
        Assert.Equal(["audience: expected a value, found none.", "role_claim: expected a value, found none.", "web.oidc.roles: expected the provider's words with a role each."], empty.Select(fault => fault.Message));
    }

    [Fact]
    public void Read_PeopleThatDoNotFit_TellsAllWithPlaceValueAndCure()
    {
        var (_, faults) = Read("""
            country: JP
            entity: E
            database: {connection: Host=a}
            web: {sign_in: maybe, behind_proxy: 1, tls: {certificate: none.pem}, lock_after: 0, session_idle: x}
            """);

        Assert.Equal(
            [
                "web.sign_in: expected none or required, found 'maybe'.", "web.behind_proxy: expected true or false, found '1'.", "web.tls.certificate: there is no file 'none.pem'.",
                "key: expected a value, found none.", "web.lock_after: expected a number from 3 to 100, found '0'.", "web.session_idle: expected a number from 1 to 1440, found 'x'.",
            ],
            faults.Select(fault => fault.Message));
        Assert.All(faults, fault => Assert.Equal(4, fault.Line));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100001")]
    [InlineData("many")]
    [InlineData("1e3")]
    public void Read_MaxConnectionsThatIsNone_TellsPlaceValueAndCure(string value)
    {
        var (options, faults) = Read($"country: JP\nentity: E\ndatabase: {{connection: Host=a}}\ngrpc: {{max_connections: {value}}}\nweb:\n  max_connections: \"{value}\"\n");

        Assert.Null(options);
        Assert.Equal(
            [$"hub.yaml:4:25: grpc.max_connections: expected a number from 1 to 100000, found '{value}'.", $"hub.yaml:6:20: web.max_connections: expected a number from 1 to 100000, found '{value}'."],
            faults.Select(fault => $"{Path.GetFileName(fault.File)}:{fault.Line}:{fault.Column}: {fault.Message}"));
        Assert.All(faults, fault => Assert.Contains("Leave it out for 500", fault.Cure, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_EnvironmentVariable_OverridesTheFile()
    {
        var path = Write("country: JP\nentity: E\ndatabase: {connection: Host=a}\n");

        var (options, _) = HubYaml.Read(path, name => name == HubYaml.DatabaseVariable ? "Host=b" : null);

        Assert.Equal("Host=b", options!.ConnectionString);
    }

    [Fact]
    public void Read_BrokenConnection_DoesNotRepeatTheSecret()
    {
        var (_, faults) = Read("country: JP\nentity: E\ndatabase: {connection: \"Host=a;Pasword=hunter2\"}\n");

        Assert.Contains("not an Npgsql connection string", string.Join('\n', faults), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Join('\n', faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotYaml_NamesTheLine()
    {
        var (_, faults) = Read("country: JP\n  entity: [\n");

        Assert.Equal(2, Assert.Single(faults).Line);
    }

    [Fact]
    public void Read_ABraceThatIsNeverClosed_IsAFaultAndNoCrash()
    {
        var (_, faults) = Read("grpc: {listen: 1\nweb: x\n");

        Assert.Contains("never closed", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedWithoutEnd_IsAFaultWithItsPlace()
    {
        var fault = Assert.Single(Read("country: JP\nentity: " + new string('[', 50_000)).Faults);

        Assert.Equal(("Nested deeper than 200 levels.", 2, 208), (fault.Message, fault.Line, fault.Column));
    }

    [Fact]
    public void Read_NoFile_SaysWhatToDo()
    {
        var (options, faults) = HubYaml.Read(Path.Combine(_folder, "none.yaml"), _ => null);

        Assert.Null(options);
        Assert.Contains("--config", Assert.Single(faults).Cure, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (HubOptions? Options, IReadOnlyList<Contracts.Fault> Faults) Read(string yaml) => HubYaml.Read(Write(yaml), _ => null);

    private string Write(string yaml)
    {
        var path = Path.Combine(_folder, "hub.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
