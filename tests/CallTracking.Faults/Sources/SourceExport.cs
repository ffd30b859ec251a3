using System.Globalization;
using System.Text;

namespace CallTracking.Faults.Sources;

/// <summary>The file that a help desk writes, and the mapping by which the agent reads it.</summary>
internal static class SourceExport
{
    // Lately, since headquarters keeps no case past its time; a round is a minute.
    private static readonly DateTimeOffset Began = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero).AddDays(-2);

    /// <summary>The mapping file's text.</summary>
    /// <param name="country">ISO 3166-1 of the customers.</param>
    public static string Mapping(string country) => $$"""
        source: desk
        format: {type: delimited, encoding: utf-8, delimiter: ";", quote: '"'}
        time_zone: UTC
        key: id
        updated: updated
        fields:
          case_number: id
          kind: {const: inquiry}
          customer_country: {const: {{country}}}
          language: {const: en}
          opened: opened
          updated: updated
          closed: closed
          status: {from: status, values: {open: open, solved: resolved} }
          product.model: model
          product.firmware: firmware
          subject: subject
          description: description
          customer.number: number
          customer.name: name
          customer.emails: email

        """;

    /// <summary>Writes the file as a careful help desk does: under its name when it is whole.</summary>
    public static void Write(string path, IEnumerable<SourceCase> cases)
    {
        using (var file = new StreamWriter(path + ".part", append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            file.Write("id;opened;updated;closed;status;model;firmware;subject;description;number;name;email\n");
            foreach (var one in cases)
            {
                file.Write(Row(one));
            }
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    private static string Row(SourceCase one)
    {
        var updated = Time(one.ChangedIn);
        var (name, email, number) = ($"Ilse {one.Canary}", $"{one.Canary}@mail.example", $"K{one.Canary}");
        return string.Join(';', one.Number, Time(0), updated, one.IsOpen ? "" : updated, one.IsOpen ? "open" : "solved", one.Model, one.Firmware,
            $"{one.Model} of {name}", $"\"The appliance hums. {name} ({email}, {number}) asks for a visit; this is entry {one.Version}.\"", number, name, email) + "\n";
    }

    private static string Time(int round) => Began.AddMinutes(round).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
