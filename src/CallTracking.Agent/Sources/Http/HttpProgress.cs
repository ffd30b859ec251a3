using System.Text.Json;

namespace CallTracking.Agent.Sources.Http;

/// <summary>How far an interface was read, as its note keeps it.</summary>
/// <param name="Digest">Of the mapping and the address: under others, everything is read again.</param>
/// <param name="From">Where this reading begins, before the overlap is taken off; null for the configured start.</param>
/// <param name="AskedAt">When this reading began: no cursor goes beyond.</param>
/// <param name="Highest">The highest value of the cursor in this reading.</param>
/// <param name="Next">The next page's address; null at its beginning.</param>
/// <param name="Page">The next page's number, from 1.</param>
internal sealed record HttpProgress(string Digest, DateTimeOffset? From, DateTimeOffset AskedAt, DateTimeOffset? Highest, string? Next, int Page)
{
    /// <summary>Null when there is no note, or it belongs to another mapping or address.</summary>
    public static HttpProgress? Read(byte[]? note, string digest)
    {
        try
        {
            return note is not null && JsonSerializer.Deserialize<HttpProgress>(note) is { } progress && progress.Digest == digest ? progress : null;
        }
        catch (JsonException)
        {
            // Of another version of the program: everything is read again.
            return null;
        }
    }

    public static HttpProgress Begin(string digest, DateTimeOffset now) => new(digest, null, now, null, null, 1);

    public HttpProgress See(DateTimeOffset? highest) => highest is { } seen && (Highest is null || seen > Highest) ? this with { Highest = seen } : this;

    public HttpProgress After(Uri next) => this with { Next = next.AbsoluteUri, Page = Page + 1 };

    /// <summary>The reading is over: the next begins where it reached, but not in the future.</summary>
    public HttpProgress Ended()
    {
        var reached = Highest > AskedAt ? AskedAt : Highest;
        return this with { From = reached > From || From is null ? reached ?? From : From, Highest = null, Next = null, Page = 1 };
    }

    /// <summary>The same reading from its first page.</summary>
    public HttpProgress Anew(DateTimeOffset now) => this with { AskedAt = now, Highest = null, Next = null, Page = 1 };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);
}
