using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CallTracking.Contracts;

namespace CallTracking.Agent.Alarms;

/// <summary>
/// Calls the region's own program with an alarm: a line of JSON on its standard input, the same in environment variables. It sees no other variable of the
/// service than what programs need to start, since those may hold keys and passwords.
/// </summary>
internal sealed class AlarmCall(IReadOnlyList<string> command, string folder, RegionCode region, string centre, TimeSpan patience)
{
    public static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(1);

    // What it started and left behind may hold its output open.
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    private static readonly string[] Passed = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot", "SystemDrive", "ComSpec", "PATHEXT", "USERPROFILE"];

    /// <summary>Null when it took the notice; else why not, without what it wrote.</summary>
    /// <param name="act"><c>raised</c>, <c>over</c> or <c>test</c>.</param>
    /// <param name="alarm">The alarm.</param>
    /// <param name="cancellationToken">Ends the program, too.</param>
    public async Task<string?> TryTellAsync(string act, RegionAlarm alarm, CancellationToken cancellationToken)
    {
        using var patient = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patient.CancelAfter(patience);
        using var process = new Process { StartInfo = Start(act, alarm) };
        try
        {
            process.Start();
        }
        catch (Exception refused) when (refused is Win32Exception or IOException or InvalidOperationException)
        {
            return $"{command[0]} cannot be started: {refused.Message}";
        }

        try
        {
            // Read and forgotten, or it would wait for a reader.
            var (output, error) = (process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, patient.Token), process.StandardError.BaseStream.CopyToAsync(Stream.Null, patient.Token));
            await WriteAsync(process, Line(act, alarm), patient.Token);
            await process.WaitForExitAsync(patient.Token);
            await Task.WhenAny(Task.WhenAll(output, error), Task.Delay(OutputPatience, patient.Token));
            return process.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{command[0]} ended with {process.ExitCode}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return string.Create(CultureInfo.InvariantCulture, $"{command[0]} had not ended after {patience.TotalSeconds:0} s, and was ended");
        }
    }

    private static async Task WriteAsync(Process process, string line, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program that reads the environment only, and has ended.
        }
    }

    private ProcessStartInfo Start(string act, RegionAlarm alarm)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var name in start.Environment.Keys.Except(Passed, StringComparer.OrdinalIgnoreCase).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["CALLTRACKING_ALARM_ACT"] = act;
        start.Environment["CALLTRACKING_ALARM_CODE"] = alarm.Code;
        start.Environment["CALLTRACKING_ALARM_REGION"] = region.Value;
        start.Environment["CALLTRACKING_ALARM_TEXT"] = alarm.Text.Replace('\0', ' ');
        start.Environment["CALLTRACKING_ALARM_CURE"] = alarm.Cure.Replace('\0', ' ');
        return start;
    }

    private string Line(string act, RegionAlarm alarm) => JsonSerializer.Serialize(new
    {
        act,
        code = alarm.Code,
        region = region.Value,
        centre,
        text = alarm.Text,
        cure = alarm.Cure,
        raised_at = alarm.RaisedAt,
        over_at = alarm.OverAt,
    });
}
