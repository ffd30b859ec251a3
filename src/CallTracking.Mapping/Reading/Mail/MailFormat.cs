using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>What a file of mail holds.</summary>
internal enum MailFile
{
    /// <summary>Many messages when it starts with a line of mbox, else one.</summary>
    Auto,

    /// <summary>One message, as in an .eml file or a maildir folder.</summary>
    Message,

    /// <summary>Messages one behind the other, each after a line "From … date".</summary>
    Mbox,
}

/// <summary>Messages of mail, each a record.</summary>
internal sealed record MailFormat : RecordFormat
{
    public MailFile File { get; init; }

    /// <summary>What bytes outside ASCII mean where the message does not say it; null when only UTF-8 is taken then.</summary>
    public SourceEncoding? Encoding { get; init; }

    /// <summary>Leaves out what the author quotes of earlier messages.</summary>
    public bool DropsQuoted { get; init; }

    public override bool IsTree => true;

    public override string Manner => "read as mail";

    public override byte[]? BytesOf(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new MailReader(content, this, fileName, columns);
}
