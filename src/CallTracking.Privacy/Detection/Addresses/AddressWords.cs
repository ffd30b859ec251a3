using System.Collections.Frozen;

namespace CallTracking.Privacy;

/// <summary>What a word is to a postal address.</summary>
internal enum AddressWord : byte
{
    None,

    /// <summary>Ends a street's name: Road, Strasse, utca.</summary>
    StreetBehind,

    /// <summary>Begins a street's name: rue, calle, ul.</summary>
    StreetBefore,

    /// <summary>Suite, apartment, floor: a number follows.</summary>
    Unit,

    /// <summary>Stands inside names: de, la, van.</summary>
    Particle,

    /// <summary>Stands in sentences, never in a street's name.</summary>
    Sentence,
}

/// <summary>Words of postal addresses in many languages.</summary>
internal static class AddressWords
{
    private const int Longest = 24;

    private const string Behind =
        "street st avenue ave av road rd drive dr lane ln boulevard blvd court ct place pl terrace ter way circle cir highway hwy parkway pkwy square sq trail trl route close crescent cres grove gardens "
        + "mews row loop alley plaza pike turnpike expressway crossing bypass esplanade parade quay walk heights rise vale view green bridge ridge hills valley meadow manor point port fort islands mission extension streets avenues gateway forge forges "
        + "strasse str platz allee weg gasse ring ufer damm utca utja ut u korut tere ulice namesti cesta ulica trg put gade vej vag gata katu straat laan plein gracht caddesi cad sokak sok bulvari mahallesi jalan st. ave. rd. blvd.";

    private const string Before =
        "rue avenue boulevard bd bld chemin allee impasse quai route cours square passage via viale piazza corso largo vicolo strada calle c avda av avenida plaza pza paseo p ctra carretera rambla ronda camino cami carrer passeig pg avinguda placa passatge travesia "
        + "urbanizacion poligono paraje glorieta barrio callejon pasaje cuesta rua r travessa praca estrada alameda ul ulica al aleja aleje os osiedle pl plac ulice nam strada str bulevardul ulitsa prospekt pereulok shosse "
        + "ул улица просп проспект пер переулок пл площадь бульвар шоссе вул вулиця бул οδος οδού λεωφόρος λεωφόρου jalan jl gang duong pho ngo hem calea sos soseaua trg";

    private const string Units =
        "suite ste apt apartment apartments unit flat floor room rm box psc cmr lot bldg building wohnung whg etage stock top piso puerta bajo planta local portal escalera int interior depto departamento apto apartamento sala bloco andar "
        + "appartement appt bat batiment interno scala huis bus lokal mieszkanie кв квартира офис daire kat no postbox postfach";

    // Words that mean other things oftener: they count beside another part of an address only.
    private const string WeakUnits = "no top stock int bus local lot unit box floor room building sala portal kat planta interior flat bloco interno huis lokal etage dep";

    // Seldom of an address where they stand near a number: alone they are no reason to look for one.
    private const string TooCommon =
        "no os al int local top lot unit box floor room building sala portal interior flat bus kat planta stock bloco interno huis lokal etage dep port view point green bridge extension loop row islands valley forge forges gateway heights "
        + "mission ring put ut stop manor close in";

    private const string Particles = "de del della delle dei la las el los le les du des d l do da dos das van von der den den het ter zum zur am an im in unter y e i san santa sankt st sv of the";

    private const string Sentences =
        "is are was were be been have has had will would can could should may must do does did not and or but if then than that this these those which who what when where why how it its he she we they you your my our their his her "
        + "for with without from at to into onto by about as on off after before since until during within per each every all any some more most less least very just only also even still already yet again please thank thanks hello hi dear "
        + "order orders item items part parts error code model version step steps page pages line lines minutes minute hours hour days day weeks week months month years year times volts watts percent degrees pieces units pcs usd eur gbp "
        + "ist sind war waren hat haben wird werden und oder aber nicht mit ohne bei seit nach vor fur uber auf aus ein eine einen der die das ich wir sie er es stuck jahre tage stunden minuten watt volt euro bestellung fehler artikel "
        + "est sont avec sans pour sur dans par une un et ou mais es son con sin para por una y o pero que en jours heures minutes euros dias horas minutos anos mg ml kg cm mm km gb mb hz nm";

