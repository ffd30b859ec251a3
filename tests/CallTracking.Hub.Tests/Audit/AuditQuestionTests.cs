using System.Net;
using CallTracking.Hub.People;
using CallTracking.Hub.Tests.People;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Audit;

/// <summary>A question for the log is a row of it, too: it holds nothing that people type freely.</summary>
public sealed class AuditQuestionTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static readonly (string Query, HttpStatusCode Expected)[] Questions =
    [
        ("who=Anna%20Meier", HttpStatusCode.BadRequest),
        ("who=%00", HttpStatusCode.BadRequest),
        ("what=a@example.com", HttpStatusCode.BadRequest),
        ($"who={new string('a', 81)}", HttpStatusCode.BadRequest),
        ("who=person:a-1&what=policy.&before=3000000000", HttpStatusCode.OK),
        ("who=region:DE", HttpStatusCode.OK),
    ];

    [PostgresFact]
    public async Task Audit_Filters_AreActorsAndCodesOnly()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        var (_, token) = await people.AddTokenAsync(Role.Auditor);
        foreach (var (query, expected) in Questions)
        {
            using var answer = await people.AskAsync($"/api/v1/audit?{query}", token);
            Assert.Equal((query, expected), (query, answer.StatusCode));
            Assert.DoesNotContain("Meier", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await people.Hub.QueryAsync<long>("select count(*) from audit_log where detail like '%Meier%' or detail like '%@%'"));
    }
}
