using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Hub.Access;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Commands;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Proof;

/// <summary><c>proof</c>, <c>proof verify</c>: what headquarters holds and did, for legal and auditors, signed.</summary>
internal static class ProofCommands
{
    private const int UsualCases = 10_000;
    private const string SealExtension = ".sig";
    private const string TextExtension = ".md";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "The report as JSON; beside it come FILE.md for people and FILE.sig, the signature.", HelpName = "FILE", DefaultValueFactory = _ => "proof.json" };
        var sample = new Option<int>("--cases") { Description = "How many stored cases are looked through again; 0 for all.", DefaultValueFactory = _ => UsualCases };
        var command = new Command("proof", "Writes a signed report of what is stored, in which form, under which rules, and what was removed.") { output, sample };
        command.Add(CreateVerify());
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var wanted = parsed.GetValue(sample);
            var report = await services.GetRequiredService<ProofMaker>().MakeAsync(wanted > 0 ? wanted : long.MaxValue, cancellationToken);
            var identity = await services.GetRequiredService<IdentitySource>().GetAsync(cancellationToken);
            var file = Path.GetFullPath(parsed.GetValue(output)!);
            var (json, text) = (JsonSerializer.SerializeToUtf8Bytes(report, Json), Encoding.UTF8.GetBytes(ProofText.Of(report)));
            var seal = ProofSeal.Sign(json, text, identity.PolicySigningKey);
            await WriteAsync(file, json, text, seal, cancellationToken);
            await services.GetRequiredService<NpgsqlDataSource>().NoteAsync(AuditEntry.Of(AuditCode.ProofMade, seal.JsonSha256), cancellationToken);
            Console.WriteLine($"{file}, {TextExtension} and {SealExtension}: {report.Cases.Sum(row => row.Cases):N0} cases, {report.Scan.Cases:N0} looked through again, {report.Scan.Findings.Sum(found => found.Count):N0} finds. Signed by key {seal.KeyId}.");
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateVerify()
    {
        var file = new Argument<string>("file") { Description = "The report's JSON; its .md and .sig stand beside it.", HelpName = "FILE" };
        var key = new Option<string?>("--key") { Description = "The hub's public key (SubjectPublicKeyInfo, DER), such as an agent's state/identity/policy-key.spki. Default: this hub's own.", HelpName = "FILE" };
        var command = new Command("verify", "Checks that a report is as this hub signed it.") { file, key };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return parsed.GetValue(key) is { } path
                    ? await VerifyAsync(parsed.GetValue(file)!, await File.ReadAllBytesAsync(path, cancellationToken), cancellationToken)
                    : await HubCommand.RunAsync(parsed, async options =>
                    {
                        using var identity = await HubIdentity.LoadAsync(options, TimeProvider.System, cancellationToken);
                        return await VerifyAsync(parsed.GetValue(file)!, identity.PolicySigningKey.ExportSubjectPublicKeyInfo(), cancellationToken);
                    });
            }
            catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
            {
                await Console.Error.WriteLineAsync($"The report or the key cannot be used: {unusable.Message}");
                return HubExit.Usage;
            }
        });
        return command;
    }

    private static async Task<int> VerifyAsync(string file, byte[] spki, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        var seal = ProofSeal.TryRead(await File.ReadAllBytesAsync(file + SealExtension, cancellationToken));
        var (json, text) = (await File.ReadAllBytesAsync(file, cancellationToken), await File.ReadAllBytesAsync(file + TextExtension, cancellationToken));
        var fault = seal is null ? "The .sig file is no signature of a report." : seal.Fault(json, text, key);
        if (fault is not null)
        {
            await Console.Error.WriteLineAsync($"NOT GOOD: {fault}");
            return HubExit.Failed;
        }

        Console.WriteLine($"Good: {file} and {file}{TextExtension} are as key {BundleVerifier.KeyId(spki)} signed them.");
        return HubExit.Done;
    }

    private static async Task WriteAsync(string file, byte[] json, byte[] text, ProofSeal seal, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(file, json, cancellationToken);
            await File.WriteAllBytesAsync(file + TextExtension, text, cancellationToken);
            await File.WriteAllBytesAsync(file + SealExtension, seal.ToJson(), cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"The report cannot be written ({refused.Message}). Make its folder, or name another file with --out.", HubExit.Usage, refused);
        }
    }
}
