using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>Where no row can be decoded it is the encoding that is wrong, and <c>check</c> names a better one.</summary>
public sealed class CheckReadingsTests
{
    private const string Subject = "Pračka už třetí den neodčerpává vodu a Šárka žádá o rychlou opravu";

    [Theory]
    [InlineData(2, "delimited")]
    [InlineData(2, "fixed")]
    [InlineData(60, "fixed")]
    [InlineData(150, "delimited")]
    [InlineData(150, "fixed")]
    public async Task Check_NoRowCanBeDecoded_NamesTheEncodingThatReadsBest(int rows, string type)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var records = Enumerable.Range(1000, rows);
        if (type == "fixed")
        {
            agent.WriteMapping(mapping => mapping.Replace(
                "{type: delimited, encoding: utf-8, delimiter: \",\"}",
                "{type: fixed, encoding: utf-8, columns: [{name: id, width: 6}, {name: subject, width: 70}, {name: status, width: 6}, {name: updated, width: 16}]}",
                StringComparison.Ordinal));
        }

        var text = type == "fixed"
            ? string.Concat(records.Select(row => $"C{row} {Subject,-70}open  2024-11-20 10:00\n"))
            : "id,subject,status,updated\n" + string.Concat(records.Select(row => $"C{row},{Subject},open,2024-11-20 10:00\n"));
        agent.WriteText("cases.csv", string.Empty);
        await File.WriteAllBytesAsync(agent.Inbox("cases.csv"), Encoding.GetEncoding(1250).GetBytes(text));

        var (code, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Source, code);
        Assert.Equal(rows > 100, error.Contains("None of the first 100 records can be decoded", StringComparison.Ordinal));
        Assert.True(output.Contains("       it reads best as windows-1250 1.00; ", StringComparison.Ordinal), output + error);
        Assert.DoesNotContain("rka", output + error, StringComparison.Ordinal);
    }
}
