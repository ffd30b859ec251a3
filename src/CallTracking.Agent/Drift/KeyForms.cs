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
    private string _last = string.Empty;

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
        Span<char> form = stackalloc char[MostSigns];
        return form[..Write(key, form)].ToString();
    }

    /// <summary>Adds that of a key; most keys have that of the one before.</summary>
    public void AddOf(ReadOnlySpan<char> key)
    {
        Span<char> form = stackalloc char[MostSigns];
        var written = form[..Write(key, form)];
        if (!IsMany && !written.SequenceEqual(_last))
        {
            _last = written.ToString();
            _forms.Add(_last);
        }
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

    private static int Write(ReadOnlySpan<char> key, Span<char> form)
    {
        var length = 0;
        foreach (var sign in key.Trim())
        {
            var kind = KindOf(sign);
            var last = length == 0 ? '\0' : form[length - 1];
            if (kind == '9' && sign == '0' && last is not ('9' or '0'))
            {
                kind = '0';
            }

            if (kind != last && !(kind == '9' && last == '0'))
            {
                form[length++] = kind;
            }

            if (length == form.Length)
            {
                break;
            }
        }

        return length;
    }

    // U+001F parts the columns of a key.
    private static char KindOf(char sign) => char.IsDigit(sign) ? '9'
        : char.IsUpper(sign) ? 'A'
        : char.IsLetter(sign) ? 'a'
        : sign == '\u001F' ? '|'
        : sign == ' ' || char.IsPunctuation(sign) || char.IsSymbol(sign) ? sign
        : '?';
}
