namespace CallTracking.Mapping.Proposals;

/// <summary>What values a field of the case can take, as far as a sample shows it.</summary>
internal enum FieldKind
{
    Text,
    Prose,
    Name,
    Time,
    Date,
    Word,
    Email,
    Phone,
    Score,
    Money,
}

/// <summary>The kinds of the fields that are proposed, and the data class of a column that only resembles one.</summary>
internal static class FieldKinds
{
    /// <summary>What begins so in the dictionary is no field but a data class of columns that have none.</summary>
    public const string OnlyClass = "class=";

    /// <summary>What is no field of the case by itself.</summary>
    public static bool IsField(string key) => !key.Contains('=', StringComparison.Ordinal);

    /// <summary>Fields that take several columns.</summary>
    public static readonly IReadOnlySet<string> Lists = new HashSet<string>
    {
        "customer.emails", "customer.phones", "customer.addresses.lines", "incident_address.lines", "customer.payments", "customer.ip_addresses", "tags",
    };

    public static FieldKind Of(string target) => target switch
    {
        "opened" or "updated" or "closed" or "last_contact" or "repair.received" or "repair.diagnosed" or "repair.repaired" or "repair.returned" => FieldKind.Time,
        "product.purchased_on" or "customer.birth_date" => FieldKind.Date,
        "status" or "priority" or "channel" or "kind" or "repair.warranty" or "customer_country" or "customer.gender" => FieldKind.Word,
        "customer.emails" => FieldKind.Email,
        "customer.phones" => FieldKind.Phone,
        "satisfaction.csat" or "satisfaction.nps" => FieldKind.Score,
        "repair.cost" => FieldKind.Money,
        "subject" or "description" or "resolution" or "satisfaction.comment" or "repair.symptom" or "repair.action" => FieldKind.Prose,
        "customer.name" or "agent.name" or "customer.addresses.locality" or "customer.addresses.area" or "inquiry_type" => FieldKind.Name,
        _ => FieldKind.Text,
    };

    /// <summary>The word that a mapping writes; null where nothing can be said.</summary>
    public static string? ClassOf(string target) => target switch
    {
        "customer.name" or "customer.name_reading" => "name",
        "agent.id" or "agent.name" => "employee",
        "customer.emails" => "email",
        "customer.phones" => "phone",
        "customer.number" => "customer_number",
        "case_number" => "case_number",
        "product.serial" => "serial_number",
        "customer.addresses.lines" or "incident_address.lines" => "postal_address",
        "customer.addresses.postcode" or "incident_address.postcode" => "postcode",
        "customer.addresses.locality" or "customer.addresses.area" => "locality",
        "customer.birth_date" => "birth_date",
        "customer.gender" => "gender",
        "customer.organisation" => "organisation",
        "customer.payments" => "payment",
        "customer.national_ids" => "national_id",
        "customer.ip_addresses" => "ip_address",
        "product.purchased_on" => "personal_date",
        "name=given" or "name=family" => "unspecified",
        _ when target.StartsWith(OnlyClass, StringComparison.Ordinal) => target[OnlyClass.Length..],
        _ when Of(target) == FieldKind.Prose || target == "tags" => "free_text",
        _ => null,
    };
}
