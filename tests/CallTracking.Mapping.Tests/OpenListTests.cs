using CallTracking.Mapping.Proposals;
using CallTracking.Mapping.Spec;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Which lists a proposal left out is read from what it wrote.</summary>
public sealed class OpenListTests
{
    [Theory]
    [InlineData("client.phones", "number", "\"client.phones[*].number\"", "{each: client.phones, fields: {body: number}}")]
    [InlineData("contacts", "value", "\"contacts[type=phone].value\"", "{each: contacts, fields: {body: value}}")]
    [InlineData("client.phone list", "phone number", "\"client.phone list[*].phone number\"", "{each: client.phone list, fields: {body: phone number}}")]
    [InlineData("#notes", "a\"b, c: d", "\"#notes[*].a\\\"b, c: d\"", "{each: \"#notes\", fields: {body: \"a\\\"b, c: d\"}}")]
    public void In_AListThatIsAsked_HasItsNamesAsTheyAre(string path, string name, string ofEach, string messages)
    {
        var list = Assert.Single(OpenLists.In($"fields:\n  subject: s\n  # ? The list {YamlText.Of(path)} holds objects with {YamlText.Of(name)}, type: what are they?\n"));

        Assert.Equal((3, path, name, ofEach, messages), (list.Line, list.Path, list.Names[0], list.OfEach, list.Messages));
    }

    // The first name may say of which sort the value is.
    [Theory]
    [InlineData("contacts", "type, value", "customer.phones", "\"contacts[type=phone].value\"")]
    [InlineData("requester.phones", "type, number", "customer.phones", "\"requester.phones[*].number\"")]
    [InlineData("people", "name, mobile", "customer.phones", "\"people[*].mobile\"")]
    [InlineData("people", "phoneType, phone", "customer.phones", "\"people[*].phone\"")]
    [InlineData("prices", "type, value", null, "\"prices[*].value\"")]
    [InlineData("items", "ns:sku, count", null, "\"items[*].ns:sku\"")]
    [InlineData("items", "sku, count", null, "\"items[*].sku\"")]
    public void In_AListOfSeveralNames_IsToldByThatOfTheValue(string path, string names, string? field, string ofEach)
    {
        var list = Assert.Single(OpenLists.In($"fields:\n  # ? The list {path} holds objects with {names}: what are they?\n"));

        Assert.Equal((field, ofEach), (list.Field, list.OfEach));
    }

    [Fact]
    public void In_AListThatMayBeMessages_IsOneToo()
    {
        var list = Assert.Single(OpenLists.In("fields:\n  # messages:   # ? 0.60 objects with a text: are they messages of the case?\r\n  #   each: history\r\n  #   fields:\r\n  #     body: text\r\n"));

        Assert.Equal((2, "history", "text", null), (list.Line, list.Path, Assert.Single(list.Names), list.Field));
    }

    [Theory]
    [InlineData("  customer.phones: \"client.phones[*].number\"", 0)]
    [InlineData("  messages: {each: client.phones, fields: {body: number}}", 0)]
    [InlineData("    each: \"client.phones\"   # said", 0)]
    [InlineData("  # customer.phones: \"client.phones[*].number\"", 1)]
    [InlineData("    each: client.phones2", 1)]
    [InlineData("  customer.name: client.phones", 1)]
    public void In_AListThatTheMappingReads_IsAnswered(string line, int left) =>
        Assert.Equal(left, OpenLists.In($"fields:\n  # ? The list client.phones holds objects with number: what are they?\n{line}\n").Count);
}
