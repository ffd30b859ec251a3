using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>What one compressed file may still expand to, all its members together. Not thread-safe.</summary>
internal sealed class Expansion(FileRules rules, long compressedLength)
{
    // Below it no ratio is suspicious: a small file of equal lines.
    private const long Harmless = 16L << 20;
    private long _expanded;

    /// <summary>Counts bytes that came out.</summary>
    /// <exception cref="SourceFormatException">They are too many: the file may have been made to fill this machine.</exception>
    public void Add(int bytes, string name)
    {
        _expanded += bytes;
        if (_expanded > rules.MaxExpanded)
        {
            throw new SourceFormatException(new Fault(
                name, 0, 0, $"The file expands to more than {Amounts.Size(rules.MaxExpanded)}.", "if the export is that large, set 'max_expanded' of the source in agent.yaml"));
        }

        if (_expanded > Harmless && _expanded / Math.Max(1, compressedLength) >= rules.MaxRatio)
        {
            throw new SourceFormatException(new Fault(
                name,
                0,
                0,
                string.Create(CultureInfo.InvariantCulture, $"The file expands to more than {rules.MaxRatio:N0} times its size."),
                "look at who made it; if it is sound, set 'max_ratio' of the source in agent.yaml"));
        }
    }
}
