namespace CallTracking.Mapping.Proposals;

/// <summary>The steps of a header that is a path: <c>party.person.given</c>. The point of an abbreviation parts none: "Tel. Kunde".</summary>
internal static class HeaderPath
{
    private const int LongestAbbreviation = 4;

    // How a header of two rows is read: the group, and the name below it.
    private const string Group = " / ";

    /// <summary>What stands before the last step, without its point, empty for none; and the last step.</summary>
    public static (string Before, string Last) Split(string label)
    {
        if (label.LastIndexOf(Group, StringComparison.Ordinal) is > 0 and var group)
        {
            return (label[..group], label[(group + Group.Length)..]);
        }

        for (var at = label.Length - 2; at > 0; at--)
        {
            if (label[at] == '.' && label[at + 1] is not ' ' && !IsAbbreviation(label, at))
            {
                return (label[..at], label[(at + 1)..]);
            }
        }

        return (string.Empty, label);
    }

    private static bool IsAbbreviation(string label, int point)
    {
        var start = label.LastIndexOf(' ', point) + 1;
        return point - start <= LongestAbbreviation && char.IsUpper(label[start]);
    }
}
