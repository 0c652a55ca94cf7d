using System.Net.Sockets;
using Assay.Embedded;
using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Hosting;

/// <summary>The hub: one process that takes telemetry in, keeps it, and shows it.</summary>
public sealed class Hub : IAsyncDisposable
{
    // Requests that are still at work after this are cut off; what they were not told to be done may be lost.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly OwnedParts parts;
    private readonly WebApplication host;
    private int stopped;

    private Hub(OwnedParts parts, WebApplication host, HubAddresses addresses)
    {
        this.parts = parts;
        this.host = host;
        Addresses = addresses;
    }

    /// <summary>Where it listens.</summary>
    public HubAddresses Addresses { get; }

    /// <summary>The rooms; for tests and for the command that started it.</summary>
    internal IServiceProvider Services => host.Services;

    /// <summary>Starts; the task completes when the hub is ready.</summary>
    /// <exception cref="AssayException">A port is taken, the data folder is held by another process or damaged (exit code 4), or a catalog file or an option is wrong (exit code 2).</exception>
    public static async Task<Hub> StartAsync(HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        HubOptionsCheck.Check(options);
        var parts = new OwnedParts();
        try
        {
            var store = parts.Add(await EmbeddedStore.OpenAsync(options.DataFolder, time, cancellationToken));
            var telemetry = parts.Add(HubTelemetry.Start(options, time));
            var host = parts.Add(Build(options, time, store, telemetry));
            await host.Services.LoadAccessAsync(cancellationToken);
            await ListenAsync(host, options, cancellationToken);
            parts.Add(telemetry.KeepWithin(options, store.Events, time));
            var addresses = HubAddresses.Of(host.Urls);
            store.Folder.Announce(addresses.Pages);
            host.Services.GetRequiredService<SignInUrls>().ReachedAt(addresses.Browsed(options));
            host.Services.GetRequiredService<StartState>().Started();
            return new Hub(parts, host, addresses);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>An address by which one browser signs in, once, within ten minutes.</summary>
    public Uri NewSignInUrl() => host.Services.GetRequiredService<SignInUrls>().New().Url;

    /// <summary>Takes in what was begun, writes what is acknowledged and stops. Stopping twice is stopping once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) == 1)
        {
            return;
        }

        await host.StopAsync();
        await parts.DisposeAsync();
    }

    private static WebApplication Build(HubOptions options, TimeProvider time, EmbeddedStore store, HubTelemetry telemetry)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = typeof(Hub).Assembly.GetName().Name, EnvironmentName = Environments.Production }
        );
        telemetry.LogTo(builder.Logging);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = StopLimit);
        builder.WebHost.ConfigureKestrel(kestrel => HubEndpoints.Listen(kestrel, options));
        builder
            .Services.AddSingleton(options)
            .AddSingleton(time)
            .AddSingleton(telemetry)
            .AddSingleton(store.Folder)
            .AddSingleton(store.Documents)
            .AddSingleton(store.Events)
            .AddSingleton(store.Objects);
        builder.Services.AddRooms(options);
        var host = builder.Build();
        host.UseRooms();
        return host;
    }

    private static async Task ListenAsync(WebApplication host, HubOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The ports that were opened must be free again before they are asked why they are not.
            await host.StopAsync(cancellationToken);
            throw HubEndpoints.Explain(options, e);
        }
    }
}
