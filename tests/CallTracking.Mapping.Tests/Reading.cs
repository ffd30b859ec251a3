using System.Text;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Reads small texts with small mappings.</summary>
internal static class Reading
{
    /// <summary>All pages of the mapping's reference.</summary>
    public static string Reference() => string.Concat(((string[])["README.md", "reading-files.md", "mapping-values.md"])
        .Select(page => File.ReadAllText(RepositoryRoot.Path("src", "CallTracking.Mapping", page))));

    public static async Task<List<RowOutcome>> AllAsync(SourceReader reader)
    {
        var outcomes = new List<RowOutcome>();
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            // The raw bytes live until the next read only.
            outcomes.Add(outcome is RowOutcome.Rejected rejected ? rejected with { RawRecord = rejected.RawRecord.ToArray() } : outcome);
        }

        return outcomes;
    }

    public static SourceMapping Mapping(string yaml)
    {
        var load = SourceMapping.Parse("mapping.yaml", yaml);
        Assert.Empty(load.Faults);
        return load.Mapping!;
    }

    public static Task<List<RowOutcome>> AllAsync(string yaml, string content, Encoding? encoding = null) =>
        AllAsync(yaml, (encoding ?? new UTF8Encoding(false)).GetBytes(content));

    public static async Task<List<RowOutcome>> AllAsync(string yaml, byte[] content)
    {
        await using var reader = Mapping(yaml).OpenReader(new MemoryStream(content), "cases.csv");
        return await AllAsync(reader);
    }

    /// <summary>A mapping of delimited text in UTC with the key in column <c>id</c>, with these lines added.</summary>
    public static string Csv(string fields, string more = "", string format = "{type: delimited, encoding: utf-8}", string zone = "Etc/UTC") => $"""
        source: test
        format: {format}
        time_zone: {zone}
        key: id
        {more}
        fields:
          {fields.ReplaceLineEndings("\n  ")}
        """;
}
