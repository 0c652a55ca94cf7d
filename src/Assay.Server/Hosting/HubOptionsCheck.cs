using System.Net;

namespace Assay.Server.Hosting;

/// <summary>What is wrong with options, all of it at once.</summary>
internal static class HubOptionsCheck
{
    private const int MostAllowedHosts = 64;

    /// <exception cref="AssayException">One or more options are wrong (exit code 2).</exception>
    public static void Check(HubOptions options)
    {
        var faults = Faults(options).ToList();
        if (faults.Count > 0)
        {
            throw AssayException.Usage(string.Join(" ", faults.Select(f => f.Problem)), string.Join(" ", faults.Select(f => f.Fix).Distinct()));
        }
    }

    public static IEnumerable<OptionFault> Faults(HubOptions options) =>
        [.. Addresses(options), .. Ports(options), .. Certificates(options), .. Keeping(options), .. Exposure(options)];

    private static IEnumerable<OptionFault> Addresses(HubOptions options)
    {
        if (HubEndpoints.TryParse(options.Host) is null)
        {
            yield return new(
                $"--host '{options.Host}' is no IP address.",
                "Give --host an IP address of this machine, such as 127.0.0.1 or 0.0.0.0, and the names by which it is reached with --allow-host."
            );
        }

        if (options.DataFolder.Length == 0)
        {
            yield return new("--data is empty.", "Name a folder, or leave --data out for .assay.");
        }

        if (options.AllowedHosts.Count > MostAllowedHosts)
        {
            yield return new($"--allow-host names {options.AllowedHosts.Count} hosts.", $"Name at most {MostAllowedHosts}.");
        }

        foreach (var name in options.AllowedHosts.Where(h => Uri.CheckHostName(h) == UriHostNameType.Unknown))
        {
            yield return new($"--allow-host '{name}' is no host name.", "Give a name without scheme and port, such as assay.example.org.");
        }
    }

    private static IEnumerable<OptionFault> Ports(HubOptions options)
    {
        var ports = HubPort.All(options);
        foreach (var port in ports.Where(p => p.Number is < 0 or > IPEndPoint.MaxPort))
        {
            yield return new($"{port.Option} {port.Number} is no port.", "Ports are 0 to 65535; 0 picks a free one.");
        }

        foreach (var same in ports.Where(p => p.Number > 0).GroupBy(p => p.Number).Where(g => g.Count() > 1))
        {
            yield return new($"{string.Join(" and ", same.Select(p => p.Option))} are both {same.Key}.", "Give each its own port, or 0 for a free one.");
        }
    }

    private static IEnumerable<OptionFault> Keeping(HubOptions options)
    {
        if (options.KeepDays is not (>= 1 and <= 3650))
        {
            yield return new($"--keep-days {options.KeepDays} is out of range.", "Keep telemetry for 1 to 3650 days.");
        }

        if (options.KeepGib is not (>= 0.1 and <= 100_000))
        {
            yield return new($"--keep-gib {options.KeepGib} is out of range.", "Keep 0.1 to 100000 GiB of telemetry.");
        }
    }

    private static IEnumerable<OptionFault> Certificates(HubOptions options)
    {
        if (options.CertificateKeyFile is not null && options.CertificateFile is null)
        {
            yield return new("--certificate-key has no --certificate.", "Name the certificate's PEM file with --certificate.");
        }

        foreach (var file in new[] { options.CertificateFile, options.CertificateKeyFile }.OfType<string>().Where(f => !File.Exists(f)))
        {
            yield return new($"There is no file {file}.", "Give --certificate and --certificate-key PEM files that exist.");
        }
    }

    private static IEnumerable<OptionFault> Exposure(HubOptions options)
    {
        if (HubEndpoints.TryParse(options.Host) is not null && !HubEndpoints.IsLoopback(options.Host) && !options.IsSecure)
        {
            yield return new(
                $"--host {options.Host} lets other machines in, and nothing encrypts what they send.",
                "Give a certificate with --certificate FILE --certificate-key FILE, or say --behind-proxy when a proxy in front of the hub speaks TLS."
            );
        }
    }
}

/// <summary>An option that is wrong, and what to do.</summary>
internal sealed record OptionFault(string Problem, string Fix);
