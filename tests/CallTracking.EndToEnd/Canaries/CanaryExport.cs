namespace CallTracking.EndToEnd.Canaries;

/// <summary>What a centre's help desk writes, and how its mapping reads it.</summary>
internal static class CanaryExport
{
    private static readonly string[] Columns =
    [
        "id", "updated", "status", "name", "reading", "email", "phone", "street", "postcode", "city", "birth", "number", "nationalid", "iban", "card", "handle", "ip",
        "organisation", "coordinates", "age", "employeeid", "employee", "serial", "model", "imei", "plate", "secret", "health", "income", "attachment",
        "subject", "description", "resolution", "message", "comment", "symptom", "tags",
    ];

    /// <summary>The mapping; mended, it has a word for every status.</summary>
    public static string Mapping(CanaryCentre centre, bool isMended) => $$"""
        source: desk
        format: {type: delimited, encoding: {{centre.EncodingName}}, delimiter: ";", quote: '"'}
        time_zone: UTC
        key: id
        updated: updated
        duplicates: latest
        fields:
          case_number: id
          kind: {const: repair}
          customer_country: {const: {{centre.Country}}}
          language: {const: {{centre.Language}}}
          opened: updated
          updated: updated
          status: {from: status, values: {open: open}, unknown: {{(isMended ? "on_hold" : "reject")}}}
          product.model: model
          product.serial: serial
          subject: subject
          description: description
          resolution: resolution
          messages: [{body: message, author_role: {const: customer}, author_employee: employee}]
          satisfaction.comment: comment
          repair.symptom: symptom
          tags: {from: tags, split: "|"}
          attachments: [{file_name: attachment}]
          customer.number: number
          customer.name: name
          customer.name_reading: reading
          customer.emails: email
          customer.phones: phone
          customer.addresses.lines: street
          customer.addresses.postcode: postcode
          customer.addresses.locality: city
          customer.birth_date: birth
          customer.national_ids: [{kind: {const: NATIONAL}, value: nationalid}]
          customer.payments: [iban, card]
          customer.handles: handle
          customer.ip_addresses: ip
          customer.organisation: organisation
          customer.coordinates: coordinates
          customer.age_note: age
          agent.id: employeeid
          agent.name: employee
        custom_fields:
          imei: {from: imei, class: device_id}
          plate: {from: plate, class: vehicle}
          secret: {from: secret, class: credential}
          health: {from: health, class: special_category}
          income: {from: income, class: demographic}

        """;

    /// <summary>A night's file: every row, and one that has a cell too many.</summary>
    /// <param name="centre">Gives the encoding.</param>
    /// <param name="people">A row each.</param>
    /// <param name="day">When all were last changed.</param>
    /// <param name="hasHeader">False leaves the header out, as a desk does that was set up anew: then values stand where names should.</param>
    public static byte[] File(CanaryCentre centre, IReadOnlyList<CanaryPerson> people, DateOnly day, bool hasHeader = true)
    {
        var lines = people.Select(person => string.Join(';', Columns.Select(column => Cell(person, column, day)))).ToList();
        var ragged = $"{Cell(people[^1], "name", day)};{Cell(people[^1], "email", day)};{Cell(people[^1], "phone", day)}";
        IEnumerable<string> header = hasHeader ? [string.Join(';', Columns)] : [];
        return centre.Encoding.GetBytes(string.Join('\n', [.. header, .. lines, ragged]) + "\n");
    }

    private static string Cell(CanaryPerson person, string column, DateOnly day) => column == "updated"
        ? day.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
        : $"\"{person.Row[column].Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
