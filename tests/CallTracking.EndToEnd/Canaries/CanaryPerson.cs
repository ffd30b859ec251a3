using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>An invented customer with a distinctive value of every class, and the row of an export that tells of it.</summary>
internal sealed class CanaryPerson
{
    private const int Seed = 20261126;
    private readonly CanaryCentre _centre;
    private readonly Dice _dice;
    private readonly int _number;
    private readonly List<CanaryValue> _values = [];

    public CanaryPerson(CanaryCentre centre, int number)
    {
        (_centre, _number) = (centre, number);
        _dice = Dice.For(Seed, centre.Code, number, Aspect.Person);
        Key = Field(DataClass.CaseNumber, "case key", $"C{number}-{Token()}");
        Name = Own(DataClass.Name, "name", NameOf(number, 0));
        Row = MakeRow();
    }

    /// <summary>The case's key in the source.</summary>
    public string Key { get; }

    public string Name { get; }

    /// <summary>Every value that is looked for.</summary>
    public IReadOnlyList<CanaryValue> Values => _values;

    /// <summary>Cells by column.</summary>
    public IReadOnlyDictionary<string, string> Row { get; }

    private Dictionary<string, string> MakeRow()
    {
        var row = new Dictionary<string, string>
        {
            ["id"] = Key,
            ["status"] = _number % 8 == 3 ? $"wait {Name}" : "open",
            ["name"] = Name,
            ["email"] = Own(DataClass.Email, "e-mail", $"{Token()}.{_number}@{Token()}.example"),
            ["phone"] = Own(DataClass.Phone, "phone", Phone()),
            ["street"] = Own(DataClass.PostalAddress, "street", Format(_centre.Street, 10_000 + (_number * 13 % 80_000))),
            ["number"] = Own(DataClass.CustomerNumber, "customer number", $"KD{_dice.Digits(9)}"),
            ["nationalid"] = Own(DataClass.NationalId, "national identifier", CanaryNumbers.NationalId(_centre.Country, _dice)),
            ["iban"] = Own(DataClass.Payment, "bank account", CanaryNumbers.Iban(_dice)),
            ["card"] = Own(DataClass.Payment, "card", CanaryNumbers.Card(_dice)),
            ["handle"] = Own(DataClass.Handle, "handle", $"@{Token()}"),
            ["ip"] = Own(DataClass.IpAddress, "IP address", Ip()),
            ["imei"] = Own(DataClass.DeviceId, "device", CanaryNumbers.Imei(_dice)),
            ["secret"] = Own(DataClass.Credential, "password", $"Zq{Token()}7!"),
            ["employee"] = Own(DataClass.Employee, "employee", NameOf(_number, 1)),
        };
        AddFields(row);
        AddTexts(row);
        return row;
    }

    private void AddFields(Dictionary<string, string> row)
    {
        row["reading"] = Field(DataClass.Name, "reading", _centre.Language == "ja" ? Kana() : $"{Token()} {Token()}");
        row["organisation"] = Field(DataClass.Organisation, "organisation", $"{Token()} Works");
        row["coordinates"] = Field(DataClass.Coordinates, "coordinates", $"41.{_dice.Digits(6)}, 12.{_dice.Digits(6)}");
        row["age"] = Field(DataClass.Child, "child", $"mother of {Token()}");
        row["employeeid"] = Field(DataClass.Employee, "employee number", $"E-{Token()}");
        row["serial"] = Field(DataClass.SerialNumber, "serial number", $"SN{_dice.Digits(4)}{Token().ToUpperInvariant()}");
        row["plate"] = Field(DataClass.Vehicle, "vehicle", $"plate {Token()}");
        row["health"] = Field(DataClass.SpecialCategory, "health", $"takes {Token()} daily");
        row["income"] = Field(DataClass.Demographic, "demographic", $"earns like {Token()}");
        row["attachment"] = Field(DataClass.FileName, "file name", $"scan_{Name.Replace(' ', '_')}_{_number}.pdf");
        row["birth"] = $"19{_dice.Between(50, 99)}-{_dice.Between(1, 12):00}-{_dice.Between(1, 28):00}";
        row["postcode"] = _dice.Digits(5);
        row["city"] = "Aldea";
        row["model"] = Note(DataClass.Technical, "model", Planting.Kept, $"ZQM-{Token()}");
    }

