using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Sound files with bytes changed, lost, doubled: nothing crashes or hangs, and every record is accounted for.</summary>
public sealed class MutantTests
{
    private const int Each = 2000;

    static MutantTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("{type: delimited}", "utf-8", 1)]
    [InlineData("{type: delimited, encoding: Shift_JIS}", "shift_jis", 2)]
    [InlineData("{type: delimited, encoding: utf-16}", "utf-16", 3)]
    [InlineData("{type: delimited, encoding: gb18030, delimiter: \"||\"}", "gb18030", 4)]
    [InlineData("{type: delimited, encoding: iso-2022-jp, escape: '\\'}", "iso-2022-jp", 5)]
    [InlineData("{type: delimited, comment: \"#\", footer: 2, ragged: join_last}", "utf-8", 6)]
    [InlineData("{type: delimited, encoding: detect, footer: {from: \"^T\"}, preamble: {until: \"^id\"}}", "shift_jis", 7)]
    [InlineData("{type: fixed, columns: [{name: id, width: 4}, {name: text, width: 12}]}", "utf-8", 8)]
    [InlineData("{type: fixed, encoding: Shift_JIS, unit: bytes, ragged: pad, columns: [{name: id, width: 4}, {name: text, width: 12}]}", "shift_jis", 9)]
    [InlineData("{type: fixed, encoding: Shift_JIS, unit: bytes, record_length: 17, columns: [{name: id, width: 4}, {name: text, width: 12}]}", "shift_jis", 10)]
    public async Task ReadAsync_Mutants_AreAccountedFor(string format, string encoding, int seed)
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: text", format: format));
        var isFixed = format.Contains("fixed", StringComparison.Ordinal);
        var sound = Encoding.GetEncoding(encoding).GetBytes(isFixed ? Fixed() : Delimited(format));
        var random = new Random(seed);
        for (var mutant = 0; mutant < Each; mutant++)
        {
            var content = Mutate(sound, random);
            try
            {
                await using var reader = mapping.OpenReader(mutant % 10 == 0 ? new DrippingStream(content) : new MemoryStream(content), "cases.csv");
                var outcomes = await Reading.AllAsync(reader).WaitAsync(TimeSpan.FromSeconds(20));
                RequireAccounted(outcomes, content, format, encoding);
            }
            catch (SourceFormatException refused)
            {
                Assert.All(refused.Faults, fault => Assert.NotEmpty(fault.Cure));
            }
        }
    }

    private static void RequireAccounted(List<RowOutcome> outcomes, byte[] content, string format, string encoding)
    {
        Assert.Equal(Enumerable.Range(1, outcomes.Count).Select(row => (long)row), outcomes.Select(outcome => outcome.Position.Row));
        Assert.True(outcomes.Zip(outcomes.Skip(1)).All(pair => pair.First.Position.ByteOffset < pair.Second.Position.ByteOffset));
        Assert.All(outcomes, outcome => Assert.InRange(outcome.Position.ByteOffset, 0, content.Length));
        if (format.Contains("record_length", StringComparison.Ordinal))
        {
            Assert.Equal((content.Length + 16) / 17, outcomes.Count);
        }
        else if (format is "{type: delimited}")
        {
            Assert.Equal(Math.Max(0, CountRecords(content) - 1), outcomes.Count);
        }
        else if (format.Contains("fixed", StringComparison.Ordinal) && encoding is "utf-8" or "shift_jis" && !format.Contains("delimited", StringComparison.Ordinal))
        {
            Assert.Equal(CountLines(content), outcomes.Count);
        }
    }

    // Byte by byte, as plainly as can be.
    private static int CountRecords(byte[] content)
    {
        var (records, isCellStart, isQuoted, isOpen) = (0, true, false, false);
        for (var at = 0; at < content.Length; at++)
        {
            var one = content[at];
            isOpen = true;
            if (isQuoted)
            {
                if (one == '"' && at + 1 < content.Length && content[at + 1] == '"')
                {
                    at++;
                }
                else if (one == '"')
                {
                    isQuoted = false;
                }

                isCellStart = false;
            }
            else if (one is (byte)'\n' or (byte)'\r')
            {
                at += one == '\r' && at + 1 < content.Length && content[at + 1] == '\n' ? 1 : 0;
                records++;
                (isCellStart, isOpen) = (true, false);
            }
            else
            {
                isQuoted = one == '"' && isCellStart;
                isCellStart = one == ',';
            }
        }

        return records + (isOpen ? 1 : 0);
    }

    private static int CountLines(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return text.Count(letter => letter == '\n') + (text.Length > 0 && text[^1] != '\n' ? 1 : 0);
    }

    private static byte[] Mutate(byte[] sound, Random random)
    {
        var content = sound.ToList();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(content.Count);
            switch (random.Next(5))
            {
                case 0:
                    content[at] = (byte)random.Next(256);
                    break;
                case 1:
                    content.RemoveAt(at);
                    break;
                case 2:
                    content.Insert(at, "\"\r\n,\\\0#"u8[random.Next(7)]);
                    break;
                case 3:
                    content.InsertRange(at, content.GetRange(at, Math.Min(30, content.Count - at)));
                    break;
                default:
                    content.RemoveRange(at, Math.Min(random.Next(40), content.Count - at - 1));
                    break;
            }
        }

        return [.. content];
    }

    private static string Delimited(string format)
    {
        var delimiter = format.Contains("||", StringComparison.Ordinal) ? "||" : ",";
        var text = new StringBuilder($"id{delimiter}text\r\n");
        for (var row = 0; row < 12; row++)
        {
            text.Append(row % 3 == 0 && format.Contains('#', StringComparison.Ordinal) ? "# note\n" : string.Empty);
            text.Append(row).Append(delimiter).Append(row % 2 == 0 ? $"\"表示, a\r\nポ\"" : "plain 日本").Append(row % 4 == 0 ? "\n" : "\r\n");
        }

        return text.Append("Total\r\nend\r\n").ToString();
    }

    private static string Fixed() => string.Concat(Enumerable.Range(1000, 12).Select(row => $"{row}日本 abcdef  \n"));
}
