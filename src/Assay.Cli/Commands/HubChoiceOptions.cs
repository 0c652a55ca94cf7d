using System.CommandLine;
using System.CommandLine.Parsing;
using Assay.Cli.Hubs;

namespace Assay.Cli.Commands;

/// <summary>The options by which a command finds its hub.</summary>
internal sealed class HubChoiceOptions
{
    private readonly Option<string> data = CommonOptions.Data();
    private readonly Option<Uri?> hub = new("--hub")
    {
        Description =
            $"Address of a hub, such as http://127.0.0.1:5080; the default is the one that holds the data folder. Its token is taken from {HubClient.TokenVariable}.",
        HelpName = "URL",
        CustomParser = Address,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(hub);
    }

    public HubChoice Read(ParseResult parsed) => new(parsed.GetValue(hub), parsed.GetValue(data)!);

    private static Uri? Address(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
        {
            return address;
        }

        result.AddError($"--hub takes an address such as http://127.0.0.1:5080, not '{text}'.");
        return null;
    }
}
