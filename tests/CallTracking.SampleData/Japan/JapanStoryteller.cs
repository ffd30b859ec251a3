using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Japan;

/// <summary>Cases of the Japanese centre. Telephone numbers have an exchange of zeroes, which no line has.</summary>
internal sealed class JapanStoryteller() : Storyteller(SampleRegion.Jp)
{
    private static readonly string[] Mailboxes = "sakura hana sora umi haru yuki kaze tsuki hoshi momiji kawa yama midori aoi minato".Split(' ');

    public override Phrases Phrases => JapanPhrases.All;

    public override string Headline(CaseDraft draft, Remark remark) => Dated(draft, remark, "yyyy/MM/dd", "お客様", "：");

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"T{Local(timeline.Opened):yyMM}-{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var (family, familyReading) = dice.Pick(JapanNames.Families);
        var isFemale = dice.Chance(0.5);
        var (given, givenReading) = dice.Pick(isFemale ? JapanNames.Women : JapanNames.Men);
        var (prefecture, city, postcode) = dice.Pick(JapanNames.Cities);
        var line = dice.Digits(4);
        var phone = dice.Weighted([65, 25, 10]) switch
        {
            0 => $"0{dice.Between(7, 9)}0-0000-{line}",
            1 => $"0{dice.Between(3, 6)}-0000-{line}",
            _ => $"0120-000-{line[..3]}",
        };
        return new Person
        {
            Family = family,
            Given = given,
            Full = family + (dice.Chance(0.5) ? "　" : string.Empty) + given,
            Reading = KanaWidth.HalfKana(familyReading) + " " + KanaWidth.HalfKana(givenReading),
            FullReading = $"{familyReading} {givenReading}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(Mailboxes)}.{dice.Pick(Mailboxes)}{key}@example.jp"),
            Phone = dice.Chance(0.6) ? KanaWidth.FullDigits(phone) : phone,
            PlainPhone = phone,
            Postcode = $"{postcode}-{dice.Digits(4)}",
            Area = prefecture,
            City = city,
            Street = string.Create(
                CultureInfo.InvariantCulture,
                $"{dice.Pick(JapanNames.Towns)}{dice.Between(1, 9)}-{dice.Between(1, 30)}-{dice.Between(1, 20)}{(dice.Chance(0.4) ? $" {dice.Pick(JapanNames.Buildings)}{dice.Between(101, 909)}号室" : string.Empty)}"),
            Country = "JP",
            BirthDate = BirthDate(dice),
            Number = "M" + dice.Digits(9),
            NationalId = dice.Chance(0.003) ? MyNumber(dice) : null,
            Secret = dice.Chance(0.03)
                ? dice.Chance(0.6) ? (DataClass.NationalId, MyNumber(dice)) : (DataClass.Payment, TestCards.Spell(dice))
                : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var family = dice.Pick(JapanNames.Families).Name;
        return (family, $"{family} {dice.Pick(dice.Chance(0.5) ? JapanNames.Women : JapanNames.Men).Name}");
    }

    protected override string SpellDate(DateOnly date) => date.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => dice.Weighted([50, 30, 12, 8]) switch
    {
        0 => person.Family + person.Given,
        1 => person.Full,
        2 => $"{person.Family} {person.Given}",
        _ => person.Reading!,
    };

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(6) switch
    {
        0 => person.Phone,
        1 => person.PlainPhone.Replace("-", string.Empty, StringComparison.Ordinal),
        2 => KanaWidth.FullDigits(person.PlainPhone),
        3 => person.PlainPhone.Replace('-', ' '),
        4 => "+81 " + person.PlainPhone[1..],
        _ => person.PlainPhone,
    };

    private static string MyNumber(Dice dice)
    {
        var eleven = dice.Digits(11);
        return eleven + CheckDigits.MyNumber(eleven).ToString(CultureInfo.InvariantCulture);
    }
}
