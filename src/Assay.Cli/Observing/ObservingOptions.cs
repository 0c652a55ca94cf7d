using System.CommandLine;
using System.Globalization;

namespace Assay.Cli.Observing;

/// <summary>The options by which a command shows its metrics.</summary>
internal sealed class ObservingOptions
{
    private readonly Option<int?> port = new("--metrics-port")
    {
        Description = "Serve /metrics on 127.0.0.1 at this port while the command runs; 0 picks a free one.",
        HelpName = "PORT",
    };

    private readonly Option<string?> file = new("--metrics-file")
    {
        Description = "Write the metrics to this file at the end, for node_exporter's textfile collector.",
        HelpName = "FILE",
    };

    private readonly Option<double> linger = new("--metrics-linger")
    {
        Description = "Keep serving /metrics for so many seconds after the work, so that a scraper sees its end. The default is 0.",
        HelpName = "SECONDS",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(port);
        command.Options.Add(file);
        command.Options.Add(linger);
        linger.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 3600))
            {
                result.AddError($"--metrics-linger takes seconds from 0 to 3600, not '{result.Tokens[0].Value}'.");
            }
        });
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value is < 0 or > 65535))
            {
                result.AddError($"--metrics-port takes a number from 0 to 65535, not '{result.Tokens[0].Value}'.");
            }
        });
    }

    public ObservingRequest Read(ParseResult parsed) => new(parsed.GetValue(port), parsed.GetValue(file), TimeSpan.FromSeconds(parsed.GetValue(linger)));
}

/// <summary>How a command is to show its metrics.</summary>
internal sealed record ObservingRequest(int? Port, string? File, TimeSpan Linger);
