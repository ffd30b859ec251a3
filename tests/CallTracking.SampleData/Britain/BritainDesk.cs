using System.Globalization;
using CallTracking.SampleData.Desks;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Britain;

/// <summary>The tables of the British help desk in an SQLite file. Times are texts, local ones of Europe/London.</summary>
internal static class BritainDesk
{
    public const string Schema = """
        drop table if exists notes;
        drop table if exists tickets;
        drop table if exists customers;
        create table customers (
          id integer primary key, account text, title text, name text, email text, phone text, street text, town text, postcode text,
          country text, born text);
        create table tickets (
          id integer primary key, customer_id integer references customers, ref text, trial text, raised text, touched text, solved text,
          state text, urgency text, route text, product text, model text, serial text, batch text, bought text, hazard text,
          subject text, details text, adviser_id text, adviser text, score integer, remark text);
        create table notes (ticket_id integer references tickets, seq integer, written text, author text, body text, primary key (ticket_id, seq));
        """;

    private static readonly CentreWords Words = new()
    {
        Categories = ["Power banks", "Cameras", "Vacuum cleaners", "Routers", "Headphones", "Shavers", "Heaters", "Printers"],
        Hazards = ["smoke", "swelling", "burn", "fire", "shock"],
        Statuses = ["Raised", "In hand", "With customer", "Parked", "Sorted", "Closed", "Withdrawn"],
        UnknownStatus = "Sent to factory",
        Priorities = ["P4", "P3", "P2", "P1"],
        Channels = ["Call", "Email", "Live chat", "Web", "Social"],
        Yes = "Y",
        No = "N",
        Woman = "Ms",
        Man = "Mr",
        MinuteForm = "dd/MM/yyyy HH:mm",
        DayForm = "dd/MM/yyyy",
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly DeskTable[] Tables =
    [
        DeskTable.OfCases(
            "customers",
            new("id", HelpDesk.RowKey), CaseColumns.CustomerNumber("account"), Case.Gender("title"), CaseColumns.Name("name"), CaseColumns.Email("email"),
            CaseColumns.Phone("phone"), CaseColumns.Street("street"), CaseColumns.City("town"), CaseColumns.Postcode("postcode"), CaseColumns.Country("country"),
            Case.BirthDate("born")),
        DeskTable.OfCases(
            "tickets",
            new("id", HelpDesk.RowKey), new("customer_id", HelpDesk.RowKey), CaseColumns.CaseNumber("ref"), Case.IsTest("trial"), Case.Opened("raised"),
            Case.Updated("touched"), Case.Closed("solved"), Case.Status("state"), Case.Priority("urgency"), Case.Channel("route"), Case.Category("product"),
            CaseColumns.Model("model"), CaseColumns.Serial("serial"), CaseColumns.Lot("batch"), Case.PurchasedOn("bought"), Case.Hazard("hazard"),
            CaseColumns.Subject("subject"), CaseColumns.Description("details"), CaseColumns.HandlerId("adviser_id"), CaseColumns.HandlerName("adviser"),
            CaseColumns.Score("score"), CaseColumns.ScoreComment("remark")),
        DeskTable.OfRemarks(
            "notes",
            ("ticket_id", (cells, _, _) => HelpDesk.RowKey(cells)),
            ("seq", (_, _, rank) => rank.ToString(CultureInfo.InvariantCulture)),
            ("written", (cells, remark, _) => Words.Minute(cells.Local(remark.At))),
            ("author", (_, remark, _) => remark.Author switch { Author.Customer => "customer", Author.Agent => "adviser", _ => "internal" }),
            ("body", (_, remark, _) => remark.Body)),
    ];
}
