using System.Collections;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.SampleData;

/// <summary>Is a mapped case what the truth says, field by field?</summary>
public static class CaseComparison
{
    /// <summary>What differs, by field and class; it never holds a value. Empty when the case is as it must be.</summary>
    /// <param name="truth">What the case must become.</param>
    /// <param name="found">What the mapping made, before any policy.</param>
    /// <param name="updated">The source's own time of the last change.</param>
    public static IEnumerable<string> Differences(CaseTruth truth, Case found, DateTimeOffset? updated)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(found);
        (string Field, bool IsSame)[] fields =
        [
            ("customer_country", truth.CustomerCountry == found.CustomerCountry),
            ("product.category", truth.ProductCategory == found.Product?.Category),
            ("product.model", truth.Model == found.Product?.Model),
            ("status", truth.Status == found.Status),
            ("opened", truth.Opened == found.Opened?.At.ToDateTimeOffset()),
            ("updated", truth.Updated == updated),
            ("closed", truth.Closed == found.Closed?.At.ToDateTimeOffset()),
            ("hazards", found.Hazards.SequenceEqual(truth.Hazard is { } hazard ? [hazard] : [])),
        ];
        return fields.Where(field => !field.IsSame).Select(field => field.Field).Concat(PlantedDifferences(truth, found));
    }

    private static IEnumerable<string> PlantedDifferences(CaseTruth truth, Case found)
    {
        var texts = Texts(found).ToList();
        foreach (var planted in truth.Planted)
        {
            if (planted.Place == Planted.Text)
            {
                if (!texts.Exists(text => text.Contains(planted.Value, StringComparison.Ordinal)))
                {
                    yield return $"a text lacks a value of the class {planted.Class}";
                }
            }
            else if (At(found, planted.Place) is var (field, value) && (value != planted.Value || field is null || DataClasses.Of(field) != planted.Class))
            {
                yield return $"{planted.Place} as {planted.Class}";
            }
        }
    }

    /// <summary>The clear text at a path of the contract; of lists the first element.</summary>
    private static (FieldDescriptor? Field, string? Value) At(Case found, string place)
    {
        IMessage? message = found;
        FieldDescriptor? last = null;
        foreach (var name in place.Split('.'))
        {
            last = message?.Descriptor.FindFieldByName(name);
            var value = last?.Accessor.GetValue(message);
            message = value is IList list ? list.Count > 0 ? (IMessage)list[0]! : null : (IMessage?)value;
        }

        return (last, (message as PersonalText)?.Clear);
    }

    private static IEnumerable<string> Texts(Case found) =>
        [
            found.Subject?.Clear ?? string.Empty, found.Description?.Clear ?? string.Empty, found.Resolution?.Clear ?? string.Empty,
            found.Satisfaction?.Comment?.Clear ?? string.Empty, .. found.Messages.Select(message => message.Body?.Clear ?? string.Empty),
        ];
}
