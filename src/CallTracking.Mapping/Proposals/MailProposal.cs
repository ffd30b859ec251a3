namespace CallTracking.Mapping.Proposals;

/// <summary>Mail has the same names everywhere, so that its mapping is always the same.</summary>
internal static class MailProposal
{
    private const string Tests = """
        # Invented messages: add yours, with invented values too, since this file is not encrypted.
        tests:
          - name: an invented message
            text: |
              From: An Invented Name <a.person@example.com>
              To: help@example.org
              Subject: an invented subject
              Date: Mon, 2 Mar 2026 10:30:00 +0100
              Message-ID: <1@example.com>
              Content-Type: text/plain; charset=utf-8

              It hums.

              On Sun, 1 Mar 2026 at 9:00, Help wrote:
              > What does it do?
            expect: {subject: an invented subject, opened: "2026-03-02T09:30:00Z", description: It hums., customer.name: An Invented Name, customer.emails: a.person@example.com, channel: email}
          - name: a date that never was
            text: |
              From: a.person@example.com
              Date: no date
              Message-ID: <2@example.com>

              It hums.
            rejected: {reason: bad-time, field: order}

        """;

    public static async Task<MappingProposal> ForAsync(string source, FormatGuess format, ProposalOptions options, string file, CancellationToken cancellationToken)
    {
        var country = options.Country is { } code ? $"\n  customer_country: {{const: {code}}}   # right for every case?" : string.Empty;
        var yaml = $$"""
            # Proposed for mail: a conversation is a case. For a case per message: no fold, key: message_id, and paths without events[0] and messages.
            source: {{source}}   # part of every case's identity: choose it now, never change it
            format: {type: mail, quoted: drop}   # {{format.Why}}
            time_zone: {{options.TimeZone ?? "Etc/UTC"}}
            fold: {by: thread, order: date}   # all messages of a conversation, in whichever files they stand, are the list 'events'
            key: thread
            updated: date   # of the last message: a late old file never overwrites a newer one
            fields:
              kind: {const: inquiry}
              channel: {const: email}{{country}}
              opened: events[0].date
              updated: date
              subject: events[0].subject
              description: events[0].body
              customer.name: events[0].from.name   # who wrote first: a customer, if the mailbox is the one they write to
              customer.emails: events[0].from.address
              messages:
                each: events
                fields: {at: date, body: body}
              attachments:
                each: "events[*].attachments[*]"
                fields: {file_name: name, media_type: type, size_bytes: size}

            """.ReplaceLineEndings("\n");
        var (outcomes, _, _, cases) = await SampleTrial.TryAsync(SampleTrial.Load(yaml), file, 500, cancellationToken).ConfigureAwait(false);
        return new MappingProposal(yaml, Tests.ReplaceLineEndings("\n"), [], outcomes) { Format = "{type: mail, quoted: drop}", Cases = cases, Questions = ["Is a conversation a case (as proposed, by fold), or each message?"] };
    }
}
