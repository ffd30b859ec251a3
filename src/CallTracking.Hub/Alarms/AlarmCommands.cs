using System.CommandLine;
using System.Globalization;
using CallTracking.Hub.Commands;

namespace CallTracking.Hub.Alarms;

/// <summary><c>alarm list|test</c>.</summary>
internal static class AlarmCommands
{
    private const int Shown = 50;
    private static readonly string[] Configurable = ["webhook", "mail"];

    public static Command Create() => new("alarm", "What headquarters has to know at once.") { CreateList(), CreateTest() };

    private static Command CreateList()
    {
        var all = new Option<bool>("--all") { Description = $"The latest {Shown}, those that are over too." };
        var command = new Command("list", "Shows the alarms that are open, and regions that rest on purpose.") { all };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var store = services.GetRequiredService<AlarmStore>();
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var alarms = parsed.GetValue(all) ? await store.ListAsync(Shown, cancellationToken) : await store.ListOpenAsync(cancellationToken);
            foreach (var alarm in alarms)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{alarm.Id,6}  {(alarm.ClearedAt is { } over ? $"over {over:u}" : "OPEN"),-26}{alarm.Code}  {alarm.Region}  since {alarm.RaisedAt:u}  {alarm.Words}"));
            }

            foreach (var row in await services.GetRequiredService<NightStore>().ListAsync(cancellationToken))
            {
                if (row.Pause is { } pause && pause.Holds(now))
                {
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"paused  {row.Region}  since {pause.Since:u}, {(pause.Until is { } end ? $"until {end:u}" : "until the region resumes")}: {pause.Note}; no alarm of its deadline is raised"));
                }
            }

            if (alarms.Count == 0)
            {
                Console.WriteLine(parsed.GetValue(all) ? "There was no alarm yet." : "No alarm is open.");
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateTest()
    {
        var command = new Command("test", "Sends a test alarm over every channel, once, and says what each answered.");
        command.SetHubAction(async (_, services, cancellationToken) =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var alarm = new Alarm(now.ToUnixTimeSeconds(), AlarmCode.Test, "-", "somebody tries the channels; nothing is wrong", now, null);
            AlarmLog.Tested(services.GetRequiredService<ILoggerFactory>().CreateLogger("CallTracking.Hub.Alarms"), alarm.Words);
            Console.WriteLine("page      shows alarms that are open, beside each region; a test is none");
            Console.WriteLine("log       real ones are event 2701 when raised, 2702 when over");
            Console.WriteLine("metric    calltracking.hub.alarms.open of the meter CallTracking.Hub; a test counts nothing");
            var delivery = services.GetRequiredService<AlarmDelivery>();
            var answers = await delivery.TryAllAsync(new AlarmNotice(alarm, AlarmAct.Raised), cancellationToken);
            foreach (var (channel, isTaken, answer) in answers)
            {
                Console.WriteLine($"{channel,-9} {(isTaken ? "taken" : "REFUSED")}: {answer}");
            }

            foreach (var missing in Configurable.Except(delivery.Channels))
            {
                Console.WriteLine($"{missing,-9} not configured: alarms.{missing} in hub.yaml");
            }

            return answers.All(answer => answer.IsTaken) ? HubExit.Done : HubExit.Failed;
        });
        return command;
    }
}
