namespace CallTracking.SampleData.Stories;

/// <summary>
/// A region's wordings. Slots such as <c>{family}</c> are filled by the region; a slot that tells something about the
/// customer is noted in the truth.
/// </summary>
internal sealed record Phrases
{
    /// <summary>What stands between two sentences.</summary>
    public required string Joint { get; init; }

    public required string[] Greetings { get; init; }

    /// <summary>Says who is speaking.</summary>
    public required string[] Introductions { get; init; }

    /// <summary>Local product names by category.</summary>
    public required string[] Products { get; init; }

    /// <summary>What goes wrong, by category: a short name and a sentence.</summary>
    public required Symptom[][] Symptoms { get; init; }

    public required string[] Circumstances { get; init; }

    /// <summary>By hazard.</summary>
    public required string[][] Dangers { get; init; }

    public required string[] Wishes { get; init; }

    /// <summary>Says how the customer can be reached.</summary>
    public required string[] Contacts { get; init; }

    /// <summary>Gives away an identifier or a card.</summary>
    public required string[] Secrets { get; init; }

    public required string[] Farewells { get; init; }

    public required string[] Subjects { get; init; }

    /// <summary>First answers of the centre.</summary>
    public required string[] Answers { get; init; }

    /// <summary>What the customer writes later.</summary>
    public required string[] Reactions { get; init; }

    /// <summary>For colleagues only.</summary>
    public required string[] Notes { get; init; }

    /// <summary>Last words before a case is resolved.</summary>
    public required string[] Solutions { get; init; }

    /// <summary>What a night's change says while the case goes on.</summary>
    public required string[] Progress { get; init; }

    public required string[] Praise { get; init; }

    public required string[] Blame { get; init; }

    public required string[] Shops { get; init; }

    /// <summary>A block of lines, one wording each.</summary>
    public static string[] Lines(string block) => block.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A block of lines <c>short name | sentence</c>; a blank line begins the next category.</summary>
    public static Symptom[][] SymptomTable(string block) =>
        [.. block.Split("\n\n").Select(category => Lines(category).Select(Symptom.Parse).ToArray())];

    /// <summary>A block of lines; a blank line begins the next group.</summary>
    public static string[][] Groups(string block) => [.. block.Split("\n\n").Select(Lines)];
}

/// <summary>What goes wrong with a product.</summary>
internal sealed record Symptom(string Name, string Sentence)
{
    public static Symptom Parse(string line)
    {
        var bar = line.IndexOf('|', StringComparison.Ordinal);
        return new Symptom(line[..bar].Trim(), line[(bar + 1)..].Trim());
    }
}