    // Last words of countries' names, in English and some in their own languages.
    private const string Countries =
        "afghanistan africa albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh barbados belarus belgie belgique belgium belize benin bhutan bolivia "
        + "botswana brasil brazil brunei bulgaria burundi cambodia cameroon canada ceska chad chile china colombia congo croatia cuba cyprus czechia danmark denmark deutschland djibouti dominica ecuador egypt "
        + "emirates england eritrea espana estonia eswatini ethiopia fiji finland france frankreich gabon gambia georgia germany ghana greece greek greenland greenlander grenada guatemala guinea guyana haiti "
        + "herzegovina honduras hungary iceland india indonesia iran iraq ireland israel italia italien italy jamaica japan jordan kazakhstan kenya kingdom korea kosovo kuwait kyrgyzstan lanka laos latvia "
        + "lebanon lesotho liberia libya liechtenstein lithuania luxembourg luxemburg macedonia madagascar magyarorszag malawi malaysia maldives mali malta mauritania mauritius mexico micronesia moldova monaco "
        + "mongolia montenegro morocco mozambique myanmar namibia nederland nepal netherlands nicaragua niger nigeria norge norway oman osterreich pakistan palau panama paraguay peru philippines poland polen "
        + "polska portugal qatar romania russia rwanda samoa schweiz scotland senegal serbia seychelles singapore slovakia slovenia slovensko somalia spain spanien states sudan suisse suomi suriname sverige "
        + "svizzera sweden switzerland syria taiwan tajikistan tanzania thailand tobago togo tonga trinidad tunisia turkey turkiye turkmenistan uganda ukraine uruguay usa uzbekistan vanuatu venezuela vietnam "
        + "wales yemen zambia zealand zimbabwe ελλαδα россия украина";

    [ThreadStatic]
    private static RecentWords? _recent;

    private static readonly string[] Endings =
    [
        "strasse", "straße", "platz", "allee", "gasse", "gatan", "vagen", "gata", "gade", "vej", "veien", "vegen", "veg", "katu", "kuja", "polku", "straat", "laan", "plein", "gracht", "singel", "kade", "weg", "ufer", "damm",
        "chaussee", "steig", "stieg", "utca", "gatu", "gotu", "stræti", "straeti", "braut", "vegur", "stigen", "torget", "backen", "grand", "alle", "bakken", "ontie", "intie", "entie", "yntie", "haven", "dreef", "hof", "berg", "str",
    ];

    // By the last letter.
    private static readonly string[][] EndingsBy = [.. Enumerable.Range(0, 32).Select(last => Endings.Where(ending => (ending[^1] & 31) == last).ToArray())];

    private static readonly LetterTriples LastLetters = Last();

    private static readonly FrozenDictionary<string, AddressWord> Words = Make();
    private static readonly FrozenDictionary<string, AddressWord>.AlternateLookup<ReadOnlySpan<char>> Look = Words.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string> BeforeToo = Before.Split(' ').Select(Folded).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LookBefore = BeforeToo.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CountryNames = Countries.Split(' ').Select(Folded).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> StateCodes = (
        "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR AA AE AP GU VI "
        + "QC ON BC AB MB SK NS NB NL NSW VIC QLD TAS ACT NT").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> States = StateCodes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Words that show an address: those for streets and flats, and countries.</summary>
    public static IEnumerable<string> Signals =>
        [.. Behind.Split(' ').Concat(Before.Split(' ')).Concat(Units.Split(' ')).Concat(Countries.Split(' ')).Concat(GridStreets.Roads.Split(' ')).Where(word => word.Length > 1).Except(TooCommon.Split(' ')), "c/", "al.", "os.", "p.o. box", "po box"];

    /// <summary>A compound for a street stands right before a place; quick, for most words end otherwise.</summary>
    public static bool EndsInCompound(string text, int end)
    {
        var last = end > 0 && text[end - 1] is ' ' or '\u00A0' ? end - 1 : end;
        last = last > 0 && text[last - 1] == '.' ? last - 1 : last;
        return last > 5 && MayEnd(text.AsSpan(last - 3, 3))
            && WordPlace.Before(text, last, 1, overLines: false) is { IsNone: false, Length: >= 6 } word && EndsLikeOne(text, word) && IsCompound(text, word);
    }

    private static bool EndsLikeOne(string text, WordPlace word)
    {
        Span<char> folded = stackalloc char[Longest];
        return HasEnding(word.Fold(text, folded));
    }

    private static bool MayEnd(ReadOnlySpan<char> letters)
    {
        const char small = (char)0x20;
        if ((letters[0] | letters[1] | letters[2]) <= '\x7F')
        {
            return LastLetters.MayHave((char)(letters[0] | small), (char)(letters[1] | small), (char)(letters[2] | small));
        }

        var (first, second, third) = (Folding.Of(letters[0]), Folding.Of(letters[1]), Folding.Of(letters[2]));
        return LastLetters.MayHave(Letter(letters[0]), Letter(letters[1]), Letter(letters[2])) || first == Folding.Mark || second == Folding.Mark || third == Folding.Mark;
    }

