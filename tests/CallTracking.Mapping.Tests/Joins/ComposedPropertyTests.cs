using System.Globalization;
using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

/// <summary>Random tables, joined and folded, against the plainest join and fold in memory.</summary>
public sealed class ComposedPropertyTests
{
    private const string Yaml = """
        source: test
        format: {type: delimited}
        time_zone: Etc/UTC
        fold: {by: case, order: step}
        key: case
        join:
          - {as: one, files: side.csv, key: key, on: ref, order: step}
          - {as: all, files: side.csv, key: key, on: ref, many: true, order: step}
        fields:
          subject: {join: [text, one.text], with: "|"}
          messages:
            - {each: events, fields: {body: text}}
            - {each: all, fields: {body: text}}
        """;

    [Fact]
    public async Task RandomTables_JoinedAndFolded_EqualANaiveJoin()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var rows = Table(random, random.Next(60), 12);
            var side = Table(random, random.Next(40), 6);
            using var files = new Composed();
            files.With("side.csv", Csv("key,step,ref,text", side));

            var outcomes = await files.ReadAsync(Yaml, Csv("case,step,ref,text", rows));

            Assert.Equal(Naive(rows, side), outcomes.OfType<RowOutcome.Mapped>().Select(row => Composed.Said([row])));
            Assert.Equal(rows.Count, outcomes.Count);
            Assert.Equal(Enumerable.Range(1, rows.Count), outcomes.Select(row => (int)row.Position.Row).Order());
        }
    }

    private static List<Line> Table(Random random, int rows, int keys) => [.. Enumerable.Range(0, rows).Select(row =>
        new Line($"k{random.Next(keys)}", random.Next(-3, 4), $"k{random.Next(8)}", string.Create(CultureInfo.InvariantCulture, $"t{row}\"{random.Next()},é")))];

    private static string Csv(string header, IEnumerable<Line> lines) => lines.Aggregate(
        new StringBuilder(header).Append('\n'),
        (csv, line) => csv.Append(CultureInfo.InvariantCulture, $"{line.Key},{line.Step},{line.Ref},\"{line.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"),
        csv => csv.ToString());

    private static IEnumerable<string> Naive(List<Line> rows, List<Line> side)
    {
        foreach (var group in rows.GroupBy(row => row.Key))
        {
            var events = group.OrderBy(row => row.Step).ToList();
            var all = side.Where(line => line.Key == events[^1].Ref).OrderBy(line => line.Step).ToList();
            var subject = all.Count > 0 ? $"{events[^1].Text}|{all[^1].Text}" : events[^1].Text;
            yield return $"{group.Key}={subject}{string.Concat(events.Concat(all).Select(line => $"[{line.Text}]"))}";
        }
    }

    private sealed record Line(string Key, int Step, string Ref, string Text);
}
