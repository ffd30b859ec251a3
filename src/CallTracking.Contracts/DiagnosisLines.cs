using System.Globalization;
using System.Text.Json;

namespace CallTracking.Contracts;

/// <summary>How both programs' <c>doctor</c> writes what it finds: the same for people and for scripts, wherever one is called.</summary>
public static class DiagnosisLines
{
    /// <summary>One finding a line, as JSON, for scripts.</summary>
    public const string Json = "jsonl";

    /// <summary>For people.</summary>
    public const string Text = "text";

    /// <summary>A finding: for people a line, and a second one with the cure.</summary>
    public static IEnumerable<string> Of(Diagnosis one, string format)
    {
        ArgumentNullException.ThrowIfNull(one);
        if (format == Json)
        {
            yield return JsonSerializer.Serialize(new { gravity = Word(one.Gravity), code = one.Code, text = one.Text, cure = one.Cure });
            yield break;
        }

        var word = one.Gravity == Gravity.Well ? Word(one.Gravity) : Word(one.Gravity).ToUpperInvariant();
        yield return $"{word,-6} {one.Code,-22} {one.Text}";
        if (one.Cure.Length > 0)
        {
            yield return $"       {one.Cure}";
        }
    }

    /// <summary><c>ok</c>, <c>doubt</c> or <c>fault</c>.</summary>
    public static string Word(Gravity gravity) => gravity switch
    {
        Gravity.Well => "ok",
        Gravity.Doubt => "doubt",
        _ => "fault",
    };

    /// <summary>The last line.</summary>
    public static string Verdict(IReadOnlyCollection<Diagnosis> found)
    {
        var (faults, doubts) = (found.Count(one => one.Gravity == Gravity.Fault), found.Count(one => one.Gravity == Gravity.Doubt));
        return faults + doubts == 0
            ? "Nothing is wrong that can be seen from here."
            : string.Create(CultureInfo.InvariantCulture, $"{faults:N0} {(faults == 1 ? "fault" : "faults")}, {doubts:N0} {(doubts == 1 ? "doubt" : "doubts")}.");
    }

    /// <summary>The exit code: of the first fault, the one with which the work would end; doubts end with 0.</summary>
    public static int Exit(IEnumerable<Diagnosis> found) => found.FirstOrDefault(one => one.Gravity == Gravity.Fault)?.Exit ?? 0;
}