    private static char Letter(char sign) => Folding.Of(sign) is var folded and not Folding.Several ? folded : char.ToLowerInvariant(sign);

    private static LetterTriples Last()
    {
        var triples = new LetterTriples();
        foreach (var ending in Endings)
        {
            triples.Add(Letter(ending[^3]), Letter(ending[^2]), Letter(ending[^1]));
        }

        return triples;
    }

    public static AddressWord Of(string text, WordPlace word) => Judged(text, word).Sort;

    /// <summary>The word can begin a street's name, whatever else it is ("avenue").</summary>
    public static bool CanBegin(string text, WordPlace word) => Judged(text, word).CanBegin;

    /// <summary>A compound that ends in a word for street: Musterstraße.</summary>
    public static bool IsCompound(string text, WordPlace word) => Judged(text, word).IsCompound;

    /// <summary>The last word of a country's name.</summary>
    public static bool IsCountry(string text, WordPlace word) => word.Length > 3 && Judged(text, word).IsCountry;

    private static Judgement Judged(string text, WordPlace word)
    {
        var recent = _recent ??= new RecentWords();
        ref var known = ref recent.At(text, word);
        if (known.Start != word.Start || known.End != word.End)
        {
            known = Judge(text, word);
        }

        return known;
    }

    private static Judgement Judge(string text, WordPlace word)
    {
        Span<char> folded = stackalloc char[Longest];
        var found = word.Fold(text, folded);
        var isListed = Look.TryGetValue(found, out var sort);
        var isCompound = !isListed && found.Length >= 6 && HasEnding(found);
        return new Judgement(word.Start, word.End, isCompound ? AddressWord.StreetBehind : sort, LookBefore.Contains(found), isCompound, CountryNames.Contains(found));
    }

    /// <summary>A word for a part of a house that means other things oftener.</summary>
    public static bool IsWeakUnit(ReadOnlySpan<char> word)
    {
        foreach (var range in WeakUnits.AsSpan().Split(' '))
        {
            if (word.Equals(WeakUnits.AsSpan()[range], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Code of a state in capitals, such as stands before a ZIP code.</summary>
    public static bool IsState(string text, WordPlace word) => word.Length is 2 or 3 && States.Contains(word.Of(text));

    private static bool HasEnding(ReadOnlySpan<char> folded)
    {
        // Most words end otherwise.
        if (folded.Length < 6 || !LastLetters.MayHave(folded[^3], folded[^2], folded[^1]))
        {
            return false;
        }

        foreach (var ending in EndingsBy[folded[^1] & (EndingsBy.Length - 1)])
        {
            if (folded.EndsWith(ending) && folded.Length >= ending.Length + 3)
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenDictionary<string, AddressWord> Make()
    {
        var words = new Dictionary<string, AddressWord>(StringComparer.Ordinal);
        Add(Sentences, AddressWord.Sentence);
        Add(Particles, AddressWord.Particle);
        Add(Before, AddressWord.StreetBefore);
        Add(Behind, AddressWord.StreetBehind);
        Add(Units, AddressWord.Unit);
        return words.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string list, AddressWord sort)
        {
            foreach (var word in list.Split(' '))
            {
                words[Folded(word.TrimEnd('.'))] = sort;
            }
        }
    }

    // A Greek word's last sigma, Russian й: a word of a text is compared as it folds.
    private static string Folded(string word)
    {
        Span<char> letters = stackalloc char[Longest];
        return new WordPlace(0, word.Length).Fold(word, letters).ToString();
    }

    /// <summary>All that is asked of a word.</summary>
    private readonly record struct Judgement(int Start, int End, AddressWord Sort, bool CanBegin, bool IsCompound, bool IsCountry);

    /// <summary>The last words of one text that were judged: neighbouring numbers ask about the same ones, each several times.</summary>
    private sealed class RecentWords
    {
        private const int Kept = 64;

        private readonly Judgement[] _words = new Judgement[Kept];
        private string? _text;

        public ref Judgement At(string text, WordPlace word)
        {
            if (!ReferenceEquals(text, _text))
            {
                // A word's start is no end, so the empty ones answer nothing.
                Array.Clear(_words);
                _text = text;
            }

            return ref _words[word.Start & (Kept - 1)];
        }
    }
}
