using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>An mbox and a file of one message.</summary>
public sealed class MailMutantTests
{
    private const int Each = 4_000;
    private const string Message = """
        From: "K" <k@x>
        To: a@x, b@x
        Date: Sun, 1 Mar 2026 10:00:00 +0000
        Message-ID: <1>
        Subject: =?utf-8?B?w6k=?= x
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <p>=C3=A9</p>
        --b
        Content-Type: a/b; name*=utf-8''%C3%A9
        Content-Transfer-Encoding: base64

        QUJD
        --b--

        """;

    private static readonly Mutation Mutation = new(
        "--b", "--b--", "\n\n", "\r\n", "\n\nFrom - 10:00\n", "\nFrom me\n", "=?utf-8?B?", "?=", "=", ":", "<", ">", "\"", "(", ";", "\\", "\0", "\xE9", "Content-Type: multipart/mixed; boundary=b\n\n", "Content-Type: message/rfc822\n\n");

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    public async Task ReadAsync_OfMutantsOfMail_AccountsForEveryMessage(int separated)
    {
        var text = Message.ReplaceLineEndings("\n");
        var sound = Encoding.UTF8.GetBytes(separated == 0 ? text : string.Concat(Enumerable.Repeat($"From - Sun 10:00:00\n{text}", separated)));
        var yaml = Reading.Csv("subject: subject\ndescription: body", format: "{type: mail, quoted: drop}", more: "unmapped: keep");
        var mapping = Reading.Mapping(yaml.Replace("key: id", "key: message_id", StringComparison.Ordinal));
        var kind = new MutantKind($"mail {separated}", random => Mutation.Of(sound, random), content => mapping.OpenReader(new MemoryStream(content), "mail"))
        {
            Records = content => RecordCounts.Messages(content),
            OffsetsRise = true,
        };

        var run = await MutantRun.OfAsync(kind, Each);

        Assert.True(run.Count<RowOutcome.Mapped>() > run.Mutants / 4 && run.Count<RowOutcome.Rejected>() > 0, $"{run.Count<RowOutcome.Mapped>()} mapped, {run.Count<RowOutcome.Rejected>()} rejected");
        Assert.Equal(run.Mutants, run.Counted + run.Faults);
    }
}
