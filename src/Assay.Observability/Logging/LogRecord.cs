using System.Diagnostics;
using Assay.Redacting;
using Microsoft.Extensions.Logging;

namespace Assay.Observability.Logging;

/// <summary>One log record on its way to a line of JSON. Each thread has one and uses it again.</summary>
internal sealed class LogRecord
{
    private const string TemplateField = "{OriginalFormat}";

    [ThreadStatic]
    private static LogRecord? spare;

    private readonly JsonLine json = new();
    private readonly MessageText message = new();
    private string? template;
    private LogTemplatePart[] rendered = [];
    private int own;

    private LogRecord() { }

    public LogFields Fields { get; } = new();

    public ReadOnlySpan<byte> Line => json.Written;

    /// <summary>Takes the thread's record; a value whose text is made by code that logs gets another one.</summary>
    public static LogRecord Rent()
    {
        var record = spare ?? new LogRecord();
        spare = null;
        return record;
    }

    public void Return()
    {
        Clear();
        spare = this;
    }

    public void Clear()
    {
        Fields.Clear();
        message.Clear();
        json.Clear();
        template = null;
        rendered = [];
        own = 0;
    }

    /// <summary>Takes the fields of a log state, and its template out of them.</summary>
    public void Add(in KeyValuePair<string, object?> field)
    {
        if (field.Key == TemplateField)
        {
            template = field.Value as string;
        }
        else
        {
            Fields.Add(field);
            own = Fields.Count;
        }
    }

    public void AddFromScope(in KeyValuePair<string, object?> field)
    {
        if (field.Key != TemplateField)
        {
            Fields.AddFromScope(field, own);
        }
    }

    /// <summary>Renders the message from template and fields without a string in between; false leaves it to the caller's formatter.</summary>
    public bool TryRenderMessage()
    {
        if (template is null || LogTemplate.Of(template) is not { IsSimple: true } parsed)
        {
            return false;
        }

        var next = 0;
        foreach (ref readonly var part in parsed.Parts.AsSpan())
        {
            if (part.Name is null)
            {
                message.Append(part.Literal);
                continue;
            }

            // Fields come in the order of the holes; where they do not, the caller's formatter knows better.
            if (next >= Fields.Count || !part.Name.Equals(Fields[next].Key, StringComparison.OrdinalIgnoreCase) || !TryAppend(part, Fields[next].Value))
            {
                message.Clear();
                return false;
            }

            next++;
        }

        rendered = parsed.Parts;
        return true;
    }

    /// <summary>Takes a text that was made elsewhere, without the secrets among the fields.</summary>
    public void UseMessage(string? text)
    {
        text ??= "";
        for (var i = 0; i < Fields.Count; i++)
        {
            text = SensitiveNames.TakeOut(text, Fields[i]);
        }

        message.Clear();
        message.Append(text);
        rendered = [];
    }

    /// <summary>Writes the line as JSON.</summary>
    public void WriteJson(ReadOnlySpan<byte> start, ReadOnlySpan<byte> head, DateTime utc, EventId id, Exception? exception, LogContext context)
    {
        var isClean = RedactionSigns.In(message.Written) == Signs.None;
        json.Raw(start);
        json.Value(utc, "O");
        json.Raw(head);
        LogText.Write(json, message.Written, isClean);
        WriteEvent(id);
        if (Fields.Count > 0)
        {
            json.Raw(",\"fields\":{"u8);
            Fields.Write(json, rendered, isClean);
            json.Raw("}"u8);
        }

        context.Write(json);
        if (exception is not null)
        {
            WriteException(exception);
        }

        json.Raw("}\n"u8);
    }

    /// <summary>Writes the line as plain text, for people who turned JSON off; control characters stay escaped, so that a line is a line.</summary>
    public void WriteText(DateTime utc, LogLevel level, string component, Exception? exception)
    {
        json.Value(utc, "O");
        json.Raw(" "u8);
        json.Bare(LogLevelNames.Of(level));
        json.Raw(" "u8);
        json.Bare(component);
        json.Raw(": "u8);
        json.Bare(Redacted(message.Written.ToString()));
        if (exception is not null)
        {
            json.Raw(" | "u8);
            json.Bare(Redacted(exception.ToString()));
        }

        json.Raw("\n"u8);
    }

    private bool TryAppend(in LogTemplatePart part, object? value)
    {
        if (part.IsSecret)
        {
            message.Append(SensitiveNames.Replacement);
            return true;
        }

        return message.TryAppend(value, part.Format);
    }

    private void WriteEvent(EventId id)
    {
        if (id.Id != 0)
        {
            json.Raw(",\"event_id\":"u8);
            json.Value(id.Id);
        }

        if (id.Name is not null)
        {
            json.Raw(",\"event\":"u8);
            json.Text(id.Name);
        }
    }

    private void WriteException(Exception exception)
    {
        json.Raw(",\"exception\":{\"type\":"u8);
        json.Text(exception.GetType().FullName);
        json.Raw(",\"message\":"u8);
        LogText.Write(json, exception.Message, isClean: false);
        json.Raw(",\"stack\":"u8);
        LogText.Write(json, exception.ToString(), isClean: false);
        json.Raw("}"u8);
    }

    private static string Redacted(string text)
    {
        var redacted = Redactor.Redact(text);
        return redacted.Length <= LogText.MaxLength ? redacted : redacted[..LogText.MaxLength] + "…";
    }
}

/// <summary>Which trace and request a record belongs to.</summary>
internal readonly record struct LogContext(Activity? Activity, string? CorrelationId, string[] BaggageKeys)
{
    public void Write(JsonLine json)
    {
        if (Activity is { } activity)
        {
            json.Raw(",\"trace_id\":\""u8);
            json.Bare(activity.TraceId.ToHexString());
            json.Raw("\",\"span_id\":\""u8);
            json.Bare(activity.SpanId.ToHexString());
            json.Raw("\""u8);
        }

        if (CorrelationId is not null)
        {
            json.Raw(",\"correlation_id\":"u8);
            json.Text(CorrelationId);
        }

        if (BaggageKeys.Length > 0)
        {
            WriteBaggage(json);
        }
    }

    private void WriteBaggage(JsonLine json)
    {
        var count = 0;
        foreach (var key in BaggageKeys)
        {
            if ((OpenTelemetry.Baggage.GetBaggage(key) ?? Activity?.GetTagItem(key) as string) is { } value)
            {
                json.Raw(count == 0 ? ",\"baggage\":{"u8 : ""u8);
                json.Name(key, first: count++ == 0);
                LogText.Write(json, value, isClean: false);
            }
        }

        json.Raw(count > 0 ? "}"u8 : ""u8);
    }
}
