using CallTracking.Contracts;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Cases;

/// <summary>
/// A filter and a scope as a condition on <c>cases</c>. The text is put together from the constants of this class only; every
/// value that came from outside is a parameter.
/// </summary>
internal sealed class CaseConditions
{
    private readonly List<string> _clauses = [];
    private readonly List<NpgsqlParameter> _parameters = [];

    private CaseConditions()
    {
    }

    /// <summary>Conditions joined by <c>and</c>; never empty.</summary>
    public string Where => _clauses.Count == 0 ? "true" : string.Join(" and ", _clauses);

    public static CaseConditions Of(CaseFilter filter, CaseScope scope)
    {
        var conditions = new CaseConditions();
        if (scope.Regions is { } regions)
        {
            conditions._clauses.Add($"region = any({conditions.Parameter(regions)})");
        }

        conditions.AnyOf("region", filter.Regions);
        conditions.AnyCountry(filter.Countries);
        conditions.AnyOf("status", filter.Statuses);
        conditions.AnyOf("priority", filter.Priorities);
        conditions.AnyOf("channel", filter.Channels);
        conditions.AnyOf("kind", filter.Kinds);
        conditions.AnyOf("product_category", filter.ProductCategories);
        conditions.AnyOf("product_model", filter.ProductModels);
        conditions.AnyOf("language", filter.Languages);
        conditions.AnyOf("brand", filter.Brands);
        conditions.AnyOf("inquiry_type", filter.InquiryTypes);
        if (filter.Hazards.Count > 0)
        {
            conditions.And("hazards && ", conditions.Parameter(filter.Hazards.ToArray()));
        }

        conditions.AnyConcept(filter.Concepts);
        conditions.Instant("opened_at >= ", filter.OpenedFrom);
        conditions.Instant("opened_at < ", filter.OpenedBefore);
        conditions.Instant("updated_at >= ", filter.UpdatedFrom);
        conditions.Instant("updated_at < ", filter.UpdatedBefore);
        return conditions;
    }

    /// <summary>Adds a parameter and answers its place in the text: <c>$3</c>.</summary>
    public string Parameter<T>(T value, NpgsqlDbType? type = null)
    {
        var parameter = new NpgsqlParameter<T> { TypedValue = value };
        if (type is { } known)
        {
            parameter.NpgsqlDbType = known;
        }

        _parameters.Add(parameter);
        return FormattableString.Invariant($"${_parameters.Count}");
    }

    /// <summary>A command that takes over the parameters; make one per conditions.</summary>
    public NpgsqlCommand ToCommand(NpgsqlDataSource dataSource, string sql)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var parameter in _parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private void And(string condition, string parameter) => _clauses.Add(condition + parameter);

    private void AnyOf(string column, RepeatedField<string> values)
    {
        if (values.Count > 0)
        {
            And(column, $" = any({Parameter(values.ToArray())})");
        }
    }

    private void AnyOf<TCode>(string column, RepeatedField<TCode> values)
        where TCode : struct, System.Enum
    {
        if (values.Count > 0)
        {
            And(column, $" = any({Parameter(values.Select(value => (int)(object)value).ToArray())})");
        }
    }

    // "US" means the whole country, wherever law is subnational: US, US-CA, US-NY.
    private void AnyCountry(RepeatedField<string> values)
    {
        if (values.Count > 0)
        {
            var parameter = Parameter(values.ToArray());
            _clauses.Add($"(customer_country = any({parameter}) or left(customer_country, 2) = any({parameter}))");
        }
    }

    // A code alone means that of every dictionary. What the condition says of empty lists lets the index be used.
    private void AnyConcept(RepeatedField<string> values)
    {
        if (values.Count > 0)
        {
            var parameter = Parameter(values.ToArray());
            _clauses.Add($"(concepts <> '{{}}' and concepts && (select array_agg(d.name || ':' || c) || {parameter} from (select distinct name from dictionary_version) d right join unnest({parameter}) c on true))");
        }
    }

    private void Instant(string condition, Timestamp? value)
    {
        if (value is not null)
        {
            And(condition, Parameter(value.ToDateTimeOffset()));
        }
    }
}
