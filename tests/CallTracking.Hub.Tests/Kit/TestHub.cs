using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Storage;
using CallTracking.Rpc;
using CallTracking.Testing;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CallTracking.Hub.Tests.Kit;

/// <summary>A whole hub on a real database, listening on ports that the system chose, with everything it logs captured.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly string _state;
    private readonly bool _ownsState;

    private TestHub(HubHost host, HubOptions options, LogScope log, string state, bool ownsState)
    {
        Host = host;
        Options = options;
        Log = log;
        _state = state;
        _ownsState = ownsState;
        DataSource = NpgsqlDataSource.Create(options.ConnectionString);
    }

    public HubHost Host { get; }

    public HubOptions Options { get; }

    public LogScope Log { get; }

    /// <summary>Another way into the hub's database.</summary>
    public NpgsqlDataSource DataSource { get; }

    public IServiceProvider Services => Host.Services;

    /// <summary>Migrates the database and starts a hub on it, without any policy.</summary>
    public static async Task<TestHub> StartAsync(
        string connectionString, TimeProvider? clock = null, string? state = null, Func<HubOptions, HubOptions>? change = null)
    {
        var folder = state ?? Directory.CreateTempSubdirectory("hub-state").FullName;
        var options = new HubOptions
        {
            Country = "JP",
            Entity = "Example Holdings K.K.",
            StateDirectory = folder,
            PoliciesDirectory = Path.Combine(folder, "policies"),
            ConnectionString = connectionString,
            GrpcListen = new IPEndPoint(IPAddress.Loopback, 0),
            GrpcHostNames = ["localhost", "127.0.0.1"],
            WebListen = new IPEndPoint(IPAddress.Loopback, 0),
        };
        options = change?.Invoke(options) ?? options;
        await using (var dataSource = NpgsqlDataSource.Create(connectionString))
        {
            await new SchemaMigrator(dataSource, MigrationFile.OfThisBuild, TimeProvider.System).MigrateAsync(default);
        }

        var log = new LogScope();
        var host = await HubHost.BuildAsync(
            options,
            builder =>
            {
                builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log.Provider);
                if (clock is not null)
                {
                    builder.Services.AddSingleton(clock);
                }
            },
            default);
        await host.StartAsync(default);
        return new TestHub(host, options, log, folder, state is null);
    }

    /// <summary>Publishes the built-in packs with these documents beside them, and has the hub take them up.</summary>
    public async Task<long> PublishAsync(params (string Name, string Yaml)[] documents)
    {
        var folder = Directory.CreateTempSubdirectory("hub-policies").FullName;
        try
        {
            foreach (var (name, yaml) in documents)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name), yaml);
            }

            var version = await Services.GetRequiredService<PolicyStore>().PublishAsync(
                PolicyFolder.Read(folder, Options), "counsel", "for a test", isRequired: true, Services.GetRequiredService<TimeProvider>().GetUtcNow(), default);
            Services.GetRequiredService<RuleSource>().Expire();
            return version;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Registers a region and enrols an agent for it, as an operator and an agent do.</summary>
    public async Task<RegionClient> EnrolAsync(string region)
    {
        var code = RegionCode.Parse(region);
        await Services.GetRequiredService<RegionStore>().AddAsync(
            new RegionRow(code, region, $"{region}-centre", region.Length == 2 ? region : "DE", 0, 0, null, null, 0), DateTimeOffset.UnixEpoch, default);
        return await RedeemAsync(await IssueTokenAsync(code));
    }

    public async Task<string> IssueTokenAsync(RegionCode region)
    {
        var identity = await Services.GetRequiredService<IdentitySource>().GetAsync(default);
        var token = EnrolmentToken.Create(region, identity.Authority.Fingerprint);
        await Services.GetRequiredService<RegionStore>().AddTokenAsync(token, Services.GetRequiredService<TimeProvider>().GetUtcNow(), default);
        return token.ToString();
    }

    /// <summary>Trades a token for a certificate over the wire.</summary>
    public async Task<RegionClient> RedeemAsync(string token, ECDsa? requestKey = null)
    {
        var key = requestKey ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new EnrolRequest
        {
            Token = token,
            CertificateRequestDer = ByteString.CopyFrom(new CertificateRequest("CN=whatever", key, HashAlgorithmName.SHA256).CreateSigningRequest()),
        };
        await using var channel = OpenChannel(null);
        var response = await channel.UnaryAsync<EnrolRequest, EnrolResponse>(Method<EnrolRequest>(AdminReflection.Descriptor, "Enrol"), request, new RpcCallOptions(), default);
        using var certificate = X509CertificateLoader.LoadCertificate(response.CertificateDer.Span);
        return new RegionClient(this, RegionCode.Parse(response.Region), certificate.CopyWithPrivateKey(key), response);
    }

    /// <summary>A channel to this hub that trusts its authority.</summary>
    public RpcChannel OpenChannel(X509Certificate2? certificate)
    {
        var authority = Services.GetRequiredService<IdentitySource>().GetAsync(default).AsTask().GetAwaiter().GetResult().Authority.Der;
        return RpcChannel.Create(new Uri($"https://localhost:{Host.GrpcAddress.Port}"), new RpcChannelOptions
        {
            ClientCertificate = certificate,
            TrustedRoots = [X509CertificateLoader.LoadCertificate(authority)],
        });
    }

    public static Google.Protobuf.Reflection.MethodDescriptor Method<TRequest>(Google.Protobuf.Reflection.FileDescriptor file, string name)
        where TRequest : IMessage =>
        file.Services.SelectMany(service => service.Methods).Single(method => method.Name == name && method.InputType.ClrType == typeof(TRequest));

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every row of every table of the hub as text, for comparing two states or finding what must not be there.</summary>
    public async Task<string> DumpAsync(params string[] exceptTables)
    {
        var dump = new System.Text.StringBuilder();
        var tables = new List<string>();
        await using (var list = DataSource.CreateCommand("select table_name from information_schema.tables where table_schema = 'public' order by 1"))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables.Except(exceptTables))
        {
            await using var rows = DataSource.CreateCommand($"select t::text from {table} t order by 1");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                dump.Append(table).Append(' ').AppendLine(reader.GetString(0));
            }
        }

        return dump.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(default);
        await Host.DisposeAsync();
        await DataSource.DisposeAsync();
        if (_ownsState)
        {
            Directory.Delete(_state, recursive: true);
        }

        Log.Dispose();
    }
}
