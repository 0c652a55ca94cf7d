using System.Threading.Channels;
using Assay.Observability.Slos;
using Assay.Observability.Slos.Notifying;
using Assay.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Slos;

/// <summary>Tells of alerts: to the log, to the webhook where one is set, and to the collection <c>alerts</c>, one document each, written again when it is over.</summary>
internal sealed partial class AlertKeeper : IHostedService, IAsyncDisposable
{
    public const string Collection = "alerts";

    // Alerts that wait to be stored; what does not fit is in the log.
    private const int MostWaiting = 1000;

    private readonly SloMonitor monitor;
    private readonly IDocumentStore documents;
    private readonly ILogger<AlertKeeper> log;
    private readonly AlertLog logged;
    private readonly AlertWebhook? webhook;
    private readonly Channel<SloAlert> waiting = Channel.CreateBounded<SloAlert>(MostWaiting);
    private Task loop = Task.CompletedTask;

    public AlertKeeper(SloBook book, IDocumentStore documents, TimeProvider time, ILogger<AlertKeeper> log)
    {
        (monitor, this.documents, this.log) = (book.Monitor, documents, log);
        logged = new AlertLog(monitor, log);
        webhook = WebhookOptions.Of(book.Options) is { } options ? new AlertWebhook(monitor, options, time, log) : null;
        monitor.AlertChanged += Keep;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        loop = Task.Run(StoreAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        monitor.AlertChanged -= Keep;
        waiting.Writer.TryComplete();
        return loop;
    }

    public async ValueTask DisposeAsync()
    {
        logged.Dispose();
        if (webhook is not null)
        {
            await webhook.DisposeAsync();
        }
    }

    private void Keep(object? sender, SloAlertEventArgs change)
    {
        if (!waiting.Writer.TryWrite(change.Alert))
        {
            LogNotStored(log, change.Alert.Id, "too many wait");
        }
    }

    private async Task StoreAsync()
    {
        await foreach (var alert in waiting.Reader.ReadAllAsync())
        {
            try
            {
                var write = new DocumentWrite(Collection, alert.Id, AlertMessage.Of(alert).ToJson()) { At = alert.Since };
                await documents.PutAsync(write, CancellationToken.None);
            }
            catch (Exception e) when (e is AssayException or StoreBusyException or IOException)
            {
                LogNotStored(log, alert.Id, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The alert {Alert} could not be stored: {Why}")]
    private static partial void LogNotStored(ILogger log, string alert, string why);
}
