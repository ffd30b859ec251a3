using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Poland;

/// <summary>
/// Cases of the Polish centre. Telephone numbers begin with 10, which no line does; PESEL numbers say that their holder was born in the
/// nineteenth century.
/// </summary>
internal sealed class PolandStoryteller() : Storyteller(SampleRegion.Pl)
{
    public override Phrases Phrases => PolandPhrases.All;

    // Each entry is an event.
    public override string Headline(CaseDraft draft, Remark remark) => remark.Body;

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"ZG/{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(PolandNames.Families);
        var given = dice.Pick(isFemale ? PolandNames.Women : PolandNames.Men);
        var home = dice.Pick(PolandNames.Cities);
        var phone = $"10{dice.Digits(1)} {dice.Digits(3)} {dice.Digits(3)}";
        var born = BirthDate(dice);
        return new Person
        {
            Family = family,
            Given = given,
            Full = $"{given} {family}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{PlainLetters.Mailbox(given)}.{PlainLetters.Mailbox(family)}{key}@example.pl"),
            Phone = dice.Chance(0.6) ? phone : "+48 " + phone,
            PlainPhone = phone,
            Postcode = $"{home[2]}-{dice.Digits(3)}",
            Area = home[1],
            City = home[0],
            Street = string.Create(CultureInfo.InvariantCulture, $"ul. {dice.Pick(PolandNames.Streets)} {dice.Between(1, 150)}{(dice.Chance(0.4) ? $"/{dice.Between(1, 60)}" : string.Empty)}"),
            Country = "PL",
            BirthDate = born,
            Number = "K" + dice.Digits(8),
            NationalId = dice.Chance(0.03) ? Pesel(dice, born) : null,
            Secret = dice.Chance(0.03) ? (dice.Chance(0.5) ? (DataClass.NationalId, Pesel(dice, born)) : (DataClass.Payment, TestCards.Spell(dice))) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var full = $"{dice.Pick(dice.Chance(0.5) ? PolandNames.Women : PolandNames.Men)} {dice.Pick(PolandNames.Families)}";
        return (full, full);
    }

    protected override string TitleOf(Person person) => person.IsFemale ? "pani" : "pan";

    protected override string SpellDate(DateOnly date) => date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => dice.Weighted([80, 10, 10]) switch
    {
        0 => person.Full,
        1 => $"{person.Family} {person.Given}",
        _ => PlainLetters.Of(person.Full),
    };

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(5) switch
    {
        0 => person.Phone,
        1 => person.PlainPhone.Replace(' ', '-'),
        2 => person.PlainPhone.Replace(" ", string.Empty, StringComparison.Ordinal),
        3 => "0048 " + person.PlainPhone,
        _ => "+48 " + person.PlainPhone,
    };

    private static string Pesel(Dice dice, DateOnly born)
    {
        // Eighty more than the month: the eighteen hundreds.
        var ten = string.Create(CultureInfo.InvariantCulture, $"{born:yy}{born.Month + 80}{born:dd}{dice.Digits(4)}");
        return ten + CheckDigits.Pesel(ten).ToString(CultureInfo.InvariantCulture);
    }
}
