using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Hub.Dictionaries;

/// <summary>Cuts a code table into pages that one message can carry.</summary>
internal static class DictionaryPages
{
    /// <summary>Bytes of a page's entries, about: far below what a message may have.</summary>
    public const int PageBytes = 512 * 1024;

    /// <summary>The pages of a version, as they are stored, signed and sent; at least one.</summary>
    public static IReadOnlyList<Dictionary> Cut(string name, int version, IEnumerable<DictionaryEntry> entries, DictionaryKind kind = DictionaryKind.Unspecified)
    {
        var pages = new List<Dictionary> { new() { Name = name, Version = (uint)version, Kind = kind } };
        var bytes = 0;
        foreach (var entry in entries)
        {
            var size = entry.CalculateSize();
            if (bytes + size > PageBytes && bytes > 0)
            {
                pages.Add(new Dictionary { Name = name, Version = (uint)version, Kind = kind });
                bytes = 0;
            }

            bytes += size;
            pages[^1].Entries.Add(entry);
        }

        for (var index = 0; index < pages.Count; index++)
        {
            (pages[index].Page, pages[index].Pages) = ((uint)index + 1, (uint)pages.Count);
        }

        return pages;
    }

    /// <summary>What names a version without its entries: page 0, which no table has.</summary>
    public static Dictionary Announce(DictionaryVersionRow row) => new() { Name = row.Name, Version = (uint)row.Version, Pages = (uint)row.Pages, Kind = row.Kind };

    /// <summary>SHA-256 over the entries.</summary>
    public static byte[] DigestOf(IEnumerable<DictionaryEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries)
        {
            // With its length, so that no two tables are one.
            var bytes = entry.ToByteArray();
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
