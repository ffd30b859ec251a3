using System.Buffers;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Files;

/// <summary>Turns drafts into the bytes of one region's export.</summary>
internal abstract class RegionFile(Storyteller storyteller) : RegionForm(storyteller)
{
    private readonly ArrayBufferWriter<byte> _scrap = new();

    public abstract void Begin(IBufferWriter<byte> output);

    /// <summary>Writes a case; <paramref name="quirk"/> says what is wrong with it.</summary>
    public abstract void Row(IBufferWriter<byte> output, CaseDraft draft, Quirk quirk);

    public abstract void BlankRow(IBufferWriter<byte> output);

    public abstract void End(IBufferWriter<byte> output);

    public override void Note(CaseDraft draft)
    {
        _scrap.ResetWrittenCount();
        Row(_scrap, draft, Quirk.None);
    }
}
