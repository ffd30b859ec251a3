using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>key</c>: a column, several, or a hash where the source names its cases nowhere.</summary>
internal static class KeyParser
{
    private const string WholeRow = "row";

    public static KeyRule? Parse(YamlMap root, MappingScope scope)
    {
        if (root.Take("key") is YamlMappingNode mapping)
        {
            var map = new YamlMap(mapping, scope.Faults);
            var columns = map.TakeScalars("hash_of");
            map.RejectUnknown();
            return Hash(mapping, columns, scope);
        }

        var key = root.TakeScalars("key");
        if (key.Count == 0 && !root.Has("key"))
        {
            root.Lacks(["key"], "There is no 'key'.", "Write key: column, key: [a, b] when several columns together name a case, or key: {hash_of: row} when none does.");
        }

        return key.Count == 0 ? null : new ColumnKey((int)key[0].Start.Line, Sources(key, scope));
    }

    private static HashKey? Hash(YamlMappingNode node, IReadOnlyList<YamlScalarNode> columns, MappingScope scope)
    {
        if (columns.Count == 0)
        {
            scope.Faults.Add(node, "The key is a hash of nothing.", "Write key: {hash_of: [a, b]}, or key: {hash_of: row} for all columns.");
            return null;
        }

        if (columns is not [{ Value: WholeRow }])
        {
            return new HashKey((int)node.Start.Line, Sources(columns, scope));
        }

        if (scope.Format.IsTree)
        {
            scope.Faults.Add(columns[0], "Records that are trees have no row to hash.", "Name the paths that tell one case from another: key: {hash_of: [a, b.c]}.");
        }

        return new HashKey((int)node.Start.Line, null);
    }

    /// <summary>One source for each column.</summary>
    public static IReadOnlyList<(string Name, ValueSource Source)> Sources(IEnumerable<YamlScalarNode> columns, MappingScope scope) =>
        [.. columns.Select(column => (column.Value ?? string.Empty, SourceParser.Plain([column], scope)))];
}
