using System.Text.Json;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>How far a query was read, as its note keeps it.</summary>
/// <param name="Digest">Of the mapping and the query: under others, everything is read again.</param>
/// <param name="Highest">The highest value of the cursor's column; null before the first reading.</param>
internal sealed record SqlProgress(string Digest, SqlCursor? Highest)
{
    /// <summary>Null when there is no note, or it belongs to another mapping or query.</summary>
    public static SqlProgress? Read(byte[]? note, string digest)
    {
        try
        {
            return note is not null && JsonSerializer.Deserialize<SqlProgress>(note) is { Highest: not null } progress && progress.Digest == digest ? progress : null;
        }
        catch (JsonException)
        {
            // Of another version of the program: everything is read again.
            return null;
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);
}
