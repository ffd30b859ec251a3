namespace CallTracking.Privacy;

/// <summary>What a word announces about the words after it.</summary>
internal enum NameCue : byte
{
    None,
    Title,
    Introduction,
    Greeting,
    Closing,
    Field,
    Nobody,
}

/// <summary>
/// The words of <c>cues.txt</c>: titles, greetings, names of form fields. Phrases are known by all their words, the last first.
/// </summary>
internal sealed class NameCues
{
    private const int LongestPhrase = 4;

    private static readonly Lazy<NameCues> Loaded = new(Read);

    private readonly Dictionary<uint, NameCue> _words = [];

    // Most words end no phrase: one bit says so.
    private readonly ulong[] _ends = new ulong[256];

    public static NameCues Default => Loaded.Value;

    /// <summary>Words that stand where names do and are none: "Customer", "Team", "Name", "Regards".</summary>
    public static bool IsNobody(NameCue cue) => cue is NameCue.Nobody or NameCue.Field or NameCue.Closing;

    public bool MayEnd(uint hash) => (_ends[(hash >> 6) & 255] & (1UL << (int)(hash & 63))) != 0;

    /// <summary>What a word alone announces.</summary>
    public NameCue Of(in NameUnit unit) => unit.Kind == UnitKind.Word ? _words.GetValueOrDefault(unit.Hash) : NameCue.None;

    /// <summary>What the longest phrase that ends with a unit announces, and where it starts.</summary>
    public (NameCue Cue, int First) EndingAt(NameUnit[] units, int at)
    {
        var found = (NameCue.None, at);
        var hash = NameHash.Start;
        for (var length = 1; length <= LongestPhrase; length++)
        {
            ref var unit = ref units[at - length + 1];
            if (unit.Kind == UnitKind.Break || at - length + 1 < UnitReader.First)
            {
                break;
            }

            hash = length == 1 ? unit.Hash : NameHash.Mix(hash, unit.Hash);
            if (_words.TryGetValue(hash, out var cue))
            {
                found = (cue, at - length + 1);
            }
        }

        return found;
    }

    private static NameCues Read()
    {
        using var resource = typeof(NameCues).Assembly.GetManifestResourceStream("names.cues")!;
        using var lines = new StreamReader(resource);
        var cues = new NameCues();
        while (lines.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && Enum.TryParse<NameCue>(words[0], ignoreCase: true, out var cue))
            {
                cues.Add(words.AsSpan(1), cue);
            }
        }

        return cues;
    }

    private void Add(ReadOnlySpan<string> phrases, NameCue cue)
    {
        var reader = new UnitReader();
        foreach (var phrase in phrases)
        {
            reader.Read(phrase.Replace('+', ' '), 0);
            var hash = reader.Units[reader.End - 1].Hash;
            _ends[(hash >> 6) & 255] |= 1UL << (int)(hash & 63);
            for (var i = reader.End - 2; i >= UnitReader.First; i--)
            {
                hash = NameHash.Mix(hash, reader.Units[i].Hash);
            }

            _words.TryAdd(hash, cue);
        }
    }
}
