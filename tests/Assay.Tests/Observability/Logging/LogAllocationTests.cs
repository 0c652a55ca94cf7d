using Assay.Observability;
using Assay.Observability.Correlations;
using Assay.Observability.Logging;
using Assay.Observability.Tracing;
using Assay.Telemetry;
using Assay.Tests.Observability.Tracing;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Logging;

[Collection(AloneInProcess.Name)]
public sealed class LogAllocationTests
{
    [Fact]
    public void A_record_allocates_nothing_when_nothing_is_redacted()
    {
        using var tracing = new TracingBed();
        using var folder = new TempFolder();
        using var meter = new ObservabilityMeter(TelemetryRegistry.Default);
        using var provider = new JsonLoggerProvider(new ObservabilityOptions { LogFilePath = folder.File("app.log") }, meter);
        using var factory = LoggerFactory.Create(b => b.AddProvider(provider));
        var logger = factory.CreateLogger("Assay.Rag.Dense");
        using var scope = Correlation.Begin("req-42");
        using var span = tracing.Source.Operation("rag.dense");
        var allocated = long.MaxValue;
        // The first rounds run code that the compiler has not optimised yet, and that boxes; on a busy machine it takes its time.
        var began = TimeProvider.System.GetTimestamp();
        while (allocated > 0 && TimeProvider.System.GetElapsedTime(began) < Patience.Longest)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(logger, 2_000);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        allocated.ShouldBe(0);
    }

    private static void Repeat(ILogger logger, int count)
    {
        for (var i = 0; i < count; i++)
        {
            // The pair makes the redactor look twice, and find nothing.
            Messages.Finished(logger, "sparse", "tokens=512 by offline/lsa");
        }
    }
}
