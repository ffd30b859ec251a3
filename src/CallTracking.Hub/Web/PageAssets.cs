using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using CallTracking.Hub.People;

namespace CallTracking.Hub.Web;

/// <summary>
/// The files that pages load, embedded in the program, so that a build folder, a published one and a single file serve the same.
/// Their addresses carry a digest of the content and may be kept for ever.
/// </summary>
internal static class PageAssets
{
    private const string Prefix = "web/";
    private const string Folder = "/assets/";

    private static readonly FrozenDictionary<string, Asset> All = Load();

    /// <summary>The address of a file; it changes with its content.</summary>
    public static string Url(string name) => $"{Folder}{name}?v={All[name].Version}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Folder + "{name}", WriteAsync).Through(Door.Anyone);

    private static async Task WriteAsync(HttpContext http, string name)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = asset.ContentType;
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.Vary = "Accept-Encoding";
        var content = asset.Plain;
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            content = asset.Gzip.Value;
        }

        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(PageAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(resource => resource[Prefix.Length..], resource =>
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return new Asset(bytes.ToArray(), TypeOf(resource));
            });
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var unknown => throw new System.Diagnostics.UnreachableException(unknown),
    };

    private sealed record Asset(byte[] Plain, string ContentType)
    {
        public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Plain).AsSpan(0, 6));

        public Lazy<byte[]> Gzip { get; } = new(() => Compress(Plain));

        private static byte[] Compress(byte[] plain)
        {
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            {
                gzip.Write(plain);
            }

            return compressed.ToArray();
        }
    }
}
