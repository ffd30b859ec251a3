using System.CommandLine;

namespace CallTracking.Hub.Commands;

/// <summary>Who did something and why: it stands in lists, in signed reports and beside cases, so it has to say something, on one line.</summary>
internal static class PersonOptions
{
    /// <summary>The longest name or reason, in characters.</summary>
    public const int Longest = 1000;

    /// <summary>Who takes responsibility; the system's user where nothing is said.</summary>
    public static Option<string> By() => Checked(new Option<string>("--by") { Description = "Who takes responsibility.", DefaultValueFactory = _ => Environment.UserName });

    /// <summary>Who did it; has to be said.</summary>
    public static Option<string> RequiredBy(string description) => Checked(new Option<string>("--by") { Description = description, Required = true });

    /// <summary>Why; has to be said.</summary>
    public static Option<string> Note(string description = "Why: stands in the list of versions.") => Checked(new Option<string>("--note") { Description = description, Required = true });

    private static Option<string> Checked(Option<string> option)
    {
        option.Validators.Add(result =>
        {
            var words = result.Tokens.Count > 0 ? result.Tokens[^1].Value : null;
            if (words is not null && (string.IsNullOrWhiteSpace(words) || words.Length > Longest || words.Any(char.IsControl)))
            {
                result.AddError($"{option.Name}: expected one line of words, {Longest} characters at most, without control characters.");
            }
        });
        return option;
    }
}
