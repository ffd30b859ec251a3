using System.Text.RegularExpressions;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Contracts.Tests;

/// <summary>Every link between our own pages leads to a file that is there, and to a heading in it.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", ".run", "lib", "dist"];

    [Fact]
    public void Links_OfAllPages_LeadSomewhere() => Assert.Empty(Pages(RepositoryRoot.Find()).SelectMany(BrokenIn));

    [Fact]
    public void Links_PlantedOnes_AreFound()
    {
        var folder = Directory.CreateTempSubdirectory("calltracking-links-").FullName;
        try
        {
            var page = Path.Combine(folder, "page.md");
            File.WriteAllText(page, "# A `page`: of links\n\n[here](#a-page-of-links) [gone](#gone) [away](away.md) [self](page.md#a-page-of-links) [far](https://example.com/x)\n```\n[code](none.md)\n```\n");

            Assert.Equal(["#gone", "away.md"], BrokenIn(page).Select(broken => broken.Split(' ')[^1]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Pages(string folder) => Directory.EnumerateFiles(folder, "*.md")
        .Concat(Directory.EnumerateDirectories(folder).Where(below => !NotOurs.Contains(Path.GetFileName(below))).SelectMany(Pages));

    private static IEnumerable<string> BrokenIn(string page) => Link().Matches(WithoutCode(page))
        .Select(link => link.Groups["to"].Value)
        .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith("mailto:", StringComparison.Ordinal))
        .Where(to => !Leads(page, to))
        .Select(to => $"{page}: {to}");

    private static bool Leads(string page, string to)
    {
        var parts = to.Split('#', 2);
        var target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0])));
        return parts.Length < 2 || !target.EndsWith(".md", StringComparison.Ordinal)
            ? File.Exists(target) || Directory.Exists(target)
            : File.Exists(target) && Heading().Matches(WithoutCode(target)).Select(heading => SlugOf(heading.Groups["text"].Value)).Contains(parts[1]);
    }

    // As the sites that show such pages make them.
    private static string SlugOf(string heading) =>
        NoPartOfASlug().Replace(heading.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-');

    private static string WithoutCode(string page) => Code().Replace(File.ReadAllText(page).ReplaceLineEndings("\n"), string.Empty);

    [GeneratedRegex(@"\[[^\]\n]*\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoPartOfASlug();
}
