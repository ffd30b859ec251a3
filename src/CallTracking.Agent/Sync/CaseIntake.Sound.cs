using CallTracking.Agent.Quarantine;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Cases that come well after a row of them went to the quarantine, as where each night's export has another name: nobody has to mend that row any more.</summary>
internal sealed partial class CaseIntake
{
    // Few beside the rows of a run: only of them the ledger is asked more.
    private HashSet<CaseUid>? _quarantined;

    private HashSet<CaseUid> QuarantinedCases => _quarantined ??= [.. ledger.QuarantinedCases()];

    /// <summary>
    /// Notes a version that can be taken. One that is equal to what stands, and of the same file, tells nothing of rows that came later in other nights: that file is
    /// read anew, too, when a mapping was edited. Rows of this run stood in files before it.
    /// </summary>
    /// <param name="isNews">It is another version than the one that stands.</param>
    private void NoteSound(SourceRow row, CaseUid uid, bool isNews)
    {
        // A case of several rows is let go with them; one without a place with what was read.
        if (row.IsOfManyRows || !row.HasPlace || !QuarantinedCases.Contains(uid))
        {
            return;
        }

        var isLater = isNews || (ledger.OriginOf(uid) is { } origin && origin.File != row.File);
        _unit.Quarantined.RemoveAll(entry => entry.Uid == uid && entry.Source == row.Source && entry.File != row.File && entry.Stage != QuarantineStage.Hub);
        _unit.Sound.Add(new SoundCase(uid, row.Source, row.File, isLater ? row.Entry?.Run ?? run.Number : 0, row.BehindRow));
    }
}
