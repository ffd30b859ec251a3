using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Gives the persons of a text other names, or a part of theirs: what is learnt is where names stand, not whose the news was full of.</summary>
internal sealed class NameSwap
{
    private const int OnlySurname = 40;
    private const int OnlyForename = 50;
    private const int Kept = 40;
    private const int FromDictionary = 50;

    private readonly Persons _persons;
    private readonly string _language;
    private readonly NameChain _foreign;
    private readonly IReadOnlyList<string> _transcribed;
    private readonly HashSet<char> _native;

    public NameSwap(Persons persons, string language, IReadOnlyList<string> transcribed, IEnumerable<LabelledText> texts)
    {
        (_persons, _language, _transcribed) = (persons, language, transcribed);
        var names = texts.SelectMany(text => text.Names.Select(name => text.Text[name.Start..name.End])).ToList();
        _native = [.. persons.Surnames.Where(name => name.Length == 1).Select(name => name[0])];
        _foreign = new NameChain(names.Where(IsForeign).SelectMany(name => name.Split('·', '・')).Where(name => name.Length > 1));
    }

    private bool IsUnspaced => _language is "ja" or "zh" or "zh-Hant";

    /// <summary>The text with other names where that can be done, else none.</summary>
    public LabelledText? Swap(LabelledText text, Dice dice)
    {
        var builder = new TextBuilder();
        var (copied, swapped) = (0, 0);
        foreach (var (start, end) in text.Names)
        {
            var name = text.Text[start..end];
            var other = IsUnspaced ? OtherUnspaced(name, dice) : OtherSpaced(name, dice);
            swapped += other is null ? 0 : 1;
            builder.Add(text.Text.AsSpan(copied, start - copied));
            builder.AddName(other ?? name);
            copied = end;
        }

        builder.Add(text.Text.AsSpan(copied));
        return swapped == 0 ? null : builder.Build(text.Source);
    }

    // In Chinese by a point between parts, or a first character that is no surname; in Japanese by katakana.
    private bool IsForeign(string name) => _language == "ja"
        ? name.All(letter => LetterKinds.Of(letter) == LetterKind.Katakana || letter == '・')
        : name.All(letter => LetterKinds.Of(letter) == LetterKind.Han || letter == '·') && (name.Contains('·') || (name.Length > 2 && !_native.Contains(name[0])));

    private string? OtherUnspaced(string name, Dice dice)
    {
        if (IsForeign(name))
        {
            return _foreign.IsEmpty ? null : string.Join(_language == "ja" ? '・' : '·', name.Split('·', '・').Select(_ => Foreign(dice)));
        }

        return !name.All(letter => LetterKinds.Of(letter) == LetterKind.Han) || name.Length > 4 ? null
            : _language == "ja" && name.Length < 3 ? _persons.Surname(dice) : _persons.Full(dice);
    }

    private string Foreign(Dice dice) => _transcribed.Count > 0 && dice.IsLucky(FromDictionary) ? dice.Of(_transcribed) : _foreign.Invent(dice);

    private string? OtherSpaced(string name, Dice dice)
    {
        var parts = name.Split(' ');
        if (parts.Length > 2 || !parts.All(part => part.Length > 1 && part.All(letter => char.IsLetter(letter) || letter == '-')))
        {
            return null;
        }

        var isKept = dice.IsLucky(Kept);
        var forename = isKept ? parts[0] : _persons.Forename(dice);
        var surname = isKept ? parts[^1] : _persons.Surname(dice);
        var which = dice.Below(100);
        var other = which < OnlySurname ? surname : which < OnlyForename ? forename : parts.Length == 2 ? $"{forename} {surname}" : surname;
        return !name.Any(char.IsLower) ? other.ToUpperInvariant() : other;
    }
}
