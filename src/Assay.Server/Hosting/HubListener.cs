using Microsoft.AspNetCore.Http;

namespace Assay.Server.Hosting;

/// <summary>Which of the hub's ports a connection came in by.</summary>
internal enum HubListener
{
    /// <summary>Pages and API.</summary>
    Pages,

    /// <summary>OTLP over HTTP.</summary>
    OtlpHttp,

    /// <summary>OTLP over gRPC.</summary>
    OtlpGrpc,
}

/// <summary>Stands on every connection; requests see it among their features.</summary>
internal sealed record ListenerFeature(HubListener Listener);

/// <summary>A port of the hub and how to choose another.</summary>
internal sealed record HubPort(HubListener Listener, string Name, string Option, int Number)
{
    /// <summary>What to do when it is taken.</summary>
    public string Fix =>
        $"Stop the program that has it, or choose another port with {Option} PORT (0 for a free one)."
        + (Listener == HubListener.Pages ? "" : " Senders then need OTEL_EXPORTER_OTLP_ENDPOINT with that port.");

    public static IReadOnlyList<HubPort> All(HubOptions options) =>
        [
            new(HubListener.Pages, "Pages and API", "--port", options.Port),
            new(HubListener.OtlpHttp, "OTLP over HTTP", "--otlp-http-port", options.OtlpHttpPort),
            new(HubListener.OtlpGrpc, "OTLP over gRPC", "--otlp-grpc-port", options.OtlpGrpcPort),
        ];
}

/// <summary>Which paths each port answers: a port that is opened for senders must not serve pages to them.</summary>
internal static class ListenerRule
{
    private const string OtlpHttpPrefix = "/v1";
    private const string OtlpGrpcPrefix = "/opentelemetry.proto.collector.";

    public static bool Answers(HubListener listener, PathString path) =>
        listener switch
        {
            HubListener.OtlpHttp => path.StartsWithSegments(OtlpHttpPrefix),
            HubListener.OtlpGrpc => IsGrpc(path),
            _ => !path.StartsWithSegments(OtlpHttpPrefix) && !IsGrpc(path),
        };

    /// <summary>The port a request came in by; pages when the server is not the hub's own, as in a test server.</summary>
    public static HubListener Listener(this HttpContext context) => context.Features.Get<ListenerFeature>()?.Listener ?? HubListener.Pages;

    private static bool IsGrpc(PathString path) => path.Value?.StartsWith(OtlpGrpcPrefix, StringComparison.Ordinal) == true;
}
