using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Xunit;

namespace CallTracking.Contracts.Tests;

public sealed class MessageBufferTests
{
    private const int Deepest = 6;

    private static readonly string[] Texts =
    [
        "", "a", "Zürich", "電話が鳴らない", "🔋 leer", new('x', 127), new('x', 128), new('é', 64), new('é', 100), new('日', 43), new('x', 5000), new('語', 6000), "half \uD83D",
    ];

    [Fact]
    public void Encode_AnyCase_GivesTheBytesOfTheGeneratedCode()
    {
        var buffer = new MessageBuffer(16);
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var value = (Case)Filled(Case.Descriptor, random, random.NextDouble(), depth: 0);

            Assert.Equal(value.ToByteArray(), buffer.Encode(value).ToArray());
        }
    }

    [Fact]
    public void Encode_AnyRecord_GivesTheBytesOfTheGeneratedCode()
    {
        var buffer = new MessageBuffer(16);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var record = (CaseRecord)Filled(CaseRecord.Descriptor, random, random.NextDouble(), depth: 0);

            Assert.Equal(record.ToByteArray(), buffer.Encode(record).ToArray());
            Assert.Equal(record.ToByteArray(), buffer.Written.ToArray());
        }
    }

    [Fact]
    public void Encode_FieldsOfALaterContract_AreKept()
    {
        // Field 2000 is none of today's: of the case, of its customer, of the customer's name.
        byte[] later = [0x80, 0x7D, 0x2A];
        var name = PersonalText.Parser.ParseFrom([.. new PersonalText { Clear = "Jordan Example" }.ToByteArray(), .. later]);
        var customer = Customer.Parser.ParseFrom([.. new Customer { Name = name }.ToByteArray(), .. later]);
        var value = Case.Parser.ParseFrom([.. new Case { Region = "DE", Customer = customer }.ToByteArray(), .. later]);

        Assert.Equal(value.ToByteArray(), new MessageBuffer(16).Encode(value).ToArray());
    }

    [Fact]
    public void Encode_TextsOfAnyLength_GiveTheBytesOfTheGeneratedCode()
    {
        var buffer = new MessageBuffer(16);
        for (var length = 0; length <= 80; length++)
        {
            var plain = string.Concat(Enumerable.Range(0, length).Select(index => (char)('!' + index)));
            for (var at = 0; at <= length; at++)
            {
                foreach (var letter in (string[])["\0", "\u007F", "\u0080", "ÿ", "日", "\uD83D", "🔋"])
                {
                    var text = plain.Insert(at, letter);
                    var value = new Case { Region = text, Subject = new PersonalText { Clear = text } };

                    Assert.Equal(value.ToByteArray(), buffer.Encode(value).ToArray());
                }
            }
        }
    }

    [Fact]
    public void Encode_CaseOfFewFields_MakesNothing()
    {
        var buffer = new MessageBuffer(1024);
        buffer.Encode(OfFewFields());
        var value = OfFewFields();

        var before = GC.GetAllocatedBytesForCurrentThread();
        buffer.Encode(value);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static Case OfFewFields() => new() { Region = "DE", Customer = new Customer { Addresses = { new PostalAddress { Country = "DE" } } } };
    }

    [Fact]
    public void Lists_AskedForOrNot_AreTheSameWhenEmpty()
    {
        var asked = new Case { Region = "DE" };
        Assert.Empty(asked.Tags);
        Assert.Same(asked.Tags, asked.Tags);
        var never = new Case { Region = "DE" };

        Assert.Equal(asked, never);
        Assert.Equal(asked.GetHashCode(), new Case { Region = "DE" }.GetHashCode());
        Assert.Equal(asked, new Case { Region = "DE" }.Clone());
        Assert.Equal(asked.ToByteArray(), new Case { Region = "DE" }.ToByteArray());
        never.MergeFrom(new Case { Tags = { new PersonalText { Clear = "leak" } } });
        Assert.Equal("leak", Assert.Single(Case.Parser.ParseFrom(never.ToByteArray()).Clone().Tags).Clear);
    }

    private static IMessage Filled(MessageDescriptor type, Random random, double share, int depth)
    {
        var message = (IMessage)Activator.CreateInstance(type.ClrType)!;
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (random.NextDouble() > share || (depth == Deepest && field.FieldType == FieldType.Message))
            {
                continue;
            }

            if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                for (var more = random.Next(4); more > 0; more--)
                {
                    list.Add(Value(field, random, share, depth));
                }
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, random, share, depth));
            }
        }

        return message;
    }

    private static object Value(FieldDescriptor field, Random random, double share, int depth) => field.FieldType switch
    {
        FieldType.String => Texts[random.Next(Texts.Length)],
        FieldType.Bytes => ByteString.CopyFrom(new byte[random.Next(300)]),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Double => random.Next(3) == 0 ? 0 : random.NextDouble(),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(-1, 6)),
        FieldType.Int32 or FieldType.SInt32 => random.Next(2) == 0 ? random.Next(-3, 300) : int.MinValue + random.Next(2),
        FieldType.Int64 or FieldType.SInt64 => random.Next(2) == 0 ? random.Next(-3, 300) : long.MaxValue - random.Next(2),
        FieldType.UInt32 => (uint)random.Next(2) * uint.MaxValue,
        FieldType.UInt64 => (ulong)random.Next(2) * ulong.MaxValue,
        FieldType.Message => Filled(field.MessageType, random, share, depth + 1),
        _ => throw new System.Diagnostics.UnreachableException(field.FullName),
    };
}
