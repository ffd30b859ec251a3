using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>Dumps of databases: all of them changed, and their rows alone, which can be counted.</summary>
public sealed class DumpMutantTests
{
    private const int Each = 2_500;
    private const string MySql = "-- MySQL dump\nCREATE TABLE `t` (`id` int, `s` text COMMENT 'a,b', PRIMARY KEY (`id`));\nINSERT INTO `u` VALUES (1);\nINSERT INTO `t` VALUES ";
    private const string MySqlEnd = ";\n-- Dump completed\n";
    private const string Postgres = "-- PostgreSQL database dump\nCREATE FUNCTION f() AS $_$ ; $_$;\nCREATE TABLE public.t (id integer, s text);\nCOPY public.t (id, s) FROM stdin;\n";
    private const string PostgresEnd = "\\.\n-- PostgreSQL database dump complete\n";

    private static readonly Mutation Whole = new(
        "\\", "'", "\"", "`", "(", ")", ",", ";", "$$", "E'", "/*", "*/", "--", "\n", "\r\n", "\\.\n", "\\N", "\t", "0x", "X'", "VALUES", "COPY ", "DELIMITER ;;\n", "\0", "\xE9");

    private static readonly Mutation Rows = new("\\", "'", "''", "(", ")", ",", "(7,'x'),", "\n", "\r\n", "\\N", "\t", "0x", "NULL", "\0", "\xE9", " ");

    [Theory]
    [InlineData(MySql, "/* x */; INSERT INTO `t` (s,id) VALUES ('y',7),(0x41,8);\n-- Dump completed\n")]
    [InlineData(Postgres, "\\.\nINSERT INTO public.t VALUES (7, E'a\\'b'), (8, 'c''d');\n-- PostgreSQL database dump complete\n")]
    public async Task ReadAsync_OfMutantsOfADump_EndsWithOutcomesOrAFault(string head, string tail)
    {
        var sound = Encoding.UTF8.GetBytes(head + Body(head) + tail);

        var run = await MutantRun.OfAsync(Kind(head, random => Whole.Of(sound, random)), Each);

        Assert.True(run.Count<RowOutcome.Mapped>() > run.Mutants && run.Count<RowOutcome.Rejected>() > run.Mutants / 50 && run.Faults > run.Mutants / 20, "Too few mutants say something.");
    }

    [Theory]
    [InlineData(MySql, MySqlEnd)]
    [InlineData(Postgres, PostgresEnd)]
    public async Task ReadAsync_OfMutantsOfRows_AccountsForEveryRow(string head, string tail)
    {
        byte[] start = Encoding.UTF8.GetBytes(head), rows = Encoding.UTF8.GetBytes(Body(head)), end = Encoding.UTF8.GetBytes(tail);
        var kind = Kind(head + "rows", random => Rows.Of(start, rows, end, random)) with
        {
            Records = content => head == MySql ? RecordCounts.Tuples(content, start.Length, end.Length) : RecordCounts.Copied(content, start.Length, end.Length),
        };

        var run = await MutantRun.OfAsync(kind, Each);

        Assert.True(run.Counted > run.Mutants / 4, $"Only {run.Counted} were counted.");
    }

    private static string Body(string head) => head == MySql
        ? string.Join(',', Enumerable.Range(0, 6).Select(id => $"({id},'é\\'x')"))
        : string.Concat(Enumerable.Range(0, 6).Select(id => $"{id}\té\\n\\\\x\n"));

    private static MutantKind Kind(string name, Func<Random, byte[]> mutant)
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: s", format: "{type: sqldump, table: t}", more: "unmapped: keep"));
        return new MutantKind(name, mutant, content => mapping.OpenReader(new MemoryStream(content), "dump"));
    }
}
