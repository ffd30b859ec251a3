using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What a placeholder stands for.</summary>
internal enum PlaceholderKind
{
    Person,
    Email,
    Phone,
    Card,
    Address,
    Date,
    Id,
    Handle,
    Ip,
    Place,
    Organisation,
    Secret,
    Value,
}

/// <summary>
/// The placeholders of one case: the same value has the same number in all its texts. Numbers go on after the highest that is
/// already there, so a later pass (the hub's after the edge's) never gives one number to two values.
/// </summary>
internal sealed class Placeholders
{
    /// <summary>Longest placeholder, in characters.</summary>
    public const int Longest = 32;

    // More digits than any real number has: a text cannot push the count to its end.
    private const int LongestNumber = 6;

    private static readonly string[] Words = [.. Enum.GetNames<PlaceholderKind>().Select(name => name.ToUpperInvariant())];

    private static readonly string[] Whole = [.. Enumerable.Range(0, DataClassNames.Count)
        .Select(i => $"[{DataClassNames.Of((DataClass)i).ToUpperInvariant()}]")];

    private readonly Persons _persons = new();
    private readonly int[] _highest = new int[Words.Length];
    private readonly Dictionary<(PlaceholderKind Kind, string Key), int> _numbers = [];

    /// <summary>What <c>mask</c> leaves of a value: its class, not even its length.</summary>
    public static string Mask(DataClass dataClass) => Whole[DataClassNames.IndexOf(dataClass)];

    public static PlaceholderKind KindOf(DataClass dataClass) => dataClass switch
    {
        DataClass.Name or DataClass.Employee => PlaceholderKind.Person,
        DataClass.Email => PlaceholderKind.Email,
        DataClass.Phone => PlaceholderKind.Phone,
        DataClass.Payment => PlaceholderKind.Card,
        DataClass.PostalAddress or DataClass.Postcode or DataClass.Locality => PlaceholderKind.Address,
        DataClass.BirthDate or DataClass.PersonalDate => PlaceholderKind.Date,
        DataClass.NationalId or DataClass.CustomerNumber or DataClass.CaseNumber or DataClass.SerialNumber
            or DataClass.DeviceId or DataClass.Vehicle => PlaceholderKind.Id,
        DataClass.Handle => PlaceholderKind.Handle,
        DataClass.IpAddress => PlaceholderKind.Ip,
        DataClass.Coordinates => PlaceholderKind.Place,
        DataClass.Organisation => PlaceholderKind.Organisation,
        DataClass.Credential => PlaceholderKind.Secret,
        _ => PlaceholderKind.Value,
    };

    /// <summary>Length of the placeholder at a place (<c>[PERSON_12]</c> or a mask such as <c>[NAME]</c>); 0 when there is none.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int at) => Read(text[at..], out _, out _);

    /// <summary>Forgets one case and takes notice of the numbers that another's texts hold already.</summary>
    public void Reset()
    {
        Array.Clear(_highest);
        _numbers.Clear();
        _persons.Reset();
    }

    /// <summary>Takes notice of the placeholders in a text.</summary>
    public void Notice(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('[') is >= 0 and var at)
        {
            var length = Read(text[at..], out var kind, out var number);
            if (length > 0 && kind >= 0)
            {
                _highest[kind] = Math.Max(_highest[kind], number);
            }

            text = text[(at + Math.Max(length, 1))..];
        }
    }

    public int Next(PlaceholderKind kind) => ++_highest[(int)kind];

    /// <summary>The number of a value, by a spelling of it that all its spellings share.</summary>
    public int NumberOf(PlaceholderKind kind, string key)
    {
        if (!_numbers.TryGetValue((kind, key), out var number))
        {
            number = Next(kind);
            _numbers.Add((kind, key), number);
        }

        return number;
    }

    /// <summary>The number of a detector's find.</summary>
    public int NumberOf(in Finding finding) =>
        finding.IsPerson ? _persons.NumberOf(finding.Key, this) : NumberOf(KindOf(finding.DataClass), finding.Key);

    public static void Write(System.Text.StringBuilder target, PlaceholderKind kind, int number) =>
        target.Append('[').Append(Words[(int)kind]).Append('_').Append(CultureInfo.InvariantCulture, $"{number}").Append(']');

    private static int Read(ReadOnlySpan<char> text, out int kind, out int number)
    {
        number = 0;
        kind = -1;
        var end = text[..Math.Min(text.Length, Longest)].IndexOf(']');
        if (end < 3 || text[1] is < 'A' or > 'Z')
        {
            return 0;
        }

        var inside = text[1..end];
        var split = inside.LastIndexOf('_');
        if (split > 0 && inside.Length - split - 1 is >= 1 and <= LongestNumber
            && int.TryParse(inside[(split + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            kind = IndexOf(Words, inside[..split]);
            return kind >= 0 ? end + 1 : 0;
        }

        return IndexOf(Whole, text[..(end + 1)]) >= 0 ? end + 1 : 0;
    }

    private static int IndexOf(string[] words, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (word.SequenceEqual(words[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
