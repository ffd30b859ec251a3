using System.Collections;
using CallTracking.Contracts;
using CallTracking.Hub.Retention;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Xunit;

namespace CallTracking.Hub.Tests.Retention;

public sealed class CaseAnonymizerTests
{
    private const string Mark = "QQMARKQQ";

    [Fact]
    public void Anonymize_EveryFieldOfTheContractFilled_LeavesTechnicalOnesOnly()
    {
        foreach (var form in PersonalText.Descriptor.Oneofs.Single().Fields)
        {
            var @case = new Case();
            var technical = Fill(@case, form);

            CaseAnonymizer.Anonymize(@case);

            Assert.Equal(technical, Marks(@case));
            Assert.DoesNotContain("PersonalText", Kinds(@case));
        }
    }

    [Fact]
    public void Anonymize_CodesTimesAndCounts_Stay()
    {
        var @case = Cases.PlantedCases.NewCase("DE", "DE", 3);
        var expected = @case.Clone();
        expected.Subject = null;
        expected.Description = null;

        CaseAnonymizer.Anonymize(@case);

        Assert.Equal(expected, @case);
    }

    // Fills everything and answers how many marks stand in technical fields.
    private static int Fill(IMessage message, FieldDescriptor form)
    {
        if (message is PersonalText)
        {
            form.Accessor.SetValue(message, form.FieldType == FieldType.String ? Mark : NewMessage(form.MessageType, form));
            return 0;
        }

        var technical = 0;
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            object? value = field.FieldType switch
            {
                FieldType.String => Mark,
                FieldType.Bytes => ByteString.CopyFromUtf8(Mark),
                FieldType.Message when field.MessageType.FullName != "google.protobuf.Timestamp" => NewMessage(field.MessageType, form),
                _ => null,
            };
            if (value is null || (field.ContainingOneof is { } oneof && oneof.Fields[0] != field))
            {
                continue;
            }

            technical += value switch
            {
                PersonalText => 0,
                IMessage child => Marks(child),
                _ => 1,
            };
            if (field.IsRepeated)
            {
                ((IList)field.Accessor.GetValue(message)).Add(value);
            }
            else
            {
                field.Accessor.SetValue(message, value);
            }
        }

        return technical;
    }

    private static IMessage NewMessage(MessageDescriptor type, FieldDescriptor form)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        Fill(message, form);
        return message;
    }

    // Marks outside of personal texts.
    private static int Marks(IMessage message) => message is PersonalText ? 0 : message.Descriptor.Fields.InDeclarationOrder().Sum(field =>
        Values(message, field).Sum(value => value switch
        {
            string text => text == Mark ? 1 : 0,
            ByteString bytes => bytes.ToStringUtf8() == Mark ? 1 : 0,
            IMessage child => Marks(child),
            _ => 0,
        }));

    private static IEnumerable<string> Kinds(IMessage message) => message.Descriptor.Fields.InDeclarationOrder()
        .SelectMany(field => Values(message, field))
        .OfType<IMessage>()
        .SelectMany(child => Kinds(child).Prepend(child.Descriptor.Name));

    private static IEnumerable<object> Values(IMessage message, FieldDescriptor field) => field.Accessor.GetValue(message) switch
    {
        null => [],
        IList list => list.Cast<object>(),
        var value => [value],
    };
}
