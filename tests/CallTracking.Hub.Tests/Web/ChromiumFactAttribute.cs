using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Web;

/// <summary>A test in a real Chromium on a real database; skipped where one of them is absent, but never under CI=true.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = MissingTool.Reason(MissingTool.WhyMissing("chromium")) ?? new PostgresFactAttribute().Skip;
}
