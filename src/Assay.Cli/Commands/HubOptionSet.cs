using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Assay.Server.Hosting;

namespace Assay.Cli.Commands;

/// <summary>The options of <c>assay serve</c>.</summary>
internal sealed class HubOptionSet
{
    private static readonly HubOptions Defaults = new();

    private readonly Option<string> data = CommonOptions.Data();
    private readonly Option<string> catalog = new("--catalog")
    {
        Description = "Folder with SLOs, prices and prompts; one that is missing is an empty catalog.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Defaults.CatalogFolder,
    };
    private readonly Option<string> host = new("--host")
    {
        Description = "IP address to listen on. Anything but loopback asks for tokens, and for TLS or --behind-proxy.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => Defaults.Host,
    };
    private readonly Option<int> port = Port("--port", "pages and API", Defaults.Port);
    private readonly Option<int> otlpHttp = Port("--otlp-http-port", "OTLP over HTTP", Defaults.OtlpHttpPort);
    private readonly Option<int> otlpGrpc = Port("--otlp-grpc-port", "OTLP over gRPC", Defaults.OtlpGrpcPort);
    private readonly Option<string[]> allowed = new("--allow-host")
    {
        Description = "Name by which the hub is reached beside its address and localhost; may be given several times.",
        HelpName = "NAME",
    };
    private readonly Option<bool> proxy = new("--behind-proxy") { Description = "A proxy in front of the hub speaks TLS for it. Asks for tokens everywhere." };
    private readonly Option<double?> keepDays = NumberOption.Number(
        "--keep-days",
        "DAYS",
        $"Telemetry older than this is deleted. The default is {Defaults.KeepDays}."
    );
    private readonly Option<double?> keepGib = NumberOption.Number(
        "--keep-gib",
        "GIB",
        $"When the store takes more, the oldest telemetry is deleted. The default is {Defaults.KeepGib}."
    );
    private readonly Option<string?> certificate = new("--certificate")
    {
        Description = "PEM file with the certificate; all ports then speak TLS.",
        HelpName = "FILE",
    };
    private readonly Option<string?> key = new("--certificate-key") { Description = "PEM file with the certificate's key.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[data, catalog, host, port, otlpHttp, otlpGrpc, allowed, proxy, certificate, key, keepDays, keepGib])
        {
            command.Options.Add(option);
        }
    }

    public HubOptions Read(ParseResult parsed, IReadOnlyDictionary<string, string> variables) =>
        new()
        {
            DataFolder = parsed.GetValue(data)!,
            CatalogFolder = parsed.GetValue(catalog)!,
            Host = parsed.GetValue(host)!,
            Port = parsed.GetValue(port),
            OtlpHttpPort = parsed.GetValue(otlpHttp),
            OtlpGrpcPort = parsed.GetValue(otlpGrpc),
            AllowedHosts = parsed.GetValue(allowed) ?? [],
            BehindProxy = parsed.GetValue(proxy),
            CertificateFile = parsed.GetValue(certificate),
            CertificateKeyFile = parsed.GetValue(key),
            KeepDays = parsed.GetValue(keepDays) ?? Defaults.KeepDays,
            KeepGib = parsed.GetValue(keepGib) ?? Defaults.KeepGib,
            Variables = variables,
        };

    private static Option<int> Port(string name, string what, int byDefault) =>
        new(name)
        {
            Description = $"Port of {what}; 0 picks a free one.",
            HelpName = "PORT",
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Number(result, name),
        };

    private static int Number(ArgumentResult result, string name)
    {
        var text = result.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
        {
            return port;
        }

        result.AddError($"{name} takes a number from 0 to 65535, not '{text}'.");
        return 0;
    }
}
