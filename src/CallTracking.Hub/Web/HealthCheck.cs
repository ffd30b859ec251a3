using CallTracking.Hub.Cases;
using CallTracking.Hub.People;
using CallTracking.Hub.Storage;
using Npgsql;

namespace CallTracking.Hub.Web;

/// <summary><c>/healthz</c>: 200 when the database answers and has the schema of this build, else 503 and why.</summary>
internal static class HealthCheck
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/healthz", AnswerAsync).Through(Door.Anyone);

    private static async Task AnswerAsync(HttpContext http, SchemaMigrator schema)
    {
        try
        {
            await schema.RequireCurrentAsync(http.RequestAborted);
            await ApiQuery.WriteJsonAsync(http, json =>
            {
                json.WriteStartObject();
                json.WriteString("status", "ok");
                json.WriteString("schema", MigrationFile.OfThisBuild[^1].Name);
                json.WriteEndObject();
            });
        }
        catch (HubException wrong)
        {
            await ApiProblem.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "The database has another schema.", wrong.Message);
        }
        catch (NpgsqlException)
        {
            await ApiProblem.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "The database does not answer.", "Is PostgreSQL running, and is the hub's connection right?");
        }
    }
}
