using System.Text;
using CallTracking.Contracts;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>No distinctive personal value that the eea pack hides is anywhere in what the hub stores, in no usual encoding.</summary>
public sealed class LeakTests
{
    private const int Distinctive = 6;

    private static readonly string[] Families = ["Weißmüller", "Kowalczyk", "O'Donoghue", "Çelikoğlu", "Papadopoulos", "山田川", "佐々木", "Иваненко", "김서연", "Nguyễn"];
    private static readonly string[] Given = ["Jürgen", "Małgorzata", "Siobhán", "Ömercan", "Aikaterini", "太郎左", "花子美", "Олександр", "Jean-Baptiste", "Thị Hương"];

    private static readonly EdgeRedactor Edge = new(PolicyKit.Policies, PolicyKit.Keys);
    private static readonly HubRedactor Hub = new(PolicyKit.Policies);

    [Fact]
    public void Redact_EeaCaseWithValuesInEveryFieldAndText_LeavesNoneAtTheHub() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
            seed =>
            {
                var (value, secrets) = Generate(new Random(seed));
                Edge.Redact(value);
                AssertAbsent(value, secrets.Where(secret => secret.AtEdge));
                Assert.IsType<HubVerdict.Accepted>(Hub.Redact(value));
                AssertAbsent(value, secrets);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void AssertAbsent_ValuePlanted_IsNoticed()
    {
        var value = new Case { Subject = PolicyKit.Clear("x Weißmüller y") };

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertAbsent(value, [new Secret("Weißmüller", true)]));
    }

    private static (Case Value, List<Secret> Secrets) Generate(Random random)
    {
        var secrets = new List<Secret>();
        var spelled = new List<string>();
        var value = FullCase.Create((path, dataClass) => Value(path, dataClass, random, secrets, spelled));
        value.CustomerCountry = value.CentreCountry = value.CollectionCountry = "DE";
        foreach (var text in Texts(value))
        {
            var words = spelled.OrderBy(_ => random.Next()).ToList();
            text.Clear = string.Join(random.Next(4) switch { 0 => " ", 1 => ", ", 2 => "\n", _ => " und " }, words.Select(word => Spell(word, random)));
        }

        return (value, secrets);
    }

    private static string Value(string path, DataClass dataClass, Random random, List<Secret> secrets, List<string> spelled)
    {
        var digits = string.Concat(Enumerable.Range(0, 10).Select(_ => random.Next(10)));
        var value = dataClass switch
        {
            DataClass.Name => $"{Given[random.Next(Given.Length)]} {Families[random.Next(Families.Length)]}",
            DataClass.Email => $"p{digits}@mail{random.Next(99)}.example",
            DataClass.Phone => $"+49 17{digits[0]} {digits[1..9]}",
            DataClass.PostalAddress => $"Straße {digits[..6]} b",
            DataClass.Postcode => digits[..5],
            DataClass.BirthDate or DataClass.PersonalDate => new DateOnly(1950 + random.Next(70), 1 + random.Next(12), 1 + random.Next(28)).ToString("yyyy-MM-dd", null),
            DataClass.IpAddress => $"203.0.{random.Next(100, 255)}.{random.Next(100, 255)}",
            DataClass.Coordinates => $"{random.Next(40, 50)}.{digits[..5]},{random.Next(10, 20)}.{digits[5..]}",
            DataClass.Payment => $"4{digits}12345",
            DataClass.Employee when path.EndsWith("name", StringComparison.Ordinal) => $"Emil Ärmelbügler{(char)('a' + random.Next(26))}",
            DataClass.FreeText or DataClass.FileName => "to be filled",
            _ => $"v{digits}x",
        };

        // What the pack keeps is no secret.
        if (dataClass is not (DataClass.FreeText or DataClass.FileName or DataClass.Gender or DataClass.Locality or DataClass.SerialNumber))
        {
            spelled.Add(value);
            secrets.Add(new Secret(value, AtEdge: true));
            secrets.AddRange(value.Split(' ').Where(_ => dataClass is DataClass.Name or DataClass.Employee).Select(part => new Secret(part, AtEdge: true)));
        }

        return value;
    }

    private static string Spell(string value, Random random) => random.Next(6) switch
    {
        0 => value.ToUpperInvariant(),
        1 => value.Replace(' ', '\n'),
        2 => string.Concat(value.Select(letter => letter is >= '!' and <= '~' ? (char)(letter + 0xFEE0) : letter)),
        3 => value.Normalize(NormalizationForm.FormD),
        4 when value.Contains(' ', StringComparison.Ordinal) => string.Join(' ', value.Split(' ').Reverse()),
        _ => value,
    };

    private static IEnumerable<PersonalText> Texts(Case value)
    {
        var leaves = new List<Leaf>();
        CaseShape.Instance.Collect(value, leaves);
        return leaves.Where(leaf => RuleFit.IsText(leaf.DataClass)).Select(leaf => leaf.Text!);
    }

    private static void AssertAbsent(Case value, IEnumerable<Secret> secrets)
    {
        var wire = value.ToByteArray();
        var text = Fold(Encoding.UTF8.GetString(wire));
        foreach (var secret in secrets.Where(secret => secret.Value.Length >= Distinctive))
        {
            Assert.DoesNotContain(Fold(secret.Value), text, StringComparison.Ordinal);
            foreach (var encoded in Encodings(secret.Value))
            {
                Assert.True(wire.AsSpan().IndexOf(encoded) < 0, "A hidden value is in the stored bytes.");
            }
        }
    }

    private static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    private static IEnumerable<byte[]> Encodings(string value)
    {
        yield return Encoding.UTF8.GetBytes(value);
        yield return Encoding.Unicode.GetBytes(value);
        yield return Encoding.BigEndianUnicode.GetBytes(value);
        yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('='));
    }

    private readonly record struct Secret(string Value, bool AtEdge);
}
