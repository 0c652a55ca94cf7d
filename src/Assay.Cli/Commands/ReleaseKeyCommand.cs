using System.CommandLine;
using Assay.Cli.Releasing;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay release key</c>: makes the key of an approver.</summary>
internal static class ReleaseKeyCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var name = new Argument<string>("name") { Description = "Whose key: 1 to 64 of a-z 0-9 _ - . and a letter first.", HelpName = "NAME" };
        var key = new Option<string?>("--key")
        {
            Description = "File to write the private key to; the default is ~/.config/assay/approvers/NAME.pem.",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "key",
            "Make a key pair to approve releases with: the private half in a file that only you can read, the public half as an entry for approvers.yaml.",
            """
            assay release key anna
            assay release key anna --key /media/usb/anna.pem
            """
        )
        {
            name,
            key,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var person = parsed.GetValue(name)!;
                var path = ApproverKeys.PathOf(person, parsed.GetValue(key), surroundings.Environment);
                var made = new MadeKey(person, path, ApproverKeys.Make(path));
                cancellationToken.ThrowIfCancellationRequested();
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, made) : surroundings.Out.WriteLineAsync(Text(made)));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static string Text(MadeKey made) =>
        $"""
            The private key is in {made.KeyFile}; nobody else may read it.
            Add this to approvers in catalog/releases/approvers.yaml, and have it reviewed:

              - name: {made.Name}
                key: {made.PublicKey}
                may: [gate, promote]
                releases: ["*"]
            """;

    /// <summary>A key pair.</summary>
    private sealed record MadeKey(string Name, string KeyFile, string PublicKey);
}
