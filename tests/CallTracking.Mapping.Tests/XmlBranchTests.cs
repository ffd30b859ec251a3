using System.Buffers;
using System.Text.Json;
using CallTracking.Mapping.Reading.Xml;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class XmlBranchTests
{
    [Fact]
    public void WriteRecord_AnyChildren_GroupsThoseOfOneName()
    {
        var random = new Random(51);
        for (var round = 0; round < 500; round++)
        {
            var names = Enumerable.Range(0, random.Next(100)).Select(index => random.Next(40) == 0 ? "again" : $"n{index}").ToList();
            var record = new XmlBranch(string.Empty);
            foreach (var (index, name) in names.Index())
            {
                var child = record.AddChild(name);
                child.AddText($"{index}");
                child.AddText(" in pieces");
            }

            var groups = names.Index().GroupBy(name => name.Item).ToList();
            using var document = Written(record);

            Assert.Equal(groups.Select(group => group.Key), document.RootElement.EnumerateObject().Select(property => property.Name));
            Assert.All(groups, group => Assert.Equal(group.Select(name => $"{name.Index} in pieces"), Texts(document.RootElement.GetProperty(group.Key), group.Count())));
        }
    }

    private static JsonDocument Written(XmlBranch record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            record.WriteRecord(json);
        }

        return JsonDocument.Parse(bytes.WrittenMemory);
    }

    private static IEnumerable<string?> Texts(JsonElement element, int count) =>
        count == 1 ? [element.GetString()] : element.EnumerateArray().Select(item => item.GetString());
}
