using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>Rows that a sync would put into the quarantine for one reason, and that do not stand there for it.</summary>
/// <param name="First">Where the first of them stands, such as <c>inbox/cases.csv line 17</c>.</param>
/// <param name="Mapping">What it says already, no cure says again.</param>
internal sealed partial record LostRows(string Reason, long Rows, string First, SourceMapping Mapping)
{
    /// <summary>What was expected of the first of them, with its column and the line of the mapping, never content; null where the reason says all.</summary>
    public string? Expected { get; init; }

    /// <summary>Rows of one reason are told together; of values that a field cannot read, those of each field.</summary>
    public static string KindOf(RowRefusal refusal) => IsOfAField(refusal.Reason) ? $"{refusal.Reason} {FieldOf(refusal)}" : refusal.Reason;

    /// <param name="refusal">Why the first of them is refused.</param>
    /// <param name="first">Where it stands.</param>
    /// <param name="outcome">What the mapping made of it.</param>
    /// <param name="mapping">The source's.</param>
    public static LostRows Of(RowRefusal refusal, string first, RowOutcome outcome, SourceMapping mapping) => new(refusal.Reason, 1, first, mapping)
    {
        Expected = IsOfAField(refusal.Reason) && outcome is RowOutcome.Rejected rejected ? $"{(refusal.Field.Length > 0 ? $"{FieldOf(refusal)}: " : string.Empty)}{rejected.Message}" : null,
    };

    /// <summary>What to do, in short.</summary>
    public string Cure => Expected is null ? Advice : $"{Advice}. {Expected}";

    // Of lists the field, whichever element it is: messages[3].at.
    private static string FieldOf(RowRefusal refusal) => Element().Replace(refusal.Field, string.Empty);

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    private static bool IsOfAField(string reason) => reason is RejectReason.BadValue or RejectReason.BadTime;

    private string Advice => Reason switch
    {
        RejectReason.Undecodable => "name the right encoding under format, or mend the text in the help desk",
        RejectReason.DamagedText => "the export has lost letters: ask for another one",
        RejectReason.BrokenRecord => "a quote or bracket too many, or one that does not close: ask for the export again, or see quote and escape under format",
        RejectReason.RaggedRow => "ask for the export again, or see delimiter and ragged under format",
        RejectReason.CutOff => "the file ends within it: ask for the export again",
        RejectReason.NulCharacter => "ask for an export without U+0000, or see encoding under format",
        RejectReason.MissingKey => "give those rows a key in the help desk, or name the column that has it as key",
        CaseVerdicts.ContradictsReason => Contradiction.CureOf(Mapping),
        RejectReason.UnmappedValue => "add those words under values, or write unknown there",
        RejectReason.UnmatchedReference => "export the joined file anew, after the cases",
        RejectReason.IncompleteCase => "put the earlier files back, or write fold: {…, incomplete: accept}",
        RejectReason.BadValue => "mend them in the help desk, or say under the field how the export writes them",
        RejectReason.BadTime => "mend them in the help desk, or add the format that the export uses",
        SourceTime.FutureReason => "mend the time in the help desk, or see format and time_zone of updated",
        RejectReason.NewColumn or RejectReason.RetypedValue => "the contract wants it so: have the mapping read the column, or name it under contract.columns",
        RejectReason.TooLarge => string.Create(CultureInfo.InvariantCulture, $"shorten them in the help desk: a case travels with {SyncLimits.CaseBytes:N0} bytes at most"),
        _ => "see calltracking-agent preview --rejected",
    };
}
