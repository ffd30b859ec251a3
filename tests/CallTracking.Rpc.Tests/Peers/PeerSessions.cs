using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;
using CallTracking.Rpc.Wire;
using CallTracking.Testing;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Rpc.Tests.Peers;

/// <summary>Starts each peer once per transport, as client or as server, when a test first asks for it.</summary>
public sealed class PeerSessions : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TestCertificates _certificates = new();
    private readonly ConcurrentDictionary<(Peer, bool), Lazy<Task<JsonElement>>> _reports = [];
    private readonly ConcurrentDictionary<(Peer, bool), Lazy<Task<(ProgramRun Run, RpcChannel Channel, Uri Address)>>> _servers = [];
    private readonly string _descriptors;

    public PeerSessions()
    {
        _descriptors = Path.Combine(_certificates.Folder, "descriptors.bin");
        var files = new List<FileDescriptor>();
        foreach (var file in new[] { EchoReflection.Descriptor, HealthReflection.Descriptor, ReflectionReflection.Descriptor, StatusReflection.Descriptor })
        {
            Add(file, files);
        }

        File.WriteAllBytes(_descriptors, new FileDescriptorSet { File = { files.Select(file => file.ToProto()) } }.ToByteArray());
    }

    /// <summary>What a peer's client says of our server, scenario by scenario.</summary>
    public Task<JsonElement> ReportAsync(Peer peer, bool tls) =>
        _reports.GetOrAdd((peer, tls), _ => new(() => PlayAsync(peer, tls))).Value;

    /// <summary>Our client, connected to a peer's server.</summary>
    public async Task<RpcChannel> ChannelAsync(Peer peer, bool tls) => (await ServerAsync(peer, tls)).Channel;

    /// <summary>Our client, connected to a peer's server with other options.</summary>
    public async Task<RpcChannel> ChannelAsync(Peer peer, bool tls, RpcChannelOptions options) => RpcChannel.Create((await ServerAsync(peer, tls)).Address, options);

    public RpcChannelOptions WithoutCertificate() => new() { TrustedRoots = _certificates.Roots };

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            var (run, channel, _) = await server.Value;
            channel.Dispose();
            await run.DisposeAsync();
        }

        _certificates.Dispose();
    }

    private static void Add(FileDescriptor file, List<FileDescriptor> files)
    {
        if (files.Any(known => known.Name == file.Name))
        {
            return;
        }

        foreach (var dependency in file.Dependencies)
        {
            Add(dependency, files);
        }

        files.Add(file);
    }

    private async Task<JsonElement> PlayAsync(Peer peer, bool tls)
    {
        await using var host = await EchoHost.StartAsync(tls ? _certificates : null, options: rpc => rpc.GzipReplies = true);
        host.Log.ExpectError("the handler is broken");
        await using var run = PeerPrograms.Start(peer, "client", [$"localhost:{host.Address.Port}"], _descriptors, tls ? _certificates.Folder : null);
        var result = await run.WaitForExitAsync(Patience);
        return result.ExitCode == 0
            ? JsonDocument.Parse(result.Output).RootElement
            : throw new InvalidOperationException($"The {peer} client ended with {result.ExitCode}: {result.All}");
    }

    private Task<(ProgramRun Run, RpcChannel Channel, Uri Address)> ServerAsync(Peer peer, bool tls) =>
        _servers.GetOrAdd((peer, tls), _ => new(() => ServeAsync(peer, tls))).Value;

    private async Task<(ProgramRun Run, RpcChannel Channel, Uri Address)> ServeAsync(Peer peer, bool tls)
    {
        var run = PeerPrograms.Start(peer, "server", [], _descriptors, tls ? _certificates.Folder : null);
        var line = await run.WaitForOutputAsync("listening", Patience);
        var port = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        var address = new Uri($"{(tls ? "https" : "http")}://localhost:{port}");
        var options = tls ? new RpcChannelOptions { TrustedRoots = _certificates.Roots, ClientCertificate = _certificates.Client } : new RpcChannelOptions();
        return (run, RpcChannel.Create(address, options), address);
    }
}
