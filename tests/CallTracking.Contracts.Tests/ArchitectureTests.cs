using System.Xml.Linq;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Contracts.Tests;

/// <summary>The arrows between the projects of src/, read from the project files. No other arrow than the written ones.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CallTracking.Contracts"] = [],
        ["CallTracking.Rpc"] = [],
        ["CallTracking.Mapping"] = ["CallTracking.Contracts"],
        ["CallTracking.Privacy"] = ["CallTracking.Contracts"],
        ["CallTracking.Agent"] =
            ["CallTracking.Contracts", "CallTracking.Rpc", "CallTracking.Mapping", "CallTracking.Privacy"],
        ["CallTracking.Hub"] = ["CallTracking.Contracts", "CallTracking.Rpc", "CallTracking.Privacy"],
    };

    // Pure projects: no database driver, no web server, no scheduler.
    private static readonly string[] Pure = ["CallTracking.Contracts", "CallTracking.Mapping", "CallTracking.Privacy"];

    private static readonly string[] Drivers =
        ["Npgsql", "Dapper", "Microsoft.Data.", "SQLitePCLRaw", "Microsoft.AspNetCore", "Quartz", "Polly"];

    [Fact]
    public void Projects_InSrc_AreTheOnesOfTheDesign() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Projects().Select(p => p.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Arrows_BetweenProjects_AreTheOnesOfTheDesign() =>
        Assert.Empty(Projects().SelectMany(project => ForbiddenArrows(project.Name, project.Xml)));

    [Fact]
    public void PureProjects_ReferToPackages_NeverADriverOrAServer() =>
        Assert.Empty(Projects().SelectMany(project => Impurities(project.Name, project.Xml)));

    [Fact]
    public void ForbiddenArrows_HubReferringToMapping_IsFound() =>
        Assert.Equal(
            "CallTracking.Hub -> CallTracking.Mapping",
            Assert.Single(ForbiddenArrows("CallTracking.Hub", Project("<ProjectReference Include='..\\X\\CallTracking.Mapping.csproj' />"))));

    [Theory]
    [InlineData("<PackageReference Include='Npgsql' />")]
    [InlineData("<PackageReference Include='Microsoft.Data.Sqlite' />")]
    [InlineData("<FrameworkReference Include='Microsoft.AspNetCore.App' />")]
    public void Impurities_PrivacyWithDriverOrServer_IsFound(string reference) =>
        Assert.Single(Impurities("CallTracking.Privacy", Project(reference)));

    [Fact]
    public void Impurities_WebProject_IsFound() =>
        Assert.Single(Impurities("CallTracking.Mapping", XElement.Parse("<Project Sdk='Microsoft.NET.Sdk.Web' />")));

    private static IEnumerable<string> ForbiddenArrows(string name, XElement project) => project
        .Descendants("ProjectReference")
        .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(target => !Allowed.GetValueOrDefault(name, []).Contains(target))
        .Select(target => $"{name} -> {target}");

    private static IEnumerable<string> Impurities(string name, XElement project)
    {
        if (!Pure.Contains(name))
        {
            return [];
        }

        var sdk = project.Attribute("Sdk")?.Value;
        return project.Descendants()
            .Where(element => element.Name.LocalName is "PackageReference" or "FrameworkReference" or "Reference")
            .Select(element => element.Attribute("Include")?.Value ?? "")
            .Where(package => Drivers.Any(driver => package.StartsWith(driver, StringComparison.OrdinalIgnoreCase)))
            .Concat(sdk is "Microsoft.NET.Sdk" ? [] : [$"Sdk {sdk}"])
            .Select(what => $"{name} uses {what}");
    }

    private static XElement Project(string item) => XElement.Parse($"<Project Sdk='Microsoft.NET.Sdk'><ItemGroup>{item}</ItemGroup></Project>");

    private static List<(string Name, XElement Xml)> Projects() =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Path("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => (Path.GetFileNameWithoutExtension(path), XElement.Load(path)))];
}
