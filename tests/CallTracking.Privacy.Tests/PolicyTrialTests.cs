using CallTracking.Testing;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class PolicyTrialTests
{
    private const string Good = """
        cases:
          - name: a German owner
            case:
              customer_country: DE
              description: "Anna Sommerfeld calls"
              customer: {name: Anna Sommerfeld, emails: [anna@example.org, a.s@example.org], birth_date: "1980-05-17"}
              customFields: [{name: note, dataClass: DATA_CLASS_FREE_TEXT, text: {clear: "nothing"}}]
            edge: {customer.name: absent, custom_fields: clear}
            expect:
              customer.emails: pseudonym
              customer.birth_date: {generalized: "1980"}
              custom_fields[note]: masked
              description: {masked: "[PERSON_1] calls"}
        """;

    [Fact]
    public void Run_AllAsExpected_HasNoFailure()
    {
        var results = Run(Good, out var faults);

        Assert.Empty(faults);
        Assert.Equal("a German owner", Assert.Single(results).Name);
        Assert.Empty(results[0].Failures);
    }

    [Theory]
    [InlineData("customer.emails: pseudonym", "customer.emails: clear", 10, "as pseudonym, expected clear")]
    [InlineData("customer.birth_date: {generalized: \"1980\"}", "customer.birth_date: {generalized: \"1981\"}", 11, "expected generalized \"1981\"")]
    [InlineData("customer.name: absent", "customer.name: sealed", 8, "leaves the region as absent")]
    public void Run_OtherThanExpected_SaysWhere(string from, string to, int line, string words)
    {
        var failure = Assert.Single(Run(Good.Replace(from, to, StringComparison.Ordinal), out _).Single().Failures);

        Assert.Equal(line, failure.Line);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cases: []", "No example")]
    [InlineData("cases: [{name: x}]", "without name or case")]
    [InlineData("cases: [{name: x, case: {nome: y}}]", "Not a case")]
    [InlineData("cases: [{name: x, case: {}, expect: {status: clear}}]", "not a personal value")]
    [InlineData("cases: [{name: x, case: {}, expect: {subject: gone}}]", "no form of a value")]
    [InlineData("cases: [{name: x, case: {}, expected: {}}]", "Unknown key")]
    public void Run_WrongExample_IsAFaultAndNothingRuns(string yaml, string expected)
    {
        Assert.Empty(Run(yaml, out var faults));

        Assert.Contains(faults, fault => fault.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_PathThatIsNone_ListsAllThatTheGuideHas()
    {
        Run("cases: [{name: x, case: {}, expect: {status: clear}}]", out var faults);

        var paths = Assert.Single(faults).Cure["Use one of ".Length..^1].Split(", ");
        var guide = File.ReadAllText(RepositoryRoot.Path("ops", "docs", "for-legal.md"));
        Assert.Contains("messages.body", paths);
        Assert.DoesNotContain(paths, path => !guide.Contains($"`{path}`", StringComparison.Ordinal));
    }

    private static IReadOnlyList<TrialResult> Run(string yaml, out IReadOnlyList<Contracts.Fault> faults) =>
        PolicyTrial.Run(PolicyKit.Document("test.yaml", yaml), PolicyKit.Policies, out faults);
}
