using System.CommandLine;
using Microsoft.Extensions.Logging.Console;

namespace CallTracking.Agent.Commands;

/// <summary>Logs go to standard error, one line each, with the instant in UTC.</summary>
internal static class AgentLogging
{
    /// <summary>How much is logged. No level brings what a case holds.</summary>
    public static Option<LogLevel> LevelOption(LogLevel byDefault) => new("--log-level")
    {
        Description = "The least that is logged: Trace, Debug, Information, Warning, Error or None.",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => byDefault,
    };

    public static ILoggerFactory ToStandardError(LogLevel least) => LoggerFactory.Create(builder => Configure(builder, least));

    public static void Configure(ILoggingBuilder builder, LogLevel least)
    {
        builder.ClearProviders();
        builder.SetMinimumLevel(least);
        builder.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
