using CallTracking.Contracts;

namespace CallTracking.Mapping.Proposals;

/// <summary>What a file is, as far as its first signs say.</summary>
internal enum SampleKind
{
    Table,
    Workbook,
    Json,
    Xml,
    Dump,
    Mail,
}

/// <summary>A sample is of files of one kind. A file with more about the cases of others is no sample of them: a mapping joins it.</summary>
internal static class SampleKinds
{
    /// <exception cref="SourceFormatException">One is of another kind than the first.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static async Task RequireOneAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        if (files.Count < 2 || await FormatFinder.KindAsync(files[0], cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return;
        }

        foreach (var file in files.Skip(1))
        {
            if (await FormatFinder.KindAsync(file, cancellationToken).ConfigureAwait(false) is { } kind && kind != first)
            {
                throw new SourceFormatException(Unfit(file, $"The file is {Name(kind)}, and {Path.GetFileName(files[0])} is {Name(first)}: files of one source are of one kind"));
            }
        }
    }

    /// <summary>What is said of a file that is no sample of the first one's source.</summary>
    public static Fault Unfit(string file, string why) => new(file, 0, 0, $"{why}.",
        "Leave it out of init. If it tells more about the other's cases (their customers, say), name it under join in the mapping; if it has cases of its own, it is a source of its own.");

    private static string Name(SampleKind kind) => kind switch
    {
        SampleKind.Workbook => "a workbook",
        SampleKind.Json => "JSON",
        SampleKind.Xml => "XML",
        SampleKind.Dump => "a dump of a database",
        SampleKind.Mail => "mail",
        _ => "a table in text",
    };
}
