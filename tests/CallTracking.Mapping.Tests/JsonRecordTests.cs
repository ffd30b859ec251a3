using System.Text;
using System.Text.Json;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Values;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>What one pass over a record's tokens finds is what a search in .NET's document finds, whatever the record.</summary>
public sealed class JsonRecordTests
{
    private static readonly string[] Paths =
    [
        "a", "b", "a.b", "a.b.c", "b.a", "c", "髙", "b.髙", "#text", "a.#text", "b.#text.a", "a[*]", "a[0]", "a[1].b", "b[a=1].c", "b[a=x].b", "a.b[*].c",
        "['a']", "a.#invariant", "c.c.c.c", "^.a",
    ];

    private static readonly string[] Names = ["a", "a", "b", "b", "c", "d", "#text", "#invariant", "髙", @"\u0061", @"\u9ad9", @"\ud800", @"b\udc00", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "1", "-1.50e3", "\"\"", "\"x\"", "\" x \"", @"""\u0041\n""", @"""\u0000""", @"""\ud800""", @"""x\udc00\ud83d\ude00""", "\"髙～表\"", "\"😀\"", @"""髙\t""",
        @"""\ufffd""", "\"\uFFFD\"", "\"" + new string('y', 300) + "\"",
    ];

    [Fact]
    public void Parse_AnyRecord_FindsWhatTheDocumentHas()
    {
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var table = TableOf(Paths.Where(_ => random.Next(2) == 0));
            var bytes = Encoding.UTF8.GetBytes(ObjectOf(random, 4));
            using var record = new JsonRecord(table);
            using var document = JsonDocument.Parse(bytes);
            var expected = new JsonRow(table);
            expected.Show(document.RootElement, around: null);

            Assert.Null(record.Parse(bytes, out _));
            Assert.Equal(Told(expected, table), Told(record.Row, table));
            Assert.Equal(Unmapped(expected), Unmapped(record.Row));
        }
    }

    [Fact]
    public void TryFind_AnyRecordAndWhatFollows_EndsWhereTheRecordDoes()
    {
        var random = new Random(12);
        var table = TableOf(Paths);
        using var record = new JsonRecord(table);
        using var parsed = new JsonRecord(table);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(ObjectOf(random, 3));

            Assert.False(record.TryFind(bytes.AsSpan(0, random.Next(bytes.Length)), out _));
            Assert.True(record.TryFind([.. bytes, .. ",}]\n{\""u8], out var length));
            Assert.Equal(bytes.Length, length);
            Assert.Null(record.Show(bytes));
            Assert.Null(parsed.Parse(bytes, out _));
            Assert.Equal(Told(parsed.Row, table), Told(record.Row, table));
        }
    }

    [Theory]
    [InlineData("{\"a\": 1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\": tru}")]
    [InlineData("{\"a\": [1}")]
    [InlineData("[]")]
    [InlineData("1,")]
    [InlineData("]")]
    public void TryFind_WhatIsNoRecord_LeavesItToTheLongWay(string text)
    {
        using var record = new JsonRecord(TableOf(Paths));

        Assert.False(record.TryFind(Encoding.UTF8.GetBytes(text), out _));
    }

    private static ColumnTable TableOf(IEnumerable<string> paths)
    {
        var table = new ColumnTable();
        foreach (var path in paths)
        {
            table.SlotOf(new ColumnRef(path, 1, 1, JsonPath.Parse(path)));
        }

        return table;
    }

    private static List<string> Told(JsonRow row, ColumnTable table)
    {
        var told = new List<string>();
        for (var slot = 0; slot < table.Count; slot++)
        {
            told.Add($"{table.Columns[slot].Name}: {Told(row, slot)}");
        }

        return told;
    }

    private static string Told(JsonRow row, int slot)
    {
        try
        {
            var values = new List<string>();
            for (var index = 0; index < row.Count(slot); index++)
            {
                var fault = row.Get(slot, index, out var text);
                values.Add(fault?.ToString() ?? $"{text.ToString()}|{text.IsInvariant}");
                Assert.True(row.MayBeDamaged || fault is not null || !text.Span.Contains(TextRules.Damage));
            }

            var unsure = row.Single(slot, out var single, out var count);
            return $"{string.Join(" / ", values)} ({count}: {unsure?.ToString() ?? single.ToString()})";
        }
        catch (InvalidOperationException)
        {
            return "cannot be told";
        }
    }

    private static string Unmapped(JsonRow row)
    {
        try
        {
            var values = new List<UnmappedValue>();
            return $"{row.Unmapped(values)} {string.Join(" / ", values)}";
        }
        catch (InvalidOperationException)
        {
            return "cannot be told";
        }
    }

    private static string ValueOf(Random random, int depth) => random.Next(depth > 0 ? 4 : 2) switch
    {
        2 => ObjectOf(random, depth - 1),
        3 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => ValueOf(random, depth - 1)))}]",
        _ => Scalars[random.Next(Scalars.Length)],
    };

    private static string ObjectOf(Random random, int depth)
    {
        var names = random.Next(3) == 0 ? Names : Names[..9];
        return $"{{{string.Join(random.Next(2) == 0 ? "," : " ,\n", Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{names[random.Next(names.Length)]}\":{ValueOf(random, depth)}"))}}}";
    }
}
