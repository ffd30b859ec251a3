using System.Text;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>The search that the canaries stand on finds what it claims to find, wherever it lies.</summary>
public sealed class NeedleSearchTests
{
    private const string Latin = "Brünhild Käferstein-Ozols";
    private const string Japanese = "五十嵐 七海佑";
    private const string Number = "+49 30 2312 5447";

    [Theory]
    [InlineData(Latin)]
    [InlineData(Japanese)]
    [InlineData(Number)]
    public void Find_EveryFormAtEveryAlignment_IsFoundOnceByName(string value)
    {
        var source = CanaryCentre.EncodingOf(value == Latin ? "windows-1252" : "utf-8");
        var search = new NeedleSearch(NeedleForms.Of(value, source).Select(form => (0, form.Form, form.Bytes)));

        foreach (var text in (string[])[value, value.ToUpperInvariant(), value.Normalize(NormalizationForm.FormD)])
        {
            foreach (var (name, bytes) in Carriers(text))
            {
                Assert.True(search.Find(new MemoryStream(bytes), name).Count > 0, $"{name} of {text}");
            }
        }
    }

    [Fact]
    public void Find_OtherValues_FindsNone()
    {
        var search = new NeedleSearch(NeedleForms.Of(Latin, Encoding.UTF8).Select(form => (0, form.Form, form.Bytes)));

        Assert.All(Carriers("Brünhild Käferstein-Ozola"), carrier => Assert.Empty(search.Find(new MemoryStream(carrier.Bytes), carrier.Name)));
    }

    [Fact]
    public void Find_NeedlesAcrossBuffersOfALargeFile_AreAllFound()
    {
        var values = Enumerable.Range(0, 50).Select(number => $"canary-number-{number:000}").ToList();
        var search = new NeedleSearch(values.SelectMany((value, index) => NeedleForms.Of(value, Encoding.UTF8).Select(form => (index, form.Form, form.Bytes))));
        var file = new byte[13_000_000];
        for (var number = 0; number < values.Count; number++)
        {
            // Around every multiple of the buffer's size, and everywhere between.
            Encoding.UTF8.GetBytes(values[number]).CopyTo(file, ((4 << 20) * (1 + (number % 3))) - 400 + (number * 17));
        }

        var hits = search.Find(new MemoryStream(file), "large");

        Assert.Equal(Enumerable.Range(0, 50), hits.Select(hit => hit.Value).Distinct().Order());
        Assert.Equal(file.Length, search.Looked);
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Carriers(string text)
    {
        foreach (var before in (string[])["", "a", "ab", "abc"])
        {
            var whole = $"{before}{text}{before}";
            yield return ("UTF-8", Encoding.UTF8.GetBytes(whole));
            yield return ("UTF-16LE", [1, .. Encoding.Unicode.GetBytes(whole)]);
            yield return ("UTF-16BE", Encoding.BigEndianUnicode.GetBytes(whole));
            yield return ("base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(whole))));
            yield return ("JSON", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(whole));
            yield return ("URL", Encoding.ASCII.GetBytes($"/?q={Uri.EscapeDataString(whole)}&x=1"));
            yield return ("HTML", Encoding.UTF8.GetBytes($"<p>{System.Net.WebUtility.HtmlEncode(whole)}</p>"));
            yield return ("hexadecimal", Encoding.ASCII.GetBytes($"\\x{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(whole))}"));
        }
    }
}
