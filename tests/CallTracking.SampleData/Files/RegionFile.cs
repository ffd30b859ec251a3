using System.Buffers;
using CallTracking.SampleData.Germany;
using CallTracking.SampleData.Japan;
using CallTracking.SampleData.Stories;
using CallTracking.SampleData.UnitedStates;

namespace CallTracking.SampleData.Files;

/// <summary>Turns drafts into the bytes of one region's export, and notes in each draft what its fields give away.</summary>
internal abstract class RegionFile(Storyteller storyteller)
{
    public Storyteller Storyteller { get; } = storyteller;

    /// <summary>The quirks that a file of this form can hold.</summary>
    public abstract bool CanHold(Quirk quirk);

    public abstract void Begin(IBufferWriter<byte> output);

    /// <summary>Writes one row; <paramref name="quirk"/> says what is wrong with it.</summary>
    public abstract void Row(IBufferWriter<byte> output, CaseDraft draft, Quirk quirk);

    public abstract void BlankRow(IBufferWriter<byte> output);

    public abstract void End(IBufferWriter<byte> output);

    public static RegionFile For(SampleRegion region, SampleOptions options) => region.Code switch
    {
        "JP" => new CsvFile(new JapanStoryteller(), ',', JapanColumns.All),
        "DE" => new CsvFile(new GermanyStoryteller(), ';', GermanyColumns.All),
        "US" => new TicketFile(new UnitedStatesStoryteller(), options.JsonLines),
        _ => throw new System.Diagnostics.UnreachableException(region.Code),
    };
}
