using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Assay.Server.Costs;
using Assay.Server.Hosting;
using Assay.Server.Intake;
using Assay.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Intake;

/// <summary>The intake behind Kestrel on free ports, in front of a store that remembers batches.</summary>
public sealed class IntakeBed : IAsyncDisposable
{
    private readonly WebApplication host;

    private IntakeBed(WebApplication host, AppendedBatches store)
    {
        this.host = host;
        Store = store;
        var urls = host.Urls.Select(u => new Uri(u)).ToList();
        Http = new HttpClient { BaseAddress = urls[0] };
        Grpc = urls[1];
    }

    internal AppendedBatches Store { get; }

    public HttpClient Http { get; }

    public Uri Grpc { get; }

    internal OtlpIntake Intake => host.Services.GetRequiredService<OtlpIntake>();

    internal IntakeMeter Meter => Intake.Meter;

    internal static async Task<IntakeBed> StartAsync(HubOptions? options = null, IEventObserver? observer = null)
    {
        var store = new AppendedBatches();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(options ?? new HubOptions()).AddSingleton(TimeProvider.System).AddSingleton<IEventStore>(store).AddCosts().AddIntake();
        if (observer is not null)
        {
            builder.Services.AddSingleton(observer);
        }

        var host = builder.Build();
        host.MapIntake();
        await host.StartAsync();
        return new IntakeBed(host, store);
    }

    public Task<HttpResponseMessage> PostAsync(byte[] body, string path = "/v1/traces", string type = "application/x-protobuf", string? encoding = null)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync();
        await host.DisposeAsync();
    }
}
