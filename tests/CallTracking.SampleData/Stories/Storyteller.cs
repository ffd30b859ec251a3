using System.Globalization;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.SampleData.Stories;

/// <summary>
/// Makes up cases in one region's language. Case i is a pure function of seed, region, i and night; nothing is remembered
/// between cases.
/// </summary>
internal abstract class Storyteller
{
    private const int HandlerCount = 40;

    private readonly Employee[] _handlers;
    private readonly StringBuilder _text = new();

    protected Storyteller(SampleRegion region)
    {
        Region = region;
        _handlers = new Employee[HandlerCount];
        for (var i = 0; i < HandlerCount; i++)
        {
            var (family, full) = EmployeeName(Dice.For(0, region.Code, -1 - i, Aspect.Person));
            _handlers[i] = new Employee(string.Create(CultureInfo.InvariantCulture, $"{region.Code}-A{i + 101}"), full, family);
        }
    }

    public abstract Phrases Phrases { get; }

    public SampleRegion Region { get; }

    public CaseDraft Tell(SampleOptions options, CaseKey key, bool keepsTruth)
    {
        var timeline = Timeline.Of(Region, options, key);
        var dice = Dice.For(options.Seed, Region.Code, key.Origin, Aspect.Story);
        var (model, hazard) = Catalogue.Draw(dice, options.AsOf - timeline.Opened);

        // One customer in four comes back: their cases share a person.
        var personKey = dice.Chance(0.3) ? key.Index - (key.Index % 4) : key.Index;
        var purchasedOn = DateOnly.FromDateTime(timeline.Opened.UtcDateTime).AddDays(-dice.Between(3, 1100));
        var built = purchasedOn.AddDays(-dice.Between(20, 200)).ToDateTime(default);
        var draft = new CaseDraft(keepsTruth)
        {
            Key = key,
            LocalId = LocalId(key, timeline),
            Timeline = timeline,
            Customer = MakePerson(Dice.For(options.Seed, Region.Code, personKey, Aspect.Person), personKey),
            Handler = dice.Pick(_handlers),
            Model = model,
            Serial = string.Create(CultureInfo.InvariantCulture, $"{model.Name[..2]}{ISOWeek.GetYear(built) % 100:00}{ISOWeek.GetWeekOfYear(built):00}{dice.Below(1_000_000):000000}"),
            Lot = string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(built)}-W{ISOWeek.GetWeekOfYear(built):00}"),
            PurchasedOn = purchasedOn,
            Hazard = hazard,
            Symptom = dice.Below(Phrases.Symptoms[model.Category].Length),
            Channel = Channels[dice.Weighted(ChannelWeights)],
            Priority = hazard is not null
                ? (dice.Chance(0.5) ? Priority.Urgent : Priority.High)
                : dice.Weighted([20, 65, 12]) switch { 0 => Priority.Low, 1 => Priority.Normal, 2 => Priority.High, _ => Priority.Urgent },
        };
        Write(draft, dice);

