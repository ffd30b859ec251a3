using CallTracking.Quality;

var folder = args.Length > 0 ? args[0] : "../shared/pii";
if (args is [_, "look", var country0, ..])
{
    foreach (var text in args[3..])
    {
        var v = new CallTracking.Privacy.TextDetection().Look(text, country0, "", null);
        Console.WriteLine($"{text} => {v.Redacted} {string.Join("; ", v.Findings.Select(f => $"{f.Entity} [{text[f.Start..f.End]}] {f.Score}"))}");
    }

    return;
}

var only = args.Length > 1 ? args[1] : "";
if (only is "" or "cases")
{
    var (right, all, strict, misses) = new RecognizerCases(folder).Measure();
    Console.WriteLine($"cases {right}/{all} {100.0 * right / all:0.0} % (strict {strict})");
    misses.ForEach(Console.WriteLine);
}

if (only is "" or "neutral")
{
    var neutral = new NeutralTexts("/work/wt/detect/tests/CallTracking.Quality/Neutral");
    var (all, hitsAll) = (0L, 0);
    foreach (var (language, countries) in new[] { ("en", "US GB AU IN CA NZ ZA SG"), ("de", "DE AT CH"), ("fr", "FR BE CH CA"), ("es", "ES MX AR CL CO"), ("it", "IT"), ("pt", "BR PT"), ("pl", "PL"), ("ru", "RU"), ("ja", "JP"), ("zh", "CN TW HK"), ("ko", "KR") })
    {
        foreach (var country in countries.Split(' '))
        {
            var (characters, hits) = neutral.Measure(language, country);
            (all, hitsAll) = (all + characters, hitsAll + hits.Count);
            Console.WriteLine($"neutral {language} {country}: {hits.Count} in {characters} = {10000.0 * hits.Count / characters:0.00} per 10,000: {string.Join(", ", hits.GroupBy(h => h.Entity).Select(g => $"{g.Key} {g.Count()}"))}");
            foreach (var hit in hits.GroupBy(h => h.Entity).SelectMany(g => g.Take(3)))
            {
                Console.WriteLine($"   {hit.Entity}: {hit.Around}");
            }
        }
    }

    Console.WriteLine($"neutral all: {10000.0 * hitsAll / all:0.00}");
}

var sets = new (string Set, string Country, Dictionary<string, string[]> Kinds)[]
{
    ("presidio_research", args.Length > 2 ? args[2] : "US", new()
    {
        ["STREET_ADDRESS"] = ["STREET_ADDRESS", "ZIP_CODE"], ["ZIP_CODE"] = ["ZIP_CODE", "STREET_ADDRESS", "DE_PLZ", "UK_POSTCODE"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"],
        ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"], ["CREDIT_CARD"] = ["CREDIT_CARD"], ["IBAN_CODE"] = ["IBAN_CODE"], ["US_SSN"] = ["US_SSN"],
        ["IP_ADDRESS"] = ["IP_ADDRESS"], ["US_DRIVER_LICENSE"] = ["US_DRIVER_LICENSE"], ["DOMAIN_NAME"] = ["URL"], ["AGE"] = ["AGE"],
    }),
    ("es_meddocan", "ES", new()
    {
        ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"], ["ID"] = [], ["STREET_ADDRESS"] = ["STREET_ADDRESS"], ["ZIP_CODE"] = ["ZIP_CODE", "STREET_ADDRESS"], ["AGE"] = ["AGE"],
    }),
    ("en_ambientmeta", "US", new()
    {
        ["EMAIL_ADDRESS"] = ["EMAIL_ADDRESS"], ["PHONE_NUMBER"] = ["PHONE_NUMBER"], ["US_SSN"] = ["US_SSN"], ["MEDICAL_RECORD_NUMBER"] = ["MEDICAL_RECORD_NUMBER", "ID"], ["US_NPI"] = ["US_NPI"], ["LOCATION"] = ["STREET_ADDRESS", "ZIP_CODE"],
    }),
};
foreach (var (set, country, kinds) in sets.Where(entry => only.Length == 0 || entry.Set.Contains(only, StringComparison.Ordinal)))
{
    var sum = new SpanScore();
    foreach (var (kind, score) in new LabelledScore(folder, set, country, kinds).Measure())
    {
        sum.Add(score);
        Console.WriteLine($"{set} {kind}: {score.Hit}/{score.Marked} false {score.False} recall {score.Recall:0.000} precision {score.Precision:0.000} F2 {score.F2:0.000}");
        score.Misses.Take(25).ToList().ForEach(miss => Console.WriteLine("  - " + miss));
        score.Falses.Take(12).ToList().ForEach(miss => Console.WriteLine("  + " + miss));
    }

    Console.WriteLine($"{set}: F2 {sum.F2:0.000}");
}
