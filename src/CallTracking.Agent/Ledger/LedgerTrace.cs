using System.Security.Cryptography;
using CallTracking.Agent.Outbox;
using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>What a ledger says of one case.</summary>
/// <param name="Row">The case.</param>
/// <param name="Run">The run that met it last; null when that is long ago.</param>
/// <param name="Origin">What shaped the version that was sent last; null when an earlier program sent it.</param>
/// <param name="SourceRow">The row that became that version; 0 where that is not known.</param>
internal sealed record LedgerCase(CaseUid Uid, LedgerRow Row, RunRow? Run, CaseOrigin? Origin, long SourceRow);

/// <summary>Looks cases up in a ledger's file and changes nothing; a sync may be at work in it.</summary>
internal sealed class LedgerTrace : IDisposable
{
    private const int RunsToSearch = 400;
    private readonly LedgerFile _file;
    private readonly PayloadCipher _cipher;
    private readonly CaseTable _cases;
    private readonly RunTable _runs;
    private readonly OriginTable _origins;

    private LedgerTrace(LedgerFile file, PayloadCipher cipher) =>
        (_file, _cipher, _cases, _runs, _origins) = (file, cipher, new CaseTable(file.Connection), new RunTable(file.Connection), new OriginTable(file.Connection));

    /// <summary>Null when there is no ledger yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cipher">Under the region's storage key.</param>
    /// <exception cref="LedgerDamagedException">The file is damaged.</exception>
    public static LedgerTrace? Of(string path, PayloadCipher cipher) =>
        File.Exists(path) ? new LedgerTrace(LedgerFile.Look(path), cipher) : null;

    /// <summary>Every source that versions were sent from, whether the configuration still has it or not.</summary>
    public IReadOnlyList<string> Sources() => _file.Read(_origins.Sources);

    /// <summary>Null when the ledger does not know the case.</summary>
    /// <exception cref="LedgerDamagedException">What it notes of the case cannot be opened.</exception>
    public LedgerCase? Find(CaseUid uid) => _file.Read(() =>
    {
        var bytes = uid.ToByteString().ToByteArray();
        if (_cases.Find(bytes) is not { } row)
        {
            return null;
        }

        var run = _runs.Last(RunsToSearch).FirstOrDefault(run => run.Number == row.Run);
        return _origins.Of(bytes) is var (origin, number) ? new LedgerCase(uid, row, run, Open(origin), number) : new LedgerCase(uid, row, run, null, 0);
    });

    /// <summary>File and row of the version that was sent last, the row 0 where that is not known; null when an earlier program sent it.</summary>
    /// <exception cref="LedgerDamagedException">What it notes of the case cannot be opened.</exception>
    public (string File, long Row)? LastRowOf(CaseUid uid) => _file.Read(() => _origins.Of(uid.ToByteString().ToByteArray()) is var (origin, row) && Open(origin) is { } opened
        ? (opened.File, row)
        : ((string, long)?)null);

    public void Dispose()
    {
        _cases.Dispose();
        _runs.Dispose();
        _origins.Dispose();
        _file.Dispose();
    }

    private CaseOrigin? Open(SealedOrigin origin)
    {
        try
        {
            return CaseOrigin.Parse(origin.Source, _cipher.Open(origin.Value, origin.Key).ToArray());
        }
        catch (CryptographicException damaged)
        {
            throw new LedgerDamagedException($"What shaped a case cannot be read in {_file.Connection.DataSource}.", damaged);
        }
    }
}
