namespace CallTracking.Privacy;

/// <summary>The case's own days, asked for what was read in a text: not spelled out, for there are hundreds of spellings of each. Reusable.</summary>
internal sealed class OwnDates
{
    private readonly Dictionary<(YearForm Form, int Year, int Month, int Day), (int Entity, ClassSet Classes)> _days = [];
    private readonly DateSearch _search = new();

    public bool IsEmpty => _days.Count == 0;

    public void Reset() => _days.Clear();

    /// <summary>The value that a day is already, or -1.</summary>
    public int Find(DateOnly day) => _days.TryGetValue((YearForm.Full, day.Year, day.Month, day.Day), out var own) ? own.Entity : -1;

    /// <summary>Takes in a day. What Taiwan's years would be elsewhere are other numbers, so they count only there.</summary>
    public void Add(DateOnly day, int entity, ClassSet classes, string country)
    {
        Add(YearForm.Full, day.Year);
        Add(YearForm.Full, day.Year + DateReading.BuddhistEra);
        Add(YearForm.Short, day.Year % 100);
        Add(YearForm.ShortBuddhist, (day.Year + DateReading.BuddhistEra) % 100);
        Add(YearForm.ShortBuddhist, day.Year % 100);
        if (Countries.CountryOf(country) == "TW" && day.Year > DateEras.Minguo)
        {
            Add(YearForm.Minguo, day.Year - DateEras.Minguo);
        }

        void Add(YearForm form, int year)
        {
            var key = (form, year, day.Month, day.Day);
            _days[key] = _days.TryGetValue(key, out var known) ? (known.Entity, known.Classes.Or(classes)) : (entity, classes);
        }
    }

    /// <summary>Adds the places of a text where an own day of a wanted class stands.</summary>
    public void FindIn(FoldedText text, string original, ClassSet wanted, List<Finding> findings)
    {
        var numbers = _search.Begin(text, original);
        for (var number = 0; number < numbers; number++)
        {
            FindAt(text, original, number, wanted, findings);
        }
    }

    private void FindAt(FoldedText text, string original, int number, ClassSet wanted, List<Finding> findings)
    {
        foreach (ref readonly var reading in _search.At(text, original, number))
        {
            for (var months = reading.Months; months != 0; months &= months - 1)
            {
                var month = System.Numerics.BitOperations.TrailingZeroCount(months);
                if (_days.TryGetValue((reading.Form, reading.Year, month, reading.Day), out var own) && own.Classes.And(wanted) is { IsEmpty: false } classes)
                {
                    findings.Add(new Finding(reading.Start, reading.End, classes.First, own.Entity, ""));
                    break;
                }
            }
        }
    }
}
