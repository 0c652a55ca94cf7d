using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Costs;

/// <summary>Reads the price files at start, which a wrong file ends, and again within seconds of a change, which a wrong file does not.</summary>
internal sealed partial class PriceWatch(PriceBook book, TimeProvider time, ILogger<PriceWatch> log) : BackgroundService
{
    // File notifications are lost on network and container mounts; comparing times of a few files costs microseconds.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        book.Load();
        Read(log, book.State.Table.Models.Count, book.Folder);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (book.Refresh())
                {
                    Tell(book.State);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }

    private void Tell(PriceState state)
    {
        if (state.Fault is { } fault)
        {
            NotRead(log, fault.Problem, fault.Fix, state.Since);
        }
        else
        {
            Read(log, state.Table.Models.Count, book.Folder);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Prices of {Models} models read from {Folder}")]
    private static partial void Read(ILogger log, int models, string folder);

    [LoggerMessage(2, LogLevel.Error, "{Problem} {Fix} The prices read at {Since:O} stay in force")]
    private static partial void NotRead(ILogger log, string problem, string fix, DateTimeOffset since);
}
