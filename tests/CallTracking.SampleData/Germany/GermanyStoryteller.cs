using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Germany;

/// <summary>
/// Cases of the German centre. German and French telephone numbers are from the ranges kept for fiction; bank codes begin
/// with 9, which no bank has.
/// </summary>
internal sealed class GermanyStoryteller() : Storyteller(SampleRegion.De)
{
    public override Phrases Phrases => GermanyPhrases.All;

    public override string Headline(CaseDraft draft, Remark remark) => Dated(draft, remark, "dd.MM.yyyy", "Kunde", ": ");

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        string.Create(CultureInfo.InvariantCulture, $"V-{timeline.Opened.Year % 100:00}/{key.Number:00000000}");

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(GermanyNames.Families);
        var given = dice.Pick(isFemale ? GermanyNames.Women : GermanyNames.Men);
        var home = dice.Chance(0.83) ? dice.Pick(GermanyNames.German) : dice.Pick(GermanyNames.Abroad);
        var isGerman = home.Country == "DE";
        var phone = PhoneOf(home.Country, dice);
        return new Person
        {
            Family = family,
            Given = given,
            Full = $"{given} {family}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{Ascii(given)}.{Ascii(family)}{key}@example.de"),
            Phone = dice.Chance(0.5) || !isGerman ? phone : phone.Replace(' ', '/'),
            PlainPhone = phone,
            Postcode = home.Postcode + dice.Digits(home.PostcodeLength - home.Postcode.Length),
            City = home.City,
            Street = string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(GermanyNames.Streets)} {dice.Between(1, 180)}{(dice.Chance(0.15) ? "a" : string.Empty)}"),
            Country = home.Country,
            BirthDate = BirthDate(dice),
            Number = "K" + dice.Digits(7),
            NationalId = isGerman && dice.Chance(0.02) ? TaxId(dice) : null,
            Account = isGerman && dice.Chance(0.15) ? Iban(dice, grouped: false) : null,
            Secret = dice.Chance(0.03) ? SecretOf(dice) : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var family = dice.Pick(GermanyNames.Families);
        return (family, $"{dice.Pick(dice.Chance(0.5) ? GermanyNames.Women : GermanyNames.Men)} {family}");
    }

    protected override string TitleOf(Person person) => person.IsFemale ? "Frau" : "Herr";

    protected override string SpellDate(DateOnly date) =>
        date.ToString(date.Day % 2 == 0 ? "dd.MM.yyyy" : "d.M.yyyy", CultureInfo.InvariantCulture);

    protected override string SpellName(Person person, Dice dice) => dice.Weighted([84, 8, 8]) switch
    {
        0 => person.Full,
        1 => $"{person.Family}, {person.Given}",
        _ => WithoutUmlauts(person.Full),
    };

    protected override string SpellPhone(Person person, Dice dice)
    {
        var phone = person.PlainPhone;
        if (phone[0] == '+')
        {
            return dice.Chance(0.5) ? phone : "00" + phone[1..];
        }

        var space = phone.IndexOf(' ', StringComparison.Ordinal);
        return dice.Below(6) switch
        {
            0 => person.Phone,
            1 => $"{phone[..space]}-{phone[(space + 1)..]}",
            2 => $"({phone[..space]}) {phone[(space + 1)..]}",
            3 => $"+49 {phone[1..]}",
            4 => phone.Replace(" ", string.Empty, StringComparison.Ordinal),
            _ => phone,
        };
    }

    private static string PhoneOf(string country, Dice dice) => country switch
    {
        "AT" => $"+43 1 5550{dice.Digits(3)}",
        "CH" => $"+41 44 555 0{dice.Digits(1)} {dice.Digits(2)}",
        "FR" => $"+33 1 99 00 {dice.Digits(2)} {dice.Digits(2)}",
        _ => dice.Chance(0.4) ? $"030 23125{dice.Digits(3)}" : $"0171 39200{dice.Digits(2)}",
    };

    private static (DataClass Class, string Value) SecretOf(Dice dice) => dice.Below(3) switch
    {
        0 => (DataClass.NationalId, TaxId(dice)),
        1 => (DataClass.Payment, Iban(dice, grouped: true)),
        _ => (DataClass.Payment, TestCards.Spell(dice)),
    };

    /// <summary>Ten digits of which exactly one occurs twice, none leading zero, and the check digit.</summary>
    private static string TaxId(Dice dice)
    {
        Span<char> digits = stackalloc char[10];
        "0123456789".CopyTo(digits);
        for (var i = 9; i > 0; i--)
        {
            var j = dice.Below(i + 1);
            (digits[i], digits[j]) = (digits[j], digits[i]);
        }

        // One digit gives way to another, which so occurs twice; a leading zero is the one that goes.
        var gone = digits[0] == '0' ? 0 : dice.Between(1, 9);
        digits[gone] = digits[gone == 9 ? 5 : gone + 1];
        return new string(digits) + CheckDigits.TaxId(digits).ToString(CultureInfo.InvariantCulture);
    }

    private static string Iban(Dice dice, bool grouped)
    {
        var bban = "9" + dice.Digits(17);
        var iban = $"DE{CheckDigits.GermanIban(bban)}{bban}";
        return grouped ? string.Join(' ', iban.Chunk(4).Select(chunk => new string(chunk))) : iban;
    }

    private static string Ascii(string name) => WithoutUmlauts(name).ToLowerInvariant();

    private static string WithoutUmlauts(string name) =>
        name.Replace("ä", "ae", StringComparison.Ordinal)
            .Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal)
            .Replace("Ö", "Oe", StringComparison.Ordinal)
            .Replace("ß", "ss", StringComparison.Ordinal)
            .Replace("ë", "e", StringComparison.Ordinal);
}
