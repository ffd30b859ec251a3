using System.CommandLine;
using CallTracking.Faults;

const int Usage = 2;
var parsed = FaultCommand.Build(Console.Out, isTerminal: !Console.IsOutputRedirected).Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    return Usage;
}

// All that runs is stopped on the way out, behind the round that is under way.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
