using System.CommandLine;
using Assay.Cli.Releasing;
using Assay.Releases.Approvals;
using Assay.Releases.Files;
using Assay.Server.Releases;

namespace Assay.Cli.Commands;

/// <summary><c>assay release approve</c>: signs that a candidate may go on.</summary>
internal static class ReleaseApproveCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var release = ReleaseOptions.Id();
        var name = new Option<string>("--as")
        {
            Description = "Who approves, by their name in catalog/releases/approvers.yaml.",
            HelpName = "NAME",
            Required = true,
        };
        var key = new Option<string?>("--key")
        {
            Description = "File of the private key; the default is ~/.config/assay/approvers/NAME.pem.",
            HelpName = "FILE",
        };
        var scope = new Option<string>("--for")
        {
            Description = "What is approved: gate (that traffic may move at all; the default) or promote (that all traffic may).",
            HelpName = "SCOPE",
            DefaultValueFactory = _ => ApprovalScope.Gate,
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, in 1 to 500 characters; it is signed and stands in the ledger.",
            HelpName = "TEXT",
            Required = true,
        };
        scope.AcceptOnlyFromAmong(ApprovalScope.Gate, ApprovalScope.Promote);
        var command = new ExampleCommand(
            "approve",
            "Sign that a candidate may go on, under the release file by which its newest gate was decided; another candidate or another file needs another approval.",
            """
            assay release approve rag_plus_plus@1.9.0 --as anna --reason "figures read, rollback rehearsed on Friday"
            assay release approve rag_plus_plus@1.9.0 --as anna --for promote --key anna.pem --reason "an hour at 25 % without a complaint"
            """
        )
        {
            release,
            name,
            key,
            scope,
            reason,
        };
        var options = new ReleaseOptions();
        command.Shows(
            options,
            surroundings,
            async (parsed, cancellationToken) =>
            {
                var id = ReleaseId.Read(parsed.GetValue(release));
                var person = parsed.GetValue(name)!;
                var pem = ApproverKeys.Read(ApproverKeys.PathOf(person, parsed.GetValue(key), surroundings.Environment));
                await using var source = await options.OpenAsync(parsed, surroundings, cancellationToken);
                var target = await source.TargetAsync(id, parsed.GetValue(scope)!, cancellationToken);
                var approval = Unsigned(target, person, parsed.GetValue(reason)!, surroundings.Time.GetUtcNow());
                approval.Check();
                return await source.ApproveAsync(approval.SignedWith(pem), cancellationToken);
            },
            link => Showing.WrappedText.Lines($"{link.Release}: {link.Summary} In the ledger as link {link.Number}.")
        );
        return command;
    }

    private static Approval Unsigned(ApprovalTarget target, string person, string reason, DateTimeOffset now) =>
        new(target.Release, target.Commit, target.FileHash, target.Scope, person, reason.Trim(), now, Signature: "");
}
