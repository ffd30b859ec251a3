using System.Buffers.Binary;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Tests.Kit;

/// <summary>Small, good messages; tests change what they are about.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Day = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    public static ByteString Id(int number)
    {
        var bytes = new byte[16];
        bytes[0] = 0xC5;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), number);
        return ByteString.CopyFrom(bytes);
    }

    public static ByteString RandomId() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray());

    public static Guid Uuid(int number) => new(Id(number).Span, bigEndian: true);

    public static CaseTime Time(DateTimeOffset at) => new() { At = Timestamp.FromDateTimeOffset(at) };

    public static Case Case(string region, int number) => new()
    {
        CaseUid = Id(number),
        Region = region,
        Source = "desk",
        Kind = RecordKind.Inquiry,
        CustomerCountry = "JP",
        CentreCountry = "JP",
        CollectionCountry = "JP",
        Status = CaseStatus.Open,
        Opened = Time(Day),
        Updated = Time(Day.AddHours(1)),
        Product = new Product { Category = "camera", Model = "X100" },
        Subject = new PersonalText { Clear = "Display stays dark" },
        Description = new PersonalText { Clear = "It was dropped once." },
    };

    public static CaseRecord Record(Case @case, ulong sequence, int version = 1) => new()
    {
        Sequence = sequence,
        CaseUid = @case.CaseUid,
        ChangeHash = Id(1_000_000 + version),
        SourceUpdatedAt = @case.Updated?.At,
        Case = @case,
    };

    public static CaseRecord Gone(int number, ulong sequence, DateTimeOffset goneAt) => new()
    {
        Sequence = sequence,
        CaseUid = Id(number),
        ChangeHash = Id(2_000_000),
        Tombstone = new Tombstone { GoneAt = Timestamp.FromDateTimeOffset(goneAt) },
    };

    public static Batch Batch(PushClient push, params CaseRecord[] records) => new()
    {
        BatchId = RandomId(),
        Epoch = push.Epoch,
        RunId = Id(77),
        PolicyVersion = push.Welcome.PolicyVersion,
        Records = { records },
    };

    /// <summary>Outcomes record by record.</summary>
    public static IEnumerable<Outcome> Outcomes(BatchAck ack) => ack.Runs.SelectMany(run => Enumerable.Repeat(run.Outcome, (int)run.Count));
}
