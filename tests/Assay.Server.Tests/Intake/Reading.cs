using Assay.Server.Costs;
using Assay.Server.Hosting;
using Assay.Server.Intake;
using Assay.Stores;

namespace Assay.Server.Tests.Intake;

/// <summary>Reads messages without a server.</summary>
internal static class Reading
{
    private static readonly PriceBook Prices = new(new HubOptions(), TimeProvider.System);

    public const long ArrivalNanos = 1_780_000_000_000_000_000;

    public static Delivery Read(byte[] request, Signal signal = Signal.Traces, bool keepContent = false)
    {
        var delivery = new Delivery(request, ArrivalNanos);
        new ExportReaders(new HubOptions { KeepContent = keepContent }, Prices).For(signal).Read(delivery).IsPresent.ShouldBeFalse();
        return delivery;
    }

    /// <summary>The event of a span.</summary>
    public static SpanEvent Span(Action<OtlpMessage>? more = null, string name = "work", ulong kind = 1, bool keepContent = false) =>
        Read(OtlpMessage.Request([OtlpMessage.SpanWith(more, name: name, kind: kind)]), keepContent: keepContent).Spans.ShouldHaveSingleItem();
}
