using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Contracts;

namespace CallTracking.SampleData;

/// <summary>Truth as JSON lines. Names of enumerations are those of the contract, without their prefix.</summary>
internal sealed class TruthWriter : IDisposable
{
    private static readonly string[] ClassNames =
        [.. Enum.GetValues<DataClass>().OrderBy(dataClass => (int)dataClass).Select(dataClass => ContractName(dataClass.ToString()))];

    private readonly ArrayBufferWriter<byte> _buffer = new();

    private readonly Utf8JsonWriter _json = new(
        Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Write(CaseTruth truth)
    {
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("local_id", truth.LocalId);
        _json.WriteString("customer_country", truth.CustomerCountry);
        _json.WriteString("product_category", truth.ProductCategory);
        _json.WriteString("model", truth.Model);
        _json.WriteString("status", NameOf(truth.Status));
        _json.WriteString("opened", truth.Opened.UtcDateTime);
        _json.WriteString("updated", truth.Updated.UtcDateTime);
        if (truth.Closed is { } closed)
        {
            _json.WriteString("closed", closed.UtcDateTime);
        }

        if (truth.Hazard is { } hazard)
        {
            _json.WriteString("hazard", hazard);
        }

        _json.WriteNumber("changed_in_night", truth.ChangedInNight);
        _json.WriteStartArray("planted");
        foreach (var planted in truth.Planted)
        {
            _json.WriteStartObject();
            _json.WriteString("class", NameOf(planted.Class));
            _json.WriteString("place", planted.Place);
            _json.WriteString("value", planted.Value);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
    }

    public void Dispose() => _json.Dispose();

    private static string NameOf(CaseStatus status) => status switch
    {
        CaseStatus.New => "NEW",
        CaseStatus.Open => "OPEN",
        CaseStatus.PendingCustomer => "PENDING_CUSTOMER",
        CaseStatus.OnHold => "ON_HOLD",
        CaseStatus.Resolved => "RESOLVED",
        CaseStatus.Closed => "CLOSED",
        CaseStatus.Cancelled => "CANCELLED",
        _ => "UNSPECIFIED",
    };

    private static string NameOf(DataClass dataClass) => ClassNames[(int)dataClass];

    /// <summary>Upper case with a mark before each inner capital: CaseNumber becomes CASE_NUMBER.</summary>
    private static string ContractName(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsAsciiLetterUpper(letter) ? $"_{letter}" : char.ToUpperInvariant(letter).ToString()));
}
