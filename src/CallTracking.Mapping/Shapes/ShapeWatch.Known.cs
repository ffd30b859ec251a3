namespace CallTracking.Mapping.Shapes;

/// <summary>Rows that an earlier run met as they are: what is wrong with them has not changed since.</summary>
public sealed partial class ShapeWatch
{
    private readonly List<ContractRule> _recordUnread = [];
    private readonly List<ColumnWatch> _recordOthers = [];
    private readonly List<ColumnWatch> _recordNew = [];

    /// <summary>The record that was read last stands in the quarantine already, for the reason that it has now: it counts for no change.</summary>
    public void TakeBack()
    {
        foreach (var rule in _recordUnread)
        {
            _unread[rule]--;
        }

        _recordOthers.ForEach(column => column.Others--);
        _recordNew.ForEach(column => column.KnownRows++);
        ForgetRecord();
    }

    private void ForgetRecord()
    {
        _recordUnread.Clear();
        _recordOthers.Clear();
        _recordNew.Clear();
    }
}
