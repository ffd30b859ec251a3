using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Sync;

/// <summary>With what the agent introduces itself, over the line and in files.</summary>
internal static class AgentHello
{
    /// <param name="settings">Who it is.</param>
    /// <param name="ledger">Where it stands.</param>
    /// <param name="policyVersion">The version to name to the hub.</param>
    /// <param name="now">The agent's time.</param>
    public static Hello Of(AgentSettings settings, AgentLedger ledger, ulong policyVersion, DateTimeOffset now)
    {
        var meta = ledger.Meta;
        return new Hello
        {
            Region = settings.Region.Value,
            Centre = settings.Centre,
            AgentVersion = AgentVersion.Text,
            PolicyVersion = policyVersion,
            Epoch = meta.Epoch,
            Lease = ByteString.CopyFrom(meta.Lease),
            LastSequence = meta.Epoch == 0 ? 0 : meta.NextSequence - 1,
            LastAckedSequence = meta.AckedSequence,
            AgentTime = Timestamp.FromDateTimeOffset(now),
            Place = ByteString.CopyFrom(ledger.Place),
        };
    }
}
