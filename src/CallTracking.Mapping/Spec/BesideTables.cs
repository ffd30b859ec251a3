using CallTracking.Contracts;

namespace CallTracking.Mapping.Spec;

/// <summary>Code tables as files beside the mapping, for those who work on it offline: <c>NAME.dictionary.csv</c>, as the hub exports it.</summary>
internal sealed class BesideTables(string mappingFile, FaultLog faults) : ICodeTables
{
    private const string Suffix = ".dictionary.csv";

    public Dictionary? Find(string name)
    {
        var path = Path.Combine(Path.GetDirectoryName(mappingFile) ?? string.Empty, name + Suffix);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > LookupFiles.MostBytes)
            {
                return null;
            }

            var load = CodeTableCsv.Parse(path, File.ReadAllBytes(path));
            load.Faults.ToList().ForEach(faults.Add);
            return new Dictionary { Name = name, Entries = { load.Entries } };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string Cure(string name) =>
        $"Put {name}{Suffix} beside the mapping: 'calltracking-agent dictionary get {name}' writes it, and so does headquarters' 'calltracking-hub dictionary export {name}'.";
}
