using CallTracking.Testing;
using Xunit;

namespace CallTracking.Contracts.Tests;

/// <summary>The pieces that the scripts in ops/ share: they count truly, fail loudly and say the cure.</summary>
public sealed class OpsScriptTests : IDisposable
{
    private const string ResultFile = """
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun>
          <Results>
            <UnitTestResult testName="A.Good(s: &quot; outcome=&gt;&quot;)" outcome="Passed" />
            <UnitTestResult testName="A.Bad" outcome="Failed">
              <Output><ErrorInfo>
                  <Message>Expected &lt;1&gt;
                  second line</Message>
              </ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult testName="A.NoTool" outcome="NotExecuted">
              <Output><ErrorInfo>
                  <Message>missing: node not on PATH</Message>
              </ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult testName="A.NoData" outcome="NotExecuted">
              <Output><ErrorInfo>
                  <Message>absent: samples</Message>
              </ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult testName="A.Fine" outcome="Passed" />
          </Results>
          <ResultSummary outcome="Failed" />
        </TestRun>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ct ops ").FullName;

    [Fact]
    public async Task Finish_ResultsOfAllKinds_AreCountedAndNamed()
    {
        var result = await CountAsync(status: 1, ci: "false");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("2 passed, 1 failed, 2 skipped", LastLine(result));
        Assert.Contains("A.Bad: Expected <1>", result.Output, StringComparison.Ordinal);
        Assert.Contains("skipped 1: missing: node not on PATH", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finish_MissingToolUnderCi_IsFailed()
    {
        var result = await CountAsync(status: 1, ci: "true");

        Assert.Equal("2 passed, 2 failed, 1 skipped", LastLine(result));
        Assert.Contains("A.NoTool: skipped under CI=true", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finish_ProjectWithoutResults_IsFailed()
    {
        var result = await BashAsync("""count_project X.Tests "$1/none.trx" 0; failed=$project_failed; finish""");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("0 passed, 1 failed", LastLine(result));
        Assert.Contains("X.Tests: ran no test", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountProject_GoodResultsButExitCode_IsFailed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "good.trx"), "<UnitTestResult testName=\"A\" outcome=\"Passed\" />\n");

        var result = await BashAsync("""count_project X.Tests "$1/good.trx" 134; printf '%s' "$project_passed $project_failed" """);

        Assert.Equal("1 1\n", result.Output);
    }

    [Fact]
    public async Task Step_FunctionWithFailingLine_StopsThereAndSaysTheCure()
    {
        var result = await BashAsync("""
            CT_LOG="$1"
            work() { echo "the reason"; false; echo "not reached"; }
            step --cure "Do this." "Some work" work
            echo "not reached either"
            """);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("    | the reason", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", result.All, StringComparison.Ordinal);
        Assert.StartsWith("FAILED: Some work (exit code 1", result.LastErrorLine, StringComparison.Ordinal);
        Assert.EndsWith("Cure: Do this.", result.LastErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FreePort_PreferredIsTaken_AnswersTheNextFreeOne()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var result = await BashAsync($"""source "$root/ops/lib/ports.sh"; free_port {port}""");

        Assert.True(int.Parse(result.Output, System.Globalization.CultureInfo.InvariantCulture) > port);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string LastLine(ProgramResult result) => result.Output.TrimEnd('\n').Split('\n')[^1];

    private async Task<ProgramResult> CountAsync(int status, string ci)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "x.trx"), ResultFile + "\n");
        return await BashAsync(
            $"""count_project X.Tests "$1/x.trx" {status}; passed=$project_passed failed=$project_failed skipped=$project_skipped; finish""", ci);
    }

    private Task<ProgramResult> BashAsync(string script, string ci = "false") => ProgramRun.RunAsync(
        "/usr/bin/env",
        ["bash", "-c", $"""
            set -euo pipefail
            root="$2"; filter=""; skip_reasons=()
            source "$root/ops/lib/progress.sh"
            source "$root/ops/lib/testrun.sh"
            {script}
            """, "bash", _folder, RepositoryRoot.Find()],
        TimeSpan.FromMinutes(1),
        new Dictionary<string, string?> { ["CI"] = ci });
}
