using CallTracking.Mapping.Reading.Delimited;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class SignScanTests
{
    [Fact]
    public void Next_AnyText_FindsEachPlaceOfTheSign()
    {
        var random = new Random(41);
        for (var round = 0; round < 3000; round++)
        {
            // Signs near together and far apart, and characters whose lower byte alone is that of the sign.
            var rare = random.Next(1, 60);
            var text = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(rare) == 0 ? ';' : "ab\u013B\u3B00\u3B3B"[random.Next(5)]));
            var scan = new SignScan(text, ';');
            for (var from = 0; from <= text.Length;)
            {
                var next = scan.Next(from);

                Assert.Equal(text.IndexOf(';', from), next);
                from = next < 0 ? text.Length + 1 : next + random.Next(1, 3);
            }
        }
    }
}
