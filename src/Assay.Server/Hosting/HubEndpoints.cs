using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Assay.Server.Hosting;

/// <summary>The three listening ports: opened together, and a port that cannot be opened is named with its option.</summary>
internal static class HubEndpoints
{
    /// <summary>Bytes of a body that the pages and the API take; OTLP has a bound of its own.</summary>
    public const long MaxBodyBytes = 1 << 20;

    // OTLP senders compress up to some MiB; an endpoint may ask for less.
    private const long MaxOtlpBodyBytes = 64 << 20;

    // Half of them may be event streams, which stay.
    private const int MaxConnections = 4_000;

    /// <summary>The address of a text; null when it is none.</summary>
    public static IPAddress? TryParse(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : null;

    public static bool IsLoopback(string host) => TryParse(host) is { } address && IPAddress.IsLoopback(address);

    /// <summary>Opens the ports when the host starts.</summary>
    /// <exception cref="AssayException">The certificate cannot be read (exit code 2).</exception>
    public static void Listen(KestrelServerOptions kestrel, HubOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = MaxOtlpBodyBytes;
        var certificate = ReadCertificate(options);
        foreach (var port in HubPort.All(options))
        {
            kestrel.Listen(TryParse(options.Host)!, port.Number, listen => Configure(listen, port.Listener, certificate));
        }
    }

    /// <summary>Why the ports could not be opened: names the first that is not free.</summary>
    public static AssayException Explain(HubOptions options, Exception failure)
    {
        var address = TryParse(options.Host)!;
        foreach (var port in HubPort.All(options).Where(p => p.Number > 0))
        {
            if (WhyNot(address, port.Number) is { } reason)
            {
                return AssayException.Infrastructure($"{port.Name}: port {port.Number} of {options.Host} cannot be opened: {reason}.", port.Fix, failure);
            }
        }

        return AssayException.Infrastructure(
            $"The hub cannot listen on {options.Host}: {failure.Message}",
            "Check that --host is an address of this machine, or choose other ports with --port, --otlp-http-port and --otlp-grpc-port.",
            failure
        );
    }

    private static void Configure(ListenOptions listen, HubListener listener, ServedCertificate? certificate)
    {
        // HTTP/2 without TLS has to be agreed on beforehand: gRPC always speaks it, browsers never.
        listen.Protocols =
            listener == HubListener.OtlpGrpc ? HttpProtocols.Http2
            : certificate is null ? HttpProtocols.Http1
            : HttpProtocols.Http1AndHttp2;
        if (certificate is not null)
        {
            listen.UseHttps(https =>
            {
                https.ServerCertificate = certificate.Leaf;
                https.ServerCertificateChain = certificate.Chain;
            });
        }

        listen.Use(
            (connection, next) =>
            {
                connection.Features.Set(new ListenerFeature(listener));
                return next(connection);
            }
        );
    }

    private static ServedCertificate? ReadCertificate(HubOptions options)
    {
        if (options.CertificateFile is not { } file)
        {
            return null;
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            return new ServedCertificate(X509Certificate2.CreateFromPemFile(file, options.CertificateKeyFile), chain);
        }
        catch (CryptographicException e)
        {
            throw AssayException.Usage(
                $"The certificate {file} cannot be read: {e.Message}",
                "Give --certificate a PEM certificate and --certificate-key its unencrypted PEM key.",
                e
            );
        }
    }

    private static string? WhyNot(IPAddress address, int port)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
            probe.Listen(1);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another program listens there",
                SocketError.AccessDenied => "this user may not open it",
                SocketError.AddressNotAvailable => "this machine does not have that address",
                _ => e.Message,
            };
        }
    }

    /// <summary>What the hub shows of itself.</summary>
    /// <param name="Leaf">Its own certificate, with the key.</param>
    /// <param name="Chain">All certificates of the file: callers know the root, and need those between it and ours.</param>
    private sealed record ServedCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain);
}
