using CallTracking.SchemaLock;
using Google.Protobuf.Reflection;
using Xunit;

namespace CallTracking.Contracts.Tests;

public sealed class DataClassTests
{
    private static IEnumerable<FieldDescriptor> Fields =>
        SchemaLines.Messages.SelectMany(message => message.Fields.InFieldNumberOrder());

    [Fact]
    public void Contract_StringOrBytesField_HasADataClass()
    {
        var unclassified = Fields
            .Where(field => field.FieldType is FieldType.String or FieldType.Bytes)
            .Where(field => DataClasses.Of(field) == DataClass.Unspecified)
            .Select(field => field.FullName);

        Assert.Empty(unclassified);
    }

    [Fact]
    public void Contract_PersonalTextField_HasAPersonalClass()
    {
        var unclassified = Fields
            .Where(field => field.FieldType == FieldType.Message && field.MessageType == PersonalText.Descriptor)
            .Where(field => DataClasses.Of(field) is DataClass.Unspecified or DataClass.Technical)
            .Select(field => field.FullName);

        Assert.Empty(unclassified);
    }

    [Fact]
    public void Contract_PlainStringField_IsNeverPersonal()
    {
        // A personal value carries its form on the wire, so it must be a PersonalText.
        var plain = Fields
            .Where(field => field.FieldType is FieldType.String or FieldType.Bytes)
            .Where(field => DataClasses.Of(field) is not DataClass.Technical and not DataClass.Inherited)
            .Select(field => field.FullName);

        Assert.Empty(plain);
    }

    [Fact]
    public void Contract_InheritedClass_StandsOnlyInsidePersonalValues()
    {
        string[] carriers = [PersonalText.Descriptor.FullName, Pseudonym.Descriptor.FullName, Sealed.Descriptor.FullName, CustomField.Descriptor.FullName];
        var strays = Fields
            .Where(field => DataClasses.Of(field) == DataClass.Inherited && !carriers.Contains(field.ContainingType.FullName))
            .Select(field => field.FullName);

        Assert.Empty(strays);
    }

    [Fact]
    public void Contract_EveryEnumeration_StartsWithAbsent()
    {
        var enums = SchemaLines.Files.SelectMany(file => file.EnumTypes);

        Assert.All(enums, type => Assert.EndsWith("_UNSPECIFIED", type.FindValueByNumber(0).Name, StringComparison.Ordinal));
    }
}
