using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Surface;

/// <summary>
/// The files that pages load, out of this assembly: the style sheet, scripts and the icon. Their addresses carry a hash of their
/// content, so that a browser keeps them for a year; each is compressed once, when it is first asked for.
/// </summary>
internal sealed class AssetFiles
{
    private readonly FrozenDictionary<string, AssetFile> files = Names().ToFrozenDictionary(name => name, name => new AssetFile(name, Read(name)));

    /// <summary>The address of a file; null when the build lacks it, as ECharts is lacking where there was no npm.</summary>
    public string? Address(string name) => files.GetValueOrDefault(name)?.Address;

    /// <summary>Answers a request for a file.</summary>
    public Results<FileContentHttpResult, NotFound> Get(string hash, string name, HttpContext context)
    {
        if (files.GetValueOrDefault(name) is not { } file || file.Hash != hash)
        {
            return TypedResults.NotFound();
        }

        var encoding = AssetFile.Encodings.FirstOrDefault(e => Accepts(context.Request, e));
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        return TypedResults.Bytes(file.As(encoding), file.Type);
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request
            .Headers.AcceptEncoding.ToString()
            .Split(',')
            .Any(part =>
                part.Trim() is var e
                && (e == encoding || e.StartsWith(encoding + ";", StringComparison.Ordinal))
                && !e.EndsWith("q=0", StringComparison.Ordinal)
            );

    private static IEnumerable<string> Names() => Here.GetManifestResourceNames().Where(name => AssetFile.Types.ContainsKey(Path.GetExtension(name)));

    private static byte[] Read(string name)
    {
        using var from = Here.GetManifestResourceStream(name)!;
        var bytes = new byte[from.Length];
        from.ReadExactly(bytes);
        return bytes;
    }

    private static Assembly Here => typeof(AssetFiles).Assembly;
}

/// <summary>A file that pages load.</summary>
internal sealed class AssetFile
{
    public static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    /// <summary>The best first.</summary>
    public static readonly IReadOnlyList<string> Encodings = ["br", "gzip"];

    private readonly byte[] plain;
    private readonly Lazy<byte[]> brotli;
    private readonly Lazy<byte[]> gzip;

    public AssetFile(string name, byte[] plain)
    {
        this.plain = plain;
        brotli = new(() => Compress(to => new BrotliStream(to, CompressionLevel.Optimal)));
        gzip = new(() => Compress(to => new GZipStream(to, CompressionLevel.Optimal)));
        Type = Types[Path.GetExtension(name)];
        Hash = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8));
        Address = $"/assets/{Hash}/{name}";
    }

    public string Type { get; }

    public string Hash { get; }

    public string Address { get; }

    public byte[] As(string? encoding) =>
        encoding switch
        {
            "br" => brotli.Value,
            "gzip" => gzip.Value,
            _ => plain,
        };

    private byte[] Compress(Func<Stream, Stream> wrap)
    {
        using var to = new MemoryStream();
        using (var compressor = wrap(to))
        {
            compressor.Write(plain);
        }

        return to.ToArray();
    }
}
