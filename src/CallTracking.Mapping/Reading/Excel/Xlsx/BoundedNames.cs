using System.Xml;

namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>The names that an XML part uses, each held once. A workbook uses some hundred; a million of them are an attack on memory.</summary>
internal sealed class BoundedNames : XmlNameTable
{
    private const int Most = 20_000;

    private readonly NameTable _names = new();
    private int _count;

    public override string Add(char[] array, int offset, int length) =>
        _names.Get(array, offset, length) ?? _names.Add(array, offset, Counted(length));

    public override string Add(string array) => _names.Get(array) ?? Counted(_names.Add(array));

    public override string? Get(char[] array, int offset, int length) => _names.Get(array, offset, length);

    public override string? Get(string array) => _names.Get(array);

    private T Counted<T>(T one) =>
        ++_count <= Most ? one : throw new InvalidDataException($"A part of the workbook uses more than {Most} names.");
}
