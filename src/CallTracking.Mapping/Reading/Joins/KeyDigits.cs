namespace CallTracking.Mapping.Reading.Joins;

/// <summary>Whether keys of digits begin with zeros: those of a record that do, and of a joined file that do not, were one before some program took them for numbers. Looks at the first keys only. Not thread-safe.</summary>
internal sealed class KeyDigits
{
    private const int Most = 2000;

    private int _seen;
    private int _padded;
    private bool _isOther;

    /// <summary>All are digits, and some begin with a zero.</summary>
    public bool HasZeros => !_isOther && _padded > 0;

    /// <summary>All are digits, and none begins with a zero.</summary>
    public bool LacksZeros => !_isOther && _seen > 0 && _padded == 0;

    public void Add(ReadOnlySpan<char> key)
    {
        if (_isOther || _seen == Most)
        {
            return;
        }

        _seen++;
        _isOther = key.ContainsAnyExceptInRange('0', '9');
        _padded += key is ['0', _, ..] ? 1 : 0;
    }
}
