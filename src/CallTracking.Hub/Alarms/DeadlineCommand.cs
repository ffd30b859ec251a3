using System.CommandLine;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Commands;

namespace CallTracking.Hub.Alarms;

/// <summary><c>region deadline</c>.</summary>
internal static class DeadlineCommand
{
    /// <param name="code">The argument that names the region.</param>
    /// <param name="require">Refuses a region that is not there.</param>
    public static Command Create(Argument<RegionCode> code, Func<RegionCode, IServiceProvider, CancellationToken, Task<RegionCode>> require)
    {
        var at = new Option<string?>("--at") { Description = "By when the night has to be here, on the zone's clocks: 06:00.", HelpName = "HH:MM" };
        var zone = new Option<string>("--zone") { Description = "IANA name: Asia/Tokyo.", DefaultValueFactory = _ => "UTC", HelpName = "ZONE" };
        var days = new Option<string>("--days") { Description = "On which days: Mon-Fri, or Tue-Sat,Sun.", DefaultValueFactory = _ => "Sun-Sat", HelpName = "DAYS" };
        var holidays = new Option<string?>("--holidays") { Description = "Days on which nothing is due: a file with one a line, or 2026-12-31,2027-01-01.", HelpName = "FILE" };
        var reach = new Option<int>("--within") { Description = "Hours before the deadline within which a run counts for it.", DefaultValueFactory = _ => (int)Deadline.DefaultReach.TotalHours, HelpName = "HOURS" };
        var none = new Option<bool>("--none") { Description = "The region has no deadline any more; an alarm that is open is cleared." };
        var command = new Command("deadline", "By when a region's night has to be here, or an alarm is raised. Without options: shows it.") { code, at, zone, days, holidays, reach, none };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var region = await require(parsed.GetRequiredValue(code), services, cancellationToken);
            var (store, now) = (services.GetRequiredService<NightStore>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
            if (parsed.GetValue(none))
            {
                Console.WriteLine(await store.RemoveDeadlineAsync(region, cancellationToken) ? $"{region}: has no deadline any more." : $"{region}: had no deadline.");
            }
            else if (parsed.GetValue(at) is { } time)
            {
                var deadline = Read(region, time, parsed.GetValue(zone)!, parsed.GetValue(days)!, parsed.GetValue(holidays), parsed.GetValue(reach), now);
                await store.SetDeadlineAsync(deadline, cancellationToken);
                Show(deadline, now);
            }
            else if ((await store.ListAsync(cancellationToken)).FirstOrDefault(row => row.Region == region) is { } row && (row.Deadline is not null || row.UnknownZone is not null))
            {
                Show(row, now);
            }
            else
            {
                Console.WriteLine($"{region}: has no deadline. Set one: calltracking-hub region deadline {region} --at 06:00 --zone Asia/Tokyo");
            }

            return HubExit.Done;
        });
        return command;
    }

    private static void Show(NightRow row, DateTimeOffset now)
    {
        if (row.Deadline is { } deadline)
        {
            Show(deadline, now);
        }
        else
        {
            Console.WriteLine($"{row.Region}: has a deadline in time zone {row.UnknownZone}, which this machine does not know: it raises no alarm here. Install it (tzdata), or set the deadline with another.");
        }

        if (row.IsShutOut)
        {
            Console.WriteLine("The region is revoked: no alarm is raised until it enrols again.");
        }
    }

    private static void Show(Deadline deadline, DateTimeOffset now)
    {
        Console.WriteLine(deadline);
        Console.WriteLine(deadline.Next(now) is { } next ? string.Create(CultureInfo.InvariantCulture, $"next {next:u}") : "next: none for a year");
    }

    private static Deadline Read(RegionCode region, string at, string zone, string days, string? holidays, int reach, DateTimeOffset now)
    {
        if (!TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            throw new HubException($"--at: expected a time such as 06:00, found '{at}'.", HubExit.Usage);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            throw new HubException($"--zone: there is no time zone '{zone}'. Write an IANA name, for example Asia/Tokyo.", HubExit.Usage);
        }

        if (!DayOfWeekSet.TryParse(days, out var set))
        {
            throw new HubException($"--days: expected days such as Mon-Fri or Sun,Tue, found '{days}'.", HubExit.Usage);
        }

        return reach is >= 1 and <= 168
            ? new Deadline(region, time, found, set, Holidays(holidays), TimeSpan.FromHours(reach), now)
            : throw new HubException("--within: expected 1 to 168 hours.", HubExit.Usage);
    }

    private static HashSet<DateOnly> Holidays(string? given)
    {
        if (given is null)
        {
            return [];
        }

        var lines = File.Exists(given) ? File.ReadAllLines(given) : given.Split(',');
        var holidays = new HashSet<DateOnly>();
        foreach (var (number, line) in lines.Index())
        {
            // Behind the day a file may say which one it is.
            var day = line.Split('#')[0].Trim().Split((char[]?)null, 2)[0];
            if (day.Length == 0)
            {
                continue;
            }

            holidays.Add(DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : throw new HubException($"--holidays: expected days such as 2026-12-31 or a file with one a line; entry {number + 1} is none.", HubExit.Usage));
        }

        return holidays;
    }
}
