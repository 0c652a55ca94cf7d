using System.Buffers.Binary;
using Assay.Observability.Correlations;
using Assay.Prices;
using Assay.Server.Costs;
using Assay.Server.Intake.Content;
using Assay.Server.Intake.Scores;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Intake.Spans;

/// <summary>Makes an event of a span, and scores of those of its events that are scores.</summary>
internal sealed class SpanReader : IItemReader
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;
    private const string NoReason = "unknown";

    private readonly ISpanPricing pricing;
    private readonly SpanScan scan;
    private readonly SpanScrubber scrubber;
    private readonly InternTable names = new(NameText.Of);
    private readonly InternTable tools = new(tool => "execute_tool " + NameText.Of(tool));
    private readonly InternTable texts;
    private readonly SpanScores scores;

    public SpanReader(ContentPolicy policy, ISpanPricing pricing)
    {
        this.pricing = pricing;
        scan = new SpanScan(policy);
        scrubber = new SpanScrubber(policy, new Scrubber(policy));
        texts = new InternTable(NameText.Of);
        scores = new SpanScores(texts);
    }

    /// <inheritdoc/>
    public void Read(ProtoReader item, ReadOnlyMemory<byte> body, TelemetrySource source, Delivery delivery, ref WireProblem problem)
    {
        var facts = scan.Run(item, ref problem);
        if (problem.IsPresent)
        {
            return;
        }

        if (Fault(facts) is { } fault)
        {
            delivery.Tally.Reject(fault);
            return;
        }

        var read = ToEvent(facts, body, source, delivery);
        delivery.Spans.Add(read);
        if (facts.HasScores)
        {
            scores.AddTo(delivery, read, body.Span);
        }
    }

    private SpanEvent ToEvent(in SpanFacts facts, ReadOnlyMemory<byte> body, TelemetrySource source, Delivery delivery)
    {
        var times = SpanTimes.Of(facts.Start, facts.End, delivery);
        var parent = Id(facts.Parent);
        var category = SpanJudgement.Categorise(facts);
        return new SpanEvent
        {
            Trace = new TraceId(BinaryPrimitives.ReadUInt128BigEndian(facts.TraceId)),
            Span = Id(facts.SpanId),
            Parent = parent,
            IsRequest = SpanJudgement.IsRequest(facts, parent.IsPresent),
            Source = source,
            Name = category == SpanCategory.Tool && !facts.Call.ToolName.IsEmpty ? tools.Get(facts.Call.ToolName) : names.Get(facts.Name),
            Category = category,
            StartNanos = times.StartNanos,
            DurationNanos = times.DurationNanos,
            Failed = facts.Failed,
            CorrelationId = CorrelationOf(facts.CorrelationId),
            Variant = SpanVariant.Of(facts, body.Span, texts),
            Prompt = PromptOf(facts),
            Fallback = FallbackOf(facts),
            Use = category == SpanCategory.Model ? UseOf(facts, times.StartNanos) : null,
            Body = facts.NeedsScrubbing ? Scrubbed(body.Span, delivery) : body,
        };
    }

    private byte[] Scrubbed(ReadOnlySpan<byte> body, Delivery delivery)
    {
        delivery.Scratch.Clear();
        scrubber.Write(body, delivery.Scratch, delivery.Tally);
        return delivery.Scratch.ToArray();
    }

    private ModelUse UseOf(in SpanFacts facts, long atNanos) =>
        pricing.Price(facts.Call.ToModelCall(texts.Get(facts.Call.Model), texts.Get(facts.Call.Provider), atNanos));

    // A reason says as much as the flag beside it; without one it fell back for reasons of its own.
    private string? FallbackOf(in SpanFacts facts) =>
        facts.FallbackUsed == false ? ""
        : !facts.FallbackReason.IsEmpty ? texts.Get(facts.FallbackReason)
        : facts.FallbackUsed == true ? NoReason
        : null;

    private string PromptOf(in SpanFacts facts)
    {
        if (!facts.PromptId.IsEmpty)
        {
            return texts.Get(facts.PromptId);
        }

        return facts.Call.PromptName.IsEmpty || facts.Call.PromptVersion.IsEmpty
            ? texts.Get(facts.Call.PromptName)
            : $"{texts.Get(facts.Call.PromptName)}@{texts.Get(facts.Call.PromptVersion)}";
    }

    // An id that could not be a header is not searched for; it stays among the attributes.
    private static string CorrelationOf(ReadOnlySpan<byte> id)
    {
        if (id.Length is 0 or > Correlation.MaxLength)
        {
            return "";
        }

        Span<char> chars = stackalloc char[Correlation.MaxLength];
        chars = chars[..System.Text.Encoding.UTF8.GetChars(id, chars)];
        return Correlation.IsValid(chars) ? new string(chars) : "";
    }

    private static string? Fault(in SpanFacts facts) =>
        facts.TraceId.Length != TraceIdBytes ? $"a trace id has {facts.TraceId.Length} bytes and must have {TraceIdBytes}"
        : facts.SpanId.Length != SpanIdBytes ? $"a span id has {facts.SpanId.Length} bytes and must have {SpanIdBytes}"
        : !facts.TraceId.ContainsAnyExcept((byte)0) ? "a trace id is all zeros"
        : !facts.SpanId.ContainsAnyExcept((byte)0) ? "a span id is all zeros"
        : facts.Parent.Length is not (0 or SpanIdBytes) ? $"a parent span id has {facts.Parent.Length} bytes and must have {SpanIdBytes} or none"
        : null;

    private static SpanId Id(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? default : new SpanId(BinaryPrimitives.ReadUInt64BigEndian(bytes));
}
