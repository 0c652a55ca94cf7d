using Assay.Observability;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability;

public sealed class ObservabilityOptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_specification()
    {
        var options = ObservabilityOptions.FromEnvironment(new Dictionary<string, string>());
        options.ServiceName.ShouldBe("rag-service");
        options.Environment.ShouldBe("development");
        options.TracingEnabled.ShouldBeTrue();
        options.TraceConsoleOutput.ShouldBeFalse();
        options.StructuredLogging.ShouldBeTrue();
        options.MetricsEnabled.ShouldBeTrue();
        options.TraceFilePath.ShouldBe("logs/traces.jsonl");
        options.TraceSampleRate.ShouldBe(1.0);
        options.LogLevel.ShouldBe(LogLevel.Information);
        options.LogFilePath.ShouldBe("logs/app.log");
        options.MetricsMaxSamples.ShouldBe(10_000);
        options.SloLatencyP99Ms.ShouldBe(500);
        options.OtlpEndpoint.ShouldBeNull();
    }

    [Theory]
    [InlineData("ASSAY__OBSERVABILITY__TRACE_SAMPLE_RATE")]
    [InlineData("ASSAY__OBSERVABILITY__TRACESAMPLERATE")]
    public void Both_forms_of_a_name_are_read(string name) =>
        ObservabilityOptions.FromEnvironment(new Dictionary<string, string> { [name] = "0.25" }).TraceSampleRate.ShouldBe(0.25);

    [Theory]
    [InlineData("INFO", LogLevel.Information)]
    [InlineData("warning", LogLevel.Warning)]
    [InlineData("Critical", LogLevel.Critical)]
    [InlineData("Information", LogLevel.Information)]
    [InlineData("DEBUG", LogLevel.Debug)]
    public void Levels_have_the_specifications_names_and_dotnets(string name, LogLevel level) =>
        ObservabilityOptions.FromEnvironment(new Dictionary<string, string> { ["ASSAY__OBSERVABILITY__LOG_LEVEL"] = name }).LogLevel.ShouldBe(level);

    [Fact]
    public void Every_setting_can_be_set()
    {
        var options = ObservabilityOptions.FromEnvironment(
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://first:4318",
                ["ASSAY__OBSERVABILITY__OTLP_ENDPOINT"] = "http://collector:4317",
                ["ASSAY__OBSERVABILITY__OTLP_PROTOCOL"] = "grpc",
                ["ASSAY__OBSERVABILITY__TRACE_FILE_PATH"] = "",
                ["ASSAY__OBSERVABILITY__METRICS_MAX_SAMPLES"] = "500",
                ["ASSAY__OBSERVABILITY__SLO_LATENCY_P99_MS"] = "250.5",
                ["ASSAY__OBSERVABILITY__BAGGAGE_KEYS"] = "correlation.id, tenant",
                ["ASSAY__OBSERVABILITY__STRUCTURED_LOGGING"] = "false",
            }
        );
        options.OtlpEndpoint.ShouldBe(new Uri("http://collector:4317"));
        options.OtlpOverGrpc.ShouldBeTrue();
        options.TraceFilePath.ShouldBeEmpty();
        options.MetricsMaxSamples.ShouldBe(500);
        options.SloLatencyP99Ms.ShouldBe(250.5);
        options.BaggageKeys.ShouldBe(["correlation.id", "tenant"]);
        options.StructuredLogging.ShouldBeFalse();
    }

    [Fact]
    public void All_faults_are_told_at_once_with_what_is_allowed()
    {
        var fault = Should.Throw<AssayException>(() =>
            ObservabilityOptions.FromEnvironment(
                new Dictionary<string, string>
                {
                    ["ASSAY__OBSERVABILITY__TRACE_SAMPLE_RATE"] = "1.5",
                    ["ASSAY__OBSERVABILITY__LOG_LEVEL"] = "3",
                    ["ASSAY__OBSERVABILITY__TRACING_ENABLED"] = "maybe",
                    ["ASSAY__OBSERVABILITY__METRICS_MAX_SAMPLES"] = "0",
                    ["ASSAY__OBSERVABILITY__SLO_LATENCY_P99_MS"] = "NaN",
                    ["ASSAY__OBSERVABILITY__SERVICE_NAME"] = "password=hunter2\n",
                    ["ASSAY__OBSERVABILITY__ENVIRONMENT"] = "",
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4317",
                }
            )
        );
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Message.ShouldContain("ASSAY__OBSERVABILITY__TRACE_SAMPLE_RATE is '1.5' but may be a number from 0 to 1.");
        fault.Message.ShouldContain("ASSAY__OBSERVABILITY__LOG_LEVEL is '3' but may be TRACE, DEBUG, INFO, WARNING, ERROR or CRITICAL.");
        string[] faulty = ["TRACING_ENABLED", "METRICS_MAX_SAMPLES", "SLO_LATENCY_P99_MS", "__ENVIRONMENT", "OTEL_EXPORTER_OTLP_ENDPOINT"];
        faulty.ShouldAllBe(name => fault.Message.Contains(name));
    }
}
