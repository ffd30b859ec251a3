using System.Text.Json;

namespace CallTracking.Rpc.Tests.Peers;

/// <summary>Our server, called by clients of other makes: every kind of call, every kind of failure, in clear text and over TLS.</summary>
public sealed class PeerClientTests(PeerSessions sessions) : IClassFixture<PeerSessions>
{
    private static readonly (string Scenario, string Expected)[] Table =
    [
        ("once", """{"text":"grüß 東京","number":7}"""),
        ("fail", """{"code":3,"details":"Größe 100 % 漢字"}"""),
        ("fault", """{"code":13}"""),
        ("deadline", """{"code":4}"""),
        ("cancel", """{"code":1}"""),
        ("gzip", """{"same":true}"""),
        ("oversizeRequest", """{"code":8}"""),
        ("oversizeReply", """{"code":8}"""),
        ("collect", """{"text":"a,b,c","number":3}"""),
        ("collectNothing", """{"text":"","number":0}"""),
        ("earlyError", """{"code":9,"details":"enough"}"""),
        ("expand", """{"numbers":[1,2,3],"code":0,"details":null}"""),
        ("streamError", """{"numbers":[1,2],"code":15,"details":"torn"}"""),
        ("streamDeadline", """{"numbers":[1,2],"code":4}"""),
        ("converse", """{"numbers":[1,2,3,4,5],"code":0}"""),
        ("converseCancel", """{"numbers":[1],"code":1}"""),
        ("missingMethod", """{"code":12}"""),
        ("missingService", """{"code":12}"""),
        ("metadata", """{"text":"a, b;c","bytes":[0,255,1,254]}"""),
        ("details", """{"code":9,"reason":"told-so","named":true}"""),
        ("health", """{"whole":1,"unknown":5,"watched":3}"""),
        (
            "reflection",
            """{"services":["calltracking.rpc.tests.Echo","grpc.reflection.v1.ServerReflection"],"named":true,"unknown":5}"""
        ),
        ("noCertificate", """{"code":14}"""),
    ];

    public static TheoryData<bool, string, string> Scenarios()
    {
        var data = new TheoryData<bool, string, string>();
        foreach (var tls in new[] { false, true })
        {
            foreach (var (scenario, expected) in Table)
            {
                data.Add(tls, scenario, expected);
            }
        }

        return data;
    }

    [PeerTheory(Peer.Node)]
    [MemberData(nameof(Scenarios))]
    public Task GrpcJs_CallsOurServer_SeesWhatAnyServerWouldShow(bool tls, string scenario, string expected) => CheckAsync(Peer.Node, tls, scenario, expected);

    [PeerTheory(Peer.Python)]
    [MemberData(nameof(Scenarios))]
    public Task Grpcio_CallsOurServer_SeesWhatAnyServerWouldShow(bool tls, string scenario, string expected) => CheckAsync(Peer.Python, tls, scenario, expected);

    private async Task CheckAsync(Peer peer, bool tls, string scenario, string expected)
    {
        var report = await sessions.ReportAsync(peer, tls);
        var found = report.GetProperty(scenario);

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, found), $"expected {expected}, got {found.GetRawText()}");
    }
}
