using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Sync;

/// <summary>What sources look like, from run to run.</summary>
internal sealed partial class CaseIntake
{
    /// <summary>Goes with a reading of the source, and keeps its contract.</summary>
    public ShapeWatch Watch(Source source) => new(source.Mapping, ledger.ShapeOf(source)?.Shape);

    /// <summary>Remembers what a source looked like that was read whole.</summary>
    public void KeepShape(Source source, SourceShape shape) =>
        _unit.Shapes.Add((source.Name, new SourceNote(KnownShape.KeyOf(source), shape.ToBytes())));
}
