using System.Net;
using Assay.Observability.Hosting;
using Assay.Observability.Prometheus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Cli.Observing;

/// <summary>Serves <c>/metrics</c> on the loopback interface while a command runs.</summary>
internal sealed class MetricsEndpoint : IAsyncDisposable
{
    private readonly WebApplication host;

    private MetricsEndpoint(WebApplication host, Uri address)
    {
        this.host = host;
        Address = address;
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; }

    /// <exception cref="AssayException">The port is taken or not allowed (exit code 4).</exception>
    public static async Task<MetricsEndpoint> StartAsync(int port, PrometheusExporter page)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(IPAddress.Loopback, port);
            });
        var host = builder.Build();
        host.UseRouting();
        host.MapGet(MetricsAnswer.Path, (HttpContext context) => MetricsAnswer.WriteAsync(context, page));
        try
        {
            await host.StartAsync();
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            await host.DisposeAsync();
            throw AssayException.Infrastructure(
                $"Cannot serve metrics on 127.0.0.1:{port}: {e.Message}",
                "Another program may use the port: name another with --metrics-port, or 0 for a free one.",
                e
            );
        }

        return new MetricsEndpoint(host, new Uri(host.Urls.First() + MetricsAnswer.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
    }
}
