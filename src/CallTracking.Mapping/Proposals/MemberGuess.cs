using System.Text;
using System.Text.Json;

namespace CallTracking.Mapping.Proposals;

/// <summary>Finds an object in JSON whose members are records, each under a name of its own: all are objects that have the same values.</summary>
internal static class MemberGuess
{
    private const int Deepest = 4;

    /// <summary>The path to it with <c>*</c> at its end; null where there is none.</summary>
    public static string? Of(string text)
    {
        var open = new List<Node>();
        var all = new List<Node>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                Take(ref reader, open, all);
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Broken at some place, or a name that is no text; the reader of the mapping says where.
        }

        return all.Where(node => node.IsOfRecords).MinBy(node => node.Path.Count) is { } found ? string.Join('.', [.. found.Path, "*"]) : null;
    }

    private static void Take(ref Utf8JsonReader reader, List<Node> open, List<Node> all)
    {
        var around = open.Count > 0 ? open[^1] : null;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                around!.Names.Add(reader.GetString()!);
                break;
            case JsonTokenType.StartObject:
                var node = new Node(around is null ? [] : [.. around.Path, around.IsArray ? "[]" : around.Names[^1]], IsArray: false);
                around?.Children.Add(node);
                open.Add(node);
                if (node.Path.Count <= Deepest && !node.Path.Contains("[]"))
                {
                    all.Add(node);
                }

                break;
            case JsonTokenType.StartArray:
                Count(around);
                open.Add(new Node(around is null ? [] : [.. around.Path, around.IsArray ? "[]" : around.Names[^1]], IsArray: true));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                open.RemoveAt(open.Count - 1);
                break;
            default:
                Count(around);
                break;
        }
    }

    private static void Count(Node? around)
    {
        if (around is not null)
        {
            around.Others++;
        }
    }

    private sealed record Node(IReadOnlyList<string> Path, bool IsArray)
    {
        public List<string> Names { get; } = [];

        public List<Node> Children { get; } = [];

        /// <summary>Values that are no objects.</summary>
        public int Others { get; set; }

        // Names of parts ("customer", "device") name different things; the last record may be cut where the sample ends.
        public bool IsOfRecords => !IsArray && Others == 0 && Path.All(name => !name.Contains('.', StringComparison.Ordinal)) && Children.Count switch
        {
            0 => false,
            1 => Names[0].All(char.IsDigit) && Children[0].Others > 0,
            _ => Children.Skip(1).All(child => child.IsLike(Children[0]) || child == Children[^1]) && Children[1].IsLike(Children[0]) && Children[0].Others > 0,
        };

        private bool IsLike(Node other)
        {
            var shared = Names.Intersect(other.Names, StringComparer.Ordinal).Count();
            return shared > 0 && shared * 2 >= Math.Min(Names.Count, other.Names.Count);
        }
    }
}
