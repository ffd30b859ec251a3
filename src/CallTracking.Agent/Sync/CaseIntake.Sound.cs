using CallTracking.Agent.Quarantine;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Cases that come well after a row of them went to the quarantine, as where each night's export has another name: nobody has to mend that row any more.</summary>
internal sealed partial class CaseIntake
{
    // Few beside the rows of a run: only of them the ledger is asked more.
    private HashSet<CaseUid>? _quarantined;

    private HashSet<CaseUid> QuarantinedCases => _quarantined ??= [.. ledger.QuarantinedCases()];

    // Cases that a row of a new file was refused of in this run.
    private readonly HashSet<CaseUid> _refusedAnew = [];

    /// <summary>
    /// Notes a version that can be taken. It tells of entries from before where its file is new: a file that was read before, and is read anew since a mapping was
    /// edited, tells nothing of rows that came later in other nights, be it another version now or not. Of two files of one run the later counts where both are
    /// new or neither is.
    /// </summary>
    /// <param name="isNews">It is another version than the one that stands.</param>
    private void NoteSound(SourceRow row, CaseUid uid, bool isNews)
    {
        // A case of several rows is let go with them; one without a place with what was read.
        if (row.IsOfManyRows || !row.HasPlace || !QuarantinedCases.Contains(uid))
        {
            return;
        }

        var isLater = row.IsNew && (isNews || (ledger.OriginOf(uid) is { } origin && origin.File != row.File));
        var countsInRun = row.Entry is null && (row.IsNew ? isNews : !_refusedAnew.Contains(uid));
        if (countsInRun)
        {
            _unit.Quarantined.RemoveAll(entry => entry.Uid == uid && entry.Source == row.Source && entry.File != row.File && entry.Stage != QuarantineStage.Hub);
        }

        _unit.Sound.Add(new SoundCase(uid, row.Source, row.File, isLater ? row.Entry?.Run ?? run.Number : 0, row.BehindRow, countsInRun));
    }
}
