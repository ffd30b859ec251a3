using CallTracking.SchemaLock;

if (args is not [("check" or "update") and var verb, var path])
{
    Console.Error.WriteLine("usage: calltracking-schemalock check|update FILE");
    return 2;
}

var current = SchemaLines.Current();
var locked = File.Exists(path) ? await File.ReadAllLinesAsync(path) : [];
var comparison = LockComparison.Of(locked, current);
foreach (var line in comparison.Breaking)
{
    Console.Error.WriteLine($"schema.lock: error: breaking change of the contract: '{line}' is gone or different. Keep it, or reserve its number and name.");
}

if (comparison.Breaking.Count > 0)
{
    return 1;
}

if (verb == "update")
{
    await File.WriteAllLinesAsync(path, current);
    Console.WriteLine($"schema.lock: {current.Count} lines, {comparison.Unlocked.Count} new.");
    return 0;
}

foreach (var line in comparison.Unlocked)
{
    Console.Error.WriteLine($"schema.lock: error: not locked yet: '{line}'. Run ops/schema-lock and commit proto/schema.lock.");
}

return comparison.Unlocked.Count > 0 ? 1 : 0;
