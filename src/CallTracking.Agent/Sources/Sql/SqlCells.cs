using System.Buffers;
using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Text;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>Puts the cells of a database's row into a feed's: numbers and times in invariant form, nothing guessed.</summary>
internal static class SqlCells
{
    /// <summary>PostgreSQL's time behind all others, as text.</summary>
    public const string Endless = "infinity";

    /// <summary>The one before all others.</summary>
    public const string EndlessPast = "-infinity";

    private const string Shape = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Adds one cell; gives its value where that is a scalar.</summary>
    public static object? Add(FeedRow row, DbDataReader reader, int ordinal, SqlProvider provider)
    {
        try
        {
            return TryAdd(row, reader, ordinal, provider);
        }
        catch (DecoderFallbackException)
        {
            row.AddRefused(RejectReason.Undecodable, "holds bytes that are no UTF-8.");
        }
        catch (Exception unfit) when (unfit is InvalidCastException or InvalidOperationException or OverflowException or FormatException or NotSupportedException or ArgumentException)
        {
            row.AddRefused(RejectReason.BadValue, $"holds a value of the type {reader.GetDataTypeName(ordinal)} that is neither text, number nor time here (years 1 to 9999): cast it to text in the query.");
        }

        return null;
    }

    private static object? TryAdd(FeedRow row, DbDataReader reader, int ordinal, SqlProvider provider)
    {
        if (reader.IsDBNull(ordinal))
        {
            row.AddNothing();
            return null;
        }

        var type = reader.GetFieldType(ordinal);
        if (type == typeof(string))
        {
            return AddText(row, reader, ordinal, provider);
        }

        if (type == typeof(byte[]))
        {
            row.AddRefused(RejectReason.BadValue, "holds bytes, not text: leave it out of the query, or convert it there.");
            return null;
        }

        var value = provider.ValueOf(reader, ordinal);
        AddValue(row, value);
        return value;
    }

    private static string? AddText(FeedRow row, DbDataReader reader, int ordinal, SqlProvider provider)
    {
        var text = provider.TextOf(reader, ordinal, row.Room);
        if (text is null)
        {
            row.AddTooLarge();
            return null;
        }

        if (text.Contains('\uFFFD', StringComparison.Ordinal) && provider.BytesOf(reader, ordinal) is { } bytes)
        {
            Strict.GetCharCount(bytes);
        }

        row.AddText(text);
        return text;
    }

    /// <summary>The text, or null when it is longer than there is room: then the rest of it is not held.</summary>
    public static string? ReadText(DbDataReader reader, int ordinal, int room)
    {
        using var text = reader.GetTextReader(ordinal);
        var buffer = ArrayPool<char>.Shared.Rent(4096);
        try
        {
            var read = text.ReadBlock(buffer);
            if (read < buffer.Length)
            {
                return new string(buffer, 0, read);
            }

            var whole = new StringBuilder();
            for (; read > 0 && whole.Length <= room; read = text.ReadBlock(buffer))
            {
                whole.Append(buffer, 0, read);
            }

            return whole.Length <= room ? whole.ToString() : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static void AddValue(FeedRow row, object value)
    {
        switch (value)
        {
            case bool flag:
                row.AddFlag(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal or float or double or System.Numerics.BigInteger:
                row.AddNumber(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case BitArray bits:
                row.AddText(string.Concat(bits.Cast<bool>().Select(bit => bit ? '1' : '0')));
                break;
            case string text:
                row.AddText(text);
                break;
            case byte[]:
                row.AddRefused(RejectReason.BadValue, "holds bytes, not text: leave it out of the query, or convert it there.");
                break;
            case IEnumerable items when value is not IDictionary && value.GetType() != typeof(object[]):
                AddItems(row, items);
                break;
            default:
                row.AddText(TextOf(value) ?? throw new InvalidCastException());
                break;
        }
    }

    private static void AddItems(FeedRow row, IEnumerable items)
    {
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (item is not null and not DBNull)
            {
                texts.Add(TextOf(item) ?? throw new InvalidCastException());
            }
        }

        row.AddList(texts);
    }

    /// <summary>Null for what has no text of its own.</summary>
    private static string? TextOf(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset at => at.ToString(Shape + "zzz", CultureInfo.InvariantCulture),
        DateTime endless when endless == DateTime.MaxValue || endless == DateTime.MinValue => endless == DateTime.MaxValue ? Endless : EndlessPast,
        DateTime { Kind: DateTimeKind.Unspecified } local => local.ToString(Shape, CultureInfo.InvariantCulture),
        DateTime at => at.ToUniversalTime().ToString(Shape, CultureInfo.InvariantCulture) + "Z",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        char sign => sign.ToString(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        System.Net.IPAddress or System.Net.NetworkInformation.PhysicalAddress => value.ToString(),
        _ => null,
    };
}
