using CallTracking.Agent.Drift;
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

    /// <summary>The forms of the keys that were read of the source; null where none was.</summary>
    public KeyForms? FormsOf(Source source)
    {
        var name = _cipher.HideName(KnownShape.FormsKeyOf(source));
        return KnownShape.OpenForms(_file.Read(() => _tables.Shapes.Find(source.Name, name)), _cipher, name);
    }

    /// <summary>Cases of the source that the hub is believed to have.</summary>
    public long CasesOf(string source) => _file.Read(() => _tables.Vanished.CasesOf(source));

    private void Keep(SourceNote shape, string source, long run)
    {
        var name = _cipher.HideName(shape.Key);
        _tables.Shapes.Put(source, name, _cipher.Seal(shape.Value, name), run);
    }
}
