using Assay.Server.Costs;
using Assay.Server.Hosting;
using Assay.Server.Intake.Content;
using Assay.Server.Intake.Logs;
using Assay.Server.Intake.Spans;

namespace Assay.Server.Intake;

/// <summary>The readers of the signals that the hub takes.</summary>
internal sealed class ExportReaders
{
    private readonly ExportReader traces;
    private readonly ExportReader logs;

    public ExportReaders(HubOptions options, ISpanPricing pricing)
    {
        var policy = new ContentPolicy(options.KeepContent);
        var sources = new SourceTable(policy);
        traces = new ExportReader(sources, new SpanReader(policy, pricing));
        logs = new ExportReader(sources, new LogReader(policy));
    }

    public ExportReader For(Signal signal) =>
        signal switch
        {
            Signal.Traces => traces,
            Signal.Logs => logs,
            _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "The hub reads traces and logs."),
        };
}
