using System.Text;
using System.Text.Json;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Values;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>The quick way through a record lets nothing pass that .NET's reader refuses, and finds the same values.</summary>
public sealed class JsonQuickScanTests
{
    private const string Marks = "{}[]\",:\\ \n\t\0\u0001truefalsn0123-+.eEuabd/";

    private static readonly string[][] Leads = [["a"], ["b"], ["a", "b"], ["a", "b", "c"], ["c\"d"], ["e"]];

    private static readonly string[] Records =
    [
        """{"a":"text","b":"with \"quotes\" and \\ \u00e4 \n","e":null}""",
        """{ "a" : {"b":{"c":1,"x":[1,2,{"y":"z"}]},"b":"again"}, "unknown":[true,false,null], "e":-1.5e-3 }""",
        """{"e":"","b":0,"a":{"b":"","z":{"w":{}}},"long name that leads nowhere":"\/\b\f\r\t\ud83d\ude00"}""",
        "{\"c\\\"d\":1,\"a\":[],\"b\":\"髙～表 😀\"}",
        """{"a":"1","a":{"b":"2"},"a":"3"}""",
        """{"a":"lost \ufffd"}""",
        """{"a":"not lost \\ufffd","q":["\u00e4",{"r":"\uFFFD"}],"e":"\uFfFd"}""",
    ];

    [Fact]
    public void TryPass_AnyBytes_FindsWhatTheReaderFindsOrLeavesItToIt()
    {
        var random = new Random(31);
        var passed = 0;
        for (var round = 0; round < 40_000; round++)
        {
            var bytes = Damaged(Records[random.Next(Records.Length)], random);
            var names = JsonName.Record(Leads);
            var places = new JsonPlace[names.End];
            var scan = new JsonQuickScan(names, places, maxDepth: 64);
            if (scan.TryPass(bytes, out var length))
            {
                passed++;
                Assert.Equal(JsonEscapes.HasDamage(bytes.AsSpan(0, length)), scan.HasDamage);
                Assert.Equal(Found(bytes[..length]), places);
                JsonDocument.Parse(bytes.AsMemory(0, length)).Dispose();
            }
        }

        Assert.InRange(passed, 10_000, 39_999);
    }

    [Fact]
    public void TryPass_RecordsOneAfterAnother_KnowsTheNamesOfAnyOrder()
    {
        var names = JsonName.Record(Leads);
        var places = new JsonPlace[names.End];
        var scan = new JsonQuickScan(names, places, maxDepth: 64);
        foreach (var record in (string[])["""{"a":"1","b":"2","e":"3"}""", """{"e":"1","b":"2","a":"3"}""", """{"b":"1"}""", """{"q":"1","e":"2"}"""])
        {
            var bytes = Encoding.UTF8.GetBytes(record);

            Assert.True(scan.TryPass(bytes, out var length));
            Assert.Equal(bytes.Length, length);
            Assert.Equal(Found(bytes), places);
        }
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    public void Parse_DeepRecord_IsRefusedWhereTheDocumentRefusesIt(int depth)
    {
        var table = new ColumnTable();
        table.SlotOf(new ColumnRef("a", 1, 1, JsonPath.Parse(string.Join('.', Enumerable.Repeat("a", 70)))));
        using var record = new JsonRecord(table);
        foreach (var inner in (string[])["1", "[1]", "{}"])
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + inner + new string('}', depth));

            Assert.Equal(IsDocument(bytes), record.Parse(bytes, out _) is null);
        }
    }

    [Fact]
    public void TryUnescape_AnyText_GivesWhatTheReaderGives()
    {
        string[] parts = ["a", "ü", "髙", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\u00e4", "\\uFFFD", "\\ufffd", "\\uFfFd", "\\u9ad9", "\\\\ufffd", "\uFFFD"];
        var random = new Random(32);
        for (var round = 0; round < 5000; round++)
        {
            var written = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => parts[random.Next(parts.Length)]));
            var expected = JsonSerializer.Deserialize<string>($"\"{written}\"")!;
            var text = written.ToCharArray();

            Assert.True(JsonEscapes.TryUnescape(text, out var length));
            Assert.Equal(expected, new string(text, 0, length));
            Assert.Equal(expected.Contains(TextRules.Damage), written.Contains(TextRules.Damage) || JsonEscapes.HasDamage(Encoding.UTF8.GetBytes(written)));
        }
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("a\\ud83d")]
    [InlineData("\\ud83d\\ude00")]
    public void TryUnescape_WhatTheReaderMustJudge_IsLeftToIt(string written) => Assert.False(JsonEscapes.TryUnescape(written.ToCharArray(), out _));

    private static byte[] Damaged(string record, Random random)
    {
        var text = new StringBuilder(record);
        for (var more = random.Next(3); more > 0; more--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, 1);
                    break;
                case 1:
                    text.Insert(at, Marks[random.Next(Marks.Length)]);
                    break;
                case 2:
                    text[at] = Marks[random.Next(Marks.Length)];
                    break;
                default:
                    text.Length = Math.Max(1, at);
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static JsonPlace[] Found(byte[] bytes)
    {
        var names = JsonName.Record(Leads);
        var scan = new JsonScan(names, maxDepth: 64);
        var reader = new Utf8JsonReader(bytes);
        Assert.True(reader.Read() && scan.TryPass(ref reader) && !scan.IsUnsure);
        return [.. Enumerable.Range(0, names.End).Select(number => scan.Places[number])];
    }

    private static bool IsDocument(byte[] bytes)
    {
        try
        {
            JsonDocument.Parse(bytes).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
