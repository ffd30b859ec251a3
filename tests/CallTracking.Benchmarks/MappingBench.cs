using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CsvHelper;
using Spectre.Console;

namespace CallTracking.Benchmarks;

/// <summary>
/// Read, map and encode of the same cases of about 1 KB in each kind of text, on one core and without disk, against a bare read of the
/// same bytes by a fast reader that makes nothing of them. Each figure is the best of several rounds.
/// </summary>
internal sealed class MappingBench(int megabytes, TimeSpan time, string only)
{
    private const string Fields = """
        updated: updated
        fields:
          case_number: id
          opened: opened
          closed: closed
          status: {from: status, values: {Open: open, Solved: resolved, Closed: closed}}
          channel: {from: channel, values: {phone: phone, mail: email, web: web_form}}
          priority: {from: priority, values: {"1": urgent, "2": high, "3": normal, "4": low}}
          customer_country: country
          customer.number: customer
          customer.name: name
          customer.emails: email
          customer.phones: phone
          customer.addresses.lines: street
          customer.addresses.locality: city
          customer.addresses.postcode: postcode
          product.category: category
          product.model: model
          product.serial: serial
          subject: subject
          description: description
          resolution: resolution
          satisfaction.csat: {from: csat, scale: [1, 5]}
          agent.name: agent
        """;

    private const int Description = 18;

    private static readonly string[] Columns =
    [
        "id", "opened", "updated", "closed", "status", "channel", "priority", "country", "customer", "name", "email", "phone", "street", "city", "postcode",
        "category", "model", "serial", "description", "subject", "resolution", "csat", "agent",
    ];

    private readonly Table _table = new Table { Border = TableBorder.None }.AddColumns("read, map and encode rows of 1 KB, one core", "MB/s", "ratio");

    private readonly MessageBuffer _output = new(64 * 1024);

    public int Run()
    {
        Measure("CSV", Delimited, "{type: delimited}", BareCsv);
        Measure("fixed width", FixedWidth, "{type: fixed, columns: [" + string.Join(", ", Columns.Select((name, index) => $"{{name: {name}, width: {Width(index)}}}")) + "]}", bare: null);
        Measure("JSON, an array", () => Json(array: true), "{type: json}", BareJson);
        Measure("JSON lines", () => Json(array: false), "{type: jsonl}", BareJson);
        Measure("XML", Xml, "{type: xml, records: cases/case}", bare: null);
        AnsiConsole.Write(_table);
        AnsiConsole.WriteLine("Ratios are against the bare read above them: CsvHelper's Read and Utf8JsonReader's Read over the same bytes.");
        return 0;
    }

    private void Measure(string kind, Func<byte[]> make, string format, Action<byte[]>? bare)
    {
        if (!kind.StartsWith(only, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var content = make();
        var load = SourceMapping.Parse("bench.yaml", $"source: bench\nformat: {format}\ntime_zone: Etc/UTC\nkey: id\n{Fields}");
        var mapping = load.Mapping ?? throw new InvalidOperationException(string.Join('\n', load.Faults));
        var (best, bestBare) = (TimeSpan.MaxValue, TimeSpan.MaxValue);

        // Rounds enough for the code to be compiled for good; in turns, so that a machine that is faster at one time than at another is so for both.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < (bare is null ? 1 : 2) * time;)
        {
            bestBare = bare is null ? bestBare : Faster(bestBare, content, bare);
            best = Faster(best, content, bytes => Map(mapping, bytes));
        }

        if (bare is not null)
        {
            Row($"  a bare read of {kind}", Rate(content, bestBare), null);
        }

        Row(kind, Rate(content, best), bare is null ? null : bestBare / best);
    }

    private void Map(SourceMapping mapping, byte[] content)
    {
        using var reader = mapping.OpenReader(new MemoryStream(content), "cases");
        while (true)
        {
            // Memory never waits, so neither does the reader.
            var read = reader.ReadAsync(CancellationToken.None);
            var outcome = read.IsCompletedSuccessfully ? read.Result : read.AsTask().GetAwaiter().GetResult();
            if (outcome is null)
            {
                return;
            }

            var value = outcome is RowOutcome.Mapped mapped ? mapped.Case : throw new InvalidOperationException($"A row of the benchmark was not mapped: {(outcome as RowOutcome.Rejected)?.Field} {(outcome as RowOutcome.Rejected)?.Message}");
            // As the agent does.
            _output.Encode(value);
        }
    }

    private static void BareCsv(byte[] content)
    {
        using var reader = CsvReader.Create(new MemoryStream(content), new CsvReaderOptions());
        var letters = 0;
        while (reader.Read())
        {
            for (var column = 0; column < Columns.Length; column++)
            {
                letters += reader.GetString(column).Length;
            }
        }
    }

    private static void BareJson(byte[] content)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            // Nothing is made of it.
        }
    }

