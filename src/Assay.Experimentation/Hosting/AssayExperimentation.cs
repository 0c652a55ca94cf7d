using System.Security.Cryptography;
using Assay.Experimentation.Clients;
using Assay.Experimentation.Exposures;
using Assay.Flags;
using Assay.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Experimentation.Hosting;

/// <summary>Flags and experiments of a service in one line.</summary>
public static class AssayExperimentation
{
    /// <summary>
    /// Adds <see cref="IFlagReader"/>, <see cref="IExperiments"/>, <see cref="FlagState"/> and <see cref="RequestUnit"/> to a service: flags are evaluated in
    /// the process, kept current by the hub's stream, and stay as they are while the hub is down; exposures and outcomes are sent in the background.
    /// </summary>
    /// <param name="services">The services; the section <c>Assay:Experimentation</c> of their configuration, where they have one, sets the options.</param>
    /// <param name="configure">Changes the options after the configuration.</param>
    /// <returns>The services.</returns>
    /// <exception cref="AssayException">It is called twice. A setting or a catalog file that is wrong stops the host's start (exit code 2).</exception>
    public static IServiceCollection AddAssayExperimentation(this IServiceCollection services, Action<ExperimentationOptions>? configure = null) =>
        Add(services, provider => ExperimentationSettings.Read(provider.GetService<IConfiguration>(), configure));

    /// <summary>The same for a host; wrong settings are told at once.</summary>
    /// <param name="builder">The host; the section <c>Assay:Experimentation</c> of its configuration sets the options.</param>
    /// <param name="configure">Changes the options after the configuration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="AssayException">A setting is wrong, or it is called twice (exit code 2).</exception>
    public static IHostApplicationBuilder AddAssayExperimentation(this IHostApplicationBuilder builder, Action<ExperimentationOptions>? configure = null)
    {
        var options = ExperimentationSettings.Read(builder.Configuration, configure);
        Add(builder.Services, _ => options);
        return builder;
    }

    private static IServiceCollection Add(IServiceCollection services, Func<IServiceProvider, ExperimentationOptions> options)
    {
        if (services.Any(s => s.ServiceType == typeof(ExperimentationOptions)))
        {
            throw AssayException.Usage("AddAssayExperimentation was called twice on one host.", "Call it once.");
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => new ClientTelemetry(TelemetryRegistry.Default));
        services.AddSingleton(FirstSnapshot.Of);
        services.AddSingleton<IFlagReader, ServedFlags>();
        services.AddSingleton(p => new FlagState(p.GetRequiredService<CurrentSnapshot>()));
        services.AddSingleton<HubConnection>();
        services.AddSingleton(p => new EventBuffer(Options(p).EventBuffer, hasHub: Options(p).Catalog is null, p.GetRequiredService<ClientTelemetry>()));
        services.AddSingleton(p => new RecentExposures(Options(p).RememberedExposures));
        services.AddSingleton<IExperiments, RecordedExperiments>();
        services.AddSingleton<IHostedService>(Refresh);
        services.AddSingleton<IHostedService>(Sending);
        services.AddScoped<RequestUnit>();
        return services;
    }

    private static IHostedService Refresh(IServiceProvider p)
    {
        var (options, time, log) = (Options(p), p.GetRequiredService<TimeProvider>(), Log(p));
        var (current, telemetry) = (p.GetRequiredService<CurrentSnapshot>(), p.GetRequiredService<ClientTelemetry>());
        if (options.Catalog is { } catalog)
        {
            return new CatalogRefresh(new CatalogSnapshot(catalog), current, telemetry, options.PollInterval, time, log);
        }

        var keeper = new SnapshotKeeper(current, new SnapshotFile(options.SnapshotPath), telemetry, options.Hub, time, log);
        return new HubRefresh(new HubSnapshots(p.GetRequiredService<HubConnection>()), keeper, NewBackOff(options), time);
    }

    private static IHostedService Sending(IServiceProvider p)
    {
        var (options, time, buffer) = (Options(p), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<EventBuffer>());
        var telemetry = p.GetRequiredService<ClientTelemetry>();
        var message = new EventMessage(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        var delivery = new EventDelivery(p.GetRequiredService<HubConnection>(), message);
        return new EventSending(buffer, delivery, NewBackOff(options), new LossReport(buffer, telemetry, options.Hub, time, Log(p)), time);
    }

    // Clients that came at the same time must not come back at the same time: each draws from a seed of its own.
    private static BackOff NewBackOff(ExperimentationOptions options) => new(options.PollInterval, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));

    private static ExperimentationOptions Options(IServiceProvider p) => p.GetRequiredService<ExperimentationOptions>();

    internal static ILogger Log(IServiceProvider p) => p.GetRequiredService<ILoggerFactory>().CreateLogger(ClientLog.Category);
}
