using CallTracking.Agent.Commands;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;

namespace CallTracking.Agent.Transfer;

/// <summary>The hub's key to which files are encrypted: taken once, kept below <c>state/identity</c>, and believed for the signature of the key that the region enrolled with.</summary>
internal sealed class HubKeyStore(string stateDirectory, byte[] policyKey)
{
    private string File => Path.Combine(stateDirectory, "identity", "hub-transfer.pb");

    /// <summary>Takes the key that a person brought; says nothing where it is the one that is kept.</summary>
    /// <exception cref="AgentException">It is none of this region's hub, or an older one than the one that is kept.</exception>
    public void Take(string path)
    {
        var signed = Parse(System.IO.File.ReadAllText(path))
            ?? throw new AgentException(ExitCode.Configuration, $"--hub-key: {path} holds no transfer key. Have headquarters make it: calltracking-hub transfer key > hub.key");
        if (TransferKeyVerifier.Open(signed, policyKey) is null)
        {
            throw new AgentException(
                ExitCode.Identity, $"--hub-key: {path} is not signed by the hub that this region enrolled with, or was changed on its way. Nothing was exported. Get the file anew, from that hub.");
        }

        if (Load() is { } kept && SignedAt(signed) < SignedAt(kept))
        {
            throw new AgentException(ExitCode.Identity, $"--hub-key: {path} is older than the key that is kept here. Get the file anew: calltracking-hub transfer key > hub.key");
        }

        PrivateFile.Write(File, signed.ToByteArray());
    }

    /// <summary>The key (SubjectPublicKeyInfo, DER).</summary>
    /// <exception cref="AgentException">There is none yet.</exception>
    public byte[] Require() => Load() is { } kept && TransferKeyVerifier.Open(kept, policyKey) is { } key
        ? key
        : throw new AgentException(
            ExitCode.Configuration, "The hub's transfer key is not here, so nothing was exported. Have headquarters make it (calltracking-hub transfer key > hub.key), and name it once with --hub-key.");

    private SignedTransferKey? Load() => System.IO.File.Exists(File) ? Parse(System.IO.File.ReadAllBytes(File)) : null;

    private static SignedTransferKey? Parse(string text)
    {
        try
        {
            return Parse(Convert.FromBase64String(text.Trim()));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static SignedTransferKey? Parse(byte[] bytes)
    {
        try
        {
            return SignedTransferKey.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    // Of keys whose signatures hold.
    private static DateTimeOffset SignedAt(SignedTransferKey signed) => TransferKey.Parser.ParseFrom(signed.Key).SignedAt?.ToDateTimeOffset() ?? default;
}
