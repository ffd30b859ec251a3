using System.CommandLine;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Commands;
using CallTracking.Privacy;
using CallTracking.Rpc;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Transfer;

/// <summary><c>import-batches</c> and <c>transfer key</c>: regions without a line.</summary>
internal static class TransferCommands
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public static Command CreateImport()
    {
        var files = new Argument<string[]>("FILE") { Description = "What calltracking-agent export-batches made.", Arity = ArgumentArity.OneOrMore };
        var receipts = new Option<string>("--receipts") { Description = "The folder for the receipts, which go back to the region.", HelpName = "FOLDER", Required = true };
        var command = new Command(
            "import-batches",
            "Take in the files of regions without a line, and write their receipts. A file that comes twice or late does no harm."
                + $"{Environment.NewLine}{Environment.NewLine}  Example: calltracking-hub import-batches /media/usb/JP-000012-batches.ct --receipts /media/usb")
        {
            files, receipts,
        };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var folder = parsed.GetRequiredValue(receipts);
            RequireWritable(folder);
            var (taken, refused) = (0, 0);
            foreach (var file in parsed.GetRequiredValue(files).OrderBy(file => MadeAt(file)).ThenBy(file => file, StringComparer.Ordinal))
            {
                if (await ImportAsync(file, folder, services, cancellationToken))
                {
                    taken++;
                }
                else
                {
                    refused++;
                }
            }

            Console.WriteLine(refused == 0 ? $"{taken} of {taken} files are done." : $"{taken} of {taken + refused} files are done; {refused} {(refused == 1 ? "needs" : "need")} a person: see above.");
            return refused == 0 ? HubExit.Done : HubExit.Failed;
        });
        return command;
    }

    public static Command Create()
    {
        var key = new Command(
            "key",
            "Print the key to which regions without a line encrypt, signed so that every enrolled region can tell that it is this hub's."
                + $"{Environment.NewLine}{Environment.NewLine}  Example: calltracking-hub transfer key > hub.key");
        key.SetHubAction(async (_, services, cancellationToken) =>
        {
            var identity = await services.GetRequiredService<IdentitySource>().GetAsync(cancellationToken);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var signed = TransferKeySigner.Sign(
                new TransferKey { PublicKey = ByteString.CopyFrom(identity.TransferKey.ExportSubjectPublicKeyInfo()), SignedAt = Timestamp.FromDateTimeOffset(now) }, identity.PolicySigningKey);
            Console.WriteLine(Convert.ToBase64String(signed.ToByteArray()));
            return HubExit.Done;
        });
        return new Command("transfer", "Regions without a line.") { key };
    }

    private static async Task<bool> ImportAsync(string file, string folder, IServiceProvider services, CancellationToken cancellationToken)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var shown = clock.GetTimestamp();
        try
        {
            var outcome = await services.GetRequiredService<TransferImport>().ImportAsync(file, folder, count =>
            {
                if (clock.GetElapsedTime(shown) > Beat)
                {
                    shown = clock.GetTimestamp();
                    Console.Error.WriteLine($"{file}: {count} so far");
                }
            }, cancellationToken);
            (outcome.IsTaken ? Console.Out : Console.Error).WriteLine(outcome.Receipts is { } receipts ? $"{outcome.Words}; receipts: {receipts}" : outcome.Words);
            return outcome.IsTaken;
        }
        catch (TransferException unusable)
        {
            await Console.Error.WriteLineAsync($"{file}: {unusable.Message} Nothing was taken from it.");
        }
        catch (RpcException refused)
        {
            await Console.Error.WriteLineAsync($"{file}: {refused.Detail} What was stored of it stays; imported again, it goes on from there.");
        }

        return false;
    }

    // Oldest first, so that each finds the hub as it was left; what cannot be read comes first and is told.
    private static DateTimeOffset MadeAt(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return TransferFile.Open(stream).Header.MadeAt?.ToDateTimeOffset() ?? default;
        }
        catch (Exception unreadable) when (unreadable is TransferException or ArgumentException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>After everything is stored is too late to learn that its receipts have no place.</summary>
    private static void RequireWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"--receipts: nothing can be written to {Path.GetFullPath(folder)} ({refused.Message}) Nothing was imported.", HubExit.Usage, refused);
        }
    }
}
