using System.Security.Cryptography;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Opens what a region sealed in its cases, at the region: nobody else has the key.</summary>
public static class SealedValues
{
    /// <summary>Puts every sealed value of a case that this key opens in clear.</summary>
    /// <returns>How many were opened, and how many stay sealed: for another key, or changed since.</returns>
    public static (int Opened, int Sealed) Open(Case value, SealingKey key)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(key);
        var leaves = new List<Leaf>();
        CaseShape.Instance.Collect(value, leaves);
        var (opened, closed) = (0, 0);
        foreach (var leaf in leaves)
        {
            if (leaf.Text is not { FormCase: PersonalText.FormOneofCase.Sealed } text)
            {
                continue;
            }

            try
            {
                text.Clear = key.Open(leaf.DataClass, text.Sealed);
                opened++;
            }
            catch (CryptographicException)
            {
                closed++;
            }
        }

        return (opened, closed);
    }
}
