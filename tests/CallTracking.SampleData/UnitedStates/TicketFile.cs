using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.UnitedStates;

/// <summary>A help desk's JSON export: one document with all tickets, or one ticket per line.</summary>
internal sealed class TicketFile(Storyteller storyteller, bool jsonLines) : RegionFile(storyteller), IDisposable
{
    private const long CategoryField = 360001;
    private const long ModelField = 360002;
    private const long SerialField = 360003;
    private const long PurchasedField = 360004;
    private const long LotField = 360005;
    private const long HazardField = 360006;
    private const long TestField = 360007;

    private static readonly string[] CategoryValues =
        ["power_bank", "camera", "vacuum", "router", "headphones", "shaver", "space_heater", "printer"];

    private static readonly string[] HazardValues = ["smoke", "swelling", "burn", "fire", "electric_shock"];

    private static readonly byte[] NoUtf8 = [(byte)'"', 0xFF, 0xFE, (byte)'"'];

    private readonly Utf8JsonWriter _json = new(
        Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private bool _isFirst = true;

    // A document has no blank rows.
    public override bool CanHold(Quirk quirk) => quirk != Quirk.Blank || jsonLines;

    public override void Begin(IBufferWriter<byte> output)
    {
        if (!jsonLines)
        {
            output.Write("{\"tickets\":["u8);
        }
    }

    public override void Row(IBufferWriter<byte> output, CaseDraft draft, Quirk quirk)
    {
        if (!jsonLines)
        {
            output.Write(_isFirst ? "\n"u8 : ",\n"u8);
            _isFirst = false;
        }

        _json.Reset(output);
        WriteTicket(draft, quirk);
        _json.Flush();
        if (jsonLines)
        {
            output.Write("\n"u8);
        }
    }

    public override void BlankRow(IBufferWriter<byte> output) => output.Write("\n"u8);

    public override void End(IBufferWriter<byte> output)
    {
        if (!jsonLines)
        {
            output.Write("\n]}\n"u8);
        }
    }

    public void Dispose() => _json.Dispose();

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void WriteTicket(CaseDraft draft, Quirk quirk)
    {
        var timeline = draft.Timeline;
        _json.WriteStartObject();
        if (quirk != Quirk.MissingKey)
        {
            _json.WriteNumber("id", long.Parse(draft.LocalId, CultureInfo.InvariantCulture));
            draft.Plant(DataClass.CaseNumber, "case_number", draft.LocalId);
        }

        if (quirk == Quirk.Undecodable)
        {
            _json.WritePropertyName("external_id");
            _json.WriteRawValue(NoUtf8, skipInputValidation: true);
        }

        _json.WriteString("created_at", Instant(timeline.Opened));
        _json.WriteString("updated_at", Instant(timeline.Updated));
        _json.WriteString("type", draft.Repair is null ? "question" : "problem");
        _json.WriteString("status", quirk == Quirk.UnknownStatus ? "escalated_tier_9" : StatusWord(timeline.Status));
        _json.WriteString("priority", draft.Priority.ToString().ToLowerInvariant());
        _json.WriteStartObject("via");
        _json.WriteString("channel", draft.Channel switch
        {
            Channel.Phone => "voice",
            Channel.Email => "email",
            Channel.Chat => "chat",
            Channel.Social => "facebook",
            _ => "web",
        });
        _json.WriteEndObject();
        _json.WriteString("subject", draft.Subject);
        _json.WriteString("description", draft.Description);
        WriteRequester(draft);
        WriteAssignee(draft);
        WriteTags(draft);
        WriteCustomFields(draft, quirk);
        WriteComments(draft);
        WriteSatisfaction(draft);
        _json.WriteStartObject("metric_set");
        if (timeline.Closed is { } closed)
        {
            _json.WriteString("solved_at", Instant(closed));
        }
        else
        {
            _json.WriteNull("solved_at");
        }

        _json.WriteNumber("replies", draft.Remarks.Count);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRequester(CaseDraft draft)
    {
        var person = draft.Customer;
        _json.WriteStartObject("requester");
        Personal(draft, "id", DataClass.CustomerNumber, "customer.number", person.Number);
        Personal(draft, "name", DataClass.Name, "customer.name", person.Full);
        Personal(draft, "email", DataClass.Email, "customer.emails", person.Email);
        Personal(draft, "phone", DataClass.Phone, "customer.phones", person.Phone);
        _json.WriteString("locale", person.Country[..2] == "CA" ? "en-CA" : "en-US");
        _json.WriteStartObject("address");
        Personal(draft, "line1", DataClass.PostalAddress, "customer.addresses.lines", person.Street);
        Personal(draft, "city", DataClass.Locality, "customer.addresses.locality", person.City);
        Personal(draft, "state", DataClass.Locality, "customer.addresses.area", person.Area);
        Personal(draft, "postcode", DataClass.Postcode, "customer.addresses.postcode", person.Postcode);
        _json.WriteString("country", person.Country[..2]);
        _json.WriteString("subdivision", person.Country);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteAssignee(CaseDraft draft)
    {
        _json.WriteStartObject("assignee");
        Personal(draft, "id", DataClass.Employee, "agent.id", draft.Handler.Id);
        Personal(draft, "name", DataClass.Employee, "agent.name", draft.Handler.Name);
        _json.WriteEndObject();
    }

    private void WriteTags(CaseDraft draft)
    {
        _json.WriteStartArray("tags");
        _json.WriteStringValue(CategoryValues[draft.Model.Category]);
        if (draft.Hazard is not null)
        {
            _json.WriteStringValue("safety");
        }

        if (draft.InWarranty)
        {
            _json.WriteStringValue("in_warranty");
        }

        _json.WriteEndArray();
    }

    private void WriteCustomFields(CaseDraft draft, Quirk quirk)
    {
        _json.WriteStartArray("custom_fields");
        Custom(CategoryField, CategoryValues[draft.Model.Category]);
        Custom(ModelField, draft.Model.Name);
        Custom(SerialField, draft.Serial);
        Custom(PurchasedField, draft.PurchasedOn.ToString("O", CultureInfo.InvariantCulture));
        Custom(LotField, draft.Lot);
        Custom(HazardField, draft.Hazard is { } hazard ? HazardValues[hazard] : null);
        Custom(TestField, quirk == Quirk.Filtered ? "yes" : "no");
        _json.WriteEndArray();
        draft.Plant(DataClass.SerialNumber, "product.serial", draft.Serial);
        draft.Plant(DataClass.PersonalDate, "product.purchased_on", draft.PurchasedOn.ToString("O", CultureInfo.InvariantCulture));
    }

    private void WriteComments(CaseDraft draft)
    {
        _json.WriteStartArray("comments");
        var number = 1;
        foreach (var remark in draft.Remarks)
        {
            _json.WriteStartObject();
            _json.WriteNumber("id", number++);
            _json.WriteString("author_role", remark.Author == Author.Customer ? "end-user" : "agent");
            _json.WriteBoolean("public", remark.Author != Author.InternalNote);
            _json.WriteString("created_at", Instant(remark.At));
            _json.WriteString("body", remark.Body);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteSatisfaction(CaseDraft draft)
    {
        _json.WriteStartObject("satisfaction_rating");
        _json.WriteString("score", draft.Satisfaction switch { null => "unoffered", >= 4 => "good", <= 2 => "bad", _ => "offered" });
        if (draft.SatisfactionComment is { } comment)
        {
            _json.WriteString("comment", comment);
        }

        _json.WriteEndObject();
    }

    private void Personal(CaseDraft draft, string name, DataClass dataClass, string place, string? value)
    {
        _json.WriteString(name, value);
        draft.Plant(dataClass, place, value);
    }

    private void Custom(long id, string? value)
    {
        _json.WriteStartObject();
        _json.WriteNumber("id", id);
        _json.WriteString("value", value);
        _json.WriteEndObject();
    }

    private static string StatusWord(CaseStatus status) => status switch
    {
        CaseStatus.New => "new",
        CaseStatus.Open => "open",
        CaseStatus.PendingCustomer => "pending",
        CaseStatus.OnHold => "hold",
        CaseStatus.Resolved => "solved",
        CaseStatus.Closed => "closed",
        CaseStatus.Cancelled => "deleted",
        _ => throw new System.Diagnostics.UnreachableException(status.ToString()),
    };
}
