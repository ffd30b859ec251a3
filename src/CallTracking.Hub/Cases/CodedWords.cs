using System.Globalization;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace CallTracking.Hub.Cases;

/// <summary>The words of one enumeration by their numbers: tables of numbers are in the framework's machine code, tables of enumerations are not.</summary>
internal sealed class CodedWords
{
    private readonly Dictionary<int, string> _words = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.OrdinalIgnoreCase);

    public CodedWords(Type enumeration)
    {
        var prefix = 0;
        var all = new List<string>();
        foreach (var field in enumeration.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var name = field.GetCustomAttribute<OriginalNameAttribute>()!.Name;
            var code = (int)field.GetRawConstantValue()!;
            // The contract has the zero first.
            if (code == 0)
            {
                prefix = name.Length - "UNSPECIFIED".Length;
                _words.Add(0, string.Empty);
                continue;
            }

            var word = name[prefix..].ToLowerInvariant();
            all.Add(word);
            _words.Add(code, word);
            _codes.Add(word, code);
            _codes.Add(name, code);
        }

        All = all;
    }

    public IReadOnlyList<string> All { get; }

    public string Of(int code) => _words.TryGetValue(code, out var word) ? word : code.ToString(CultureInfo.InvariantCulture);

    public bool TryParse(string text, out int code) => _codes.TryGetValue(text, out code);
}