    private static TimeSpan Faster(TimeSpan best, byte[] content, Action<byte[]> work)
    {
        var start = Stopwatch.GetTimestamp();
        work(content);
        var took = Stopwatch.GetElapsedTime(start);
        return took < best ? took : best;
    }

    private static double Rate(byte[] content, TimeSpan took) => content.Length / 1e6 / took.TotalSeconds;

    private void Row(string what, double rate, double? ratio) => _table.AddRow(
        what.EscapeMarkup(), rate.ToString("N0", CultureInfo.InvariantCulture), ratio?.ToString("0.000", CultureInfo.InvariantCulture) ?? string.Empty);

    private IEnumerable<string[]> Records()
    {
        for (var index = 0; index < megabytes * 1000; index++)
        {
            var description = string.Concat(Enumerable.Repeat("The appliance hums after an hour, then smells of warm plastic. ", 7 + (index % 5)));
            yield return
            [
                Invariant($"{100000 + index}"), Invariant($"2026-{1 + (index % 12):00}-{1 + (index % 28):00}T09:{index % 60:00}:00Z"),
                Invariant($"2026-12-{1 + (index % 28):00}T19:{index % 60:00}:00Z"), string.Empty, (index % 3) switch { 0 => "Open", 1 => "Solved", _ => "Closed" },
                (index % 3) switch { 0 => "phone", 1 => "mail", _ => "web" }, Invariant($"{1 + (index % 4)}"), "DE", Invariant($"K-{index:0000000}"),
                "Jordan Example", Invariant($"jordan.example{index}@example.com"), "+49 30 23125 000", "Example Street 17b", "Musterstadt", "12345", "Power banks",
                Invariant($"PB-{index % 50}"), Invariant($"SN{index:00000000}X"), description, "It hums \"loudly\", mostly", "Replaced under warranty, returned by parcel",
                Invariant($"{1 + (index % 5)}"), "Agent Seven",
            ];
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private byte[] Delimited() => Text(write =>
    {
        write(string.Join(',', Columns) + "\n");
        foreach (var record in Records())
        {
            write(string.Join(',', record.Select(cell => cell.AsSpan().ContainsAny('"', ',') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)) + "\n");
        }
    });

    private static int Width(int column) => column == Description ? 710 : 45;

    private byte[] FixedWidth() => Text(write =>
    {
        foreach (var record in Records())
        {
            write(string.Concat(record.Select((cell, index) => cell.PadRight(Width(index))[..Width(index)])) + "\n");
        }
    });

    private byte[] Json(bool array) => Text(write =>
    {
        var first = true;
        foreach (var record in Records())
        {
            write((array ? first ? "[" : "," : string.Empty) + JsonSerializer.Serialize(Columns.Zip(record).ToDictionary(pair => pair.First, pair => pair.Second)) + "\n");
            first = false;
        }

        write(array ? "]" : string.Empty);
    });

    private byte[] Xml() => Text(write =>
    {
        write("<cases>\n");
        foreach (var record in Records())
        {
            write("<case>" + string.Concat(Columns.Zip(record).Select(pair => $"<{pair.First}>{pair.Second}</{pair.First}>")) + "</case>\n");
        }

        write("</cases>");
    });

    private static byte[] Text(Action<Action<string>> make)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true))
        {
            make(writer.Write);
        }

        return stream.ToArray();
    }
}
