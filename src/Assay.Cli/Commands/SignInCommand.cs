using System.CommandLine;
using Assay.Cli.Hubs;
using Assay.Cli.Showing;
using Assay.Server.Access;

namespace Assay.Cli.Commands;

/// <summary><c>assay sign-in</c>: an address by which a browser signs in to the hub that runs.</summary>
internal static class SignInCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var choice = new HubChoiceOptions();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "sign-in",
            "Print an address by which one browser signs in to the hub: it works once, within ten minutes.",
            """
            assay sign-in
            assay sign-in --data /var/lib/assay
            ASSAY_TOKEN=assay_... assay sign-in --hub https://assay.example.org
            """
        );
        choice.AddTo(command);
        command.Options.Add(json);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var hub = HubClient.Need(choice.Read(parsed), surroundings.Environment);
                var url = await hub.PostAsync("/api/v1/sign-in-urls", content: null, AccessJson.Default.SignInUrl, cancellationToken);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, url) : surroundings.Out.WriteLineAsync(url.Url.ToString()));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
