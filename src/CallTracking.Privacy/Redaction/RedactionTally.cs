using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What redaction did: counts per class, action and the jurisdiction whose rule won. Not thread-safe.</summary>
public sealed class RedactionTally
{
    private readonly List<Entry> _entries = [];

    /// <summary>True when nothing was changed.</summary>
    public bool IsEmpty => _entries.Count == 0;

    public void Add(DataClass dataClass, RedactionAction action, string jurisdiction) => Add(dataClass, action, jurisdiction, 1);

    public void Add(DataClass dataClass, RedactionAction action, string jurisdiction, long count)
    {
        // A case has a dozen of these: looking through a list is cheaper than hashing.
        foreach (ref var entry in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.DataClass == dataClass && entry.Action == action && entry.Jurisdiction == jurisdiction)
            {
                entry.Count += count;
                return;
            }
        }

        _entries.Add(new Entry { DataClass = dataClass, Action = action, Jurisdiction = jurisdiction, Count = count });
    }

    /// <summary>Adds another tally's counts to this one.</summary>
    public void Merge(RedactionTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var entry in other._entries)
        {
            Add(entry.DataClass, entry.Action, entry.Jurisdiction, entry.Count);
        }
    }

    /// <summary>How often an action was done to a class, whatever the jurisdiction.</summary>
    public long CountOf(DataClass dataClass, RedactionAction action) =>
        _entries.Where(entry => entry.DataClass == dataClass && entry.Action == action).Sum(entry => entry.Count);

    /// <summary>True when an action was done to a value of any class.</summary>
    internal bool Has(RedactionAction action) => _entries.Exists(entry => entry.Action == action);

    /// <summary>The counts for the wire, ordered by class, action and jurisdiction.</summary>
    public IEnumerable<RedactionCount> ToCounts()
    {
        _entries.Sort(Order);
        return _entries.ConvertAll(entry => new RedactionCount
        {
            DataClass = entry.DataClass,
            Action = entry.Action,
            Jurisdiction = entry.Jurisdiction,
            Count = (uint)Math.Min(entry.Count, uint.MaxValue),
        });
    }

    private static int Order(Entry left, Entry right)
    {
        var byClass = ((int)left.DataClass).CompareTo((int)right.DataClass);
        var byAction = byClass != 0 ? byClass : ((int)left.Action).CompareTo((int)right.Action);
        return byAction != 0 ? byAction : string.CompareOrdinal(left.Jurisdiction, right.Jurisdiction);
    }

    private struct Entry
    {
        public DataClass DataClass;
        public RedactionAction Action;
        public string Jurisdiction;
        public long Count;
    }
}
