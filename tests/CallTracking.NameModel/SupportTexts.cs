using System.Globalization;

namespace CallTracking.NameTraining;

/// <summary>
/// Invents support texts: lines of <c>Texts/LANGUAGE.txt</c> with persons, places, firms and numbers put in. Corpora hold news
/// and encyclopedias; nobody there writes "Customer Tanaka says".
/// </summary>
internal sealed class SupportTexts
{
    private readonly string _language;
    private readonly IReadOnlyList<string> _lines;
    private readonly Persons _persons;
    private readonly Things _things;

    private SupportTexts(string language, IReadOnlyList<string> lines, Persons persons, Things things) =>
        (_language, _lines, _persons, _things) = (language, lines, persons, things);

    public Persons Persons => _persons;

    public static SupportTexts Read(string language, NameTable table, Things things)
    {
        var lines = TextResources.Lines(language).ToList();
        var locales = lines.First(line => line.StartsWith("@locales", StringComparison.Ordinal)).Split(' ')[1..];
        var persons = new Persons(table, language, locales, lines.Contains("@order surname"));
        return new SupportTexts(language, [.. lines.Where(line => !line.StartsWith("@locales", StringComparison.Ordinal) && !line.StartsWith("@order", StringComparison.Ordinal)).Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal))], persons, things);
    }

    /// <summary>Each line some times, at times several joined to one text.</summary>
    public IEnumerable<LabelledText> Invent(int timesEach, Dice dice)
    {
        for (var time = 0; time < timesEach; time++)
        {
            foreach (var line in _lines)
            {
                var builder = new TextBuilder();
                Fill(line, builder, dice);
                for (var more = dice.Below(3); more > 0; more--)
                {
                    builder.Add(dice.IsLucky(50) ? "\n" : " ");
                    Fill(dice.Of(_lines), builder, dice);
                }

                var text = builder.Build("support");
                yield return Casing.Otherwise(text, dice) ?? text;
            }
        }
    }

    private void Fill(string line, TextBuilder builder, Dice dice)
    {
        for (var at = 0; at < line.Length;)
        {
            var open = line.IndexOf('{', at);
            if (open < 0)
            {
                builder.Add(line.AsSpan(at));
                return;
            }

            builder.Add(line.AsSpan(at, open - at));
            var close = line.IndexOf('}', open);
            FillOne(line[(open + 1)..close], builder, dice);
            at = close + 1;
        }
    }

    private void FillOne(string slot, TextBuilder builder, Dice dice)
    {
        switch (slot)
        {
            case "full": builder.AddName(_persons.Full(dice)); break;
            case "first": builder.AddName(_persons.Forename(dice)); break;
            case "last": builder.AddName(_persons.Surname(dice)); break;
            case "ini": builder.AddName(_persons.Initialled(dice)); break;
            case "rev": builder.AddName(_persons.Reversed(dice)); break;
            case "word": builder.Add(_things.Word(_language, dice)); break;
            case "num": builder.Add(Number(dice)); break;
            default: builder.Add(_things.Of(Things.ScriptOf(_language), slot, dice)); break;
        }
    }

    private static string Number(Dice dice) => dice.Below(5) switch
    {
        0 => dice.Below(100).ToString(CultureInfo.InvariantCulture),
        1 => string.Create(CultureInfo.InvariantCulture, $"{dice.Below(1000):000}-{dice.Below(10000):0000}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"AB-{dice.Below(100000)}"),
        3 => string.Create(CultureInfo.InvariantCulture, $"E{dice.Below(1000)}"),
        _ => dice.Below(10_000_000).ToString(CultureInfo.InvariantCulture),
    };
}
