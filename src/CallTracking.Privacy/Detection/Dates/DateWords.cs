namespace CallTracking.Privacy;

/// <summary>All words that stand inside dates, in one trie over folded letters.</summary>
internal static class DateWords
{
    /// <summary>Bit 1 to 12: a month.</summary>
    public const int Months = 0x1FFE;

    /// <summary>Says nothing: "of", an ordinal's ending.</summary>
    public const int Joint = 1 << 13;

    /// <summary>年, and năm before it.</summary>
    public const int YearUnit = 1 << 14;

    /// <summary>月, and tháng before it.</summary>
    public const int MonthUnit = 1 << 15;

    /// <summary>日.</summary>
    public const int DayUnit = 1 << 16;

    /// <summary>A month in Thai letters.</summary>
    public const int Thai = 1 << 17;

    private static readonly string[] Joints =
    [
        "st|nd|rd|th|of|the|day|of the", "ten|ter|te|sten|ste|des", "er|ère|re|e|ème|d|de|an|l an", "del|año|del año|el", "di|dell|dello|anno|º|ª", "do|ano|dia", "den|år|a", "r|roku|go|dnia", "го|ого|ое|е|й|г|года|року|р",
        "του|της|η|ης|έτους", "év|évi|hó|én", "päivänä|pnä", "anul|anului", "m|mėn|metų|d", "gada|g", "aasta", "bulan|tahun|tanggal", "พ.ศ.|ค.ศ.|ปี|เดือน|วันที่", "سنة|عام|من|شهر", "ב|ל|ה|של|שנת", "सन|का|की|को", "yılı|ayı|ayının",
    ];

    private static readonly Dictionary<ulong, int> Children = [];
    private static readonly List<int> Words = [0];
    private static readonly bool[] Beginnings = new bool[char.MaxValue + 1];

    static DateWords()
    {
        var folded = new FoldedText();
        foreach (var (word, month) in MonthWords.All)
        {
            Add(word, 1 << month);
        }

        foreach (var word in Joints.SelectMany(words => words.Split('|')))
        {
            Add(word, Joint);
        }

        Add("年", YearUnit);
        Add("년", YearUnit);
        Add("năm", YearUnit);
        Add("月", MonthUnit);
        Add("월", MonthUnit);
        Add("tháng", MonthUnit);
        Add("日", DayUnit);
        Add("号", DayUnit);
        Add("號", DayUnit);
        Add("일", DayUnit);

        void Add(string word, int meaning)
        {
            folded.Load(word);
            var node = 0;
            foreach (var letter in folded.Letters)
            {
                node = Child(node, letter);
            }

            if (node > 0)
            {
                Beginnings[folded.Letters[0]] = true;
                Words[node] |= meaning | ((meaning & Months) != 0 && folded.Letters[0] is >= '\u0E00' and <= '\u0E7F' ? Thai : 0);
            }
        }
    }

    /// <summary>False for most letters: no word begins so.</summary>
    public static bool MayBegin(char letter) => Beginnings[letter];

    /// <summary>The node one letter on, or 0; the search begins at 0.</summary>
    public static int Next(int node, char letter) => Children.GetValueOrDefault(Key(node, letter));

    /// <summary>What the word means that ends at a node; 0 when none does.</summary>
    public static int At(int node) => Words[node];

    private static int Child(int node, char letter)
    {
        if (!Children.TryGetValue(Key(node, letter), out var child))
        {
            child = Words.Count;
            Words.Add(0);
            Children.Add(Key(node, letter), child);
        }

        return child;
    }

    private static ulong Key(int node, char letter) => ((ulong)(uint)node << 16) | letter;
}
