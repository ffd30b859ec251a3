using CallTracking.Mapping;
using CallTracking.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Packs over databases with the tables of their help desks: pack and connection in the configuration are enough.</summary>
public sealed class PackDatabaseTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private const string OsTicket = """
        create table ost_ticket (ticket_id int, number varchar(20), user_id int, status_id int, dept_id int, topic_id int, staff_id int, team_id int, ip_address varchar(64), source varchar(10), isoverdue int, isanswered int, duedate timestamp, closed timestamp, lastupdate timestamp, created timestamp, updated timestamp);
        create table ost_ticket_status (id int, name varchar(60), state varchar(16));
        create table ost_help_topic (topic_id int, topic varchar(60));
        create table ost_department (id int, name varchar(60));
        create table ost_ticket__cdata (ticket_id int, subject text, priority int);
        create table ost_ticket_priority (priority_id int, priority varchar(60));
        create table ost_user (id int, default_email_id int, name varchar(128));
        create table ost_user_email (id int, user_id int, address varchar(255));
        create table ost_staff (staff_id int, firstname varchar(32), lastname varchar(32));
        create table ost_thread (id int, object_id int, object_type varchar(1));
        create table ost_thread_entry (id int, thread_id int, type varchar(1), poster varchar(128), body text, created timestamp);
        insert into ost_ticket values (1, '100234', 7, 1, 2, 3, 4, 0, '', 'Web', 0, 1, null, null, '2018-04-21 10:00:00', '2018-04-20 10:00:00', '2018-04-21 10:00:00');
        insert into ost_ticket values (2, '100235', 7, 3, 2, 3, 0, 0, '', 'Phone', 0, 0, null, '2018-04-22 10:00:00', '2018-04-22 10:00:00', '2018-04-20 10:00:00', '2018-04-22 10:00:00');
        insert into ost_ticket_status values (1, 'Open', 'open'), (3, 'Closed', 'closed');
        insert into ost_help_topic values (3, 'Repairs');
        insert into ost_department values (2, 'Depot');
        insert into ost_ticket__cdata values (1, 'Lamp', 4);
        insert into ost_ticket_priority values (4, 'emergency');
        insert into ost_user values (7, 9, 'Ida Probst');
        insert into ost_user_email values (9, 7, 'ida@example.com');
        insert into ost_staff values (4, 'Sam', 'Vogt');
        insert into ost_thread values (1, 1, 'T'), (2, 1, 'A');
        insert into ost_thread_entry values (1, 1, 'M', 'Ida Probst', 'It is dark', '2018-04-20 10:00:00'), (2, 1, 'N', 'Sam Vogt', 'Hm', '2018-04-21 10:00:00'), (3, 2, 'N', 'x', 'of a task', '2018-04-21 10:00:00');
        """;

    private const string Glpi = """
        create table glpi_tickets (id int, entities_id int, name varchar(255), content text, date timestamp, date_mod timestamp, solvedate timestamp, closedate timestamp, status int, requesttypes_id int, priority int, itilcategories_id int, type int, locations_id int, waiting_duration int, actiontime int, is_deleted int);
        create table glpi_entities (id int, completename text);
        create table glpi_tickets_users (id int, tickets_id int, users_id int, type int);
        create table glpi_users (id int, firstname varchar(255), realname varchar(255));
        create table glpi_useremails (id int, users_id int, is_default int, email varchar(255));
        create table glpi_ticketsatisfactions (id int, tickets_id int, satisfaction int, comment text);
        create table glpi_itilfollowups (id int, itemtype varchar(100), items_id int, date timestamp, content text, is_private int);
        create table glpi_itilsolutions (id int, itemtype varchar(100), items_id int, content text, date_creation timestamp);
        insert into glpi_tickets values (9, 3, 'Lamp', 'It is dark', '2024-05-01 09:30:00', '2024-05-02 09:30:00', '2024-05-02 09:00:00', null, 5, 3, 4, 0, 1, 0, 0, 0, 0);
        insert into glpi_tickets values (10, 3, 'Gone', '', '2024-05-01 09:30:00', '2024-05-03 09:30:00', null, null, 1, 1, 3, 0, 1, 0, 0, 0, 1);
        insert into glpi_entities values (3, 'Root > Lyon');
        insert into glpi_tickets_users values (1, 9, 4711, 1), (2, 9, 2, 2);
        insert into glpi_users values (4711, 'Ida', 'Probst');
        insert into glpi_useremails values (1, 4711, 1, 'ida@example.com');
        insert into glpi_ticketsatisfactions values (1, 9, 5, 'Thanks');
        insert into glpi_itilfollowups values (1, 'Ticket', 9, '2024-05-01 10:00:00', 'Asked back', 1), (2, 'Change', 9, '2024-05-01 10:00:00', 'of a change', 0);
        insert into glpi_itilsolutions values (1, 'Ticket', 9, 'New bulb', '2024-05-02 09:00:00');
        """;

    private const string Otrs = """
        create table ticket (id int, tn varchar(50), title varchar(255), queue_id int, type_id int, service_id int, user_id int, ticket_priority_id int, ticket_state_id int, customer_id varchar(150), customer_user_id varchar(250), create_time timestamp, change_time timestamp);
        create table ticket_state (id int, name varchar(200), type_id int);
        create table ticket_state_type (id int, name varchar(200));
        create table ticket_priority (id int, name varchar(200));
        create table queue (id int, name varchar(200));
        create table ticket_type (id int, name varchar(200));
        create table service (id int, name varchar(200));
        create table users (id int, login varchar(200));
        create table customer_user (id int, login varchar(200), email varchar(150), first_name varchar(100), last_name varchar(100));
        create table article (id int, ticket_id int, article_sender_type_id int, communication_channel_id int, is_visible_for_customer int, create_time timestamp);
        create table article_sender_type (id int, name varchar(200));
        create table communication_channel (id int, name varchar(200));
        create table article_data_mime (id int, article_id int, a_from text, a_subject text, a_body text, incoming_time int);
        insert into ticket values (1, '2010102700000198', 'Lamp', 1, 1, null, 2, 5, 2, 'ACME', 'ida', '2010-10-27 20:15:00', '2010-10-28 20:15:00');
        insert into ticket_state values (2, 'closed successful', 3);
        insert into ticket_state_type values (3, 'closed');
        insert into ticket_priority values (5, '5 very high');
        insert into queue values (1, 'Support::Level 1');
        insert into ticket_type values (1, 'Unclassified');
        insert into users values (2, 'svogt');
        insert into customer_user values (1, 'ida', 'ida@example.com', 'Ida', 'Probst');
        insert into article values (1, 1, 3, 1, 1, '2010-10-27 20:15:00'), (2, 1, 1, 3, 0, '2010-10-28 20:15:00');
        insert into article_sender_type values (1, 'agent'), (3, 'customer');
        insert into communication_channel values (1, 'Email'), (3, 'Internal');
        insert into article_data_mime values (1, 1, 'Ida Probst <ida@example.com>', 'Lamp', 'It is dark', 1), (2, 2, 'Sam Vogt', 'Hm', 'Hm', 2);
        """;

    private const string Zammad = """
        create table tickets (id int, group_id int, priority_id int, state_id int, organization_id int, number varchar(60), title varchar(250), owner_id int, customer_id int, note varchar(250), type varchar(100), time_unit numeric(6, 2), pending_time timestamp, last_contact_at timestamp, close_at timestamp, create_article_type_id int, created_at timestamp, updated_at timestamp);
        create table groups (id int, name varchar(160));
        create table ticket_states (id int, name varchar(250));
        create table ticket_priorities (id int, name varchar(250));
        create table organizations (id int, name varchar(100));
        create table ticket_article_types (id int, name varchar(250));
        create table ticket_article_senders (id int, name varchar(250));
        create table users (id int, firstname varchar(100), lastname varchar(100), email varchar(255), phone varchar(255));
        create table ticket_articles (id int, ticket_id int, type_id int, sender_id int, "from" varchar(3000), body text, internal boolean, created_at timestamp);
        insert into tickets values (2, 1, 3, 7, null, '22002', 'Lamp', 1, 4711, null, null, 15.5, null, null, null, 5, '2021-11-03 11:51:13.759', '2021-11-04 11:51:13.759');
        insert into groups values (1, 'Depot');
        insert into ticket_states values (7, 'pending close');
        insert into ticket_priorities values (3, '3 high');
        insert into ticket_article_types values (5, 'phone'), (10, 'note');
        insert into ticket_article_senders values (1, 'Agent'), (2, 'Customer');
        insert into users values (1, '-', '', '', ''), (4711, 'Ida', 'Probst', 'ida@example.com', '');
        insert into ticket_articles values (1, 2, 5, 2, 'Ida Probst', 'It is dark', false, '2021-11-03 11:51:13.759'), (2, 2, 10, 1, 'Sam Vogt', 'Hm', true, '2021-11-03 12:00:00');
        """;

    private const string Rt = """
        create table Tickets (id int, EffectiveId int, Queue int, Type varchar(16), Owner int, Subject varchar(200), Priority int, TimeWorked int, Status varchar(64), Created timestamp, LastUpdated timestamp, Resolved timestamp);
        create table Queues (id int, Name varchar(200));
        create table Users (id int, Name varchar(200), EmailAddress varchar(120), RealName varchar(120));
        create table Groups (id int, Name varchar(200), Domain varchar(64), Instance int);
        create table GroupMembers (id int, GroupId int, MemberId int);
        create table Transactions (id int, ObjectType varchar(255), ObjectId int, Type varchar(20), Creator int, Created timestamp);
        create table Attachments (id int, TransactionId int, ContentType varchar(80), Content text);
        insert into Tickets values (17, 17, 1, 'ticket', 6, 'Lamp', 50, 0, 'stalled', '2018-06-20 10:11:12', '2018-06-21 10:11:12', '1970-01-01 00:00:00');
        insert into Tickets values (18, 17, 1, 'ticket', 6, 'merged into 17', 50, 0, 'new', '2018-06-20 10:11:12', '2018-06-21 10:11:12', null);
        insert into Queues values (1, 'Depot');
        insert into Users values (6, 'Nobody', '', ''), (22, 'ida', 'ida@example.com', 'Ida Probst'), (23, 'svogt', '', 'Sam Vogt');
        insert into Groups values (5, 'Requestor', 'RT::Ticket-Role', 17), (6, 'Cc', 'RT::Ticket-Role', 17);
        insert into GroupMembers values (1, 5, 22), (2, 6, 23);
        insert into Transactions values (1, 'RT::Ticket', 17, 'Create', 22, '2018-06-20 10:11:12'), (2, 'RT::Ticket', 17, 'Status', 23, '2018-06-20 10:11:13'), (3, 'RT::Ticket', 17, 'Comment', 23, '2018-06-21 10:11:12');
        insert into Attachments values (1, 1, 'multipart/alternative', ''), (2, 1, 'text/plain', 'It is dark'), (3, 1, 'text/html', '<p>It is dark</p>'), (4, 3, 'text/plain', 'Hm');
        """;

    public static TheoryData<string, string, string, string, string> Desks => new()
    {
        { "osticket", OsTicket, "override: {time_zone: America/Chicago}", "100234 100235", "pending_customer|urgent|Ida Probst|ida@example.com|It is dark Hm" },
        { "glpi", Glpi, "override: {time_zone: Europe/Paris}", "9 10", "resolved|high|Ida Probst|ida@example.com|Asked back New bulb" },
        { "otrs", Otrs, "override: {time_zone: Etc/UTC}", "2010102700000198", "closed|urgent|Ida Probst|ida@example.com|It is dark Hm" },
        { "zammad", Zammad, "", "22002", "resolved|high|Ida Probst|ida@example.com|It is dark Hm" },
        { "rt", Rt, "", "17", "pending_customer|normal|Ida Probst|ida@example.com|It is dark Hm" },
    };

    [Theory]
    [MemberData(nameof(Desks))]
    public async Task Sqlite_TablesOfTheDesk_TicketsWithTheirMessages(string pack, string tables, string more, string ids, string first)
    {
        await using var desk = await PackDesk.StartAsync();
        var connection = $"Data Source={desk.File("desk.db")};Pooling=False";
        await using (var database = new SqliteConnection(connection))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = tables.Replace("true,", "'true',", StringComparison.Ordinal).Replace("false,", "'false',", StringComparison.Ordinal);
            await command.ExecuteNonQueryAsync();
        }

        await ReadTwiceAsync(desk, $"pack: {pack}\nprovider: sqlite\nconnection: {connection}\n{more}", ids, first);
    }

    [PostgresTheory]
    [MemberData(nameof(Desks))]
    public async Task Postgres_TablesOfTheDesk_TicketsWithTheirMessages(string pack, string tables, string more, string ids, string first)
    {
        await using var desk = await PackDesk.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync();
        await using (var command = database.DataSource.CreateCommand(tables))
        {
            await command.ExecuteNonQueryAsync();
        }

        await ReadTwiceAsync(desk, $"pack: {pack}\nprovider: postgresql\nconnection: '{database.ConnectionString}'\n{more}", ids, first);
    }

    private static async Task ReadTwiceAsync(PackDesk desk, string entry, string ids, string first)
    {
        var read = await desk.ReadAsync(entry);

        Assert.Equal(string.Empty, string.Join('\n', read.Faults));
        Assert.Equal(string.Empty, string.Join('\n', read.Outcomes.OfType<RowOutcome.Rejected>().Select(rejected => $"{rejected.Field}: {rejected.Message}")));
        Assert.Equal(ids.Split(' '), read.Ids);
        Assert.Equal(1, read.Outcomes.Count(outcome => outcome is RowOutcome.Folded));
        var mapped = read.Mapped.First().Case;
        Assert.Equal(first, string.Join('|', Word(mapped.Status.ToString()), Word(mapped.Priority.ToString()), mapped.Customer.Name.Clear, mapped.Customer.Emails[0].Clear, string.Join(' ', mapped.Messages.Select(message => message.Body.Clear))));

        // The next run asks from the last change.
        Assert.Equal(ids.Split(' ')[^1..], (await desk.ReadAsync(entry)).Ids);
    }

    private static string Word(string name) => string.Concat(name.Select((letter, index) => char.IsUpper(letter) ? $"{(index > 0 ? "_" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
