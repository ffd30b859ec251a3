using System.Security.Cryptography;

namespace CallTracking.Privacy;

/// <summary>What finds names, as a word for receipts: of the code's revision, the model and the lists of cues.</summary>
internal static class NameVersion
{
    // Counts changes of the rules that no resource shows.
    private const int Revision = 4;

    /// <summary>Reads the resources, a few milliseconds' work, without unpacking the model.</summary>
    public static string Read()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        foreach (var resource in (ReadOnlySpan<string>)["names.model", "names.cues", "names.korean", "names.ordinary", "names.english", "names.koreanwords", "names.koreanparts", "names.koreangiven"])
        {
            using var stream = typeof(NameVersion).Assembly.GetManifestResourceStream(resource)!;
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"names.{Revision}-{Convert.ToHexStringLower(hash.GetHashAndReset(), 0, 4)}");
    }
}
