using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class ActionTests
{
    [Theory]
    [InlineData("birth_date", "year", "1980-05-17", "1980")]
    [InlineData("birth_date", "month", "1980-05-17", "1980-05")]
    [InlineData("birth_date", "month", "1980", "1980")]
    [InlineData("birth_date", "age_band", "1980-05-17", "40-49")]
    [InlineData("birth_date", "age_band", "1976-11-23", "40-49")]
    [InlineData("birth_date", "age_band", "1976-11-22", "50-59")]
    [InlineData("personal_date", "month", "2025-11-03", "2025-11")]
    [InlineData("postcode", "prefix:2", "04103", "04")]
    [InlineData("postcode", "prefix:3", "100-0001", "100")]
    [InlineData("postcode", "prefix:4", " 04103 ", "0410")]
    [InlineData("phone", "country_code", "+49 176 1234567", "+49")]
    [InlineData("phone", "country_code", "001 212 555 0134", "+1")]
    [InlineData("email", "domain", "Max@Mail.Example.DE", "mail.example.de")]
    [InlineData("serial_number", "lot", "SN-4420-118273", "SN-4420")]
    [InlineData("serial_number", "prefix:4", "SN-4420-118273", "SN-4")]
    [InlineData("ip_address", "network", "203.0.113.77", "203.0.113.0/24")]
    [InlineData("ip_address", "network", "2001:db8:1:2::3", "2001:db8:1::/48")]
    [InlineData("coordinates", "degree", "48.137, 11.575", "48,12")]
    [InlineData("vehicle", "prefix:1", "👩‍🚒-77", "👩‍🚒")]
    public void Generalize_Value_BecomesCoarser(string dataClass, string to, string value, string expected)
    {
        var (text, _) = AtTheEdge(dataClass, $"{{action: generalize, at: edge, to: \"{to}\"}}", value);

        Assert.Equal(expected, text?.Generalized);
    }

    [Theory]
    [InlineData("birth_date", "year", "17.05.1980")]
    [InlineData("birth_date", "age_band", "2050-01-01")]
    [InlineData("phone", "country_code", "12345")]
    [InlineData("email", "domain", "nobody")]
    [InlineData("ip_address", "network", "office")]
    [InlineData("coordinates", "degree", "north")]
    [InlineData("serial_number", "lot", "1234")]
    [InlineData("postcode", "\"prefix:9\"", "04103")]
    [InlineData("postcode", "\"prefix:5\"", "04103 ")]
    [InlineData("vehicle", "\"prefix:1\"", "👩‍🚒")]
    public void Generalize_ValueThatCannotBeRead_IsDroppedAndCounted(string dataClass, string to, string value)
    {
        var (text, tally) = AtTheEdge(dataClass, $"{{action: generalize, at: edge, to: {to}}}", value);

        Assert.Null(text);
        Assert.Equal(1, tally.CountOf(ClassOf(dataClass), RedactionAction.Drop));
    }

    [Theory]
    [InlineData(120, "40-49")]
    [InlineData(0, "30-39")]
    public void Generalize_AgeBandOfACaseOpenedAroundMidnight_CountsToTheDayThere(int offset, string expected)
    {
        var opened = new DateTimeOffset(2026, 5, 16, 23, 0, 0, TimeSpan.Zero);
        var value = new Case
        {
            CustomerCountry = "ZZ",
            Opened = new CaseTime { At = new() { Seconds = opened.ToUnixTimeSeconds() }, UtcOffsetMinutes = offset },
            Customer = new Customer { BirthDate = PolicyKit.Clear("1986-05-17") },
        };

        new EdgeRedactor(PolicyKit.OneCountry("birth_date: {action: generalize, at: edge, to: age_band}"), PolicyKit.Keys).Redact(value);

        Assert.Equal(expected, value.Customer.BirthDate.Generalized);
    }

    [Fact]
    public void Mask_Value_LeavesNotEvenItsLength()
    {
        Assert.Equal("[NAME]", AtTheEdge("name", "{action: mask, at: edge}", "Al").Text!.Masked);
        Assert.Equal("[POSTAL_ADDRESS]", AtTheEdge("postal_address", "{action: mask, at: edge}", "Lindenstraße 14a, Hinterhaus").Text!.Masked);
        Assert.Equal("[FREE_TEXT]", AtTheEdge("free_text", "{action: mask, at: edge}", "Hello").Text!.Masked);
    }

    [Fact]
    public void Pseudonymize_Value_BecomesItsPseudonym()
    {
        var (text, tally) = AtTheEdge("email", "{action: pseudonymize, at: edge, purpose: customer-link}", "A@b.de");

        Assert.Equal(PolicyKit.Keys.Pseudonymize(DataClass.Email, "a@b.de", "customer-link"), text!.Pseudonym);
        Assert.Equal(1, tally.CountOf(DataClass.Email, RedactionAction.Pseudonymize));
    }

    [Fact]
    public void Seal_Value_OpensInTheRegionOnly()
    {
        var (text, _) = AtTheEdge("name", "{action: seal, at: edge}", "Max Mustermann");

        Assert.Equal("Max Mustermann", PolicyKit.Keys.Sealing.Open(DataClass.Name, text!.Sealed));
    }

    [Fact]
    public void Shift_DatesOfOneSubject_KeepTheirInterval()
    {
        var policies = PolicyKit.OneCountry("birth_date: {action: shift, at: edge}\npersonal_date: {action: shift, at: edge}");
        var one = Shifted("K-1", "1980-05-17", "2025-11-03");
        var again = Shifted("K-1", "1980-05-17", "2025-11-03");
        var other = Shifted("K-2", "1980-05-17", "2025-11-03");

        var days = DateOnly.Parse(one.Customer.BirthDate.Generalized, null).DayNumber - new DateOnly(1980, 5, 17).DayNumber;
        Assert.InRange(Math.Abs(days), 1, 365);
        Assert.Equal(new DateOnly(2025, 11, 3).AddDays(days), DateOnly.Parse(one.Product.PurchasedOn.Generalized, null));
        Assert.Equal(one.Customer.BirthDate, again.Customer.BirthDate);
        Assert.NotEqual(one.Customer.BirthDate, other.Customer.BirthDate);

        Case Shifted(string number, string born, string bought)
        {
            var value = new Case
            {
                CustomerCountry = "ZZ",
                Customer = new Customer { Number = PolicyKit.Clear(number), BirthDate = PolicyKit.Clear(born) },
                Product = new Product { PurchasedOn = PolicyKit.Clear(bought) },
            };
            new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);
            return value;
        }
    }

    [Fact]
    public void ShiftDays_ManySubjects_NeverNoneAndBothWaysWithinAYear()
    {
        var days = Enumerable.Range(0, 5000).Select(number => PolicyKit.Keys.ShiftDays($"K-{number}")).ToList();

        Assert.DoesNotContain(0, days);
        Assert.Equal((-365, 365), (days.Min(), days.Max()));
        Assert.InRange(days.Count(day => day > 0), 2300, 2700);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void Shift_DateAtTheEndOfTheCalendar_IsShiftedOrDroppedAndNeverThrows(string day)
    {
        var policies = PolicyKit.OneCountry("birth_date: {action: shift, at: edge}");
        var forms = Enumerable.Range(0, 40).Select(number =>
        {
            var value = new Case { CustomerCountry = "ZZ", CentreCountry = "ZZ", CollectionCountry = "ZZ", Customer = new Customer { Number = PolicyKit.Clear($"K-{number}"), BirthDate = PolicyKit.Clear(day) } };
            new EdgeRedactor(policies, PolicyKit.Keys).Redact(value);
            return value.Customer.BirthDate?.Generalized ?? "";
        }).ToList();

        Assert.Contains("", forms);
        Assert.DoesNotContain(day, forms);
        Assert.Contains(forms, form => form.Length == 10);
    }

    [Fact]
    public void Shift_DateWithoutDay_IsDropped() =>
        Assert.Null(AtTheEdge("birth_date", "{action: shift, at: edge}", "1980-05").Text);

    [Fact]
    public void Drop_TheWholeCustomFieldGoes()
    {
        var (text, tally) = AtTheEdge("handle", "{action: drop, at: edge}", "@max");

        Assert.Null(text);
        Assert.Equal(1, tally.CountOf(DataClass.Handle, RedactionAction.Drop));
    }

    [Fact]
    public void Redact_CustomFields_FollowTheirClassAndTypedPersonalOnesGo()
    {
        var value = new Case
        {
            CustomerCountry = "ZZ",
            CustomFields =
            {
                new CustomField { Name = "a", DataClass = DataClass.Technical, Integer = 7 },
                new CustomField { Name = "b", DataClass = DataClass.Gender, Flag = true },
                new CustomField { Name = "c", Text = PolicyKit.Clear("nobody classified me") },
                new CustomField { Name = "d", DataClass = (DataClass)9999, Number = 1.5 },
                new CustomField { Name = "e", DataClass = DataClass.Technical, Text = PolicyKit.Clear("E-17") },
                new CustomField { Name = "f", DataClass = DataClass.Gender, Text = PolicyKit.Clear("f") },
                new CustomField { Name = "g", DataClass = DataClass.Inherited, Text = PolicyKit.Clear("of whom?") },
                new CustomField { Name = "h", DataClass = DataClass.Name },
            },
        };

        var tally = new EdgeRedactor(PolicyKit.OneCountry("gender: {action: keep}"), PolicyKit.Keys).Redact(value);

        Assert.Equal(["a", "e", "f", "h"], value.CustomFields.Select(field => field.Name));
        Assert.Equal(2, tally.CountOf(DataClass.Unspecified, RedactionAction.Drop));
        Assert.Equal(1, tally.CountOf(DataClass.Gender, RedactionAction.Drop));
        Assert.Equal(1, tally.CountOf(DataClass.Inherited, RedactionAction.Drop));
    }

    [Fact]
    public void Redact_EveryClassUnderEveryAction_LeavesTheAskedFormOrNothing()
    {
        string[] actions =
        [
            "{action: keep}", "{action: mask, at: edge}", "{action: pseudonymize, at: edge, purpose: customer-link}", "{action: seal, at: edge}",
            "{action: drop, at: edge}", "{action: detect, at: edge}", "{action: shift, at: edge}", "{action: mask, at: hub}", "{action: drop, at: hub}",
        ];
        foreach (var dataClass in DataClassNames.Governed)
        {
            foreach (var action in actions.Concat(RuleFit.Targets(dataClass).Select(to => $"{{action: generalize, at: edge, to: \"{to.Replace("N", "2", StringComparison.Ordinal)}\"}}")))
            {
                var name = DataClassNames.Of(dataClass);
                var permitted = WithGround(dataClass, action);
                var suits = (!action.Contains("detect", StringComparison.Ordinal) || RuleFit.IsText(dataClass))
                    && (!action.Contains("shift", StringComparison.Ordinal) || RuleFit.IsDate(dataClass));
                if (!suits)
                {
                    Assert.NotEmpty(PolicyKit.LoadWith($"jurisdiction: zz\nrules: {{{name}: {action}}}").Faults);
                    continue;
                }

                CheckForm(dataClass, name, permitted, ValueOf(dataClass));
            }
        }
    }

    private static string WithGround(DataClass dataClass, string action) => dataClass switch
    {
        DataClass.Employee => action.Replace("}", ", agreement: \"works agreement\"}", StringComparison.Ordinal),
        DataClass.SpecialCategory or DataClass.Child => action.Replace("}", ", ground: \"explicit consent\"}", StringComparison.Ordinal),
        _ => action,
    };

    private static void CheckForm(DataClass dataClass, string name, string action, string value)
    {
        if (dataClass == DataClass.Credential && action == "{action: keep}")
        {
            Assert.NotEmpty(PolicyKit.LoadWith($"jurisdiction: zz\nrules: {{{name}: {action}}}").Faults);
            return;
        }

        if (Loosens(name, action))
        {
            return;
        }

        var policies = PolicyKit.OneCountry($"{name}: {action}");
        var sent = CaseWith(dataClass, value);
        new EdgeRedactor(policies, PolicyKit.Keys).Redact(sent);
        var atEdge = action.Contains("at: edge", StringComparison.Ordinal);
        var travelling = sent.CustomFields.SingleOrDefault()?.Text;
        var stored = sent.Clone();
        Assert.IsType<HubVerdict.Accepted>(new HubRedactor(policies).Redact(stored));

        var expected = action.Split([':', ',', '}'], 3)[1].Trim() switch
        {
            "keep" => PersonalText.FormOneofCase.Clear,
            "mask" or "detect" => PersonalText.FormOneofCase.Masked,
            "pseudonymize" => PersonalText.FormOneofCase.Pseudonym,
            "seal" => PersonalText.FormOneofCase.Sealed,
            "drop" => PersonalText.FormOneofCase.None,
            _ => PersonalText.FormOneofCase.Generalized,
        };
        Assert.Equal(atEdge ? expected : PersonalText.FormOneofCase.Clear, travelling?.FormCase ?? PersonalText.FormOneofCase.None);
        Assert.Equal(expected, stored.CustomFields.SingleOrDefault()?.Text.FormCase ?? PersonalText.FormOneofCase.None);
    }

    // Nobody may keep credentials in another way than dropping them at the edge.
    private static bool Loosens(string name, string action) => name == "credential" && action != "{action: drop, at: edge}";

    private static string ValueOf(DataClass dataClass) => dataClass switch
    {
        DataClass.BirthDate or DataClass.PersonalDate => "1980-05-17",
        DataClass.Phone => "+49 176 1234567",
        DataClass.Email => "max@example.de",
        DataClass.IpAddress => "203.0.113.77",
        DataClass.Coordinates => "48.137,11.575",
        _ => "Value 4711 of some length",
    };

    private static DataClass ClassOf(string name) => DataClassNames.TryParse(name, out var dataClass) ? dataClass : throw new ArgumentException(name);

    private static Case CaseWith(DataClass dataClass, string value) => new()
    {
        CustomerCountry = "ZZ",
        Opened = new CaseTime { At = new() { Seconds = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() } },
        CustomFields = { new CustomField { Name = "x", DataClass = dataClass, Text = PolicyKit.Clear(value) } },
    };

    private static (PersonalText? Text, RedactionTally Tally) AtTheEdge(string dataClass, string rule, string value)
    {
        var sent = CaseWith(ClassOf(dataClass), value);
        var tally = new EdgeRedactor(PolicyKit.OneCountry($"{dataClass}: {rule}"), PolicyKit.Keys).Redact(sent);
        return (sent.CustomFields.SingleOrDefault()?.Text, tally);
    }
}
