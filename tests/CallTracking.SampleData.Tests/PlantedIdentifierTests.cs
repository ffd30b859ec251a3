using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Tests;

public sealed class PlantedIdentifierTests
{
    private static readonly SampleOptions Many = SampleKit.Options(20_000);

    public static TheoryData<string> Regions => SampleKit.RegionCodes;

    [Fact]
    public void MyNumber_PublishedExample_HasTheCheckDigit() => Assert.Equal(8, CheckDigits.MyNumber("12345678901"));

    [Fact]
    public void TaxId_PublishedExample_HasTheCheckDigit() => Assert.Equal(9, CheckDigits.TaxId("3657426180"));

    [Fact]
    public void GermanIban_PublishedExample_HasTheCheckDigits() => Assert.Equal("89", CheckDigits.GermanIban("370400440532013000"));

    [Fact]
    public void ResidentNumber_PublishedExample_HasTheCheckDigit() => Assert.Equal('X', CheckDigits.ResidentNumber("11010519491231002"));

    [Fact]
    public void Cpf_PublishedExample_HasTheCheckDigits() => Assert.Equal("35", CheckDigits.Cpf("111444777"));

    [Fact]
    public void Pesel_PublishedExample_HasTheCheckDigit() => Assert.Equal(8, CheckDigits.Pesel("0207080362"));

    [Fact]
    public void FrenchKey_PublishedExample_HasTheKey() => Assert.Equal("38", CheckDigits.FrenchKey("2550814168025"));

    [Theory]
    [InlineData("CN", "^99[0-9]{4}(19|20)[0-9]{9}[0-9X]$")]
    [InlineData("BR", "^000\\.000\\.[0-9]{3}-[0-9]{2}$")]
    [InlineData("KR", "^[0-9]{6}-9[0-9]{6}$")]
    [InlineData("FR", "^[12][0-9]{4}99990[0-9]{5}$")]
    [InlineData("GB", "^QQ( [0-9]{2}){3} [A-D]$")]
    [InlineData("PL", "^[0-9]{2}(8[1-9]|9[0-2])[0-9]{7}$")]
    [InlineData("TH", "^0[0-9]{12}$")]
    [InlineData("UA", "^000(1[0-9]|2[0-9]|3[01])[0-9]{5}$")]
    public void Truth_OtherRegions_PlantNationalNumbersThatNobodyHas(string code, string form)
    {
        var numbers = Values(SampleRegion.Parse(code), DataClass.NationalId);

        Assert.Contains(numbers, planted => planted.Place == Planted.Text);
        Assert.All(numbers, planted => Assert.Matches(form, planted.Value));
    }

    [Fact]
    public void Truth_Japan_PlantsMyNumbersWithRightCheckDigits()
    {
        var numbers = Values(SampleRegion.Jp, DataClass.NationalId);

        Assert.Contains(numbers, planted => planted.Place == Planted.Text);
        Assert.Contains(numbers, planted => planted.Place == "customer.national_ids.value");
        Assert.All(numbers, planted =>
        {
            Assert.Equal(12, planted.Value.Length);
            Assert.Equal(CheckDigits.MyNumber(planted.Value.AsSpan(0, 11)), planted.Value[11] - '0');
        });
    }

    [Fact]
    public void Truth_Germany_PlantsTaxIdsOfTheRightForm()
    {
        var numbers = Values(SampleRegion.De, DataClass.NationalId);

        Assert.NotEmpty(numbers);
        Assert.All(numbers, planted =>
        {
            Assert.Equal(11, planted.Value.Length);
            Assert.NotEqual('0', planted.Value[0]);
            Assert.Equal(CheckDigits.TaxId(planted.Value.AsSpan(0, 10)), planted.Value[10] - '0');

            // Of the first ten digits exactly one occurs twice.
            Assert.Equal(9, planted.Value[..10].Distinct().Count());
        });
    }

    [Fact]
    public void Truth_Germany_PlantsAccountsThatSatisfyTheirCheckDigits()
    {
        var accounts = Values(SampleRegion.De, DataClass.Payment).Where(planted => planted.Value.StartsWith("DE", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(accounts);
        Assert.All(accounts, planted =>
        {
            var iban = planted.Value.Replace(" ", string.Empty, StringComparison.Ordinal);
            Assert.Equal(22, iban.Length);
            Assert.Equal(iban[2..4], CheckDigits.GermanIban(iban[4..]));
        });
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void Truth_AnyRegion_PlantsCardsThatSatisfyTheirCheckDigit(string code)
    {
        var cards = Values(SampleRegion.Parse(code), DataClass.Payment)
            .Select(planted => planted.Value)
            .Where(value => char.IsAsciiDigit(value[0]))
            .ToList();

        Assert.NotEmpty(cards);
        Assert.All(cards, card => Assert.True(CheckDigits.IsLuhn(string.Concat(card.Where(char.IsAsciiDigit)))));
        Assert.False(CheckDigits.IsLuhn("4111111111111112"));
    }

    [Fact]
    public void Truth_UnitedStates_PlantsSocialSecurityNumbersThatLookRight()
    {
        var numbers = Values(SampleRegion.Us, DataClass.NationalId);

        Assert.NotEmpty(numbers);
        Assert.All(numbers, planted => Assert.Matches("^(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}$", planted.Value));
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void Truth_AnyRegion_UsesExampleDomainsOnly(string code) =>
        Assert.All(
            Values(SampleRegion.Parse(code), DataClass.Email),
            planted => Assert.Matches("^[a-z.0-9]+@example\\.(com|jp|de|cn|kr|fr|pl|ua)$", planted.Value));

    private static List<Planted> Values(SampleRegion region, DataClass dataClass) =>
        [.. SampleWriter.Truth(region, Many).SelectMany(truth => truth.Planted).Where(planted => planted.Class == dataClass)];
}
