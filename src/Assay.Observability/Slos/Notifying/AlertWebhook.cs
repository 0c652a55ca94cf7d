using System.Net.Http.Headers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Assay.Observability.Slos.Notifying;

/// <summary>
/// Sends each alert of a monitor to an address, in order, with a signature and with retries. Begun with the monitor, ended with <see cref="DisposeAsync"/>.
/// </summary>
public sealed class AlertWebhook : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(5);

    private readonly SloMonitor monitor;
    private readonly WebhookOptions options;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly HttpClient client;
    private readonly Channel<SloAlert> waiting;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task loop;
    private long sent;
    private long dropped;
    private int isEnding;

    /// <param name="monitor">Whose alerts are sent.</param>
    /// <param name="options">Where to, and how often.</param>
    /// <param name="time">The clock of signatures and waits.</param>
    /// <param name="log">Told of what could not be sent.</param>
    public AlertWebhook(SloMonitor monitor, WebhookOptions options, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        ArgumentNullException.ThrowIfNull(options);
        (this.monitor, this.options, this.time, this.log) = (monitor, options, time, log);
        // A receiver that sends the message elsewhere is a mistake in the address, not one to follow with a signed body.
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = options.Timeout };
        waiting = Channel.CreateBounded<SloAlert>(options.QueueLimit);
        monitor.AlertChanged += Enqueue;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Messages that were taken.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Messages that were given up: the queue was full, or every attempt failed.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Sends what waits, for five seconds at most, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isEnding, 1) != 0)
        {
            return;
        }

        monitor.AlertChanged -= Enqueue;
        waiting.Writer.TryComplete();
        await Task.WhenAny(loop, Task.Delay(FarewellLimit, time));
        await stopping.CancelAsync();
        await loop;
        client.Dispose();
        stopping.Dispose();
    }

    private void Enqueue(object? sender, SloAlertEventArgs change)
    {
        if (!waiting.Writer.TryWrite(change.Alert))
        {
            Drop(change.Alert, $"{options.QueueLimit} others wait");
        }
    }

    private async Task RunAsync()
    {
        await foreach (var alert in waiting.Reader.ReadAllAsync())
        {
            try
            {
                await SendAsync(alert, stopping.Token);
            }
            catch (OperationCanceledException)
            {
                Drop(alert, "the process ends");
            }
        }
    }

    private async Task SendAsync(SloAlert alert, CancellationToken cancellationToken)
    {
        var body = AlertMessage.Of(alert).ToJson();
        var wait = options.FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            var fault = await TryAsync(body, cancellationToken);
            if (fault is null)
            {
                Interlocked.Increment(ref sent);
                return;
            }

            if (attempt >= options.Attempts)
            {
                Drop(alert, fault);
                return;
            }

            await Task.Delay(wait, time, cancellationToken);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    /// <summary>Null when it was taken, else why not.</summary>
    private async Task<string?> TryAsync(byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, options.Address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (options.Secret is { } secret)
            {
                request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(secret, time.GetUtcNow(), body));
            }

            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"the receiver answered {(int)answer.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {options.Timeout.TotalSeconds:0} s";
        }
    }

    private void Drop(SloAlert alert, string why)
    {
        Interlocked.Increment(ref dropped);
        AlertLogMessages.NotSent(log, alert.Id, options.ToString(), why);
    }
}
