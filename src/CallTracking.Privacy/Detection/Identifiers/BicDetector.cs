using System.Collections.Frozen;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Codes of banks (ISO 9362): eight or eleven capitals and digits with a country in the middle, as many words in capitals have.
/// So they count behind or before a word for them, or beside an account found in the same text; that is looked for before.
/// </summary>
internal sealed class BicDetector() : ValueDetector(ClassSet.Of(DataClass.Payment))
{
    private const int Short = 8;
    private const int Long = 11;
    private const int Country = 4;

    // Words of eight capitals stand in labels too: "BIC/SWIFT CUSTOMER".
    private const int SaidWidth = 24;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Countries =
        PhonePlans.Countries.Where(code => code.Length == 2).Append("XK").ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public override void Find(TextScan scan)
    {
        var hasAccount = scan.Findings.Exists(static finding => finding.Kind == EntityKinds.Iban);
        if (!hasAccount && !scan.Nearby.Has(ContextWords.Bic))
        {
            return;
        }

        var text = scan.Text;
        var account = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterUpper(text[at]) || char.IsAsciiDigit(text[at])))
            {
                at++;
            }

            if (at - start is Short or Long && IsWhole(text, start, at) && IsCode(text.AsSpan(start, at - start)) && (IsSaid(scan, start, at) || IsBesideAccount(scan, start, at, ref account)))
            {
                scan.Add(start, at, EntityKinds.Bic, text[start..at], 0.8f);
            }
        }
    }

    private static bool IsWhole(string text, int start, int end) =>
        !ValueEdges.ContinuesBefore(text, start) && (start == 0 || !TextSigns.IsPlain(text[start - 1])) && !ValueEdges.ContinuesAfter(text, end);

    private static bool IsCode(ReadOnlySpan<char> value) =>
        value[..(Country + 2)].IndexOfAnyExceptInRange('A', 'Z') < 0 && Countries.Contains(value.Slice(Country, 2));

    private static bool IsSaid(TextScan scan, int start, int end) => scan.Nearby.Distance(start, end, ContextWords.Bic) <= SaidWidth;

    // Accounts were found in the order of the text, so each is passed once.
    private static bool IsBesideAccount(TextScan scan, int start, int end, ref int account)
    {
        while (account < scan.Findings.Count && (scan.Findings[account].Kind != EntityKinds.Iban || scan.Findings[account].End < start - Reach.Width))
        {
            account++;
        }

        return account < scan.Findings.Count && scan.Findings[account].Start - end <= Reach.Width;
    }
}
