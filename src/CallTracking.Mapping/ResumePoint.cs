namespace CallTracking.Mapping;

/// <summary>Where reading goes on in a file that has grown: behind the last record whose end was written.</summary>
/// <param name="ByteOffset">From the start of the file; 0 begins anew.</param>
/// <param name="Row">Records before it.</param>
/// <param name="Line">Its line, from 1.</param>
public readonly record struct ResumePoint(long ByteOffset, long Row, long Line);

/// <summary>A word of the source that a table of the mapping does not have.</summary>
/// <param name="Text">The word. It can be anything that a cell holds: never log it.</param>
/// <param name="Line">Of the table in the mapping file; of the field, where it has none.</param>
public sealed record UnknownWord(string Text, int Line)
{
    /// <summary>False where the field takes the source's words as they are: a table has to be written first.</summary>
    public bool HasTable { get; init; } = true;

    /// <summary>The table has this word in another case.</summary>
    public bool IsOtherCase { get; init; }

    /// <summary>Says where, never what.</summary>
    public override string ToString() => $"a word that the table in line {Line} lacks";
}
