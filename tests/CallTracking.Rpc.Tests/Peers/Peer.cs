using CallTracking.Testing;

namespace CallTracking.Rpc.Tests.Peers;

/// <summary>A gRPC implementation that is not ours.</summary>
public enum Peer
{
    /// <summary>@grpc/grpc-js.</summary>
    Node,

    /// <summary>Debian's python3-grpcio.</summary>
    Python,
}

/// <summary>A theory that needs a peer; skipped where it is not installed, but never under CI=true.</summary>
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(Peer peer) => Skip = MissingTool.Reason(PeerPrograms.WhyMissing(peer));
}

/// <summary>Where a peer's programs are and how they are started.</summary>
public static class PeerPrograms
{
    // Another python on PATH does not see Debian's modules.
    private const string Python = "/usr/bin/python3";

    private static readonly string Folder = RepositoryRoot.Path("tests", "CallTracking.Rpc.Tests", "peers");

    private static readonly Lazy<string?> NodeMissing = new(() =>
        MissingTool.WhyMissing("node")
        ?? (Directory.Exists(Path.Combine(Folder, "node", "node_modules", "@grpc", "grpc-js")) ? null : "grpc-js; run 'npm ci' in tests/CallTracking.Rpc.Tests/peers/node"));

    private static readonly Lazy<string?> PythonMissing = new(() =>
        File.Exists(Python) && ProgramRun.RunAsync(Python, ["-c", "import grpc, google.protobuf"], TimeSpan.FromSeconds(30)).GetAwaiter().GetResult().ExitCode == 0
            ? null
            : "grpcio for /usr/bin/python3; apt-get install python3-grpcio python3-protobuf");

    public static string? WhyMissing(Peer peer) => peer == Peer.Node ? NodeMissing.Value : PythonMissing.Value;

    /// <param name="peer">Which.</param>
    /// <param name="program">client or server.</param>
    /// <param name="arguments">Before the folder of certificates.</param>
    /// <param name="descriptors">A FileDescriptorSet, for the peer that has no parser of .proto files.</param>
    /// <param name="certificates">For TLS; null for clear text.</param>
    public static ProgramRun Start(Peer peer, string program, IEnumerable<string> arguments, string descriptors, string? certificates)
    {
        string[] tail = certificates is null ? [] : [certificates];
        return peer == Peer.Node
            ? ProgramRun.Start("node", [Path.Combine(Folder, "node", program + ".js"), .. arguments, .. tail])
            : ProgramRun.Start(Python, ["-B", Path.Combine(Folder, "python", program + ".py"), .. arguments, descriptors, .. tail]);
    }
}
