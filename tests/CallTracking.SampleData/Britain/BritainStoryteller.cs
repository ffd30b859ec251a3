using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Britain;

/// <summary>
/// Cases of the British centre. Telephone numbers are from the ranges kept for drama; national insurance numbers begin with QQ, which
/// none does.
/// </summary>
internal sealed class BritainStoryteller() : Storyteller(SampleRegion.Gb)
{
    private static readonly string[] Ranges = ["020 7946 0", "0113 496 0", "0161 496 0", "0117 496 0", "07700 900"];

    public override Phrases Phrases => BritainPhrases.All;

    // The desk has a row per entry.
    public override string Headline(CaseDraft draft, Remark remark) => remark.Body;

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"REF{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(BritainNames.Families);
        var given = dice.Pick(isFemale ? BritainNames.Women : BritainNames.Men);
        var home = dice.Pick(BritainNames.Cities);
        var phone = dice.Pick(Ranges) + dice.Digits(3);
        return new Person
        {
            Family = family,
            Given = given,
            Full = $"{given} {family}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{PlainLetters.Mailbox(given)}.{PlainLetters.Mailbox(family)}{key}@example.com"),
            Phone = home[0] == "GB" ? phone : "+44 " + phone[1..],
            PlainPhone = phone,
            Postcode = string.Create(CultureInfo.InvariantCulture, $"{home[2]} {dice.Below(10)}{Letter(dice)}{Letter(dice)}{(home[0] == "IE" ? dice.Digits(1) : string.Empty)}"),
            City = home[1],
            Street = string.Create(CultureInfo.InvariantCulture, $"{(dice.Chance(0.2) ? $"Flat {dice.Between(1, 40)}, " : string.Empty)}{dice.Between(1, 180)} {dice.Pick(BritainNames.Streets)}"),
            Country = home[0],
            BirthDate = BirthDate(dice),
            Number = "UK" + dice.Digits(8),
            Secret = dice.Chance(0.03) ? (dice.Chance(0.5) ? (DataClass.NationalId, InsuranceNumber(dice)) : (DataClass.Payment, TestCards.Spell(dice))) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var family = dice.Pick(BritainNames.Families);
        return (family, $"{dice.Pick(dice.Chance(0.5) ? BritainNames.Women : BritainNames.Men)} {family}");
    }

    protected override string TitleOf(Person person) => person.IsFemale ? "Ms" : "Mr";

    protected override string SpellDate(DateOnly date) => date.ToString(date.Day % 2 == 0 ? "dd/MM/yyyy" : "d.M.yyyy", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => dice.Weighted([84, 8, 8]) switch
    {
        0 => person.Full,
        1 => $"{person.Family}, {person.Given}",
        _ => person.Full.ToUpperInvariant(),
    };

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(5) switch
    {
        0 => person.Phone,
        1 => person.PlainPhone.Replace(" ", string.Empty, StringComparison.Ordinal),
        2 => "+44 " + person.PlainPhone[1..],
        3 => "+44 (0)" + person.PlainPhone[1..],
        _ => person.PlainPhone.Replace(' ', '-'),
    };

    private static char Letter(Dice dice) => dice.Pick("ABDEFGHJLNPQRSTUWXYZ".ToCharArray());

    private static string InsuranceNumber(Dice dice) => $"QQ {dice.Digits(2)} {dice.Digits(2)} {dice.Digits(2)} {(char)('A' + dice.Below(4))}";
}
