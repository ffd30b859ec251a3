namespace CallTracking.Agent.Sources.Files;

/// <summary>The checksum of zip files: the platform reads it and does not compare it.</summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];
    private uint _rest;

    /// <summary>Of all bytes added.</summary>
    public readonly uint Value => _rest;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var rest = ~_rest;
        foreach (var value in bytes)
        {
            rest = Table[(byte)(rest ^ value)] ^ (rest >> 8);
        }

        _rest = ~rest;
    }

    private static uint Entry(int value)
    {
        var rest = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            rest = (rest & 1) != 0 ? (rest >> 1) ^ Polynomial : rest >> 1;
        }

        return rest;
    }
}
