using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Thailand;

/// <summary>
/// Cases of the Thai centre, which counts the years of the Buddhist era. Telephone numbers go on with zeroes, which none does; citizens'
/// numbers begin with a zero, which stands for people without one.
/// </summary>
internal sealed class ThailandStoryteller() : Storyteller(SampleRegion.Th)
{
    public override Phrases Phrases => ThailandPhrases.All;

    public override string Headline(CaseDraft draft, Remark remark) => Dated(draft, remark, "dd/MM/yyyy", "ลูกค้า", ": ");

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"TH{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(ThailandNames.Families);
        var given = dice.Pick(isFemale ? ThailandNames.Women : ThailandNames.Men);
        var home = dice.Pick(ThailandNames.Cities);
        var phone = $"08{dice.Digits(1)}-000-{dice.Digits(4)}";
        return new Person
        {
            Family = family,
            Given = given,
            Full = $"{given} {family}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(ThailandNames.Mailboxes)}{key}@example.com"),
            Phone = dice.Chance(0.5) ? phone : phone.Replace("-", string.Empty, StringComparison.Ordinal),
            PlainPhone = phone,
            Postcode = home[2] + dice.Digits(3),
            Area = home[0],
            City = home[1],
            Street = string.Create(CultureInfo.InvariantCulture, $"{dice.Between(1, 399)}/{dice.Between(1, 99)} {dice.Pick(ThailandNames.Streets)}"),
            Country = "TH",
            BirthDate = BirthDate(dice),
            Number = "MB" + dice.Digits(8),
            NationalId = dice.Chance(0.03) ? CitizenNumber(dice) : null,
            Secret = dice.Chance(0.03) ? (dice.Chance(0.5) ? (DataClass.NationalId, CitizenNumber(dice)) : (DataClass.Payment, TestCards.Spell(dice))) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var full = $"{dice.Pick(dice.Chance(0.5) ? ThailandNames.Women : ThailandNames.Men)} {dice.Pick(ThailandNames.Families)}";
        return (full, full);
    }

    protected override string SpellDate(DateOnly date) => date.ToString("d/M/yyyy", ThailandColumns.Thai);

    protected override string SpellName(Person person, Dice dice) => person.Full;

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(4) switch
    {
        0 => person.Phone,
        1 => person.PlainPhone.Replace('-', ' '),
        2 => "+66 " + person.PlainPhone[1..],
        _ => person.PlainPhone,
    };

    private static string CitizenNumber(Dice dice)
    {
        var twelve = "0" + dice.Digits(11);
        return twelve + CheckDigits.ThaiCitizen(twelve).ToString(CultureInfo.InvariantCulture);
    }
}
