using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.China;

/// <summary>
/// Cases of the Chinese centre. Mobile numbers begin with 12, which no operator has; resident numbers with the place 99, which is none.
/// </summary>
internal sealed class ChinaStoryteller() : Storyteller(SampleRegion.Cn)
{
    public override Phrases Phrases => ChinaPhrases.All;

    // The export has each entry as an element of its own.
    public override string Headline(CaseDraft draft, Remark remark) => remark.Body;

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"KF{Local(timeline.Opened):yyyyMM}{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(ChinaNames.Families);
        var given = dice.Pick(isFemale ? ChinaNames.Women : ChinaNames.Men);
        var home = dice.Pick(ChinaNames.Cities);
        var phone = $"12{dice.Digits(1)}-{dice.Digits(4)}-{dice.Digits(4)}";
        var born = BirthDate(dice);
        return new Person
        {
            Family = family,
            Given = given,
            Full = family + given,
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(ChinaNames.Mailboxes)}{key}@example.cn"),
            Phone = dice.Chance(0.5) ? phone : phone.Replace("-", string.Empty, StringComparison.Ordinal),
            PlainPhone = phone,
            Postcode = home[2] + dice.Digits(2),
            Area = home[0],
            City = home[1],
            Street = string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(ChinaNames.Streets)}{dice.Between(1, 399)}号{dice.Between(1, 30)}栋{dice.Between(101, 2804)}室"),
            Country = "CN",
            BirthDate = born,
            Number = "VIP" + dice.Digits(8),
            NationalId = dice.Chance(0.03) ? ResidentNumber(dice, born) : null,
            Secret = dice.Chance(0.03) ? (dice.Chance(0.5) ? (DataClass.NationalId, ResidentNumber(dice, born)) : (DataClass.Payment, TestCards.Spell(dice))) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var family = dice.Pick(ChinaNames.Families);
        var full = family + dice.Pick(dice.Chance(0.5) ? ChinaNames.Women : ChinaNames.Men);

        // Colleagues are called by their whole name: a family name of one sign would be lost in any text.
        return (full, full);
    }

    protected override string TitleOf(Person person) => person.IsFemale ? "女士" : "先生";

    protected override string SpellDate(DateOnly date) => date.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => person.Full;

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(5) switch
    {
        0 => person.Phone,
        1 => person.PlainPhone.Replace('-', ' '),
        2 => "+86 " + person.PlainPhone,
        3 => "0086" + person.PlainPhone.Replace("-", string.Empty, StringComparison.Ordinal),
        _ => person.PlainPhone.Replace("-", string.Empty, StringComparison.Ordinal),
    };

    private static string ResidentNumber(Dice dice, DateOnly born)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"99{dice.Digits(4)}{born:yyyyMMdd}{dice.Digits(3)}");
        return first + CheckDigits.ResidentNumber(first);
    }
}
