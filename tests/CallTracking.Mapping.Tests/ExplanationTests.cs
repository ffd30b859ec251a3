using System.Text;
using CallTracking.Mapping.Checks;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Which column and rule made a field.</summary>
public sealed class ExplanationTests
{
    private const string Fields = """
        status: {from: s, values: {a: open}}
        description: {join: [x, y], with: "+"}
        kind: {const: inquiry}
        messages: [{body: q}, {body: a, author_role: {const: agent}}]
        repair.parts: {each: p, split: ";", fields: {number: text}}
        """;

    [Fact]
    public async Task Explain_OfEachField_TellsColumnRuleAndPlace()
    {
        var fields = await ExplainAsync("1,a,one,two,asked,answered,P1;P2,Paris");

        Assert.Equal(
            [
                "status=open < s=a [from, values 7:3]",
                "description=one+two < x=one y=two [join, with 8:3]",
                "kind=inquiry < [const 9:3]",
                "messages[0].body=asked < q=asked [column 10:15]",
                "messages[1].author_role=agent < [const 10:35]",
                "messages[1].body=answered < a=answered [column 10:26]",
                "repair.parts[0].number=P1 < text=? [column 11:48]",
                "repair.parts[1].number=P2 < text=? [column 11:48]",
                "custom_fields.shop=Paris < shop=Paris [from, class 13:3]",
            ],
            fields.Select(Said));
    }

    [Fact]
    public async Task Explain_FieldThatRejects_SaysWhyAndTheOthersGoOn()
    {
        var fields = await ExplainAsync("1,zz,,,,,,Paris");

        Assert.StartsWith("unmapped-value", fields[0].Fault, StringComparison.Ordinal);
        Assert.Equal((null, null, ""), (fields[1].Result, fields[1].Fault, fields[1].Sources[0].Value));
        Assert.Equal("Paris", fields[^1].Result);
    }

    private static string Said(ExplainedField field) =>
        $"{field.Path}={field.Result} < {string.Join(' ', field.Sources.Select(source => $"{source.Key}={source.Value ?? "?"}").Append($"[{field.Rule} {field.Line}:{field.Column}]"))}";

    private static async Task<IReadOnlyList<ExplainedField>> ExplainAsync(string row)
    {
        var yaml = Reading.Csv(Fields) + "\ncustom_fields:\n  shop: {from: shop, class: technical}\n";
        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream(Encoding.UTF8.GetBytes($"id,s,x,y,q,a,p,shop\n{row}\n")), "cases.csv");
        await reader.ReadAsync(CancellationToken.None);
        return reader.ExplainLast();
    }
}
