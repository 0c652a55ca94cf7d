using System.Net;
using Assay.Embedded;
using Assay.Server.Access;
using Assay.Server.Costs;
using Assay.Server.Decisions;
using Assay.Server.Intake;
using Assay.Server.Overview;
using Assay.Server.Quality;
using Assay.Server.Slos;
using Assay.Server.Surface;
using Assay.Server.Traces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Hosting;

/// <summary>The hub: one process that takes telemetry in, keeps it, and shows it.</summary>
public sealed class Hub : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly EmbeddedStore store;

    private Hub(WebApplication host, EmbeddedStore store, HubAddresses addresses)
    {
        this.host = host;
        this.store = store;
        Addresses = addresses;
    }

    /// <summary>Where it listens.</summary>
    public HubAddresses Addresses { get; }

    /// <summary>Starts; the task completes when the hub is ready.</summary>
    /// <exception cref="AssayException">A port is taken, the data folder is held by another process or damaged (exit code 4), or a catalog file is wrong (exit code 2).</exception>
    public static async Task<Hub> StartAsync(HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var store = await EmbeddedStore.OpenAsync(options.DataFolder, time, cancellationToken);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(Hub).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddSingleton(options).AddSingleton(time).AddSingleton(store.Documents).AddSingleton(store.Events);
        builder.Services.AddAccess().AddIntake().AddTraces().AddCosts().AddQuality().AddSlos().AddDecisions().AddOverview().AddSurface();

        var host = builder.Build();
        host.UseAccess();
        host.MapIntake();
        host.MapTraces();
        host.MapCosts();
        host.MapQuality();
        host.MapSlos();
        host.MapDecisions();
        host.MapOverview();
        host.MapSurface();
        await host.StartAsync(cancellationToken);
        return new Hub(host, store, HubAddresses.Of(host.Urls));
    }

    /// <summary>Takes in what was begun, writes what is acknowledged and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
        await store.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, HubOptions options)
    {
        kestrel.AddServerHeader = false;
        var address = IPAddress.Parse(options.Host);
        kestrel.Listen(address, options.Port);
        kestrel.Listen(address, options.OtlpHttpPort);
        kestrel.Listen(address, options.OtlpGrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
    }
}

/// <summary>Where a hub listens.</summary>
/// <param name="Pages">Pages and API.</param>
/// <param name="OtlpHttp">OTLP over HTTP.</param>
/// <param name="OtlpGrpc">OTLP over gRPC.</param>
public sealed record HubAddresses(Uri Pages, Uri OtlpHttp, Uri OtlpGrpc)
{
    internal static HubAddresses Of(IEnumerable<string> urls)
    {
        var listening = urls.Select(u => new Uri(u)).ToList();
        return new HubAddresses(listening[0], listening[1], listening[2]);
    }
}
