using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Counts in how many cases there is any value of a class, in whatever form. Not thread-safe.</summary>
public sealed class ClassPresence
{
    private readonly long[] _cases = new long[DataClassNames.Count];
    private readonly List<Leaf> _leaves = [];

    /// <summary>Takes a case as it is stored or about to be.</summary>
    public void Take(Case value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _leaves.Clear();
        CaseShape.Instance.Collect(value, _leaves);
        var present = default(ClassSet);
        foreach (var leaf in _leaves)
        {
            if (leaf.Text is { FormCase: not PersonalText.FormOneofCase.None })
            {
                present = present.Or(ClassSet.Of(leaf.DataClass));
            }
        }

        for (var index = 0; index < _cases.Length; index++)
        {
            _cases[index] += present.Contains((DataClass)index) ? 1 : 0;
        }

        _leaves.Clear();
    }

    /// <summary>Cases that hold a value of the class.</summary>
    public long Of(DataClass dataClass) => _cases[DataClassNames.IndexOf(dataClass)];
}
