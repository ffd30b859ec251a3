namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>Mutants of one file, and what is known of them without this library's readers.</summary>
/// <param name="Name">Names the kind and seeds its mutants.</param>
/// <param name="Mutant">Makes one.</param>
/// <param name="Open">Opens one to be read and mapped.</param>
internal sealed record MutantKind(string Name, Func<Random, byte[]> Mutant, Func<byte[], SourceReader> Open)
{
    /// <summary>How many records stand in a mutant, counted as plainly as can be; null where that cannot be said.</summary>
    public Func<byte[], long?> Records { get; init; } = _ => null;

    /// <summary>Records come in the order of their places, each at a later byte.</summary>
    public bool IsInOrder { get; init; } = true;

    /// <summary>Rows have the numbers that the file gives them, which a mutant may give twice or leave out.</summary>
    public bool HasOwnNumbers { get; init; }

    /// <summary>Each record's byte is behind that of the one before.</summary>
    public bool OffsetsRise { get; init; }
}
