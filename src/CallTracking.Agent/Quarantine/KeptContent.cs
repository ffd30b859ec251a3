using CallTracking.Agent.Commands;
using CallTracking.Contracts;
using CallTracking.Mapping;
using Google.Protobuf;

namespace CallTracking.Agent.Quarantine;

/// <summary>What an entry holds, opened: personal data, for the region's own engineer.</summary>
/// <param name="Bytes">The row behind its header, the case, or the record that the hub refused.</param>
internal sealed record KeptContent(QuarantineEntry Entry, ReadOnlyMemory<byte> Bytes)
{
    private static readonly JsonFormatter Legible = new(JsonFormatter.Settings.Default.WithIndentation("  "));

    /// <summary>False when the row was longer than what is kept of one.</summary>
    public bool IsWhole => Entry.Stage != QuarantineStage.Mapping || Bytes.Length < SourceReader.RawRecordBytes;

    /// <summary>As text that steers no terminal.</summary>
    /// <param name="mapping">Of its source; null when the configuration has none of that name any more.</param>
    public string Text(SourceMapping? mapping)
    {
        var text = Entry.Stage switch
        {
            QuarantineStage.Mapping => mapping?.TextOf(Bytes.Span) ?? System.Text.Encoding.UTF8.GetString(Bytes.Span),
            QuarantineStage.Ledger => Legible.Format(Case.Parser.ParseFrom(Bytes.Span)),
            QuarantineStage.Hub => Legible.Format(CaseRecord.Parser.ParseFrom(Bytes.Span)),
        };
        return TerminalText.Plain(text);
    }

    /// <summary>A reader of the row alone; null when it takes the file, as for one that the file ends within: what was kept of it does not show whether it is whole.</summary>
    public SourceReader? Reopen(SourceMapping mapping) =>
        Entry.Stage == QuarantineStage.Mapping && Entry.Reason != RejectReason.CutOff && IsWhole && Bytes.Length > 0 ? mapping.OpenKept(Bytes, Entry.File) : null;
}
