using Microsoft.AspNetCore.Http.Features;

namespace CallTracking.Hub.People;

/// <summary>What a form of ours sent: a field by its name, an absent one empty.</summary>
internal sealed class FormFields
{
    private const int MostFields = 10;

    private readonly IFormCollection _fields;

    private FormFields(IFormCollection fields) => _fields = fields;

    public string this[string name] => _fields[name].ToString();

    /// <summary>No field at all where no form came, or one that cannot be read.</summary>
    public static async Task<FormFields> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return new FormFields(FormCollection.Empty);
        }

        try
        {
            return new FormFields(await new FormFeature(http.Request, new FormOptions { ValueCountLimit = MostFields }).ReadFormAsync(http.RequestAborted));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return new FormFields(FormCollection.Empty);
        }
    }

    /// <summary>The browser itself says that a page of somebody else sent the form.</summary>
    public static bool IsFromElsewhere(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");

    /// <summary>The browser asks for the page by GET.</summary>
    public static void GoTo(HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
    }
}
