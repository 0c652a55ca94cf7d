using Assay.Prices;
using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>A span in a block, without its ids and its body: times relative to the block, texts and sources by their place in the block's tables.</summary>
internal static class SpanCodec
{
    private const int CategoryBits = 0x07;
    private const int RequestBit = 0x08;
    private const int FailedBit = 0x10;
    private const int UseBit = 0x20;
    private const int ParentBit = 0x40;
    private const int FallbackBit = 0x80;

    public static void Write(ByteWriter bytes, SpanEvent span, SpanTables tables)
    {
        bytes.Byte(Flags(span));
        if (span.Parent.IsPresent)
        {
            bytes.Fixed(span.Parent.Value);
        }

        bytes.Number(tables.Place(span.Source));
        bytes.Signed(span.StartNanos - tables.Base);
        bytes.Number((ulong)span.DurationNanos);
        bytes.Number(tables.Place(span.Name));
        bytes.Number(tables.Place(span.CorrelationId));
        bytes.Number(tables.Place(span.Variant));
        bytes.Number(tables.Place(span.Prompt));
        if (span.Fallback is { } fallback)
        {
            bytes.Number(tables.Place(fallback));
        }

        if (span.Use is { } use)
        {
            bytes.Number(tables.Place(use.Model));
            bytes.Number(tables.Place(use.Provider));
            WriteFigures(bytes, use);
        }

        bytes.Number(span.Body.Length);
    }

    public static SpanEvent Read(ref ByteReader bytes, TraceId trace, SpanId id, SpanTables.Reading tables, out int bodyLength)
    {
        var flags = bytes.Byte();
        var span = new SpanEvent
        {
            Trace = trace,
            Span = id,
            Category = (SpanCategory)(flags & CategoryBits),
            IsRequest = (flags & RequestBit) != 0,
            Failed = (flags & FailedBit) != 0,
            Parent = (flags & ParentBit) != 0 ? new SpanId(bytes.Fixed()) : default,
            Source = tables.Source(bytes.Count()),
            StartNanos = tables.Base + bytes.Signed(),
            DurationNanos = (long)bytes.Number(),
            Name = tables.Text(bytes.Count()),
            CorrelationId = tables.Text(bytes.Count()),
            Variant = tables.Text(bytes.Count()),
            Prompt = tables.Text(bytes.Count()),
            Fallback = (flags & FallbackBit) != 0 ? tables.Text(bytes.Count()) : null,
            Use = (flags & UseBit) != 0 ? ReadFigures(ref bytes, tables.Text(bytes.Count()), tables.Text(bytes.Count())) : null,
        };
        bodyLength = bytes.Count();
        return span;
    }

    /// <summary>A model call on its own, as a row of requests keeps it.</summary>
    public static ReadOnlySpan<byte> WriteUse(ByteWriter bytes, ModelUse? use)
    {
        bytes.Clear();
        if (use is null)
        {
            return [];
        }

        bytes.Text(use.Model);
        bytes.Text(use.Provider);
        WriteFigures(bytes, use);
        return bytes.Written;
    }

    public static ModelUse? ReadUse(ReadOnlySpan<byte> stored)
    {
        var bytes = new ByteReader(stored);
        return stored.IsEmpty ? null : ReadFigures(ref bytes, bytes.Text(), bytes.Text());
    }

    private static byte Flags(SpanEvent span) =>
        (byte)(
            (int)span.Category
            | (span.IsRequest ? RequestBit : 0)
            | (span.Failed ? FailedBit : 0)
            | (span.Use is null ? 0 : UseBit)
            | (span.Parent.IsPresent ? ParentBit : 0)
            | (span.Fallback is null ? 0 : FallbackBit)
        );

    private static void WriteFigures(ByteWriter bytes, ModelUse use)
    {
        bytes.Byte((byte)(((int)use.Pricing << 1) | (use.IsRetry ? 1 : 0)));
        bytes.Signed(use.Tokens.Input);
        bytes.Signed(use.Tokens.CachedInput);
        bytes.Signed(use.Tokens.CacheWrite);
        bytes.Signed(use.Tokens.Output);
        bytes.Signed(use.Tokens.Reasoning);
        bytes.Signed(use.Cost.Pico);
    }

    private static ModelUse ReadFigures(ref ByteReader bytes, string model, string provider)
    {
        var flags = bytes.Byte();
        var tokens = new TokenUsage(bytes.Signed(), bytes.Signed(), bytes.Signed(), bytes.Signed(), bytes.Signed());
        return new ModelUse(model, provider, tokens, (Pricing)(flags >> 1), new Money(bytes.Signed()), (flags & 1) != 0);
    }
}
