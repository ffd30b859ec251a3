using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Packs over the interfaces of their help desks: pack, url and token in the configuration are enough.</summary>
public sealed class PackInterfaceTests
{
    [Fact]
    public async Task Zendesk_UserAndToken_TicketsWithPeopleAndComments()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/api/v2/incremental/tickets/cursor.json?start_time="] = ["""
            {"tickets": [{"id": 28835702984212, "status": "open", "requester_id": 7, "assignee_id": 8, "group_id": 3, "created_at": "2024-07-26T15:41:04Z", "updated_at": "2024-07-27T15:41:04Z", "via": {"channel": "web"}},
              {"id": 2, "status": "deleted", "created_at": "2024-07-26T15:41:04Z", "updated_at": "2024-07-27T15:41:04Z"}],
             "users": [{"id": 7, "name": "Ida Probst", "email": "ida@example.com"}, {"id": 8, "name": "Sam Vogt"}], "groups": [{"id": 3, "name": "Depot"}],
             "after_url": "{desk}/api/v2/incremental/tickets/cursor.json?cursor=MTU", "end_of_stream": false}
            """];
        desk.Answers["/api/v2/incremental/tickets/cursor.json?cursor=MTU"] = ["""
            {"tickets": [{"id": 3, "status": "solved", "created_at": "2024-07-28T15:41:04Z", "updated_at": "2024-07-28T15:41:04Z", "via": {"channel": "email"}}], "metric_sets": [{"ticket_id": 3, "solved_at": "2024-07-28T12:00:00Z"}],
             "after_url": "{desk}/api/v2/incremental/tickets/cursor.json?cursor=MTY", "end_of_stream": true}
            """];
        desk.Answers["/api/v2/tickets/28835702984212/comments.json?include=users"] = ["""
            {"comments": [{"id": 1, "author_id": 7, "plain_body": "It is dark", "public": true, "created_at": "2024-07-26T15:41:04Z"}], "users": [{"id": 7, "role": "end-user", "name": "Ida Probst"}],
             "meta": {"has_more": true}, "links": {"next": "{desk}/api/v2/tickets/28835702984212/comments.json?page[after]=x"}}
            """];
        desk.Answers["/api/v2/tickets/28835702984212/comments.json?page[after]=x"] = ["""
            {"comments": [{"id": 2, "author_id": 8, "plain_body": "Hm", "public": false, "created_at": "2024-07-26T16:41:04Z"}], "users": [{"id": 8, "role": "agent", "name": "Sam Vogt"}], "meta": {"has_more": false}, "links": {"next": null}}
            """];
        const string Entry = "pack: zendesk\nurl: {desk}\nuser: agent@example.com\ntoken: secret\nhttp: {rate: {per_minute: 6000}}";

        var read = await desk.ReadAsync(Entry);

        Assert.Empty(read.Faults);
        Assert.Equal(["28835702984212", "2", "3"], read.Ids);
        var first = read.Mapped.First().Case;
        Assert.Equal(("Ida Probst", "ida@example.com", "Sam Vogt", "Depot"), (first.Customer.Name.Clear, first.Customer.Emails[0].Clear, first.Agent.Name.Clear, first.Agent.Team));
        Assert.Equal(["It is dark", "Hm"], first.Messages.Select(message => message.Body.Clear));
        Assert.Equal([AuthorRole.Customer, AuthorRole.Agent], first.Messages.Select(message => message.AuthorRole));
        Assert.True(read.Mapped.ElementAt(1).IsGone);
        Assert.Equal(12, read.Mapped.Last().Case.Closed.At.ToDateTimeOffset().Hour);
        Assert.Equal("Basic " + Convert.ToBase64String("agent@example.com/token:secret"u8), desk.Desk.Authorizations.First());

        await desk.ReadAsync(Entry);
        Assert.Equal($"/api/v2/incremental/tickets/cursor.json?start_time={new DateTimeOffset(2024, 7, 28, 15, 26, 4, TimeSpan.Zero).ToUnixTimeSeconds()}", desk.Asked.Last(asked => asked.Contains("start_time", StringComparison.Ordinal)).Split('&')[0]);
    }

    [Fact]
    public async Task Freshdesk_Token_GoesOnFromWhereTheLastPageReached()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/api/v2/tickets?updated_since=2000-01-01T00:00:00Z"] = ["""
            [{"id": 1, "status": 2, "priority": 4, "source": 3, "subject": "Lamp", "requester": {"name": "Ida Probst"}, "created_at": "2025-11-12T08:00:00Z", "updated_at": "2025-11-12T08:00:00Z"},
             {"id": 2, "status": 5, "priority": 1, "source": 1, "created_at": "2025-11-12T08:00:00Z", "updated_at": "2025-11-13T08:00:00Z"}]
            """];
        desk.Answers["/api/v2/tickets?updated_since=2025-11-13T08:00:00Z"] = ["""[{"id": 2, "status": 5, "priority": 1, "source": 1, "created_at": "2025-11-12T08:00:00Z", "updated_at": "2025-11-13T08:00:00Z"}]""", "[]"];
        desk.Answers["/api/v2/tickets/1/conversations"] = ["""[{"body_text": "It is dark", "incoming": true, "private": false, "user_id": 5, "created_at": "2025-11-12T08:00:00Z"}]"""];
        desk.Answers["/api/v2/tickets/2/conversations"] = ["[]"];

        var read = await desk.ReadAsync("pack: freshdesk\nurl: {desk}/\ntoken: key");

        Assert.Empty(read.Faults);
        Assert.Equal(["1", "2", "2"], read.Ids);
        Assert.Equal("It is dark", Assert.Single(read.Mapped.First().Case.Messages).Body.Clear);
        Assert.Equal("Basic " + Convert.ToBase64String("key:X"u8), desk.Desk.Authorizations.First());
        Assert.Equal(3, desk.Asked.Count(asked => asked.StartsWith("/api/v2/tickets?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Salesforce_ClientCredentials_CasesWithCommentsOfTheQuery()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/services/oauth2/token"] = ["""{"access_token": "00D!token", "instance_url": "x"}"""];
        desk.Answers["/services/data/v60.0/queryAll?q="] = ["""
            {"totalSize": 2, "done": false, "nextRecordsUrl": "/services/data/v60.0/query/01g-2000", "records": [{"attributes": {"type": "Case"}, "Id": "5003000000D8cuIAAR", "CaseNumber": "00001023", "Status": "New", "Priority": "High", "Origin": "Web",
              "CreatedDate": "2018-04-17T10:00:00.000+0000", "LastModifiedDate": "2018-04-18T10:00:00.000+0000", "IsDeleted": false, "Contact": {"Name": "Ida Probst"}, "Owner": {"Name": "Sam Vogt"},
              "CaseComments": {"records": [{"CommentBody": "It is dark", "IsPublished": true, "CreatedDate": "2018-04-17T10:00:00.000+0000"}]}, "EmailMessages": null}]}
            """];
        desk.Answers["/services/data/v60.0/query/01g-2000"] = ["""{"totalSize": 2, "done": true, "records": [{"Id": "5003000000D8cuIAAS", "CaseNumber": "00001024", "Status": "Closed", "Priority": "Low", "Origin": "Phone", "CreatedDate": "2018-04-17T10:00:00.000+0000", "LastModifiedDate": "2018-04-19T10:00:00.000+0000"}]}"""];

        var read = await desk.ReadAsync("pack: salesforce\nurl: {desk}\nclient_id: id\nclient_secret: secret");

        Assert.Empty(read.Faults);
        Assert.Equal(["5003000000D8cuIAAR", "5003000000D8cuIAAS"], read.Ids);
        Assert.Equal(("Ida Probst", "Sam Vogt", "It is dark"), (read.Mapped.First().Case.Customer.Name.Clear, read.Mapped.First().Case.Agent.Name.Clear, read.Mapped.First().Case.Messages[0].Body.Clear));
        Assert.Contains(" FROM Case WHERE LastModifiedDate>=2000-01-01T00:00:00Z ORDER BY LastModifiedDate", desk.Asked[1], StringComparison.Ordinal);
        Assert.Equal("Bearer 00D!token", desk.Desk.Authorizations.Last());
    }

    [Fact]
    public async Task ServiceNow_UserAndPassword_IncidentsWithJournalAndCaller()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/api/now/table/incident?"] = ["""
            {"result": [{"number": "INC0000060", "sys_id": "1c741bd70b2322007518478d83673af3", "state": "7", "priority": "3", "contact_type": "self-service", "short_description": "Lamp", "opened_at": "2016-12-12 15:19:57", "sys_updated_on": "2016-12-14 02:46:44", "closed_at": "2016-12-14 02:46:44",
              "caller_id": {"link": "x", "value": "5137153cc611227c000bbd1bd8cd2005"}, "assigned_to": "", "comments": "", "work_notes": ""},
             {"number": "INC0000061", "sys_id": "2c", "state": "2", "priority": "1", "contact_type": "phone", "opened_at": "2016-12-12 15:19:57", "sys_updated_on": "2016-12-15 02:46:44", "caller_id": {"link": "x", "value": "5137153cc611227c000bbd1bd8cd2005"}}]}
            """, """{"result": []}"""];
        desk.Answers["/api/now/table/sys_journal_field?sysparm_query=element_id=1c741bd70b2322007518478d83673af3"] = ["""{"result": [{"element": "comments", "value": "It is dark", "sys_created_on": "2016-12-12 15:20:11", "sys_created_by": "ida"}, {"element": "work_notes", "value": "Hm", "sys_created_on": "2016-12-12 15:30:11", "sys_created_by": "svogt"}]}""", """{"result": []}"""];
        desk.Answers["/api/now/table/sys_journal_field?sysparm_query=element_id=2c"] = ["""{"result": []}"""];
        desk.Answers["/api/now/table/sys_user/5137153cc611227c000bbd1bd8cd2005"] = ["""{"result": {"name": "Ida Probst", "email": "ida@example.com", "phone": ""}}"""];

        var read = await desk.ReadAsync("pack: servicenow\nurl: {desk}\nuser: reader\npassword: secret");

        Assert.Empty(read.Faults);
        Assert.Equal(["INC0000060", "INC0000061"], read.Ids);
        var first = read.Mapped.First().Case;
        Assert.Equal(("Ida Probst", "ida@example.com"), (first.Customer.Name.Clear, first.Customer.Emails[0].Clear));
        Assert.Equal([Visibility.Public, Visibility.Internal], first.Messages.Select(message => message.Visibility));
        Assert.Equal(["", "svogt"], first.Messages.Select(message => message.AuthorEmployee?.Clear ?? ""));
        Assert.Contains("sys_updated_on>=2000-01-01 00:00:00^ORDERBY", desk.Asked[0], StringComparison.Ordinal);
        Assert.Single(desk.Asked, asked => asked.Contains("/sys_user/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pack: jira\nurl: {desk}\nuser: agent@example.com\ntoken: secret", "/rest/api/3/search/jql?jql=updated>=\"2000/01/01 00:00\" order by key&", "Basic YWdlbnRAZXhhbXBsZS5jb206c2VjcmV0")]
    [InlineData("pack: jira/datacenter-api\nurl: {desk}\ntoken: secret", "/rest/api/2/search?jql=updated>=\"2000/01/01 00:00\" order by key&", "Bearer secret")]
    public async Task Jira_CloudAndDataCenter_EachByItsOwnPages(string entry, string asked, string authorization)
    {
        await using var desk = await PackDesk.StartAsync();
        const string Document = """{"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "It is "}, {"type": "text", "text": "dark", "marks": [{"type": "strong"}]}]}]}""";
        static string Issue(string key) => $$"""{"key": "{{key}}", "fields": {"summary": "Lamp", "status": {"name": "Odd", "statusCategory": {"key": "done"} }, "created": "2020-04-01T08:33:58.000+0000", "updated": "2020-04-02T08:33:58.000+0000", "comment": {"comments": [{"body": "It is dark", "created": "2020-04-01T08:33:58.000+0000", "jsdPublic": true}]} } }""";
        desk.Answers["/rest/api/3/search/jql?"] = [$$"""{"issues": [{{Issue("SD-1").Replace("\"It is dark\"", Document, StringComparison.Ordinal)}}], "nextPageToken": "abc", "isLast": false}""", $$"""{"issues": [{{Issue("SD-2")}}], "isLast": true}"""];
        desk.Answers["/rest/api/2/search?"] = [$$"""{"startAt": 0, "total": 2, "issues": [{{Issue("SD-1")}}, {{Issue("SD-2")}}]}""", """{"startAt": 2, "total": 2, "issues": []}"""];

        var read = await desk.ReadAsync(entry);

        Assert.Empty(read.Faults);
        Assert.Equal(["SD-1", "SD-2"], read.Ids);
        Assert.Equal("It is dark", Assert.Single(read.Mapped.First().Case.Messages).Body.Clear);
        Assert.StartsWith(asked, desk.Asked[0], StringComparison.Ordinal);
        Assert.Equal(authorization, desk.Desk.Authorizations.First());
    }

