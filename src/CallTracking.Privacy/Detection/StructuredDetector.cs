namespace CallTracking.Privacy;

/// <summary>All kinds of structured values: reads a text's anchors once and hands them to the detectors of each kind.</summary>
internal sealed class StructuredDetector : ITextDetector
{
    /// <summary>One for each sort of values; that of banks' codes looks at the accounts that were found before.</summary>
    public static readonly ValueDetector[] Parts =
    [
        new EmailDetector(), new HandleDetector(), new UrlDetector(), new IpDetector(), new MacDetector(), new TokenDetector(), new NumberDetector(), new IdentifierDetector(), new BicDetector(), new AddressDetector(), new DateDetector(), new FormDetector(), new CoordinateDetector(),
    ];

    [ThreadStatic]
    private static TextScan? _scan;

    public void Find(string text, in TextOrigin origin, ClassSet wanted, List<Finding> findings)
    {
        var scan = _scan ??= new TextScan();
        if (wanted.IsEmpty || !(scan.Read(text, origin.Country, wanted, findings) || scan.Blocks.NextToken(0) >= 0 || text.Contains(TokenDetector.PemStart, StringComparison.Ordinal) || SpelledSigns.HasAt(scan) || scan.Nearby.Has(ContextWords.Bic) || scan.Nearby.Has(ContextWords.SpelledAt)))
        {
            return;
        }

        foreach (var part in Parts)
        {
            if (!part.Classes.And(wanted).IsEmpty)
            {
                part.Find(scan);
            }
        }
    }
}
