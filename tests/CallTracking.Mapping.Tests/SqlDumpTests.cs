using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class SqlDumpTests
{
    private const string Format = "{type: sqldump, table: ost_ticket}";

    private const string MySqlHead = """
        -- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
        /*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
        /*!50503 SET NAMES utf8mb4 */;
        DROP TABLE IF EXISTS `ost_staff`;
        CREATE TABLE `ost_staff` (`id` int NOT NULL, `s` text);
        INSERT INTO `ost_staff` VALUES (7,'INSERT INTO `ost_ticket` VALUES (9,\'no\');');
        CREATE TABLE `ost_ticket` (
          `id` int unsigned NOT NULL AUTO_INCREMENT,
          `s` varchar(64) COLLATE utf8mb4_bin DEFAULT 'a,b(' COMMENT 'it''s, the `s`)',
          `d` datetime DEFAULT NULL,
          `flag` bit(1) DEFAULT NULL,
          `cost` decimal(10,2) DEFAULT NULL,
          PRIMARY KEY (`id`),
          KEY `s` (`s`,`d`)
        ) ENGINE=InnoDB /*!50100 PARTITION BY HASH (id) */;
        LOCK TABLES `ost_ticket` WRITE;
        /*!40000 ALTER TABLE `ost_ticket` DISABLE KEYS */;

        """;

    private const string MySqlEnd = """

        UNLOCK TABLES;
        DELIMITER ;;
        /*!50003 CREATE*/ /*!50003 PROCEDURE `p`() BEGIN
        INSERT INTO `ost_ticket` VALUES (99,'from a procedure',NULL,NULL,NULL);
        END */;;
        CREATE PROCEDURE q() BEGIN
        SET @x = 1;
        INSERT INTO `ost_ticket` VALUES (98,'from a procedure',NULL,NULL,NULL);
        END;;
        DELIMITER ;
        -- Dump completed on 2026-03-01 10:00:00

        """;

    private const string PostgresHead = """
        --
        -- PostgreSQL database dump
        --
        \restrict abc
        SET client_encoding = 'UTF8';
        SET standard_conforming_strings = on;
        CREATE FUNCTION public.f() RETURNS void LANGUAGE plpgsql AS $_$
        begin
        INSERT INTO ost_ticket VALUES (97, 'from a function');
        end $_$;
        CREATE FUNCTION public.g() RETURNS void LANGUAGE sql
        BEGIN ATOMIC
        SELECT 1;
        INSERT INTO public.ost_ticket (id, s) VALUES (96, 'from a function');
        END;
        CREATE TABLE public.ost_ticket (
            id integer NOT NULL,
            s text,
            d timestamp with time zone,
            cost numeric(10,2),
            CONSTRAINT c CHECK ((id > 0))
        );

        """;

    private const string PostgresEnd = "\n--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict abc\n";

    static SqlDumpTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task ReadAsync_MySqlDump_GivesTheTablesRowsOnly()
    {
        var yaml = Reading.Csv("subject: s\nopened: {from: d, time_zone: Asia/Tokyo}\nsatisfaction.ces: cost", more: "culture: de-DE\nnulls: [\"0000-00-00 00:00:00\"]\nunmapped: keep", format: Format);
        const string Rows = """
            INSERT INTO `ost_ticket` VALUES (1,'it\'s ''a'' \"b\"\n\\;','2026-03-01 10:00:00',b'1',1.50),
            (2,NULL,'0000-00-00 00:00:00',0x00,NULL),(3,_binary 'x)','2026-03-01 10:00:00',_binary '\0',-2.0);
            INSERT INTO `ost_ticket` (`s`, `id`) VALUES ('日本',4) ON DUPLICATE KEY UPDATE s='(5)';
            """;

        var cases = (await Reading.AllAsync(yaml, MySqlHead + Rows + MySqlEnd)).Cast<RowOutcome.Mapped>().ToList();

        Assert.Equal(["1", "2", "3", "4"], cases.Select(row => row.LocalId));
        Assert.Equal(["it's 'a' \"b\"\n\\;", null, "x)", "日本"], cases.Select(row => row.Case.Subject?.Clear));
        Assert.Equal(["2026-03-01T01:00:00", "", "2026-03-01T01:00:00", ""], cases.Select(row => row.Case.Opened?.At.ToDateTime().ToString("s") ?? ""));
        Assert.Equal([1.5, -2.0], cases.Where(row => row.Case.Satisfaction is not null).Select(row => row.Case.Satisfaction.Ces));
        Assert.Equal([1, 0, 0], cases.SelectMany(row => row.Case.CustomFields).Where(field => field.Name == "flag").Select(field => field.Integer + field.Number));
    }

    [Fact]
    public async Task ReadAsync_PostgresCopy_GivesTheTablesRows()
    {
        var yaml = Reading.Csv("subject: s\nopened: d\nsatisfaction.ces: cost", more: "culture: de-DE", format: Format);
        const string Rows = "COPY public.other (a) FROM stdin;\n9\tost_ticket (\n\\.\nCOPY public.ost_ticket (id, s, cost, d) FROM stdin;\n"
            + "1\ta\\tb\\nc\\\\d\\x41\\101;'\t1.50\t2026-03-01 10:00:00+09\n2\t\\N\t\\N\t\\N\n3\t\\\\N 日本\t2\t\\N\n\\.\n";

        var cases = (await Reading.AllAsync(yaml, PostgresHead + Rows + PostgresEnd)).Cast<RowOutcome.Mapped>().ToList();

        Assert.Equal(["1:a\tb\nc\\dAA;'", "2:", "3:\\N 日本"], cases.Select(row => $"{row.LocalId}:{row.Case.Subject?.Clear}"));
        Assert.Equal(new DateTime(2026, 3, 1, 1, 0, 0, DateTimeKind.Utc), cases[0].Case.Opened.At.ToDateTime());
        Assert.Equal([1.5, 2.0], cases.Where(row => row.Case.Satisfaction is not null).Select(row => row.Case.Satisfaction.Ces));
    }

    // As pg_dump 15 writes a table that is divided twice; the inner division may come first, by its name.
    [Theory]
    [InlineData("ALTER TABLE ONLY public.ost_ticket ATTACH PARTITION public.p1 FOR VALUES IN (1);\nALTER TABLE ONLY public.ost_ticket ATTACH PARTITION public.p2 FOR VALUES IN (2);\nALTER TABLE ONLY public.p2 ATTACH PARTITION public.p2a FOR VALUES IN (2);\n")]
    [InlineData("ALTER TABLE ONLY public.p2 ATTACH PARTITION public.p2a FOR VALUES IN (2);\nALTER TABLE ONLY public.ost_ticket ATTACH PARTITION public.p2 FOR VALUES IN (2);\nALTER TABLE ONLY public.ost_ticket ATTACH PARTITION public.p1 FOR VALUES IN (1);\n")]
    [InlineData("CREATE TABLE public.p1 PARTITION OF public.ost_ticket FOR VALUES IN (1);\nCREATE TABLE public.p2a PARTITION OF public.ost_ticket FOR VALUES IN (2);\n")]
    public async Task ReadAsync_PartitionedTable_GivesTheRowsOfAllItsParts(string divisions)
    {
        const string Tables = "CREATE TABLE public.ost_ticket (\n    id integer,\n    s text\n)\nPARTITION BY LIST (id);\nALTER TABLE public.ost_ticket OWNER TO postgres;\n";
        const string Rows = "COPY public.other (id, s) FROM stdin;\n7\tx\n\\.\nCOPY public.p1 (id, s) FROM stdin;\n1\ta\n\\.\nCOPY public.p2a (s, id) FROM stdin;\nb\t2\n\\.\n";

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), PostgresHead + Tables + divisions + Rows + PostgresEnd);

        Assert.Equal(["1:a", "2:b"], outcomes.Cast<RowOutcome.Mapped>().Select(row => $"{row.LocalId}:{row.Case.Subject.Clear}"));
    }

    [Fact]
    public async Task ReadAsync_PartWithItsOwnOrderOfColumns_IsReadByIt()
    {
        const string Content = "CREATE TABLE public.ost_ticket (\n    id integer,\n    s text,\n    note text\n)\nPARTITION BY LIST (id);\nCREATE TABLE public.p1 (\n    note text,\n    id integer,\n    s text\n);\n"
            + "ALTER TABLE ONLY public.ost_ticket ATTACH PARTITION public.p1 FOR VALUES IN (1);\nINSERT INTO public.p1 VALUES ('n', 1, 'a');\nINSERT INTO public.ost_ticket VALUES (2, 'b', 'n');\n";

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), PostgresHead + Content + PostgresEnd);

        Assert.Equal(["1:a", "2:b"], outcomes.Cast<RowOutcome.Mapped>().Select(row => $"{row.LocalId}:{row.Case.Subject.Clear}"));
    }

    [Fact]
    public async Task ReadAsync_CustomFormatOfPgDump_SaysHowToHaveAPlainOne() =>
        Assert.Contains("pg_restore -f", (await FailsAsync(Format, "PGDMP\u0001\u000e\u0000")).Fault.Cure, StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_PostgresInserts_ReadBothKindsOfStrings()
    {
        const string Rows = "INSERT INTO public.ost_ticket VALUES (1, 'C:\\new ''x''', NULL, 1.50);\n"
            + "INSERT INTO public.ost_ticket (id, s) OVERRIDING SYSTEM VALUE VALUES (2, E'a\\n\\'\\u65E5;'),\n\t(3, 'b') ON CONFLICT DO NOTHING;\n";

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), PostgresHead + Rows + PostgresEnd);

        Assert.Equal(["1:C:\\new 'x'", "2:a\n'日;", "3:b"], outcomes.Cast<RowOutcome.Mapped>().Select(row => $"{row.LocalId}:{row.Case.Subject.Clear}"));
    }

    [Fact]
    public async Task ReadAsync_Positions_AreLineAndByteOfTheRow()
    {
        var content = MySqlHead + "INSERT INTO `ost_ticket` (id,s) VALUES (1,'a\nb'),\n(2,'c');" + MySqlEnd;

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), content);

        var first = Encoding.UTF8.GetBytes(content).AsSpan().IndexOf("(1,'a"u8);
        Assert.Equal([first, first + 11], outcomes.Select(row => row.Position.ByteOffset));
        Assert.Equal([18, 20], outcomes.Select(row => row.Position.Line));
    }

    [Theory]
    [InlineData("sjis", "Shift_JIS", "表ソ")]
    [InlineData("gbk", "gbk", "誠中")]
    [InlineData("latin1", "windows-1252", "é“")]
    [InlineData("utf8mb4", "utf-8", "日本😀")]
    public async Task ReadAsync_SetNames_IsTheEncoding(string name, string encoding, string text)
    {
        var content = MySqlHead.Replace("utf8mb4 */", $"{name} */", StringComparison.Ordinal) + $"INSERT INTO `ost_ticket` (id,s) VALUES (1,'{text}');" + MySqlEnd;

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), Encoding.GetEncoding(encoding).GetBytes(content));

        Assert.Equal(text, Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_EncodingOfTheMapping_GoesBeforeSetNames()
    {
        var content = MySqlHead + "INSERT INTO `ost_ticket` (id,s) VALUES (1,'é');" + MySqlEnd;

        var outcomes = await Reading.AllAsync(
            Reading.Csv("subject: s", format: "{type: sqldump, table: ost_ticket, encoding: windows-1252}"), Encoding.Latin1.GetBytes(content));

        Assert.Equal("é", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Theory]
    [InlineData("(1)", RejectReason.RaggedRow)]
    [InlineData("(1,NOW())", RejectReason.BadValue)]
    [InlineData("(1,'a' 'b')", RejectReason.BrokenRecord)]
    [InlineData("(1,'a\\0b')", RejectReason.NulCharacter)]
    [InlineData("(1,0xFF)", RejectReason.Undecodable)]
    [InlineData("(NULL,'a')", RejectReason.MissingKey)]
    public async Task ReadAsync_BadRow_IsRejectedAndTheNextIsRead(string row, string reason)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), MySqlHead + $"INSERT INTO `ost_ticket` (id,s) VALUES {row},(2,'sound');" + MySqlEnd);

        Assert.Equal(reason, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Reason);
        Assert.Equal("sound", Assert.IsType<RowOutcome.Mapped>(outcomes[1]).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_BytesThatTheMappingDoesNotRead_CostNothing()
    {
        byte[] content = [.. Encoding.UTF8.GetBytes(MySqlHead + "INSERT INTO `ost_ticket` (id,s,d) VALUES (1,'a',_binary '"), 0xFF, 0xFE, .. Encoding.UTF8.GetBytes("');" + MySqlEnd)];

        Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(Reading.Csv("subject: s", format: Format), content)));
    }

    [Theory]
    [InlineData("{type: sqldump, table: ost_tickets}", "'ost_ticket'")]
    [InlineData("{type: sqldump, table: zzz}", "ost_staff")]
    public async Task ReadAsync_NoSuchTable_NamesThoseThereAre(string format, string cure) =>
        Assert.Contains(cure, (await FailsAsync(format, MySqlHead + MySqlEnd)).Fault.Cure, StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_NoRows_IsANightWithoutCases() =>
        Assert.Empty(await Reading.AllAsync(Reading.Csv("subject: s", format: Format), MySqlHead + MySqlEnd));

    [Fact]
    public async Task ReadAsync_ColumnMissing_IsTheHeadersFault()
    {
        var failure = await FailsAsync(Format, MySqlHead + MySqlEnd, "subject: subj");

        Assert.Contains("'subj'", failure.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("mapping.yaml", failure.Fault.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INSERT INTO `ost_ticket` (id,s) VALUES (1,'a');\n", "cut off")]
    [InlineData("INSERT INTO `ost_ticket` (id,s) VALUES (1,'a'),(2,'b", "ends inside a statement")]
    [InlineData("INSERT INTO `ost_ticket` (id,s) VALUES (1,'a') (2,'b');\n", "expected ','")]
    [InlineData("INSERT INTO `ost_ticket` (id,s) VALUES (1,'a'),;\n", "expected the values")]
    [InlineData("INSERT INTO `ost_ticket` SELECT 1;\n", "expected VALUES")]
    [InlineData("INSERT INTO `ost_ticket` (id,x) VALUES (1,'a');\n", "names columns")]
    [InlineData("INSERT INTO `db2`.`ost_ticket` (id,s) VALUES (1,'a');\n", "stands in it twice")]
    public async Task ReadAsync_BrokenOrTruncated_FailsTheFileWithItsPlace(string rows, string says)
    {
        var failure = await FailsAsync(Format, MySqlHead + rows);

        Assert.Contains(says, failure.Fault.Message, StringComparison.Ordinal);
        Assert.True(failure.Fault.Line >= 18, failure.Fault.ToString());
    }

    [Fact]
    public async Task ReadAsync_EndUnmarked_TakesADumpWithoutComments() =>
        Assert.Single(await Reading.AllAsync(
            Reading.Csv("subject: s", format: "{type: sqldump, table: ost_ticket, end: unmarked}"), MySqlHead + "INSERT INTO `ost_ticket` (id,s) VALUES (1,'a');\n"));

    [Fact]
    public async Task ReadAsync_TwoSchemas_AreToldApartByTheWholeName()
    {
        const string Rows = "CREATE TABLE audit.ost_ticket (id integer, s text);\nCOPY audit.ost_ticket (id, s) FROM stdin;\n1\taudit\n\\.\nCOPY public.ost_ticket (id, s) FROM stdin;\n1\tpublic\n\\.\n";

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: "{type: sqldump, table: audit.ost_ticket}"), PostgresHead + Rows + PostgresEnd);

        Assert.Equal("audit", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
        Assert.Contains("stands in it twice", (await FailsAsync(Format, PostgresHead + Rows + PostgresEnd)).Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'", "'),(2,'b');")]
    [InlineData("0x", "),(2,'b');")]
    public async Task ReadAsync_RowOverTheLimit_IsPassedOver(string open, string tail)
    {
        await using var reader = Reading.Mapping(Reading.Csv("subject: s", format: Format))
            .OpenReader(new GeneratedStream(MySqlHead + $"INSERT INTO `ost_ticket` (id,s) VALUES (1,{open}", 50_000_000, tail + MySqlEnd), "dump.sql");
        var outcomes = await Reading.AllAsync(reader);

        Assert.Equal(RejectReason.TooLarge, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Reason);
        Assert.Equal("b", Assert.IsType<RowOutcome.Mapped>(outcomes[1]).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_OneByteAtATime_GivesTheSame()
    {
        foreach (var content in new[]
        {
            MySqlHead + "INSERT INTO `ost_ticket` VALUES (1,'it\\'s ''a''',NULL,b'1',1.5),(2,'--',NULL,NULL,.5);/* ' */ # '\n" + MySqlEnd,
            PostgresHead + "COPY public.ost_ticket (id, s) FROM stdin;\n1\ta\\\\b\n\\.\nINSERT INTO public.ost_ticket (id, s) VALUES (2, E'\\'');\n" + PostgresEnd,
        })
        {
            var mapping = Reading.Mapping(Reading.Csv("subject: s", format: Format));
            var bytes = Encoding.UTF8.GetBytes(content);
            await using var whole = mapping.OpenReader(new MemoryStream(bytes), "dump.sql");
            await using var dripping = mapping.OpenReader(new DrippingStream(bytes), "dump.sql");
            var expected = await Reading.AllAsync(whole);

            Assert.Equal(2, expected.Count);
            Assert.Equal(expected, await Reading.AllAsync(dripping));
        }
    }

    private static Task<SourceFormatException> FailsAsync(string format, string content, string fields = "subject: s") =>
        Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv(fields, format: format), content));
}
