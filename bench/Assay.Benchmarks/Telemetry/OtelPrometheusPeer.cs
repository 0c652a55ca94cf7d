using System.Reflection;
using OpenTelemetry.Metrics;

namespace Assay.Benchmarks.Telemetry;

/// <summary>
/// OpenTelemetry's own Prometheus exporter. It has no stable package, so bench/run.sh builds it from a checkout of its source where there is one,
/// and the assembly is loaded into this process to take turns with ours.
/// </summary>
internal sealed class OtelPrometheusPeer
{
    public const string Name = "OpenTelemetry exporter";
    private const string Variable = "ASSAY_OTEL_PEER";

    private readonly Func<MeterProviderBuilder, bool, Func<int>> attach;

    private OtelPrometheusPeer(Func<MeterProviderBuilder, bool, Func<int>> attach) => this.attach = attach;

    /// <summary>Loads the assembly that the environment names; null, with a line for the page, where it names none.</summary>
    public static OtelPrometheusPeer? Load(out string note)
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(path))
        {
            note = $"No exporter of OpenTelemetry's in this run: {Variable} is not set (bench/run.sh sets it where it has built the peer).";
            return null;
        }

        if (!File.Exists(path))
        {
            throw AssayException.Usage($"{Variable} names '{path}', which does not exist.", "Unset it, or let bench/run.sh build the peer.");
        }

        var type = Assembly.LoadFrom(Path.GetFullPath(path)).GetType("Assay.Benchmarks.Peers.OtelPrometheusPeer", throwOnError: true)!;
        note =
            $"OpenTelemetry's Prometheus exporter is built from its source, {Environment.GetEnvironmentVariable("ASSAY_OTEL_VERSION") ?? "version not named"}, its response cache off.";
        return new OtelPrometheusPeer(type.GetMethod("Attach")!.CreateDelegate<Func<MeterProviderBuilder, bool, Func<int>>>());
    }

    public Func<int> Attach(MeterProviderBuilder builder, bool openMetrics) => attach(builder, openMetrics);
}
