using System.Net;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Doctor;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Doctor;

/// <summary>A hub that ran and has stopped: its keys, a policy, a database of its own; and the doctor to look at it after something was broken.</summary>
internal sealed class DoctorBench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-doctor-");

    private DoctorBench(PostgresDatabase database) => Database = database;

    public PostgresDatabase Database { get; }

    public string State => Path.Combine(_folder.FullName, "state");

    /// <summary>For files beside the state folder.</summary>
    public string Folder => _folder.FullName;

    public HubOptions Options { get; private set; } = null!;

    /// <param name="postgres">Where the database is made.</param>
    /// <param name="policies">Documents that are published beside the packs.</param>
    public static async Task<DoctorBench> StartAsync(PostgresCluster postgres, params (string Name, string Yaml)[] policies)
    {
        var bench = new DoctorBench(await postgres.CreateMigratedAsync());
        await using var hub = await bench.ServeAsync();
        await hub.PublishAsync(policies);
        return bench;
    }

    /// <summary>Has the hub run where <see cref="Options"/> say.</summary>
    public async Task<TestHub> ServeAsync()
    {
        Directory.CreateDirectory(State);
        var port = FreePort.Find();
        return await TestHub.StartAsync(
            Database.ConnectionString, state: State,
            change: options => Options = options with { GrpcListen = new IPEndPoint(IPAddress.Loopback, port), PoliciesDirectory = Path.Combine(Folder, "policies") });
    }

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(Func<HubOptions, HubOptions>? change = null, TimeProvider? clock = null)
    {
        var found = new List<Diagnosis>();
        await foreach (var one in HubExamination.RunAsync(change?.Invoke(Options) ?? Options, clock ?? TimeProvider.System, default))
        {
            found.Add(one);
        }

        var password = new NpgsqlConnectionStringBuilder(Database.ConnectionString).Password!;
        Assert.DoesNotContain(found, one => $"{one.Text} {one.Cure}".Contains(password, StringComparison.Ordinal));
        return found;
    }

    /// <summary>Looks, and has one finding of the code with the gravity and the words, and a cure.</summary>
    public async Task<Diagnosis> IsToldAsync(string code, int exit, string said, Func<HubOptions, HubOptions>? change = null, TimeProvider? clock = null)
    {
        var found = await LookAsync(change, clock);
        var told = found.Where(one => one.Code == code).ToList();
        Assert.True(told.Count == 1, string.Join('\n', found));
        Assert.Equal((exit == HubExit.Done ? Gravity.Doubt : Gravity.Fault, exit), (told[0].Gravity, told[0].Exit));
        Assert.Contains(said, told[0].Text, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(told[0].Cure);
        return told[0];
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The configured connection with something of it changed.</summary>
    public Func<HubOptions, HubOptions> Connecting(Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(Database.ConnectionString);
        change(connection);
        return options => options with { ConnectionString = connection.ConnectionString };
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
