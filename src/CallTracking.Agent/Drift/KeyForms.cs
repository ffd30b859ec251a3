using System.Text;

namespace CallTracking.Agent.Drift;

/// <summary>Which signs follow each other in a source's keys, and none of them: that is what may be remembered of keys, and told. Not thread-safe.</summary>
internal sealed class KeyForms
{
    /// <summary>How a form is read.</summary>
    public const string Legend = "9 digits, 0 digits behind a leading zero, A and a letters";

    // Keys of random signs have as many forms: then a new one tells nothing.
    private const int Most = 16;
    private const int MostSigns = 48;

    private readonly SortedSet<string> _forms = new(StringComparer.Ordinal);

    /// <summary>A form that is not here may be usual all the same.</summary>
    public bool IsMany => _forms.Count > Most;

    public bool IsEmpty => _forms.Count == 0;

    public IReadOnlyCollection<string> All => _forms;

    public static KeyForms Parse(ReadOnlySpan<byte> bytes)
    {
        var forms = new KeyForms();
        forms._forms.UnionWith(Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return forms;
    }

    /// <summary>Of a key: "AB-0017" is A-0.</summary>
    public static string Of(ReadOnlySpan<char> key)
    {
        var form = new StringBuilder();
        foreach (var sign in key.Trim())
        {
            var kind = KindOf(sign);
            var last = form.Length == 0 ? '\0' : form[^1];
            if (kind == '9' && sign == '0' && last is not ('9' or '0'))
            {
                kind = '0';
            }

            if (kind != last && !(kind == '9' && last == '0'))
            {
                form.Append(kind);
            }

            if (form.Length == MostSigns)
            {
                break;
            }
        }

        return form.ToString();
    }

    public void Add(string form)
    {
        if (!IsMany)
        {
            _forms.Add(form);
        }
    }

    public void Add(KeyForms others)
    {
        foreach (var form in others._forms)
        {
            Add(form);
        }
    }

    /// <summary>Leading zeros aside: numbers of a fixed width outgrow them.</summary>
    public bool Has(string form) => _forms.Any(known => known.Replace('0', '9') == form.Replace('0', '9'));

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Join('\n', _forms));

    // U+001F parts the columns of a key.
    private static char KindOf(char sign) => char.IsDigit(sign) ? '9'
        : char.IsUpper(sign) ? 'A'
        : char.IsLetter(sign) ? 'a'
        : sign == '\u001F' ? '|'
        : sign == ' ' || char.IsPunctuation(sign) || char.IsSymbol(sign) ? sign
        : '?';
}
