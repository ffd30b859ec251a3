using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.UnitedStates;

/// <summary>Cases of the North American centre. Telephone numbers are 555-01xx, the range kept for fiction.</summary>
internal sealed class UnitedStatesStoryteller() : Storyteller(SampleRegion.Us)
{
    // Once printed on wallet inserts and specimen cards, void since: they look right and belong to nobody.
    private static readonly string[] VoidSocialSecurityNumbers =
        ["078-05-1120", "219-09-9999", "022-28-1852", "042-10-3580", "062-36-0749", "095-07-3645", "128-03-6045", "135-01-6629", "141-18-6941", "165-16-7999", "165-18-7999", "189-09-2294"];

    private static readonly string[] MonthNames = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames;

    public override Phrases Phrases => UnitedStatesPhrases.All;

    public override string Headline(CaseDraft draft, Remark remark) => remark.Body;

    protected override string LocalId(CaseKey key, Timeline timeline) =>
        (28_835_702_000_000 + key.Number).ToString(CultureInfo.InvariantCulture);

    protected override Person MakePerson(Dice dice, long key)
    {
        var isFemale = dice.Chance(0.5);
        var family = dice.Pick(UnitedStatesNames.Families);
        var given = dice.Pick(isFemale ? UnitedStatesNames.Women : UnitedStatesNames.Men);
        var home = dice.Pick(UnitedStatesNames.Homes);
        var line = $"555-01{dice.Digits(2)}";
        return new Person
        {
            Family = family,
            Given = given,
            Full = $"{given} {family}",
            IsFemale = isFemale,
            Email = Traveller.EmailOf(key) ?? string.Create(CultureInfo.InvariantCulture, $"{given.ToLowerInvariant()}.{family.Replace("'", string.Empty, StringComparison.Ordinal).ToLowerInvariant()}{key}@example.com"),
            Phone = dice.Chance(0.5) ? $"({home.AreaCode}) {line}" : $"+1 {home.AreaCode}-{line}",
            PlainPhone = $"{home.AreaCode}-{line}",
            Postcode = home.IsCanadian ? $"{home.Postcode} {dice.Below(10)}{(char)('A' + dice.Below(8))}{dice.Below(10)}" : home.Postcode + dice.Digits(2),
            Area = home.Subdivision[3..],
            City = home.City,
            Street = string.Create(CultureInfo.InvariantCulture, $"{dice.Between(10, 9890)} {dice.Pick(UnitedStatesNames.Streets)} {dice.Pick(UnitedStatesNames.StreetKinds)}{(dice.Chance(0.25) ? $" Apt {dice.Between(1, 60)}" : string.Empty)}"),
            Country = home.Subdivision,
            BirthDate = BirthDate(dice),
            Number = "C-" + dice.Digits(8),
            Secret = dice.Chance(0.03)
                ? dice.Chance(0.5) ? (DataClass.NationalId, dice.Pick(VoidSocialSecurityNumbers)) : (DataClass.Payment, TestCards.Spell(dice))
                : null,
        };
    }

    protected override (string Family, string Full) EmployeeName(Dice dice)
    {
        var family = dice.Pick(UnitedStatesNames.Families);
        return (family, $"{dice.Pick(dice.Chance(0.5) ? UnitedStatesNames.Women : UnitedStatesNames.Men)} {family}");
    }

    protected override string SpellDate(DateOnly date) =>
        date.Day % 2 == 0
            ? date.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{MonthNames[date.Month - 1]} {date.Day}, {date.Year}");

    protected override string SpellName(Person person, Dice dice) => dice.Weighted([86, 7, 7]) switch
    {
        0 => person.Full,
        1 => $"{person.Family}, {person.Given}",
        _ => person.Full.ToUpperInvariant(),
    };

    protected override string SpellPhone(Person person, Dice dice) => dice.Below(6) switch
    {
        0 => person.Phone,
        1 => person.PlainPhone.Replace('-', '.'),
        2 => person.PlainPhone.Replace('-', ' '),
        3 => "+1" + person.PlainPhone.Replace("-", string.Empty, StringComparison.Ordinal),
        4 => $"({person.PlainPhone[..3]}) {person.PlainPhone[4..]}",
        _ => person.PlainPhone,
    };
}