        // An own stream: a night's change must not disturb what was there before it.
        WriteEnd(draft, Dice.For(options.Seed, Region.Code, key.Origin, Aspect.End));
        return draft;
    }

    /// <summary>One remark in the form that a single text cell holds several of them.</summary>
    public abstract string Headline(CaseDraft draft, Remark remark);

    protected static ReadOnlySpan<int> ChannelWeights => [40, 25, 10, 20, 5];

    protected static Channel[] Channels { get; } =
        [Channel.Phone, Channel.Email, Channel.Chat, Channel.WebForm, Channel.Social];

    protected abstract string LocalId(CaseKey key, Timeline timeline);

    protected abstract Person MakePerson(Dice dice, long key);

    protected abstract (string Family, string Full) EmployeeName(Dice dice);

    /// <summary>The form of address before a family name.</summary>
    protected virtual string TitleOf(Person person) => string.Empty;

    /// <summary>The date as people of the region write it.</summary>
    protected abstract string SpellDate(DateOnly date);

    /// <summary>One of the spellings under which people of the region write this full name.</summary>
    protected abstract string SpellName(Person person, Dice dice);

    /// <summary>One of the spellings under which people of the region write this phone number.</summary>
    protected abstract string SpellPhone(Person person, Dice dice);

    /// <summary>A remark under its day and who wrote it, as a single cell holds several of them.</summary>
    protected string Dated(CaseDraft draft, Remark remark, string dayForm, string customer, string mark)
    {
        var day = Local(remark.At).ToString(dayForm, CultureInfo.InvariantCulture);
        if (remark.Author == Author.Customer)
        {
            return $"{day} {customer}{mark}{remark.Body}";
        }

        draft.PlantInText(DataClass.Employee, draft.Handler.Family);
        return $"{day} {draft.Handler.Family}{mark}{remark.Body}";
    }

    protected DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Region.Zone).DateTime;

    /// <summary>Of somebody between twenty and ninety.</summary>
    protected static DateOnly BirthDate(Dice dice) => new(dice.Between(1940, 2007), dice.Between(1, 12), dice.Between(1, 28));

    private static DateTimeOffset Between(DateTimeOffset from, DateTimeOffset to, double share) =>
        new((from + ((to - from) * share)).UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private void Write(CaseDraft draft, Dice dice)
    {
        var symptom = Phrases.Symptoms[draft.Model.Category][draft.Symptom];
        draft.Subject = Compose(draft, dice, dice.Pick(Phrases.Subjects));

        Begin();
        Add(draft, dice, dice.Pick(Phrases.Greetings));
        AddSometimes(draft, dice, 0.45, Phrases.Introductions);
        Add(draft, dice, symptom.Sentence);
        Add(draft, dice, dice.Pick(Phrases.Circumstances));
        AddSometimes(draft, dice, 0.5, Phrases.Circumstances);
        if (draft.Hazard is { } hazard)
        {
            Add(draft, dice, dice.Pick(Phrases.Dangers[hazard]));
        }

        Add(draft, dice, dice.Pick(Phrases.Wishes));
        AddSometimes(draft, dice, 0.4, Phrases.Contacts);
        AddSometimes(draft, dice, draft.Customer.Secret is null ? 0 : 0.5, Phrases.Secrets);
        AddSometimes(draft, dice, 0.6, Phrases.Farewells);
        draft.Description = _text.ToString();

        WriteRemarks(draft, dice);
    }

    private void WriteRemarks(CaseDraft draft, Dice dice)
    {
        var timeline = draft.Timeline;
        if (timeline.StatusAtBirth != CaseStatus.New)
        {
            var solved = timeline.StatusAtBirth is CaseStatus.Resolved or CaseStatus.Closed;
            var count = dice.Between(1, 3);
            for (var i = 0; i < count; i++)
            {
                var at = Between(timeline.Opened, timeline.WorkedUntil, (i + 1.0) / (count + 1));
                draft.Remarks.Add(i switch
                {
                    _ when i == count - 1 && solved => new Remark(at, Author.Agent, Compose(draft, dice, dice.Pick(Phrases.Solutions))),
                    0 => new Remark(at, Author.Agent, Compose(draft, dice, dice.Pick(Phrases.Answers))),
                    1 => new Remark(at, Author.Customer, ReactionOf(draft, dice)),
                    _ => new Remark(at, Author.InternalNote, Compose(draft, dice, dice.Pick(Phrases.Notes))),
                });
            }
        }

        foreach (var change in timeline.Changes)
        {
            var wordings = change.To == CaseStatus.Resolved ? Phrases.Solutions : Phrases.Progress;
            draft.Remarks.Add(new Remark(change.At, Author.Agent, Compose(draft, dice, dice.Pick(wordings))));
        }
    }

    private string ReactionOf(CaseDraft draft, Dice dice)
    {
        Begin();
        Add(draft, dice, dice.Pick(Phrases.Reactions));
        AddSometimes(draft, dice, draft.Customer.Secret is null ? 0 : 0.8, Phrases.Secrets);
        return _text.ToString();
    }

    private void WriteEnd(CaseDraft draft, Dice end)
    {
        draft.InWarranty = end.Chance(0.6);
        if (end.Chance(0.2))
        {
            draft.Repair = RepairOf(draft.Timeline);
            draft.RepairCost = draft.InWarranty ? 0 : end.Between(1500, 29900) / 100m;
        }

        if (draft.Timeline.Closed is not null && end.Chance(0.35))
        {
            draft.Satisfaction = end.Weighted([8, 10, 17, 35, 30]) + 1;
            draft.SatisfactionComment = end.Chance(0.4)
                ? Compose(draft, end, end.Pick(draft.Satisfaction >= 3 ? Phrases.Praise : Phrases.Blame))
                : null;
        }
    }

    private static RepairDays RepairOf(Timeline timeline)
    {
        var received = DateOnly.FromDateTime(timeline.Opened.UtcDateTime);
        if (timeline.Closed is not { } closed)
        {
            return new RepairDays(received, null, null, null);
        }

        var returned = DateOnly.FromDateTime(closed.UtcDateTime);
        var days = returned.DayNumber - received.DayNumber;
        return new RepairDays(received, received.AddDays(days / 3), received.AddDays(days * 2 / 3), returned);
    }

    private string Compose(CaseDraft draft, Dice dice, string template)
    {
        Begin();
        Add(draft, dice, template);
        return _text.ToString();
    }

    private void Begin() => _text.Clear();

    private void AddSometimes(CaseDraft draft, Dice dice, double probability, string[] templates)
    {
        if (probability > 0 && dice.Chance(probability))
        {
            Add(draft, dice, dice.Pick(templates));
        }
    }

    private void Add(CaseDraft draft, Dice dice, string template)
    {
        if (_text.Length > 0)
        {
            _text.Append(Phrases.Joint);
        }

        var rest = template.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            var close = rest.IndexOf('}');
            _text.Append(rest[..open]).Append(Fill(rest[(open + 1)..close], draft, dice));
            rest = rest[(close + 1)..];
        }

        _text.Append(rest);
    }

    private string Fill(ReadOnlySpan<char> slot, CaseDraft draft, Dice dice)
    {
        var person = draft.Customer;
        return slot switch
        {
            "model" => draft.Model.Name,
            "product" => Phrases.Products[draft.Model.Category],
            "issue" => Phrases.Symptoms[draft.Model.Category][draft.Symptom].Name,
            "shop" => dice.Pick(Phrases.Shops),
            "n" => dice.Between(2, 9).ToString(CultureInfo.InvariantCulture),
            "full" => Note(DataClass.Name, SpellName(person, dice)),
            "family" => Note(DataClass.Name, person.Family),
            "phone" => Note(DataClass.Phone, SpellPhone(person, dice)),
            "email" => Note(DataClass.Email, person.Email),
            "city" => Note(DataClass.Locality, person.City),
            "address" => Note(DataClass.PostalAddress, person.Street),
            "birth" => Note(DataClass.BirthDate, SpellDate(person.BirthDate)),
            "serial" => Note(DataClass.SerialNumber, draft.Serial),
            "bought" => Note(DataClass.PersonalDate, SpellDate(draft.PurchasedOn)),
            "title" => TitleOf(person),
            "agent" => Note(DataClass.Employee, draft.Handler.Family),
            "secret" => person.Secret is { } secret ? Note(secret.Class, secret.Value) : string.Empty,
            _ => throw new FormatException($"A wording has the unknown slot '{slot}'."),
        };

        string Note(DataClass dataClass, string value)
        {
            draft.PlantInText(dataClass, value);
            return value;
        }
    }
}
