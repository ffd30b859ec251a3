using System.Globalization;
using CallTracking.Hub.Telemetry;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Hub.Configuration;

/// <summary>The section <c>telemetry</c>.</summary>
internal sealed partial class HubYaml
{
    // Where collectors take metrics unless they say otherwise.
    private const string MetricsPath = "v1/metrics";
    private const int DefaultEverySeconds = 60;

    private TelemetryOptions Telemetry(YamlMappingNode root, string folder) =>
        Section(root, "telemetry", "otlp") is { } section ? new TelemetryOptions { Otlp = Otlp(section, folder) } : new TelemetryOptions();

    private OtlpOptions? Otlp(YamlMappingNode telemetry, string folder)
    {
        if (Section(telemetry, "otlp", "endpoint", "headers_file", "every_seconds") is not { } otlp)
        {
            return null;
        }

        var every = EverySeconds(otlp);
        if (Text(otlp, "endpoint", "https://collector.example.com:4318") is not { } endpoint)
        {
            return null;
        }

        if (!Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || !IsPrivate(address))
        {
            // Some such addresses hold a token.
            Fault(endpoint, "telemetry.otlp.endpoint: expected an address of https (http on this machine only), without a user.", "Write for example https://collector.example.com:4318; a token goes into headers_file.");
            return null;
        }

        var whole = address.AbsolutePath == "/" ? new Uri(address, MetricsPath) : address;
        return new OtlpOptions(whole, Optional(otlp, "headers_file")?.Value is { } file ? Path.GetFullPath(file, folder) : null, TimeSpan.FromSeconds(every));
    }

    private int EverySeconds(YamlMappingNode otlp)
    {
        if (Optional(otlp, "every_seconds") is not { } node)
        {
            return DefaultEverySeconds;
        }

        if (int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600)
        {
            return seconds;
        }

        Fault(node, $"telemetry.otlp.every_seconds: expected 1 to 3600, found '{node.Value}'.", $"Leave it out for {DefaultEverySeconds}.");
        return DefaultEverySeconds;
    }

    private static bool IsPrivate(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
