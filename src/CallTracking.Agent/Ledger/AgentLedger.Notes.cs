using System.Security.Cryptography;
using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Ledger;

/// <summary>
/// What sources remember. A note lets a source pass over what it has read already, so all notes go in the very transaction in which
/// a case is to be sent again: the next read has to meet it.
/// </summary>
internal sealed partial class AgentLedger : ISourceNotes
{
    private long _forgettings;
    private long _forgettingsBefore;

    public byte[]? Find(string source, string key)
    {
        var name = _cipher.HideName(key);
        if (_file.Read(() => _tables.Notes.Find(source, name)) is not { } payload)
        {
            return null;
        }

        try
        {
            return _cipher.Open(payload, name).ToArray();
        }
        catch (CryptographicException damaged)
        {
            throw new LedgerDamagedException($"A source's note in {_file.Connection.DataSource} is damaged.", damaged);
        }
    }

    private void ForgetNotes()
    {
        _forgettings++;
        _tables.Notes.ForgetAll();
    }

    // What a reading met before all was forgotten has to be met again: it may remember nothing of itself.
    private void Keep(string source, IEnumerable<SourceNote> notes, long run)
    {
        if (_forgettings != _forgettingsBefore)
        {
            return;
        }

        foreach (var note in notes)
        {
            var name = _cipher.HideName(note.Key);
            _tables.Notes.Put(source, name, _cipher.Seal(note.Value, name), run);
        }
    }
}
