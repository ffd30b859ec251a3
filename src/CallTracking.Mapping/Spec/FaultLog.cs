using CallTracking.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Collects what is wrong in one mapping file.</summary>
internal sealed class FaultLog(string file)
{
    private readonly List<Fault> _faults = [];
    private readonly List<(YamlMappingNode Map, string[] Keys, Fault Fault)> _lacks = [];
    private readonly List<(YamlMappingNode Map, string Key)> _mistyped = [];

    public string File => file;

    /// <summary>Where the lines of the mapping, and of the pack below it, stand.</summary>
    public MappingLines Lines { get; } = new(file);

    /// <summary>What is no fault, but a way to fail that the mapping does not speak of.</summary>
    public List<Fault> Notes { get; } = [];

    public IReadOnlyList<Fault> Faults => [.. _faults.Concat(_lacks.Where(lack => !IsExplained(lack.Map, lack.Keys)).Select(lack => lack.Fault)).Distinct().OrderBy(fault => fault.File == file ? 0 : 1).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    public void Add(YamlNode at, string message, string cure) => Add(at.Start, message, cure);

    /// <summary>A fault that one of these keys is missing; it is not told where a mistyped one is why.</summary>
    public void AddLack(YamlMappingNode map, string[] keys, string message, string cure) =>
        _lacks.Add((map, keys, Lines.FaultAt((int)map.Start.Line, (int)map.Start.Column, message, cure)));

    /// <summary>This key was mistyped in the map: that it is missing there is no fault of its own.</summary>
    public void AddMistyped(YamlMappingNode map, string key) => _mistyped.Add((map, key));

    /// <summary>The mapping wants every way in which a value can fail to have its answer in the file.</summary>
    public bool IsStrict { get; set; }

    /// <summary>A way to fail that the mapping does not speak of: a fault where it is strict, else a note.</summary>
    public void Note(YamlNode at, string message, string cure)
    {
        Demand(at, message, cure);
        Notes.Add(Lines.FaultAt((int)at.Start.Line, (int)at.Start.Column, message, cure));
    }

    /// <summary>As <see cref="Note"/>, and nothing where the mapping is not strict.</summary>
    public void Demand(YamlNode at, string message, string cure)
    {
        if (IsStrict)
        {
            Add(at, message, cure);
        }
    }

    /// <summary>A fault of another file that this mapping needs.</summary>
    public void Add(Fault fault) => _faults.Add(fault);

    public void Add(Mark at, string message, string cure) => _faults.Add(Lines.FaultAt((int)at.Line, (int)at.Column, message, cure));

    // By reference: nodes of the library are equal by what is in them.
    private bool IsExplained(YamlMappingNode map, string[] keys) => _mistyped.Exists(wrong => ReferenceEquals(wrong.Map, map) && keys.Contains(wrong.Key));
}
