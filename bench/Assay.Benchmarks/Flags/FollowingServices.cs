using System.Diagnostics;
using Assay.Experimentation.Hosting;
using Assay.Flags;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Benchmarks.Flags;

/// <summary>Services in this process that follow a hub, as the client library has them: each a host with a stream and connections of its own.</summary>
internal sealed class FollowingServices : IAsyncDisposable
{
    // How often each is asked; the figures are no finer.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly IHost[] hosts;
    private readonly IFlagReader[] flags;

    private FollowingServices(IHost[] hosts)
    {
        this.hosts = hosts;
        flags = [.. hosts.Select(h => h.Services.GetRequiredService<IFlagReader>())];
    }

    public static async Task<FollowingServices> StartAsync(Uri hub, int count)
    {
        var services = new FollowingServices([.. Enumerable.Range(0, count).Select(_ => New(hub))]);
        await Task.WhenAll(services.hosts.Select(h => h.StartAsync()));
        await UntilAsync(() => services.hosts.All(h => h.Services.GetRequiredService<FlagState>().Status.IsFollowed), TimeSpan.FromSeconds(60));
        return services;
    }

    /// <summary>Waits until a flag is on, or off, in all.</summary>
    public Task AllAsync(string flag, bool isOn, TimeSpan patience) =>
        UntilAsync(() => Array.TrueForAll(flags, f => f.IsEnabled(flag, "user-1", !isOn) == isOn), patience);

    /// <summary>Asks all for a flag, on a thread of its own, until it is off in each.</summary>
    /// <returns>When it was first seen off, for each.</returns>
    public Task<long[]> WatchAsync(string flag, TimeSpan patience) =>
        Task.Factory.StartNew(() => Watch(flag, patience), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(hosts.Select(h => h.StopAsync()));
        Array.ForEach(hosts, h => h.Dispose());
    }

    private long[] Watch(string flag, TimeSpan patience)
    {
        var off = new long[flags.Length];
        var begun = Stopwatch.GetTimestamp();
        for (var left = flags.Length; left > 0; )
        {
            for (var i = 0; i < flags.Length; i++)
            {
                if (off[i] == 0 && !flags[i].IsEnabled(flag, "user-1", fallback: true))
                {
                    (off[i], left) = (Stopwatch.GetTimestamp(), left - 1);
                }
            }

            DemandPatience(begun, patience);
            Thread.Sleep(Step);
        }

        return off;
    }

    private static async Task UntilAsync(Func<bool> holds, TimeSpan patience)
    {
        for (var begun = Stopwatch.GetTimestamp(); !holds(); )
        {
            DemandPatience(begun, patience);
            await Task.Delay(Step);
        }
    }

    private static void DemandPatience(long begun, TimeSpan patience)
    {
        if (Stopwatch.GetElapsedTime(begun) > patience)
        {
            throw new InvalidOperationException($"A change did not reach every service within {patience.TotalSeconds:0} s.");
        }
    }

    private static IHost New(Uri hub)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddAssayExperimentation(options => (options.Hub, options.SnapshotPath) = (hub, null));
        return builder.Build();
    }
}
