using System.Globalization;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CallTracking.Hub.Telemetry;

/// <summary>Sends the hub's metrics to a collector while the hub runs, and once more when it ends.</summary>
internal sealed class OtlpExport(OtlpOptions options, ILogger<OtlpExport> logger) : IHostedService, IDisposable
{
    /// <summary>The hub's own, the runtime's and the listeners'. None of them has a value of a case among its words.</summary>
    private static readonly string[] Meters = ["CallTracking.Hub", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    // A hub that is asked to end does not wait longer for a collector that hangs.
    private const int LastSendMilliseconds = 3000;

    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    private MeterProvider? _provider;

    /// <exception cref="HubException">The file with headers cannot be used.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var headers = options.HeadersFile is { } file ? OtlpHeaders.Read(file) : [];
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("calltracking-hub", serviceVersion: Version, autoGenerateServiceInstanceId: false, serviceInstanceId: Instance))
            .AddMeter(Meters)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = options.Endpoint;
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.HttpClientFactory = () => Client(headers);
                // Sums, whatever the environment says: what a collector did not take is in the next one.
                reader.TemporalityPreference = MetricReaderTemporalityPreference.Cumulative;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Every.TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => _provider?.Shutdown(LastSendMilliseconds), cancellationToken);

    public void Dispose() => _provider?.Dispose();

    private HttpClient Client(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var client = new HttpClient(new ToldHandler(options, logger)) { Timeout = SendTime };
        foreach (var (name, value) in headers)
        {
            // Not by the library's own option, which splits values at commas.
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }

    // Several hubs may run on one machine, each with counters of its own.
    private static string Instance => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");

    private static string Version =>
        (typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
