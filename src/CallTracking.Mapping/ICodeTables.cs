using CallTracking.Contracts;

namespace CallTracking.Mapping;

/// <summary>Where a mapping's code tables come from: the group's, which the hub keeps. This library fetches nothing by itself.</summary>
public interface ICodeTables
{
    /// <summary>The table with all its entries; null when there is none at hand.</summary>
    Dictionary? Find(string name);

    /// <summary>What to do when there is none: one sentence, for a person.</summary>
    string Cure(string name);
}
