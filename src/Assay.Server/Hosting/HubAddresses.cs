using System.Net;

namespace Assay.Server.Hosting;

/// <summary>Where a hub listens.</summary>
/// <param name="Pages">Pages and API.</param>
/// <param name="OtlpHttp">OTLP over HTTP.</param>
/// <param name="OtlpGrpc">OTLP over gRPC.</param>
public sealed record HubAddresses(Uri Pages, Uri OtlpHttp, Uri OtlpGrpc)
{
    internal static HubAddresses Of(IEnumerable<string> urls)
    {
        var listening = urls.Select(u => new Uri(u)).ToList();
        return new HubAddresses(listening[0], listening[1], listening[2]);
    }

    /// <summary>Where a person's browser finds the pages: a hub that listens on all addresses has none of its own.</summary>
    internal Uri Browsed(HubOptions options)
    {
        var isAny = HubEndpoints.TryParse(options.Host) is { } address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        if (options.BehindProxy && options.AllowedHosts.Count > 0)
        {
            return new UriBuilder(Uri.UriSchemeHttps, options.AllowedHosts[0]).Uri;
        }

        return isAny ? new UriBuilder(Pages) { Host = options.AllowedHosts.Count > 0 ? options.AllowedHosts[0] : "127.0.0.1" }.Uri : Pages;
    }
}
