using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.France;

/// <summary>
/// Cases of the French centre. Telephone numbers are from the ranges kept for fiction; social security numbers with the place of birth
/// 99 990, which is none.
/// </summary>
internal sealed class FranceStoryteller() : Storyteller(SampleRegion.Fr)
{
    // 01 99 00 xx xx, 02 61 91 xx xx and so on; 06 39 98 xx xx.
    private static readonly string[] Ranges = ["01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98"];

    public override Phrases Phrases => FrancePhrases.All;

    // The desk has a row per entry.
    public override string Headline(CaseDraft draft, Remark remark) => remark.Body;

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"SAV-{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(FranceNames.Families);
        var given = dice.Pick(isFemale ? FranceNames.Women : FranceNames.Men);
        var home = dice.Pick(FranceNames.Cities);
        var length = int.Parse(home[3], CultureInfo.InvariantCulture);
        var phone = $"{dice.Pick(Ranges)} {dice.Digits(2)} {dice.Digits(2)}";
        var born = BirthDate(dice);
        return new Person
        {
            Family = family,
            Given = given,
            Full = $"{given} {family}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{PlainLetters.Mailbox(given)}.{PlainLetters.Mailbox(family)}{key}@example.fr"),
            Phone = home[0] == "FR" ? phone : "+33 " + phone[1..],
            PlainPhone = phone,
            Postcode = home[2] + dice.Digits(length - home[2].Length),
            City = home[1],
            Street = string.Create(CultureInfo.InvariantCulture, $"{dice.Between(1, 180)}{(dice.Chance(0.1) ? " bis" : string.Empty)} {dice.Pick(FranceNames.Streets)}"),
            Country = home[0],
            BirthDate = born,
            Number = "CLI" + dice.Digits(7),
            NationalId = home[0] == "FR" && dice.Chance(0.02) ? SocialSecurity(dice, isFemale, born) : null,
            Secret = dice.Chance(0.03) ? (dice.Chance(0.5) ? (DataClass.NationalId, SocialSecurity(dice, isFemale, born)) : (DataClass.Payment, TestCards.Spell(dice))) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var family = dice.Pick(FranceNames.Families);
        return (family, $"{dice.Pick(dice.Chance(0.5) ? FranceNames.Women : FranceNames.Men)} {family}");
    }

    protected override string TitleOf(Person person) => person.IsFemale ? "Mme" : "M.";

    protected override string SpellDate(DateOnly date) => date.ToString(date.Day % 2 == 0 ? "dd/MM/yyyy" : "d/M/yyyy", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => dice.Weighted([80, 12, 8]) switch
    {
        0 => person.Full,
        1 => $"{person.Family.ToUpperInvariant()} {person.Given}",
        _ => PlainLetters.Of(person.Full),
    };

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(5) switch
    {
        0 => person.Phone,
        1 => person.PlainPhone.Replace(' ', '.'),
        2 => person.PlainPhone.Replace(" ", string.Empty, StringComparison.Ordinal),
        3 => "+33 " + person.PlainPhone[1..],
        _ => "0033 " + person.PlainPhone[1..],
    };

    private static string SocialSecurity(Dice dice, bool isFemale, DateOnly born)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"{(isFemale ? 2 : 1)}{born:yyMM}99990{dice.Digits(3)}");
        return first + CheckDigits.FrenchKey(first);
    }
}
