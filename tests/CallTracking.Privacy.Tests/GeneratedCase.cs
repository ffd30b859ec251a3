using CallTracking.Contracts;

namespace CallTracking.Privacy.Tests;

/// <summary>Cases with a value in every field that can hold one, some of them wrong, and texts that speak of many of them.</summary>
internal static class GeneratedCase
{
    private static readonly string[] Names = ["Jürgen Weißmüller", "山田 太郎", "O'Donoghue, Siobhán", "Иваненко Олександр", "김서연", "Nguyễn Thị Hương", "AL", ""];
    private static readonly string[] Phones = ["+49 176 1234567", "03-1234-5678", "(011) 91234-5678", "12", "unknown", "+1 212 555 0134 ext. 5"];
    private static readonly string[] Dates = ["1980-05-17", "1980", "1980-05", "17.05.1980", "2050-01-01", "soon"];
    private static readonly string[] Texts = ["", "ok", "[PERSON_1] called", "please call", "電話してください", "Tel.:", "born", "card 4111 1111 1111 1111", "👩‍🚒 e\u0301"];

    public static Case Of(Random random, string country)
    {
        var spelled = new List<string>();
        var value = FullCase.Create((_, dataClass) => Value(dataClass, random, spelled));
        (value.CustomerCountry, value.CentreCountry, value.CollectionCountry) = (country, random.Next(2) == 0 ? country : "DE", random.Next(2) == 0 ? country : "");
        value.Opened = new CaseTime { At = new() { Seconds = 1_790_000_000 + random.Next(1_000_000) }, UtcOffsetMinutes = random.Next(-720, 840) };
        var leaves = new List<Leaf>();
        CaseShape.Instance.Collect(value, leaves);
        foreach (var leaf in leaves.Where(leaf => leaf.Text is not null && RuleFit.IsText(leaf.DataClass)))
        {
            leaf.Text!.Clear = string.Join(random.Next(3) switch { 0 => " ", 1 => ", ", _ => "\n" }, Words(random, spelled));
        }

        return value;
    }

    private static IEnumerable<string> Words(Random random, List<string> spelled) =>
        Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(2) == 0 ? Pick(random, Texts) : spelled[random.Next(spelled.Count)]);

    private static string Value(DataClass dataClass, Random random, List<string> spelled)
    {
        var number = string.Concat(Enumerable.Range(0, 10).Select(_ => random.Next(10)));
        var value = dataClass switch
        {
            DataClass.Name or DataClass.Employee or DataClass.Organisation => Pick(random, Names),
            DataClass.Phone => Pick(random, Phones),
            DataClass.BirthDate or DataClass.PersonalDate => Pick(random, Dates),
            DataClass.Email => random.Next(4) == 0 ? "nobody" : $"P{number}@Mail.example",
            DataClass.IpAddress => random.Next(3) switch { 0 => "203.0.113.77", 1 => "2001:db8:1:2::3", _ => "office" },
            DataClass.Coordinates => random.Next(2) == 0 ? "48.137,11.575" : "north",
            _ => random.Next(5) == 0 ? number[..2] : $"V-{number}",
        };
        spelled.Add(value);
        return value;
    }

    private static string Pick(Random random, string[] of) => of[random.Next(of.Length)];
}
