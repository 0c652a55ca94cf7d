using System.Globalization;
using Assay.Server.Hosting;

namespace Assay.Cli.Hubs;

/// <summary>A hub that is ready: where it is and how to sign in.</summary>
/// <param name="Pages">Pages and API.</param>
/// <param name="OtlpHttp">OTLP over HTTP.</param>
/// <param name="OtlpGrpc">OTLP over gRPC.</param>
/// <param name="SignInUrl">Signs one browser in, once, within ten minutes.</param>
/// <param name="DataFolder">Where it keeps what it takes in.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="ReadyMs">How long the start took, in milliseconds.</param>
internal sealed record ServedHub(Uri Pages, Uri OtlpHttp, Uri OtlpGrpc, Uri SignInUrl, string DataFolder, int ProcessId, double ReadyMs)
{
    public static ServedHub Of(Hub hub, HubOptions options, TimeSpan took)
    {
        var addresses = hub.Addresses;
        return new ServedHub(
            addresses.Pages,
            addresses.OtlpHttp,
            addresses.OtlpGrpc,
            hub.NewSignInUrl(),
            Path.GetFullPath(options.DataFolder),
            Environment.ProcessId,
            Math.Round(took.TotalMilliseconds)
        );
    }
}

/// <summary>The same for a person.</summary>
internal static class ServedHubView
{
    public static Task WriteAsync(TextWriter output, ServedHub hub) =>
        output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                The hub is ready ({hub.ReadyMs / 1000:0.0} s).

                  pages and API    {Text(hub.Pages)}
                  OTLP over HTTP   {Text(hub.OtlpHttp)}
                  OTLP over gRPC   {Text(hub.OtlpGrpc)}
                  data             {hub.DataFolder}
                  log              {Path.Combine(hub.DataFolder, "logs", "hub.log")}

                Sign in, once, within ten minutes:
                  {hub.SignInUrl}

                Ctrl+C stops it. `assay sign-in` prints another sign-in address.
                """
            )
        );

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
