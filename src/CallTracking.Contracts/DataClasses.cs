using Google.Protobuf.Reflection;

namespace CallTracking.Contracts;

/// <summary>Reads the data class that the contract gives to a field.</summary>
public static class DataClasses
{
    /// <summary>
    /// The class in the field's <c>(holds)</c> option; <see cref="DataClass.Unspecified"/> when it has none.
    /// A policy treats the latter as "nobody named it" and drops the value.
    /// </summary>
    public static DataClass Of(FieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.GetOptions()?.GetExtension(OptionsExtensions.Holds) ?? DataClass.Unspecified;
    }

    /// <summary>True when a value of the class tells something about a person, or when nobody knows whether it does.</summary>
    public static bool IsPersonal(DataClass dataClass) => dataClass != DataClass.Technical;
}
