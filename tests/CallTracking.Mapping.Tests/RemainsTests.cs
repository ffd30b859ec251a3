using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>A cell that cannot be read costs its record, not its key: a row that is known by its key can be waited for, and hides no other case.</summary>
public sealed class RemainsTests
{
    [Theory]
    [InlineData("utf-8", "id,text,more", "2,x¤y,c", 0xFF, "2")]
    [InlineData("utf-8", "text,more,id", "x¤y,c,2", 0xC3, "2")]
    [InlineData("utf-8", "text,more,id", "\"x, ¤\"\"y\",c,2", 0xFF, "2")]
    [InlineData("windows-1252", "text,id,more", "x¤,2,c", 0x81, "2")]
    [InlineData("utf-8", "id,text,more", "2¤,x,c", 0xFF, null)]
    [InlineData("utf-8", "id,text,more", "2,x¤", 0xFF, null)]
    [InlineData("utf-8", "id,text,more", "2,x¤y,c,d", 0xFF, null)]
    [InlineData("utf-8", "id,text,more", "\"2,x¤y\",c", 0xFF, null)]
    [InlineData("utf-8", "text,id,more", "x¤y,2,c", 0, "2")]
    [InlineData("utf-8", "id,text,more", "2¤,y,c", 0, null)]
    public async Task ReadAsync_OneCellCannotBeRead_TheKeyIsThatOfItsOwnCell(string encoding, string header, string row, int bad, string? key)
    {
        var named = Encoding.GetEncoding(encoding);
        byte[] content = [.. named.GetBytes($"{header}\n{string.Join(',', header.Split(',').Select(name => name == "id" ? "1" : "a"))}\n{row[..row.IndexOf('¤')]}"), (byte)bad, .. named.GetBytes($"{row[(row.IndexOf('¤') + 1)..]}\n")];

        var outcomes = await Reading.AllAsync(Yaml(encoding), content);

        Assert.Equal("1", Assert.IsType<RowOutcome.Mapped>(outcomes[0]).LocalId);
        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[1]);
        Assert.Equal((bad == 0 ? RejectReason.NulCharacter : RejectReason.Undecodable, key), (rejected.Reason, rejected.LocalId));
    }

    [Fact]
    public async Task ReadAsync_RecordThatIsNotEvenCut_HasNoKeyOfTheOneBefore()
    {
        byte[] content = [.. "id,text\n1,a\n2,"u8, 0xFF, .. Encoding.UTF8.GetBytes($"\n3,{new string('x', 5000)}\n4,d\n")];

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: text", format: "{type: delimited, encoding: utf-8, max_record_bytes: 4096}"), content);

        Assert.Equal(["1", "2", null, "4"], outcomes.Select(outcome => outcome is RowOutcome.Mapped mapped ? mapped.LocalId : ((RowOutcome.Rejected)outcome).LocalId));
    }

    private static string Yaml(string encoding) => Reading.Csv("subject: text", format: $"{{type: delimited, encoding: {encoding}}}");
}
