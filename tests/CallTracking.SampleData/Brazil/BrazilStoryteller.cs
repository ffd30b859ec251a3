using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Brazil;

/// <summary>
/// Cases of the Brazilian centre. Mobile numbers go on with a zero behind the nine, which no line does; CPF numbers are of the first
/// thousand, which programs are tested with.
/// </summary>
internal sealed class BrazilStoryteller() : Storyteller(SampleRegion.Br)
{
    public override Phrases Phrases => BrazilPhrases.All;

    public override string Headline(CaseDraft draft, Remark remark) => Dated(draft, remark, "dd/MM/yyyy", "Cliente", ": ");

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"CH-{Local(timeline.Opened).Year}-{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(BrazilNames.Families);
        var given = dice.Pick(isFemale ? BrazilNames.Women : BrazilNames.Men);
        var home = dice.Pick(BrazilNames.Cities);
        var phone = $"({home[3]}) 90{dice.Digits(3)}-{dice.Digits(4)}";
        return new Person
        {
            Family = family,
            Given = given,
            Full = $"{given} {family}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{PlainLetters.Mailbox(given)}.{PlainLetters.Mailbox(family)}{key}@example.com"),
            Phone = phone,
            PlainPhone = phone,
            Postcode = $"{home[2]}{dice.Digits(3)}-{dice.Digits(3)}",
            Area = home[1],
            City = home[0],
            Street = string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(BrazilNames.Streets)}, {dice.Between(1, 1999)}{(dice.Chance(0.3) ? $", apto {dice.Between(11, 184)}" : string.Empty)}"),
            Country = "BR",
            BirthDate = BirthDate(dice),
            Number = "CL" + dice.Digits(8),
            NationalId = dice.Chance(0.2) ? Cpf(dice) : null,
            Secret = dice.Chance(0.03) ? (dice.Chance(0.6) ? (DataClass.NationalId, Cpf(dice)) : (DataClass.Payment, TestCards.Spell(dice))) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var family = dice.Pick(BrazilNames.Families);
        return (family, $"{dice.Pick(dice.Chance(0.5) ? BrazilNames.Women : BrazilNames.Men)} {family}");
    }

    protected override string SpellDate(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => dice.Weighted([80, 12, 8]) switch
    {
        0 => person.Full,
        1 => PlainLetters.Of(person.Full),
        _ => person.Full.ToUpperInvariant(),
    };

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(5) switch
    {
        0 => person.Phone,
        1 => "+55 " + person.PlainPhone[1..3] + person.PlainPhone[4..],
        2 => person.PlainPhone[1..3] + person.PlainPhone[4..],
        3 => string.Concat(person.PlainPhone.Where(char.IsAsciiDigit)),
        _ => $"0{person.PlainPhone[1..3]}{person.PlainPhone[4..]}",
    };

    private static string Cpf(Dice dice)
    {
        var nine = "000000" + dice.Digits(3);
        return $"{nine[..3]}.{nine[3..6]}.{nine[6..]}-{CheckDigits.Cpf(nine)}";
    }
}
