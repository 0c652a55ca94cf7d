using System.Text;
using Assay.Observability.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Hosting;

public sealed class HostedOptionsTests
{
    [Fact]
    public void A_service_sends_to_the_hub_on_this_machine_without_any_setting() =>
        HostedOptions.Read(Configuration("{}")).OtlpEndpoint.ShouldBe(new Uri("http://127.0.0.1:4318"));

    [Fact]
    public void Settings_come_from_the_section()
    {
        var options = HostedOptions.Read(
            Configuration(
                """
                {"Assay": {"Observability": {"ServiceName": "orders", "LogLevel": "DEBUG", "TraceSampleRate": 0.25, "OtlpEndpoint": "",
                  "BaggageKeys": ["correlation.id", "tenant"], "TraceSources": ["Orders", "Payments.*"]}}}
                """
            )
        );
        options.ServiceName.ShouldBe("orders");
        options.LogLevel.ShouldBe(LogLevel.Debug);
        options.TraceSampleRate.ShouldBe(0.25);
        options.OtlpEndpoint.ShouldBeNull();
        options.BaggageKeys.ShouldBe(["correlation.id", "tenant"]);
        options.TraceSources.ShouldBe(["Orders", "Payments.*"]);
    }

    [Theory]
    [InlineData("Assay:Observability:SERVICE_NAME")]
    [InlineData("ASSAY:OBSERVABILITY:SERVICENAME")]
    public void The_environment_wins_over_a_file_whichever_form_of_the_name_it_uses(string key)
    {
        var options = HostedOptions.Read(
            Configuration("""{"Assay": {"Observability": {"ServiceName": "file", "SERVICE_NAME": "file"}}}""", (key, "environment"))
        );
        options.ServiceName.ShouldBe("environment");
    }

    [Fact]
    public void The_variables_of_OpenTelemetry_are_read_too()
    {
        var options = HostedOptions.Read(
            Configuration("{}", ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))
        );
        options.OtlpEndpoint.ShouldBe(new Uri("http://collector:4317"));
        options.OtlpOverGrpc.ShouldBeTrue();
    }

    [Fact]
    public void Over_gRPC_a_service_sends_to_the_hubs_port_for_it_unless_an_address_is_named()
    {
        var grpc = ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        HostedOptions.Read(Configuration("{}", grpc)).OtlpEndpoint.ShouldBe(new Uri("http://127.0.0.1:4317"));
        HostedOptions.Read(Configuration("{}"), o => o.OtlpOverGrpc = true).OtlpEndpoint.ShouldBe(new Uri("http://127.0.0.1:4317"));
        var named = new Uri("http://127.0.0.1:4318");
        HostedOptions.Read(Configuration("{}", grpc, ("OTEL_EXPORTER_OTLP_ENDPOINT", named.ToString()))).OtlpEndpoint.ShouldBe(named);
        HostedOptions.Read(Configuration("{}", grpc, ("OTEL_EXPORTER_OTLP_ENDPOINT", ""))).OtlpEndpoint.ShouldBeNull();
    }

    [Fact]
    public void All_faults_are_told_at_once_with_the_section_as_the_place_to_look()
    {
        var fault = Should.Throw<AssayException>(() =>
            HostedOptions.Read(Configuration("""{"Assay": {"Observability": {"LogLevel": "LOUD", "TraceSampleRate": 2}}}"""))
        );
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Message.ShouldContain("LOGLEVEL");
        fault.Message.ShouldContain("TRACESAMPLERATE");
        fault.Fix.ShouldContain("Assay:Observability");
    }

    private static IConfigurationRoot Configuration(string json, params (string Key, string Value)[] later) =>
        new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)))
            .AddInMemoryCollection(later.ToDictionary(p => p.Key, p => (string?)p.Value))
            .Build();
}
