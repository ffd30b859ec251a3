namespace CallTracking.Faults.Proof;

/// <summary>
/// The files below <c>log/</c>: what happened in each round, and all that agents and hubs wrote. Whatever is written down is searched for canaries on
/// the way, so that a leak in a log is found in the round that made it.
/// </summary>
internal sealed class RunLog
{
    private readonly Lock _turn = new();
    private readonly HashSet<string> _leaked = [];
    private readonly string _folder;

    /// <param name="folder">Made if need be.</param>
    /// <param name="goesOn">Whether what an earlier run wrote there stays.</param>
    public RunLog(string folder, bool goesOn)
    {
        _folder = folder;
        if (!goesOn && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
    }

    /// <summary>A line about the run itself.</summary>
    public void Tell(string line) => Append("rounds.log", line + "\n");

    /// <summary>What a program wrote.</summary>
    public void Keep(string program, string title, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        Append(program + ".log", $"--- {title}\n{text}{(text.EndsWith('\n') ? "" : "\n")}");
        lock (_turn)
        {
            _leaked.UnionWith(LeakSearch.In(text));
        }
    }

    /// <summary>The canaries that were written since this was last asked.</summary>
    public IReadOnlyList<string> TakeLeaks()
    {
        lock (_turn)
        {
            string[] found = [.. _leaked];
            _leaked.Clear();
            return found;
        }
    }

    private void Append(string file, string text)
    {
        lock (_turn)
        {
            File.AppendAllText(Path.Combine(_folder, file), text);
        }
    }
}
