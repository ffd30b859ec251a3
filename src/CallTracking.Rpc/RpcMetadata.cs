using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CallTracking.Rpc;

/// <summary>
/// Headers or trailers of a call: an ordered list of pairs in which a key may repeat. Keys are lower-case; a key that ends in
/// <c>-bin</c> carries bytes (base64 on the wire), every other key printable ASCII. Not safe for concurrent change.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Metadata is gRPC's own word for it.")]
public sealed class RpcMetadata : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private const string BinarySuffix = "-bin";

    private readonly List<KeyValuePair<string, string>> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Adds a text value.</summary>
    /// <exception cref="ArgumentException">The key or the value cannot be sent, or the key is one of gRPC's own.</exception>
    public void Add(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var name = RequireKey(key, binary: false);
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"The value of '{name}' has a character outside printable ASCII: send it as '{name}-bin'.", nameof(value));
        }

        _entries.Add(new(name, value));
    }

    /// <summary>Adds bytes under a key that ends in <c>-bin</c>.</summary>
    /// <exception cref="ArgumentException">The key does not end in <c>-bin</c> or is one of gRPC's own.</exception>
    public void AddBinary(string key, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _entries.Add(new(RequireKey(key, binary: true), Convert.ToBase64String(value)));
    }

    /// <summary>Adds every entry of another list behind those present.</summary>
    public void AddRange(RpcMetadata other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _entries.AddRange(other._entries);
    }

    /// <summary>The first text value of a key, or null.</summary>
    public string? Get(string key) => TryGet(key, out var value) ? value : null;

    /// <summary>The first bytes of a <c>-bin</c> key, or null.</summary>
    public byte[]? GetBinary(string key) => Get(key) is { } text ? Convert.FromBase64String(text) : null;

    /// <summary>All text values of a key, in order.</summary>
    public IEnumerable<string> GetAll(string key) =>
        _entries.Where(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Value);

    public bool TryGet(string key, [NotNullWhen(true)] out string? value)
    {
        value = GetAll(key).FirstOrDefault();
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Adds what a peer sent. Joined binary values are split and padded; text that could not be sent on is left out. False when a
    /// binary value is not base64.
    /// </summary>
    internal bool TryAddFromWire(string key, string value)
    {
        var name = key.ToLowerInvariant();
        if (!name.EndsWith(BinarySuffix, StringComparison.Ordinal))
        {
            if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                _entries.Add(new(name, value));
            }

            return true;
        }

        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            var padded = part.PadRight((part.Length + 3) / 4 * 4, '=');
            if (!System.Buffers.Text.Base64.IsValid(padded))
            {
                return false;
            }

            _entries.Add(new(name, padded));
        }

        return true;
    }

    private static string RequireKey(string key, bool binary)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var name = key.ToLowerInvariant();
        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.'))
        {
            throw new ArgumentException($"'{key}' is not a metadata key: expected letters, digits, '-', '_' and '.'.", nameof(key));
        }

        if (name.StartsWith("grpc-", StringComparison.Ordinal) || name is "te" or "content-type" or "content-length" or "host" or "connection")
        {
            throw new ArgumentException($"'{key}' belongs to the protocol: choose another metadata key.", nameof(key));
        }

        if (name.EndsWith(BinarySuffix, StringComparison.Ordinal) != binary)
        {
            throw new ArgumentException($"'{key}': bytes go under a key that ends in '-bin', text under one that does not.", nameof(key));
        }

        return name;
    }
}