    [Fact]
    public async Task HubSpot_TokenAlone_PassesOverWhatIsOlderWithItsContact()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/crm/v3/objects/tickets?"] = ["""
            {"results": [{"id": "307034542", "properties": {"subject": "Lamp", "hs_pipeline_stage": "1", "source_type": "PHONE"}, "createdAt": "2024-05-01T09:30:00Z", "updatedAt": "2024-05-01T09:30:00.000Z", "archived": false, "associations": {"contacts": {"results": [{"id": "51", "type": "ticket_to_contact"}]}}}],
             "paging": {"next": {"after": "307034542", "link": "x"}}}
            """, """{"results": [{"id": "307034543", "properties": {"hs_pipeline_stage": "4"}, "createdAt": "2024-05-01T09:30:00Z", "updatedAt": "2024-05-03T09:30:00.000Z"}]}"""];
        desk.Answers["/crm/v3/objects/contacts/51"] = ["""{"id": "51", "properties": {"firstname": "Ida", "lastname": "Probst", "email": "ida@example.com"}}"""];
        const string Entry = "pack: hubspot\nurl: {desk}\ntoken: pat";

        var read = await desk.ReadAsync(Entry);

        Assert.Empty(read.Faults);
        Assert.Equal(["307034542", "307034543"], read.Ids);
        Assert.Equal(("Ida Probst", "ida@example.com"), (read.Mapped.First().Case.Customer.Name.Clear, read.Mapped.First().Case.Customer.Emails[0].Clear));
        desk.Answers["/crm/v3/objects/tickets?"] = ["""{"results": [{"id": "1", "properties": {"hs_pipeline_stage": "1"}, "updatedAt": "2024-05-01T09:30:00.000Z", "associations": {"contacts": {"results": [{"id": "51"}]}}}, {"id": "2", "properties": {"hs_pipeline_stage": "1"}, "updatedAt": "2024-05-04T09:30:00.000Z"}]}"""];
        desk.Desk.Asked.Clear();
        Assert.Equal(["2"], (await desk.ReadAsync(Entry)).Ids);
        Assert.Single(desk.Asked);
        Assert.Equal("https://api.hubapi.com/crm/v3/objects/tickets", desk.Configure("pack: hubspot\ntoken: pat").Settings!.Sources[0].Http!.Url.Template.Split('?')[0]);
    }

    [Fact]
    public async Task Zammad_Token_TicketsWithArticlesAndCustomer()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/api/v1/tickets?expand=true&per_page=100&page="] = ["""
            [{"id": 2, "number": "22002", "title": "Lamp", "state": "open", "priority": "2 normal", "create_article_type": "phone", "customer": "ida@example.com", "customer_id": 11, "created_at": "2021-11-03T11:51:13.759Z", "updated_at": "2021-11-04T11:51:13.759Z"}]
            """, "[]"];
        desk.Answers["/api/v1/ticket_articles/by_ticket/2"] = ["""[{"id": 1, "from": "Ida", "sender": "Customer", "type": "phone", "internal": false, "body": "It is dark", "created_at": "2021-11-03T11:51:13.759Z"}]"""];
        desk.Answers["/api/v1/users/11"] = ["""{"id": 11, "firstname": "Ida", "lastname": "Probst"}"""];

        var read = await desk.ReadAsync("pack: zammad\nurl: {desk}\ntoken: abc");

        Assert.Empty(read.Faults);
        Assert.Equal(["22002"], read.Ids);
        Assert.Equal(("Ida Probst", "It is dark"), (read.Mapped.First().Case.Customer.Name.Clear, Assert.Single(read.Mapped.First().Case.Messages).Body.Clear));
        Assert.All(desk.Desk.Authorizations, header => Assert.Equal("Token token=abc", header));
    }

    [Fact]
    public async Task Znuny_SearchAndGet_TicketsOneByOneFromWhereTheyReached()
    {
        await using var desk = await PackDesk.StartAsync();
        static string Ticket(int id) => $$"""{"Ticket": [{"TicketID": "{{id}}", "TicketNumber": "201010270000000{{id}}", "Title": "Lamp", "StateType": "open", "Priority": "3 normal", "Created": "2010-10-27 20:15:00", "Changed": "2010-10-28 0{{id}}:15:00", "Article": {"ArticleID": 1, "SenderType": "customer", "From": "Ida Probst <ida@example.com>", "Body": "It is dark", "IsVisibleForCustomer": 1, "CommunicationChannel": "Email"} }]}""";
        desk.Answers["/Webservice/Tickets/Ticket?UserLogin=reader&Password=secret&TicketLastChangeTimeNewerDate=2000-01-01 01:00:00"] = ["""{"TicketID": ["1", "2"]}"""];
        desk.Answers["/Webservice/Tickets/Ticket?UserLogin=reader&Password=secret&TicketLastChangeTimeNewerDate=2010-10-28 02:15:00"] = ["""{"TicketID": ["2", "3", "4"]}"""];
        desk.Answers["/Webservice/Tickets/Ticket?UserLogin=reader&Password=secret&TicketLastChangeTimeNewerDate=2010-10-28 03:15:00"] = ["{}"];
        foreach (var id in Enumerable.Range(1, 3))
        {
            desk.Answers[$"/Webservice/Tickets/Ticket/{id}?"] = [Ticket(id)];
        }

        var read = await desk.ReadAsync("pack: otrs\nurl: {desk}/Webservice/Tickets\nuser: reader\npassword: secret\noverride: {time_zone: Europe/Berlin}");

        Assert.Empty(read.Faults);
        Assert.Equal(["2010102700000001", "2010102700000002", "2010102700000002", "2010102700000003"], read.Ids);
        Assert.Equal(("Ida Probst", "It is dark"), (read.Mapped.First().Case.Customer.Name.Clear, Assert.Single(read.Mapped.First().Case.Messages).Body.Clear));
        Assert.DoesNotContain(desk.Said, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Znuny_ErrorInAnAnswerThatSaysOk_IsAFaultAndNoEmptyNight()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/Ticket?"] = ["""{"Error": {"ErrorCode": "TicketSearch.AuthFail", "ErrorMessage": "TicketSearch: Authorization failing!"}}"""];

        var read = await desk.ReadAsync("pack: otrs\nurl: {desk}\nuser: reader\npassword: secret\noverride: {time_zone: Etc/UTC}");

        Assert.Contains("Error.ErrorCode", read.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("failing", read.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestTracker_Token_TicketsWithTransactionsAndTheirContent()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/REST/2.0/tickets?query=LastUpdated>='2000-01-01 00:00:00'&orderby=id"] = ["""{"count": 1, "items": [{"type": "ticket", "id": "17", "_url": "x", "LastUpdated": "2018-06-21T10:11:12Z"}]}""", """{"count": 0, "items": []}"""];
        desk.Answers["/REST/2.0/ticket/17"] = ["""{"id": 17, "Subject": "Lamp", "Status": "stalled", "Queue": {"id": "1", "Name": "Depot"}, "Requestor": [{"id": "ida@example.com", "type": "user"}], "Owner": {"id": "Nobody"}, "Priority": "50", "Created": "2018-06-20T10:11:12Z", "LastUpdated": "2018-06-21T10:11:12Z", "Resolved": "1970-01-01T00:00:00Z"}"""];
        desk.Answers["/REST/2.0/ticket/17/history?"] = ["""{"items": [{"id": "1", "Type": "Create", "Created": "2018-06-20T10:11:12Z", "Creator": {"id": "ida@example.com"}}, {"id": "2", "Type": "SetStatus", "Created": "2018-06-20T10:12:12Z"}, {"id": "3", "Type": "Comment", "Created": "2018-06-21T10:11:12Z", "Creator": {"id": "svogt"}}]}""", """{"items": []}"""];
        desk.Answers["/REST/2.0/transaction/1/attachments"] = ["""{"items": [{"id": "5", "ContentType": "multipart/alternative", "Content": ""}, {"id": "6", "ContentType": "text/plain", "Content": "It is dark"}]}"""];
        desk.Answers["/REST/2.0/transaction/3/attachments"] = ["""{"items": [{"id": "7", "ContentType": "text/plain", "Content": "Hm"}]}"""];

        var read = await desk.ReadAsync("pack: rt\nurl: {desk}\ntoken: 1-14-abc");

        Assert.Empty(read.Faults);
        Assert.Equal(["17"], read.Ids);
        Assert.Equal(["It is dark", "Hm"], read.Mapped.First().Case.Messages.Select(message => message.Body.Clear));
        Assert.All(desk.Desk.Authorizations, header => Assert.Equal("token 1-14-abc", header));
        Assert.DoesNotContain(desk.Asked, asked => asked.Contains("/transaction/2/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Glpi_SessionAndRanges_TicketsWithFollowUpsSolutionsAndRequesters()
    {
        await using var desk = await PackDesk.StartAsync();
        var headers = new List<string>();
        desk.Answers["/apirest.php/initSession"] = ["""{"session_token": "83af7e620c"}"""];
        desk.Answers["/apirest.php/Ticket?get_hateoas=false&range=0-99"] = ["""[{"id": 9, "name": "Lamp", "content": "It is dark", "date": "2024-05-01 09:30:00", "date_mod": "2024-05-02 09:30:00", "status": 1, "priority": 3, "requesttypes_id": 1, "type": 2, "is_deleted": 0}]"""];
        desk.Answers["/apirest.php/Ticket/9/ITILFollowup"] = ["""[{"id": 1, "content": "Asked back", "date": "2024-05-01 10:00:00", "is_private": 0}]"""];
        desk.Answers["/apirest.php/Ticket/9/Ticket_User"] = ["""[{"users_id": 4711, "type": 1}]"""];
        var own = desk.Desk.Answer;
        desk.Desk.Answer = context =>
        {
            lock (headers)
            {
                headers.Add($"{context.Request.Headers.Authorization}|{context.Request.Headers["Session-Token"]}|{context.Request.Headers["App-Token"]}");
            }

            return own(context);
        };

        var read = await desk.ReadAsync("pack: glpi\nurl: {desk}/apirest.php\ntoken: abc\napp_token: app\noverride: {time_zone: Europe/Paris}");

        Assert.Empty(read.Faults);
        Assert.Equal(["9"], read.Ids);
        Assert.Equal(("4711", "Asked back"), (read.Mapped.First().Case.Customer.Number.Clear, Assert.Single(read.Mapped.First().Case.Messages).Body.Clear));
        Assert.Equal("user_token abc||app", headers[0]);
        Assert.All(headers.Skip(1), header => Assert.Equal("|83af7e620c|app", header));
    }

    [Fact]
    public async Task Dynamics_Token_IncidentsWithContactAndEmails()
    {
        await using var desk = await PackDesk.StartAsync();
        desk.Answers["/api/data/v9.2/incidents?$filter=modifiedon ge 2000-01-01T00:00:00Z&"] = ["""
            {"value": [{"incidentid": "6f1c1f0e-2f0b-4c44-9d0a-1b2c3d4e5f60", "ticketnumber": "CAS-01234", "title": "Lamp", "statecode": 0, "statuscode": 3, "prioritycode": 1, "caseorigincode": 2, "createdon": "2024-05-01T09:30:00Z", "modifiedon": "2024-05-02T09:30:00Z", "primarycontactid": {"fullname": "Ida Probst", "emailaddress1": "ida@example.com"}}],
             "@odata.nextLink": "{desk}/api/data/v9.2/incidents?$skiptoken=2"}
            """];
        desk.Desk.Before.Enqueue(TestDesk.Status(429, ("Retry-After", "0")));
        desk.Answers["/api/data/v9.2/incidents?$skiptoken=2"] = ["""{"value": []}"""];
        desk.Answers["/api/data/v9.2/emails?$filter=_regardingobjectid_value eq 6f1c1f0e"] = ["""{"value": [{"description": "It is dark", "directioncode": false, "createdon": "2024-05-01T09:30:00Z"}]}"""];

        var read = await desk.ReadAsync("pack: dynamics\nurl: {desk}\ntoken: abc");

        Assert.Empty(read.Faults);
        Assert.Equal(["6f1c1f0e-2f0b-4c44-9d0a-1b2c3d4e5f60"], read.Ids);
        Assert.Equal(("ida@example.com", "It is dark", AuthorRole.Customer), (read.Mapped.First().Case.Customer.Emails[0].Clear, read.Mapped.First().Case.Messages[0].Body.Clear, read.Mapped.First().Case.Messages[0].AuthorRole));
        Assert.Contains(desk.Said, line => line.Contains("asks to wait", StringComparison.Ordinal));
    }
}
