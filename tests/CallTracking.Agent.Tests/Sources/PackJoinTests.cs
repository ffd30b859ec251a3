using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Packs of files whose messages stand in files of their own, and the names that a region gives those.</summary>
public sealed class PackJoinTests
{
    private const string Ticket = """[{"id": 2, "number": "22002", "customer_id": 11, "created_at": "2021-11-03T11:51:13.759Z", "updated_at": "2021-11-04T11:51:13.759Z"}]""";
    private const string Articles = """[{"id": 1, "ticket_id": 2, "sender": "Customer", "internal": false, "body": "It is dark", "created_at": "2021-11-03T11:51:13.759Z"}]""";

    [Theory]
    [InlineData("files: {records: tickets.json, articles: \"deep/a*.json\"}")]
    [InlineData("files: {records: tickets.json, articles: deep/a1.json, customer_user: people.json}")]
    public async Task Files_NamedByTheRegion_AreJoinedUnderTheNamesOfThePack(string files)
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Write("tickets.json", Ticket);
        desk.Write("people.json", """[{"id": 11, "firstname": "Ida", "lastname": "Probst"}]""");
        Directory.CreateDirectory(desk.File("deep"));
        desk.Write("deep/a1.json", Articles);

        var read = await desk.ReadAsync($"pack: zammad\n{files}\nsettle: 0");

        Assert.Empty(read.Faults);
        Assert.Equal("It is dark", Assert.Single(Assert.Single(read.Mapped).Case.Messages).Body.Clear);
        Assert.Equal(files.Contains("people", StringComparison.Ordinal), read.Mapped.Single().Case.Customer?.Name?.Clear == "Ida Probst");
    }

    [Fact]
    public async Task Files_APathAlone_MeansThePackThatJoinsNothing()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Write("tickets.json", Ticket);

        Assert.Empty(Assert.Single((await desk.ReadAsync("pack: zammad\nfiles: tickets.json\nsettle: 0")).Mapped).Case.Messages);
    }

    [Fact]
    public async Task Files_ANamedOneIsMissing_IsAFaultAlsoWhereThePackCanDoWithout()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Write("tickets.json", Ticket);
        desk.Write("articles.json", Articles);

        var read = await desk.ReadAsync("pack: zammad\nfiles: {records: tickets.json, articles: articles.json, customer_user: none.json}\nsettle: 0");

        Assert.Contains("none.json", read.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("files: {articles: a.json}", "'records'")]
    [InlineData("files: {records: t.json, artikel: a.json}", "several exports")]
    public async Task Files_WronglyNamed_SaysWhatIsMissing(string files, string said)
    {
        await using var desk = await PackDesk.StartAsync();

        Assert.Contains(desk.Configure($"pack: zammad\n{files}").Faults, fault => fault.ToString().Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dump_TablesOfOneFile_AreJoinedFromTheFileThatIsRead()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Write("dump.sql", """
            -- MySQL dump 10.13
            CREATE TABLE `glpi_itilfollowups` (`id` int, `itemtype` varchar(100), `items_id` int, `date` datetime, `content` longtext, `is_private` tinyint);
            INSERT INTO `glpi_itilfollowups` VALUES (1,'Ticket',9,'2024-05-01 10:00:00','Asked back',1),(2,'Problem',9,'2024-05-01 10:00:00','of a problem',0);
            CREATE TABLE `glpi_itilsolutions` (`id` int, `itemtype` varchar(100), `items_id` int, `content` longtext, `date_creation` datetime);
            INSERT INTO `glpi_itilsolutions` VALUES (1,'Ticket',9,'New bulb','2024-05-02 09:00:00');
            CREATE TABLE `glpi_tickets_users` (`id` int, `tickets_id` int, `users_id` int, `type` int);
            INSERT INTO `glpi_tickets_users` VALUES (1,9,4711,1);
            CREATE TABLE `glpi_tickets` (`id` int, `name` varchar(255), `content` longtext, `date` datetime, `date_mod` datetime, `solvedate` datetime, `closedate` datetime, `status` int, `priority` int, `requesttypes_id` int, `is_deleted` tinyint);
            INSERT INTO `glpi_tickets` VALUES (9,'Lamp','It is dark','2024-05-01 09:30:00','2024-05-02 09:30:00',NULL,NULL,1,3,1,0);
            -- Dump completed on 2024-05-03  3:00:00

            """.ReplaceLineEndings("\n"));

        var read = await desk.ReadAsync("pack: glpi/dump-messages\nfiles: dump.sql\nsettle: 0\noverride: {time_zone: Europe/Paris}");

        Assert.Empty(read.Faults);
        Assert.Equal(["Asked back", "New bulb"], Assert.Single(read.Mapped).Case.Messages.Select(message => message.Body.Clear));
        Assert.Equal("4711", read.Mapped.Single().Case.Customer.Number.Clear);
    }

    [Theory]
    [InlineData("osticket/dump-messages", "osticket", "028817", "It's dark;\r\nhelp", "Odd", "Which lamp?")]
    [InlineData("otrs", "otrs", "2024050100000019", "It is dark;\nhelp", "Odd")]
    public async Task Dump_TablesThatLeadToOthers_GiveTheMessagesTwoTablesAway(string pack, string dump, string number, params string[] bodies)
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Write("dump.sql", await File.ReadAllTextAsync(RepositoryRoot.Path("tests", "CallTracking.Mapping.Tests", "dumps", $"{dump}.sql")));

        var read = await desk.ReadAsync($"pack: {pack}\nfiles: dump.sql\nsettle: 0\noverride: {{time_zone: Etc/UTC}}");

        Assert.Empty(read.Faults);
        var cases = read.Mapped.Select(row => row.Case).ToList();
        Assert.Equal(2, cases.Count);
        Assert.Equal(bodies, cases[0].Messages.Select(message => message.Body.Clear));
        Assert.Equal((number, "Ida Probst"), (cases[0].CaseNumber.Clear, cases[0].Customer.Name.Clear));
        Assert.Empty(cases[1].Messages);
    }
}