    private void AddTexts(Dictionary<string, string> row)
    {
        row["subject"] = $"{Name}: {row["model"]}, {row["number"]}";
        row["description"] = Format(
            _centre.OwnSentence, Name, row["email"], row["phone"], row["street"], row["number"], row["nationalid"], row["iban"], row["card"], row["handle"], row["ip"], row["imei"], row["secret"]);
        row["resolution"] = Format(
            _centre.OwnSentence, Spelled(DataClass.Name, "name, other order", OtherOrder(Name)), row["email"].ToUpperInvariant(),
            Spelled(DataClass.Phone, "phone, other signs", Signs(row["phone"])), row["street"], row["number"], row["nationalid"],
            Spelled(DataClass.Payment, "bank account, grouped", Grouped(row["iban"])), Spelled(DataClass.Payment, "card, grouped", Grouped(row["card"])),
            row["handle"], row["ip"], row["imei"], row["secret"]);
        row["message"] = Format(
            _centre.OthersSentence, Other(DataClass.Name, "name", NameOf(_number, 2)), Other(DataClass.Email, "e-mail", $"{Token()}.{_number}@{Token()}.example"),
            Other(DataClass.Phone, "phone", Phone()), Other(DataClass.NationalId, "national identifier", CanaryNumbers.NationalId(_centre.Country, _dice)),
            Other(DataClass.Payment, "bank account", CanaryNumbers.Iban(_dice)), Other(DataClass.Payment, "card", CanaryNumbers.Card(_dice)),
            Other(DataClass.IpAddress, "IP address", Ip()));
        row["comment"] = $"{Name}, {row["email"]}";
        row["symptom"] = $"{row["employee"]} / {Name}";
        row["tags"] = $"{row["handle"]}|{row["email"]}";
    }

    private string Own(DataClass dataClass, string kind, string value) => Note(dataClass, kind, Planting.FieldAndText, value);

    private string Spelled(DataClass dataClass, string kind, string value) => Note(dataClass, kind, Planting.FieldAndText, value);

    private string Field(DataClass dataClass, string kind, string value) => Note(dataClass, kind, Planting.Field, value);

    private string Other(DataClass dataClass, string kind, string value) => Note(dataClass, kind, Planting.TextOnly, value);

    private string Note(DataClass dataClass, string kind, Planting planting, string value)
    {
        _values.Add(new CanaryValue(_centre.Code, dataClass, kind, planting, value));
        return value;
    }

    // Every person, colleague and neighbour has another family name; syllables are digits of the number.
    private string NameOf(int number, int role)
    {
        var unique = (number * 3) + role;
        var parts = _centre.Syllables;
        if (_centre.More is { Length: > 0 } more)
        {
            var pairs = unique / more.Length;
            return $"{parts[(unique + (pairs / more.Length)) % parts.Length]}{(_centre.Language == "ja" ? " " : "")}{more[unique % more.Length]}{more[pairs % more.Length]}";
        }

        // Another given name too: what is known of the customer would take it out of the neighbour's.
        var given = _centre.Given[unique % _centre.Given.Length];
        var family = $"{parts[unique % parts.Length]}{parts[unique / parts.Length % parts.Length]}{parts[(unique + 5) / parts.Length / parts.Length % parts.Length]}{parts[(unique + 7) % parts.Length]}";
        return $"{given} {char.ToUpperInvariant(family[0])}{family[1..]}";
    }

    private string Phone() => Format(_centre.Phone, _dice.Digits(6));

    private string Ip() => $"81.{_dice.Between(10, 250)}.{_dice.Between(100, 250)}.{_dice.Between(100, 250)}";

    private string Kana() => string.Concat(Enumerable.Range(0, 9).Select(place => place == 4 ? '　' : "アカサタナハマヤラワイキシチニヒミリ"[_dice.Below(18)]));

    private string Token() => string.Concat(Enumerable.Range(0, 10).Select(_ => "bcdfghjkmnpqrstvwxz"[_dice.Below(19)]));

    private static string OtherOrder(string name) => name.Split(' ') is [var first, var second] ? name[0] < 0x3000 ? $"{second}, {first}" : first + second : name;

    private static string Signs(string phone) => phone.Replace(' ', '.').Replace("-", ".", StringComparison.Ordinal);

    private static string Grouped(string value) => string.Join(' ', value.Chunk(4).Select(group => new string(group)));

    private static string Format(string pattern, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, values);
}
