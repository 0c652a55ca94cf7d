using Assay.Server.Hosting;
using Assay.Server.Intake.Content;
using Assay.Server.Intake.Spans;

namespace Assay.Server.Intake;

/// <summary>The readers of the signals that the hub takes.</summary>
internal sealed class ExportReaders
{
    private readonly ExportReader traces;

    public ExportReaders(HubOptions options)
    {
        var policy = new ContentPolicy(options.KeepContent);
        var sources = new SourceTable(policy);
        traces = new ExportReader(sources, new SpanReader(policy));
    }

    public ExportReader For(Signal signal) => signal == Signal.Traces ? traces : throw new ArgumentOutOfRangeException(nameof(signal));
}
