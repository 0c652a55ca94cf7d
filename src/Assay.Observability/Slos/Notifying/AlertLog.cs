using Microsoft.Extensions.Logging;

namespace Assay.Observability.Slos.Notifying;

/// <summary>Logs each alert of a monitor: a page as critical, a ticket as a warning, what is over as information.</summary>
public sealed class AlertLog : IDisposable
{
    private readonly SloMonitor monitor;
    private readonly ILogger log;

    /// <summary>Begins to log; it ends with <see cref="Dispose"/>.</summary>
    public AlertLog(SloMonitor monitor, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        (this.monitor, this.log) = (monitor, log);
        monitor.AlertChanged += Write;
    }

    /// <inheritdoc/>
    public void Dispose() => monitor.AlertChanged -= Write;

    private void Write(object? sender, SloAlertEventArgs change)
    {
        var alert = change.Alert;
        if (!alert.IsFiring)
        {
            AlertLogMessages.Resolved(log, alert.Slo, alert.Service, alert.Resolution);
        }
        else if (alert.Severity == AlertSeverity.Page)
        {
            AlertLogMessages.Page(log, alert.Slo, alert.Service, alert.Reason);
        }
        else
        {
            AlertLogMessages.Ticket(log, alert.Slo, alert.Service, alert.Reason);
        }
    }
}

internal static partial class AlertLogMessages
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "Page: the SLO {Slo} of {Service} burns its budget. {Reason}")]
    public static partial void Page(ILogger log, string slo, string service, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ticket: the SLO {Slo} of {Service} burns its budget. {Reason}")]
    public static partial void Ticket(ILogger log, string slo, string service, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Resolved: the SLO {Slo} of {Service}. {Resolution}")]
    public static partial void Resolved(ILogger log, string slo, string service, string resolution);

    [LoggerMessage(Level = LogLevel.Error, Message = "The alert {Alert} was not sent to {Address}: {Why}.")]
    public static partial void NotSent(ILogger log, string alert, string address, string why);
}
