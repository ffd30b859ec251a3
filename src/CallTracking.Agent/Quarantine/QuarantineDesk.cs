using System.Globalization;
using System.Security.Cryptography;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;

namespace CallTracking.Agent.Quarantine;

/// <summary>The quarantine as a person works on it. A sync may be at work beside it.</summary>
internal sealed class QuarantineDesk : IDisposable
{
    private const int MostNamed = 5;
    private readonly LedgerFile _file;
    private readonly QuarantineTable _table;
    private readonly PayloadCipher _cipher;

    private QuarantineDesk(LedgerFile file, PayloadCipher cipher) => (_file, _table, _cipher) = (file, new QuarantineTable(file.Connection, cipher), cipher);

    /// <exception cref="AgentException">There is no ledger, or no key.</exception>
    public static QuarantineDesk Open(AgentSettings settings)
    {
        var path = AgentWorkplace.LedgerPath(settings);
        if (!File.Exists(path))
        {
            throw new AgentException(ExitCode.Configuration, $"There is no ledger yet: {path}. Sync first.");
        }

        var keys = new RegionSecret(settings.State).Load(settings.Region);
        return new QuarantineDesk(LedgerFile.Open(path, thorough: false), new PayloadCipher(keys.StorageKey.Span));
    }

    /// <summary>The entries without what they hold, by reason, then by place.</summary>
    public IReadOnlyList<QuarantineEntry> Find(QuarantineFilter filter) => _file.Read(() => _table.All().Where(filter.Means).ToList());

    /// <summary>What an entry holds; null when it holds nothing.</summary>
    /// <exception cref="AgentException">It was sealed with another key, or is damaged.</exception>
    public KeptContent? Read(QuarantineEntry entry) => TryRead(entry, out var content) ? content : throw Unreadable([entry]);

    /// <summary>As <see cref="Read"/>; false when it was sealed with another key, or is damaged.</summary>
    public bool TryRead(QuarantineEntry entry, out KeptContent? content)
    {
        content = null;
        try
        {
            if (_file.Read(() => _table.Payload(entry)) is { } payload)
            {
                content = new KeptContent(entry, _cipher.Open(payload, AgentLedger.QuarantinePayload));
            }

            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Says which entries could not be opened.</summary>
    public static AgentException Unreadable(IReadOnlyList<QuarantineEntry> entries) => new(
        ExitCode.RunFailed,
        string.Create(
            CultureInfo.InvariantCulture,
            $"What {entries.Count:N0} {(entries.Count == 1 ? "entry holds" : "entries hold")} was sealed with another key, or is damaged ({string.Join(", ", entries.Take(MostNamed).Select(QuarantineFilter.IdOf))}{(entries.Count > MostNamed ? ", …" : "")}). Restore state/keys/region.secret from its backup, retry while the files are there, or purge."));

    public void Delete(IReadOnlyList<QuarantineEntry> entries) => _file.Write(() =>
    {
        foreach (var entry in entries)
        {
            _table.Delete(entry);
        }

        return entries.Count;
    });

    public void Dispose()
    {
        _table.Dispose();
        _file.Dispose();
        _cipher.Dispose();
    }
}
