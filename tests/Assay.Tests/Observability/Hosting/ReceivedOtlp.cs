using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Hosting;

/// <summary>A receiver of OTLP over HTTP on a free port, which keeps what it is sent.</summary>
internal sealed class ReceivedOtlp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> requests = new();

    private ReceivedOtlp(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>Log records: texts of the record by field path, see <see cref="ProtoText"/>.</summary>
    public IReadOnlyList<string> Logs => [.. requests.Where(r => r.Path == "/v1/logs").Select(r => ProtoText.Of(r.Body))];

    public IReadOnlyList<string> Traces => [.. requests.Where(r => r.Path == "/v1/traces").Select(r => ProtoText.Of(r.Body))];

    public static async Task<ReceivedOtlp> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var received = new ReceivedOtlp(builder.Build());
        received.app.MapPost("/v1/{signal}", received.KeepAsync);
        await received.app.StartAsync(TestContext.Current.CancellationToken);
        return received;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        requests.Enqueue((context.Request.Path.Value!, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}

/// <summary>
/// A protobuf message as text without its schema: each text stands for itself, and 8 or 16 bytes that are no text are shown in hexadecimal, as ids are.
/// </summary>
internal static class ProtoText
{
    public static string Of(ReadOnlySpan<byte> message)
    {
        var text = new StringBuilder();
        Append(text, message);
        return text.ToString();
    }

    private static bool Append(StringBuilder text, ReadOnlySpan<byte> message)
    {
        var before = text.Length;
        while (message.Length > 0)
        {
            if (!TryVarint(ref message, out var tag) || tag >> 3 is 0 or > 1000 || !TryField(text, (int)(tag & 7), ref message))
            {
                text.Length = before;
                return false;
            }
        }

        return true;
    }

    private static bool TryField(StringBuilder text, int type, ref ReadOnlySpan<byte> message)
    {
        switch (type)
        {
            case 0:
                return TryVarint(ref message, out _);
            case 1 when message.Length >= 8:
                text.Append(' ').Append(BinaryPrimitives.ReadDoubleLittleEndian(message));
                message = message[8..];
                return true;
            case 5 when message.Length >= 4:
                message = message[4..];
                return true;
            case 2 when TryVarint(ref message, out var length) && length <= (ulong)message.Length:
                AppendBytes(text, message[..(int)length]);
                message = message[(int)length..];
                return true;
            default:
                return false;
        }
    }

    private static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 8 or 16 && bytes.ContainsAnyExceptInRange((byte)32, (byte)126))
        {
            text.Append(' ').Append(Convert.ToHexStringLower(bytes));
        }
        else if (bytes.Length > 0 && !bytes.ContainsAnyInRange((byte)0, (byte)9))
        {
            text.Append(' ').Append(Encoding.UTF8.GetString(bytes));
        }
        else
        {
            text.Append(" {");
            Append(text, bytes);
            text.Append(" }");
        }
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && bytes.Length > 0; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
