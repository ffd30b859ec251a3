using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Korea;

/// <summary>
/// Cases of the Korean centre. Telephone numbers have an exchange of zeroes, which no line has; resident numbers say that their holder
/// was born in the nineteenth century.
/// </summary>
internal sealed class KoreaStoryteller() : Storyteller(SampleRegion.Kr)
{
    public override Phrases Phrases => KoreaPhrases.All;

    public override string Headline(CaseDraft draft, Remark remark) => Dated(draft, remark, "yyyy.MM.dd", "고객", ": ");

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"{Local(timeline.Opened):yyMMdd}{key.Number:0000000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(KoreaNames.Families);
        var given = dice.Pick(isFemale ? KoreaNames.Women : KoreaNames.Men);
        var home = dice.Pick(KoreaNames.Cities);
        var phone = $"010-0000-{dice.Digits(4)}";
        var born = BirthDate(dice);
        return new Person
        {
            Family = family,
            Given = given,
            Full = family + given,
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(KoreaNames.Mailboxes)}{key}@example.kr"),
            Phone = dice.Chance(0.7) ? phone : phone.Replace("-", string.Empty, StringComparison.Ordinal),
            PlainPhone = phone,
            Postcode = home[2] + dice.Digits(2),
            Area = home[0],
            City = home[1],
            Street = string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(KoreaNames.Streets)} {dice.Between(1, 299)}, {dice.Between(101, 130)}동 {dice.Between(101, 2504)}호"),
            Country = "KR",
            BirthDate = born,
            Number = "C" + dice.Digits(9),
            NationalId = dice.Chance(0.01) ? ResidentNumber(dice, born) : null,
            Secret = dice.Chance(0.03) ? (dice.Chance(0.5) ? (DataClass.NationalId, ResidentNumber(dice, born)) : (DataClass.Payment, TestCards.Spell(dice))) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var full = dice.Pick(KoreaNames.Families) + dice.Pick(dice.Chance(0.5) ? KoreaNames.Women : KoreaNames.Men);

        // Colleagues are called by their whole name: a family name of one syllable would be lost in any text.
        return (full, full);
    }

    protected override string SpellDate(DateOnly date) => date.ToString("yyyy'년 'M'월 'd'일'", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => dice.Chance(0.9) ? person.Full : $"{person.Family} {person.Given}";

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(5) switch
    {
        0 => person.Phone,
        1 => person.PlainPhone.Replace('-', ' '),
        2 => person.PlainPhone.Replace('-', '.'),
        3 => "+82 " + person.PlainPhone[1..],
        _ => person.PlainPhone,
    };

    private static string ResidentNumber(Dice dice, DateOnly born)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"{born:yyMMdd}9{dice.Digits(5)}");
        return $"{first[..6]}-{first[6..]}{CheckDigits.KoreanResident(first)}";
    }
}
