using System.Buffers.Binary;
using System.Globalization;
using Assay.Server.Intake.Content;
using Assay.Server.Intake.Details;
using Assay.Server.Intake.Spans;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Intake.Logs;

/// <summary>Makes an event of a log record, and a score when it is one.</summary>
internal sealed class LogReader(ContentPolicy policy) : IItemReader
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    // Severity numbers come in ranges of four; opentelemetry-proto, SeverityNumber.
    private const int SeverityRange = 4;

    private readonly LogScan scan = new(policy);
    private readonly LogScrubber scrubber = new(policy, new Scrubber(policy));
    private readonly InternTable texts = new(NameText.Of);

    /// <inheritdoc/>
    public void Read(ProtoReader item, ReadOnlyMemory<byte> body, TelemetrySource source, Delivery delivery, ref WireProblem problem)
    {
        var facts = scan.Run(item, ref problem);
        if (problem.IsPresent)
        {
            return;
        }

        if (facts.TraceId.Length is not (0 or TraceIdBytes) || facts.SpanId.Length is not (0 or SpanIdBytes))
        {
            delivery.Tally.Reject(
                $"a log record has a trace id of {facts.TraceId.Length} or a span id of {facts.SpanId.Length} bytes; 16 and 8, or none, are right"
            );
            return;
        }

        var read = ToEvent(facts, body, source, delivery);
        delivery.Logs.Add(read);
        if (EventNames.IsScore(facts.EventName))
        {
            AddScore(read, facts, delivery);
        }
    }

    private LogEvent ToEvent(in LogFacts facts, ReadOnlyMemory<byte> body, TelemetrySource source, Delivery delivery)
    {
        var stored = facts.NeedsScrubbing ? Scrubbed(body.Span, facts.EventName, delivery) : body;
        return new LogEvent
        {
            Key = delivery.LogKeys.Next(source, body.Span),
            Source = source,
            TimeNanos = TimeOf(facts, delivery),
            Severity = facts.Severity is >= 1 and <= 24 ? (LogSeverity)(((int)facts.Severity - 1) / SeverityRange) : LogSeverity.Trace,
            Message = MessageOf(facts, stored.Span),
            Trace = facts.TraceId.IsEmpty ? default : new TraceId(BinaryPrimitives.ReadUInt128BigEndian(facts.TraceId)),
            Span = facts.SpanId.IsEmpty ? default : new SpanId(BinaryPrimitives.ReadUInt64BigEndian(facts.SpanId)),
            Body = stored,
        };
    }

    private byte[] Scrubbed(ReadOnlySpan<byte> body, ReadOnlySpan<byte> eventName, Delivery delivery)
    {
        delivery.Scratch.Clear();
        scrubber.Write(body, eventName, delivery.Scratch, delivery.Tally);
        return delivery.Scratch.ToArray();
    }

    // A record without a body is an event, or an exception: its name, or what was thrown, says what happened.
    private string MessageOf(in LogFacts facts, ReadOnlySpan<byte> stored)
    {
        if (facts.Body.Tag != 0 && !policy.IsLeftOut(facts.EventName))
        {
            return facts.Body.IsText ? TextRedaction.Redact(TextRedaction.Cut(facts.Body.Bytes, IntakeLimits.ValueBytes)) : StructureOf(stored);
        }

        if (!facts.EventName.IsEmpty || facts.ExceptionType.IsEmpty)
        {
            return texts.Get(facts.EventName);
        }

        return $"{texts.Get(facts.ExceptionType)}: {TextRedaction.Redact(TextRedaction.Cut(facts.ExceptionMessage, IntakeLimits.ValueBytes))}";
    }

    // The record as it is stored has lost its secrets and its excess; as text it may still be longer than a text may be.
    private static string StructureOf(ReadOnlySpan<byte> stored)
    {
        var problem = default(WireProblem);
        var text = ValueText.Of(AnyValue.Read(new ProtoReader(Fields.Last(stored, LogTag.Body), ref problem)));
        return TextRedaction.Cut(Observability.Logging.Redactor.Redact(text), IntakeLimits.ValueBytes);
    }

    private static long TimeOf(in LogFacts facts, Delivery delivery)
    {
        var time = facts.Time == 0 ? facts.ObservedTime : facts.Time;
        if (time is > 0 and <= long.MaxValue)
        {
            return (long)time;
        }

        delivery.Tally.TimesMissing++;
        return delivery.ArrivalNanos;
    }

    private void AddScore(LogEvent record, in LogFacts facts, Delivery delivery)
    {
        if (!facts.Score.IsScore)
        {
            delivery.Tally.ScoresIncomplete++;
            return;
        }

        delivery.Scores.Add(
            new ScoreEvent
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"log/{record.Key:x32}"),
                Source = record.Source,
                TimeNanos = record.TimeNanos,
                Kind = facts.Score.ScoreKind,
                Name = texts.Get(facts.Score.Name),
                Value = facts.Score.Value!.Value,
                Label = texts.Get(facts.Score.Label),
                Reason = TextRedaction.Redact(TextRedaction.Cut(facts.Score.Reason, IntakeLimits.ValueBytes)),
                Variant = facts.Score.VariantFrom(texts),
                Prompt = texts.Get(facts.Score.PromptId),
                Trace = record.Trace,
                Span = record.Span,
            }
        );
    }
}
