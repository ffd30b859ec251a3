using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Ledger;

/// <summary>What sources looked like.</summary>
internal sealed partial class AgentLedger
{
    /// <summary>Null when no run has read the source whole.</summary>
    public KnownShape? ShapeOf(Source source)
    {
        var name = _cipher.HideName(KnownShape.KeyOf(source));
        return KnownShape.Open(_file.Read(() => _tables.Shapes.Find(source.Name, name)), _cipher, name);
    }

    private void Keep(SourceNote shape, string source, long run)
    {
        var name = _cipher.HideName(shape.Key);
        _tables.Shapes.Put(source, name, _cipher.Seal(shape.Value, name), run);
    }
}
