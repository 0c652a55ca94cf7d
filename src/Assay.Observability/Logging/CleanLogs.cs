using System.Globalization;
using Assay.Observability.Correlations;
using OpenTelemetry;
using SdkLogRecord = OpenTelemetry.Logs.LogRecord;

namespace Assay.Observability.Logging;

/// <summary>Redacts a record before it leaves the process, and gives it the correlation id. The file's log is redacted where it is written.</summary>
internal sealed class CleanLogs : BaseProcessor<SdkLogRecord>
{
    private const string Template = "{OriginalFormat}";

    public override void OnEnd(SdkLogRecord data)
    {
        var message = data.FormattedMessage;
        var attributes = new List<KeyValuePair<string, object?>>(capacity: 8);
        foreach (var attribute in data.Attributes ?? [])
        {
            message = message is null ? null : SensitiveNames.TakeOut(message, attribute);
            attributes.Add(attribute.Key == Template ? attribute : Clean(attribute));
        }

        data.FormattedMessage = message is null ? null : Redactor.Redact(message);
        if (Correlation.Current is { } id)
        {
            attributes.Add(new(Correlation.BaggageKey, id));
        }

        if (data.Exception is { } exception)
        {
            // The exporter would write the exception as it is; these are the attributes it would use.
            attributes.Add(new("exception.type", exception.GetType().FullName));
            attributes.Add(new("exception.message", Redactor.Redact(exception.Message)));
            attributes.Add(new("exception.stacktrace", Redactor.Redact(exception.ToString())));
            data.Exception = null;
        }

        data.Attributes = attributes;
    }

    private static KeyValuePair<string, object?> Clean(in KeyValuePair<string, object?> attribute) =>
        attribute.Value switch
        {
            _ when SensitiveNames.Contains(attribute.Key) => new(attribute.Key, SensitiveNames.Replacement),
            string text => new(attribute.Key, Redactor.Redact(text)),
            null or bool or int or long or double or float => attribute,
            var other => new(attribute.Key, Redactor.Redact(TextOf(other))),
        };

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
