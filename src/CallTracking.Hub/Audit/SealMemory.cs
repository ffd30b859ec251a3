using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using Google.Protobuf;

namespace CallTracking.Hub.Audit;

/// <summary>
/// <c>audit-sealed.json</c> in the state folder: the newest seal that this installation made or followed. It lies beside the database, so whoever has only the
/// database cannot have the hub go on behind a history that was cut off or made anew. No secret: readable inside the folder, which is its owner's alone, so
/// that a command run by root leaves nothing behind that the service cannot read.
/// </summary>
internal sealed class SealMemory(HubOptions options)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public string FullName { get; } = Path.Combine(options.StateDirectory, "audit-sealed.json");

    /// <summary>Null where nothing was sealed yet, or the file is from before it was kept.</summary>
    /// <exception cref="HubException">It is there and cannot be read: that is not taken for none.</exception>
    public SignedAuditSeal? Load()
    {
        try
        {
            var kept = File.Exists(FullName) ? SignedAuditSeal.Parser.ParseJson(File.ReadAllText(FullName)) : null;
            return kept is null || AuditSeal.Parser.ParseFrom(kept.Seal).Number > 0 ? kept : throw new InvalidDataException("no seal");
        }
        catch (Exception damaged) when (damaged is InvalidProtocolBufferException or InvalidJsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new HubException(
                $"{FullName}, which says how far this hub sealed the audit log, cannot be read ({damaged.GetType().Name}): nothing is sealed. Give it back to the hub's user or restore it; "
                + "if it is lost, calltracking-hub audit accept --note WHY goes on from what stands in the database.",
                HubExit.Failed,
                damaged);
        }
    }

    /// <summary>Replaces it; after a crash the old or the new one is there. With null it is forgotten.</summary>
    public void Save(SignedAuditSeal? newest)
    {
        if (newest is null)
        {
            File.Delete(FullName);
            return;
        }

        var temporary = $"{FullName}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(newest) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, Readable);
        }

        File.Move(temporary, FullName, overwrite: true);
    }
}
