namespace CallTracking.Mapping.Proposals;

/// <summary>Mail has the same names everywhere, so that its mapping is always the same.</summary>
internal static class MailProposal
{
    public static async Task<MappingProposal> ForAsync(string source, FormatGuess format, ProposalOptions options, string file, CancellationToken cancellationToken)
    {
        var country = options.Country is { } code ? $"\n  customer_country: {{const: {code}}}   # right for every case?" : string.Empty;
        var yaml = $$"""
            # Proposed for mail: a message is a case, or a thread with key: thread.
            source: {{source}}   # part of every case's identity: choose it now, never change it
            format: {type: mail, quoted: drop}   # {{format.Why}}
            time_zone: {{options.TimeZone ?? "Etc/UTC"}}
            key: message_id   # ? or thread, for a case per conversation
            fields:
              kind: {const: inquiry}
              channel: {const: email}{{country}}
              opened: date
              subject: subject
              description: body
              customer.name: from.name   # who wrote: a customer, if the mailbox is the one they write to
              customer.emails: from.address
              attachments:
                each: attachments
                fields: {file_name: name, media_type: type, size_bytes: size}

            """.ReplaceLineEndings("\n");
        var (outcomes, _) = await SampleTrial.TryAsync(SampleTrial.Load(yaml), file, 500, cancellationToken).ConfigureAwait(false);
        return new MappingProposal(yaml, null, [], outcomes) { Format = "{type: mail, quoted: drop}", Questions = ["Is a message a case, or a thread?"] };
    }
}
