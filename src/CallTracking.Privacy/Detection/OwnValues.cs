using System.Buffers;
using System.Globalization;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>
/// The case's own structured values, in all the spellings under which they are looked for in its texts. Collected before any of
/// them is changed. Reusable from case to case.
/// </summary>
internal sealed class OwnValues
{
    private const int LongestPhone = 64;
    private const int DayLength = 10;
    private const int FewestDigitsAlone = 6;

    // A number of ten digits has an area code of two or three.
    private const int FewestInTown = 7;
    private const int LongestInTown = 9;
    private const int ShortestAreaCode = 2;
    private const int ShortestStreet = 8;
    private const int LongestHouse = 6;
    private const int ShortestAddress = 5;

    // 丁目 番地 番 号, and what parts a number in their place.
    private static readonly SearchValues<char> HouseSigns = SearchValues.Create("丁目番地号號の之");
    private static readonly SearchValues<char> TownSigns = SearchValues.Create("都道府県區区市郡町村");
    private static readonly string[] NumberWords = ["nr", "no", "num", "numero", "number", "hausnummer", "nummer"];

    private readonly FoldedText _value = new();
    private readonly List<Entity> _entities = [];
    private readonly List<char> _spelling = [];
    private IMessage? _lastParent;

    public PatternIndex Patterns { get; } = new();

    /// <summary>Of all texts that are searched for the values: what can be in none of them is left out. Filled before the first value.</summary>
    public LetterPairs Texts { get; } = new();

    /// <summary>Its days, which are looked for by what they mean.</summary>
    public OwnDates Dates { get; } = new();

    public bool IsEmpty => Patterns.IsEmpty && Dates.IsEmpty;

    public void Reset()
    {
        Patterns.Reset();
        Texts.Clear();
        Dates.Reset();
        _entities.Clear();
        _lastParent = null;
    }

    /// <summary>True for a person whose name has several parts, so that one part alone may be somebody else's, too.</summary>
    public bool HasSeveralParts(int entity) => _entities[entity].HasSeveralParts;

    public PlaceholderKind KindOf(int entity) => _entities[entity].Kind;

    /// <summary>The number of an entity's placeholder; given out when the entity is first met in a text.</summary>
    public int NumberOf(int entity, Placeholders placeholders)
    {
        var known = _entities[entity];
        if (known.Number == 0)
        {
            known = known with { Number = placeholders.Next(known.Kind) };
            _entities[entity] = known;
        }

        return known.Number;
    }

    /// <summary>Takes in a clear value. Values too short to be told from ordinary words and numbers are left out.</summary>
    public void Add(DataClass dataClass, string value, IMessage parent, in TextOrigin origin)
    {
        _value.Load(value);
        if (_value.Count < 2 || dataClass == DataClass.Gender)
        {
            return;
        }

        switch (dataClass)
        {
            case DataClass.Name:
            case DataClass.Employee when !HasDigit():
                AddName(value, Endings.AreUsual(origin), Adder(dataClass, parent, samePerson: true));
                break;
            case DataClass.Phone:
                AddPhone(value, origin.Country, Adder(dataClass, parent, samePerson: false));
                break;
            case DataClass.BirthDate or DataClass.PersonalDate:
                AddDate(dataClass, value, parent, origin.Country);
                break;
            case DataClass.PostalAddress:
                AddAddress(Adder(dataClass, parent, samePerson: false));
                break;
            case DataClass.CustomerNumber or DataClass.NationalId:
                AddLettered(dataClass, Adder(dataClass, parent, samePerson: false));
                break;
            case DataClass.Email:
                AddEmail(value, Adder(dataClass, parent, samePerson: false));
                break;
            default:
                AddWhole(ShortestOf(dataClass, _value.Letters[0]), Adder(dataClass, parent, samePerson: false));
                break;
        }

        _lastParent = parent;
    }

    // The time behind a day does not count. What is no day is looked for as it is written.
    private void AddDate(DataClass dataClass, string value, IMessage parent, string country)
    {
        var date = value.Length > DayLength && value[DayLength] is ('T' or ' ') ? value.AsSpan(0, DayLength) : value;
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            AddWhole(ShortestOf(dataClass, _value.Letters[0]), Adder(dataClass, parent, samePerson: false));
            return;
        }

