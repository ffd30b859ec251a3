using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Ukraine;

/// <summary>
/// Cases of the Ukrainian centre. Telephone numbers have the code 000, which no network has; taxpayer numbers say that their holder was
/// born in January 1900.
/// </summary>
internal sealed class UkraineStoryteller() : Storyteller(SampleRegion.Ua)
{
    public override Phrases Phrases => UkrainePhrases.All;

    public override string Headline(CaseDraft draft, Remark remark) => Dated(draft, remark, "dd.MM.yyyy", "Клієнт", ": ");

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"ЗВ-{Local(timeline.Opened):yy}-{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(UkraineNames.Families);
        var given = dice.Pick(isFemale ? UkraineNames.Women : UkraineNames.Men);
        var home = dice.Pick(UkraineNames.Cities);
        var phone = $"(000) {dice.Digits(3)}-{dice.Digits(2)}-{dice.Digits(2)}";
        return new Person
        {
            Family = family,
            Given = given,
            Full = $"{family} {given}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(UkraineNames.Mailboxes)}{key}@example.ua"),
            Phone = dice.Chance(0.5) ? "+38 " + phone : phone,
            PlainPhone = phone,
            Postcode = home[2] + dice.Digits(3),
            Area = home[1],
            City = home[0],
            Street = string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(UkraineNames.Streets)}, {dice.Between(1, 150)}{(dice.Chance(0.5) ? $", кв. {dice.Between(1, 200)}" : string.Empty)}"),
            Country = "UA",
            BirthDate = BirthDate(dice),
            Number = "КЛ" + dice.Digits(8),
            NationalId = dice.Chance(0.03) ? TaxpayerNumber(dice) : null,
            Secret = dice.Chance(0.03) ? (dice.Chance(0.5) ? (DataClass.NationalId, TaxpayerNumber(dice)) : (DataClass.Payment, TestCards.Spell(dice))) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var full = $"{dice.Pick(UkraineNames.Families)} {dice.Pick(dice.Chance(0.5) ? UkraineNames.Women : UkraineNames.Men)}";
        return (full, full);
    }

    protected override string SpellDate(DateOnly date) => date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => dice.Weighted([70, 30]) switch
    {
        0 => person.Full,
        _ => $"{person.Given} {person.Family}",
    };

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(5) switch
    {
        0 => person.Phone,
        1 => string.Concat(person.PlainPhone.Where(char.IsAsciiDigit)),
        2 => "+38" + string.Concat(person.PlainPhone.Where(char.IsAsciiDigit)),
        3 => "+38 " + person.PlainPhone,
        _ => person.PlainPhone,
    };

    private static string TaxpayerNumber(Dice dice)
    {
        // The first five digits count the days since the end of 1899.
        var nine = string.Create(CultureInfo.InvariantCulture, $"000{dice.Between(10, 31)}{dice.Digits(4)}");
        return nine + CheckDigits.UkrainianTaxpayer(nine).ToString(CultureInfo.InvariantCulture);
    }
}
