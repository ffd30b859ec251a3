using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>Reads an entry's <c>sql</c>.</summary>
internal static partial class SqlSettingsParser
{
    private static readonly string[] CursorKeys = ["overlap", "start"];

    private const string DefaultOverlap = "15m";
    private const decimal DefaultOverlapUnits = 1000;

    public static SqlSettings? Parse(YamlSection section, string folder)
    {
        section.RequireKnownKeys("name", "provider", "connection", "query", "cursor", "overlap", "start", "timeout", "read_only");
        var provider = Provider(section, folder);
        var connection = section.Secret("connection", folder, "Host=desk.example;Database=desk;Username=reader;Password=${env:DESK_PASSWORD}");
        var query = section.Required("query", "\"select * from tickets where changed >= @cursor order by changed\"");
        var cursor = query is null ? null : Cursor(section, query);
        var timeout = section.Duration("timeout", "5m");
        return provider is null || connection is null || query is null ? null : new SqlSettings
        {
            Name = NameOf(section, SqlSettings.DefaultName),
            Provider = provider,
            Connection = connection,
            Query = query,
            Cursor = cursor,
            Timeout = timeout > TimeSpan.Zero ? timeout : TimeSpan.FromMinutes(5),
            ReadOnly = section.Flag("read_only", true),
        };
    }

    /// <summary>What an entry is called: letters, digits and few signs, since it stands in positions and in the quarantine.</summary>
    public static string NameOf(YamlSection section, string fallback)
    {
        var name = section.Optional("name", fallback);
        if (section.Has("name") && !PlainName().IsMatch(name))
        {
            section.Wrong("name", "letters, digits, dots and dashes");
        }

        return name;
    }

    private static SqlProviderSettings? Provider(YamlSection section, string folder)
    {
        if (section.Has("provider") && !section.IsText("provider"))
        {
            if (section.Section("provider") is not { } own)
            {
                return null;
            }

            own.RequireKnownKeys("assembly", "factory");
            var assembly = own.Required("assembly", "drivers/Microsoft.Data.SqlClient.dll");
            var factory = own.Required("factory", "Microsoft.Data.SqlClient.SqlClientFactory.Instance");
            return assembly is null || factory is null ? null : new SqlProviderSettings(null, Path.GetFullPath(assembly, folder), factory);
        }

        var name = section.Required("provider", "postgresql");
        if (name is not (null or "postgresql" or "sqlite"))
        {
            section.Wrong("provider", "postgresql, sqlite or {assembly: path, factory: Type.Name.Instance}");
        }

        return name is null ? null : new SqlProviderSettings(name, null, null);
    }

    private static SqlCursorSettings? Cursor(YamlSection section, string query)
    {
        var parameter = Parameter().Match(query);
        var column = section.Maybe("cursor", "changed");
        if (column is null)
        {
            RejectStrayKeys(section, parameter.Success);
            return null;
        }

        if (!parameter.Success)
        {
            section.Reject("query", $"The query does not ask from @cursor, and 'cursor' is {column}.", $"write 'where {column} >= @cursor', or leave 'cursor' out to read everything each time");
        }

        var start = section.Required("start", "2020-01-01");
        var from = SqlCursor.Parse(start);
        if (start is not null && from is null)
        {
            section.Wrong("start", "a number or a date such as 2020-01-01");
        }

        var (overlap, units) = Overlap(section);
        return from is null || !parameter.Success ? null : new SqlCursorSettings(column, parameter.Value, from, overlap, units);
    }

    private static void RejectStrayKeys(YamlSection section, bool hasParameter)
    {
        if (hasParameter)
        {
            section.Reject("query", "The query asks from @cursor, and no 'cursor' says which column that is.", "add 'cursor: changed'");
        }

        foreach (var key in CursorKeys.Where(section.Has))
        {
            section.Reject(key, $"'{key}' is of no use without 'cursor'.", $"add 'cursor', or remove '{key}'");
        }
    }

    private static (TimeSpan Overlap, decimal Units) Overlap(YamlSection section)
    {
        var text = section.Optional("overlap", DefaultOverlap);
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units))
        {
            return (TimeSpan.Zero, units);
        }

        return (section.Duration("overlap", DefaultOverlap), section.Has("overlap") ? 0 : DefaultOverlapUnits);
    }

    [GeneratedRegex(@"(?<![@:\w])[@:]cursor\b")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^[\w.-]{1,64}$")]
    private static partial Regex PlainName();
}