        var adder = Adder(dataClass, parent, samePerson: false, Dates.Find(day));
        DateSpellings.Add(day, adder);
        Dates.Add(day, adder.Entity, ClassSet.Of(dataClass), country);
    }

    private SpellingAdder Adder(DataClass dataClass, IMessage parent, bool samePerson, int known = -1)
    {
        var entity = known >= 0 ? known : Patterns.Find(_value.Letters);
        if (entity < 0)
        {
            // Name and reading of one customer stand in one message and are one person; an agent's number and name are two values.
            var added = new Entity(dataClass, KindFor(dataClass), 0, samePerson && GapsOf(_value) != 0);
            if (!samePerson || !ReferenceEquals(parent, _lastParent) || _entities.Count == 0 || _entities[^1] with { Number = 0, HasSeveralParts = added.HasSeveralParts } != added)
            {
                _entities.Add(added);
            }

            entity = _entities.Count - 1;
        }

        return new SpellingAdder(Patterns, Texts, entity, ClassSet.Of(dataClass), _spelling);
    }

    private PlaceholderKind KindFor(DataClass dataClass) =>
        dataClass == DataClass.Employee && HasDigit() ? PlaceholderKind.Id : Placeholders.KindOf(dataClass);

    private bool HasDigit() => _value.Letters.IndexOfAnyInRange('0', '9') >= 0;

    private void AddWhole(int shortest, SpellingAdder adder)
    {
        var letters = _value.Letters;
        var onlyDigits = letters.IndexOfAnyExceptInRange('0', '9') < 0;
        if (letters.Length >= (onlyDigits ? Math.Max(shortest, 5) : shortest))
        {
            adder.AddExact(letters, Gaps());
        }
    }

    private static int ShortestOf(DataClass dataClass, char first) => dataClass switch
    {
        DataClass.Locality or DataClass.Organisation => Folding.IsHan(first) ? 2 : 3,
        _ => 4,
    };

    private void AddAddress(SpellingAdder adder)
    {
        var letters = _value.Letters;
        if (letters.Length < ShortestAddress)
        {
            return;
        }

        adder.AddExact(letters, Gaps());
        if (letters.IndexOf("strasse") is >= 0 and var at)
        {
            adder.AddExact([.. letters[..(at + 3)], .. letters[(at + 7)..]], ulong.MaxValue);
        }

        AddStreet(letters, Gaps(), adder);
    }

    // "Kastanienallee 48b": also with a word for the number.
    private static void AddStreet(ReadOnlySpan<char> letters, ulong gaps, SpellingAdder adder)
    {
        if (Folding.IsHan(letters[0]))
        {
            AddParts(letters, gaps, adder);
            return;
        }

        var number = letters.IndexOfAnyInRange('0', '9');
        if (!Folding.IsUnspaced(letters[0]) && number >= ShortestStreet && letters.Length - number <= LongestHouse)
        {
            foreach (var word in NumberWords)
            {
                adder.AddExact([.. letters[..number], .. word, .. letters[number..]], ulong.MaxValue);
            }
        }
    }

    // 千代田区丸の内3丁目12番4号 丸の内ハイツ302: also 千代田区丸の内3-12-4, 丸の内3-12-4, and the house with its flat.
    private static void AddParts(ReadOnlySpan<char> letters, ulong gaps, SpellingAdder adder)
    {
        var from = 0;
        for (var end = 1; end <= letters.Length; end++)
        {
            if (end < letters.Length && (end > PatternIndex.Longest || ((gaps >> (end - 1)) & 1) == 0))
            {
                continue;
            }

            AddPart(letters[from..end], isAll: from == 0 && end == letters.Length, adder);
            from = end;
        }
    }

    private static void AddPart(ReadOnlySpan<char> part, bool isAll, SpellingAdder adder)
    {
        var number = part.IndexOfAnyInRange('0', '9');
        if (number <= 0)
        {
            return;
        }

        if (!isAll && part.Length >= ShortestAddress)
        {
            adder.AddExact(part, 0);
        }

        List<char> bare = [.. part[..number]];
        foreach (var letter in part[number..])
        {
            if (!HouseSigns.Contains(letter))
            {
                bare.Add(letter);
            }
        }

        // A district may end in such a sign itself: 有楽町.
        var letters = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bare);
        var town = letters[..(number - 1)].LastIndexOfAny(TownSigns) + 1;
        AddHouse(letters, number, adder);
        if (town > 0)
        {
            AddHouse(letters[town..], number - town, adder);
        }
    }

    // Signs may part the numbers.
    private static void AddHouse(ReadOnlySpan<char> letters, int number, SpellingAdder adder)
    {
        if (letters.Length >= ShortestAddress)
        {
            adder.AddExact(letters, number > 0 && number < PatternIndex.Longest ? ulong.MaxValue << (number - 1) : 0);
        }
    }

    private void AddName(string value, bool isInflected, SpellingAdder adder)
    {
        new NameSpellings(_value, isInflected, adder).Add();
        foreach (var variant in NameSpellings.Variants(value))
        {
            _value.Load(variant);
            new NameSpellings(_value, isInflected, adder).Add();
        }
    }

    private void AddPhone(string value, string country, SpellingAdder adder)
    {
        adder.AddNumber(_value.Letters);
        var canonical = PhoneNumbers.Canonical(value, country);
        if (!canonical.StartsWith('+'))
        {
            adder.AddNumber(canonical);
            AddInTown(canonical, adder);
            return;
        }

        // Of 0049 0 89 1234567 every end from the code on is a spelling, with the zero before the national number and without.
        var code = PhoneNumbers.CallingCodeLength(canonical.AsSpan(1));
        var national = canonical.AsSpan(1 + code);
        Span<char> spelling = canonical.Length <= LongestPhone ? stackalloc char[LongestPhone + 3] : new char[canonical.Length + 3];
        spelling = spelling[..(canonical.Length + 2)];
        spelling.Fill('0');
        canonical.AsSpan(1, code).CopyTo(spelling[2..]);
        national.CopyTo(spelling[(3 + code)..]);
        adder.AddNumber(national);
        AddInTown(national, adder);
        adder.AddNumber(spelling[(2 + code)..]);
        adder.AddNumber(spelling[2..]);
        national.CopyTo(spelling[(2 + code)..]);
        adder.AddNumber(spelling[2..^1]);
        adder.AddNumber(spelling[..^1]);
    }

    // As it is said in its own town, without the area code.
    private static void AddInTown(ReadOnlySpan<char> national, SpellingAdder adder)
    {
        for (var length = Math.Min(LongestInTown, national.Length - ShortestAreaCode); length >= FewestInTown; length--)
        {
            adder.AddNumberAlone(national[^length..]);
        }
    }

    // People leave out the letters around its digits: "Kundennummer 8152347" of KD-8152347, "54.362.315" of 54362315K.
    private void AddLettered(DataClass dataClass, SpellingAdder adder)
    {
        AddWhole(ShortestOf(dataClass, _value.Letters[0]), adder);
        var letters = _value.Letters;
        var (first, last) = (letters.IndexOfAnyInRange('0', '9'), letters.LastIndexOfAnyInRange('0', '9'));
        if (first >= 0 && last - first + 1 is >= FewestDigitsAlone and var count && count < letters.Length && letters.Slice(first, count) is var digits && digits.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            adder.AddExact(digits, 0);
        }
    }

    // Also with words for its signs, in brackets or not.
    private void AddEmail(string value, SpellingAdder adder)
    {
        AddWhole(ShortestOf(DataClass.Email, _value.Letters[0]), adder);
        var address = PseudonymForm.Of(DataClass.Email, value, "");
        var at = address.LastIndexOf('@');
        if (at <= 0)
        {
            return;
        }

        foreach (var word in SpelledSigns.Ats)
        {
            _value.Load(address[(at - 1)..at] + word + address[(at + 1)..Math.Min(at + 2, address.Length)]);
            if (adder.IsWorthwhile(_value.Letters))
            {
                AddSpelled(address[..at], word, address[(at + 1)..], adder);
            }
        }
    }

    private void AddSpelled(string local, string at, string domain, SpellingAdder adder)
    {
        foreach (var dot in SpelledSigns.Dots)
        {
            var words = domain.Replace(".", $" {dot} ", StringComparison.Ordinal);
            _value.Load($"{local} {at} {words}");
            adder.AddExact(_value.Letters, Gaps());
            if (local.Contains('.', StringComparison.Ordinal))
            {
                _value.Load($"{local.Replace(".", $" {dot} ", StringComparison.Ordinal)} {at} {words}");
                adder.AddExact(_value.Letters, Gaps());
            }
        }
    }

    private ulong Gaps() => GapsOf(_value);

    private static ulong GapsOf(FoldedText value)
    {
        var gaps = 0UL;
        for (var i = 1; i < Math.Min(value.Count, PatternIndex.Longest); i++)
        {
            if (value.Starts[i] > value.Ends[i - 1])
            {
                gaps |= 1UL << (i - 1);
            }
        }

        return gaps;
    }

    private readonly record struct Entity(DataClass DataClass, PlaceholderKind Kind, int Number, bool HasSeveralParts);
}
