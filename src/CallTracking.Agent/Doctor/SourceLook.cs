using System.Globalization;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Doctor;

/// <summary>Looks whether a source can be had: its files are there and open, its database or interface answers, its encoding is the mapping's.</summary>
internal sealed class SourceLook(Source source)
{
    // Of a folder of thousands some tell.
    private const int MostInputs = 16;

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, and EAGAIN of a file that another .NET program holds.
    private static readonly int[] LockedCodes = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11];

    private readonly List<Diagnosis> _found = [];
    private readonly EncodingLook _encoding = new(source.Mapping);

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(CancellationToken cancellationToken)
    {
        var (visit, inputs) = (SourceVisit.ToLook(static _ => { }), 0);
        try
        {
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                await TryAsync(input, cancellationToken);
                if (++inputs >= (source.IsRemote ? 1 : MostInputs))
                {
                    break;
                }
            }
        }
        catch (Exception broken) when (SourceInput.FaultsOf(source.Name, broken) is { } faults)
        {
            visit.Fail(faults);
        }

        foreach (var fault in visit.Faults)
        {
            Add(source.IsRemote ? "source-not-reached" : inputs == 0 ? "source-empty" : "source-not-readable", fault);
        }

        foreach (var doubt in _encoding.Doubts)
        {
            _found.Add(Diagnosis.Doubt("encoding-changed", $"source {source.Name}: {doubt[..Cut(doubt)].TrimEnd('.', ' ')}", doubt[Cut(doubt)..].Replace("Cure: ", string.Empty, StringComparison.Ordinal)));
        }

        return _found.Count > 0 ? _found : [Diagnosis.Well("source", string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {inputs:N0} {(inputs == 1 ? "input" : "inputs")} can be read"))];
    }

    private static int Cut(string doubt) => doubt.IndexOf("Cure: ", StringComparison.Ordinal) is >= 0 and var at ? at : doubt.Length;

    private async Task TryAsync(SourceInput input, CancellationToken cancellationToken)
    {
        try
        {
            await using (var reader = await input.OpenAsync(cancellationToken))
            {
                await reader.ReadAsync(cancellationToken);
            }

            await _encoding.AddAsync(input, cancellationToken);
        }
        catch (Exception broken) when (SourceInput.FaultsOf(input.Name, broken) is { } faults)
        {
            var code = broken switch
            {
                UnauthorizedAccessException => "source-not-allowed",
                IOException when LockedCodes.Contains(broken.HResult) => "source-locked",
                _ => source.IsRemote ? "source-not-reached" : "source-not-readable",
            };
            foreach (var fault in faults)
            {
                Add(code, fault);
            }
        }
    }

    private void Add(string code, Fault fault) => _found.Add(Diagnosis.Of(fault, ExitCode.Source, code, $"source {source.Name}: "));
}
