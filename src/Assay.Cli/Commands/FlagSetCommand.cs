using System.CommandLine;
using System.Globalization;
using Assay.Catalogs;
using Assay.Cli.Flagging;
using Assay.Experimentation.Flags;
using Assay.Server.Flags;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag set</c>: shares, rules, the switch, or all as the file says.</summary>
internal static class FlagSetCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var name = FlagOptions.Name();
        var rollout = new Option<string[]>("--rollout")
        {
            Description = "Share in percent of those whom no rule decides: 5 for the variant on, or b=20; may be given several times, none for no shares.",
            HelpName = "SHARE",
        };
        var enabled = new Option<bool?>("--enabled") { Description = "true or false: switch the flag on or off, whatever its file says.", HelpName = "BOOL" };
        var rules = new Option<string?>("--rules") { Description = "File with rules, YAML or JSON, instead of those of the flag's file.", HelpName = "FILE" };
        var reset = new Option<bool>("--reset") { Description = "Everything as the file says again, the kill switch too." };
        var reason = FlagOptions.Reason();
        var expected = FlagOptions.ExpectedVersion();
        var command = new ExampleCommand(
            "set",
            "Change shares, rules or the switch of a flag. It is in force everywhere within a second; the file in git stays as it is until `assay flag export`.",
            """
            assay flag set rag_plus_plus --rollout 5 --reason "canary"
            assay flag set reranker_model --rollout large=20 --reason "a fifth first"
            assay flag set rag_plus_plus --rules rules.yaml --expected-version 4 --reason "beta group first"
            assay flag set rag_plus_plus --reset --reason "its file says the same now"
            """
        )
        {
            name,
            rollout,
            enabled,
            rules,
            reset,
            reason,
            expected,
        };
        command.Shows(
            new FlagOptions(),
            surroundings,
            async (source, parsed, cancellationToken) =>
            {
                var flag = parsed.GetValue(name)!;
                var shares = parsed.GetValue(rollout) is { Length: > 0 } given ? await SharesAsync(source, flag, given, cancellationToken) : null;
                var change = new FlagChange
                {
                    Rollout = shares,
                    Enabled = parsed.GetValue(enabled),
                    Rules = parsed.GetValue(rules) is { } file ? Rules(file) : null,
                    Reset = parsed.GetValue(reset),
                    Reason = parsed.GetValue(reason)!,
                    ExpectedVersion = parsed.GetValue(expected),
                };
                change.Check();
                return await source.ChangeAsync(flag, change, cancellationToken);
            },
            detail => [FlagDetailView.Sentence(detail)]
        );
        return command;
    }

    private static async Task<Dictionary<string, decimal>> SharesAsync(FlagSource source, string flag, string[] given, CancellationToken cancellationToken)
    {
        var shares = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var share in given.Where(g => g != "none"))
        {
            var split = share.LastIndexOf('=');
            var variant = split < 0 ? await OnlyVariantAsync(source, flag, cancellationToken) : share[..split];
            if (!shares.TryAdd(variant, Percent(share[(split + 1)..])))
            {
                throw AssayException.Usage($"--rollout: '{variant}' has two shares.", "Give one share for each variant.");
            }
        }

        return shares;
    }

    private static decimal Percent(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? percent
            : throw AssayException.Usage($"--rollout: '{text}' is no share.", "Write percent as a number: 5, 0.5 or b=20.");

    // A share without a variant is that of "on", or of the one that is not the default.
    private static async Task<string> OnlyVariantAsync(FlagSource source, string flag, CancellationToken cancellationToken)
    {
        var found = (await source.GetAsync(flag, cancellationToken)).Flag;
        var others = found.Variants.Where(v => v != found.Default).ToList();
        return found.Variants.Contains("on") ? "on"
            : others is [var only] ? only
            : throw AssayException.Usage(
                $"--rollout: '{flag}' has the variants {string.Join(", ", found.Variants)}, none of them 'on'.",
                "Name the variant: --rollout b=20."
            );
    }

    private static List<RuleEntry> Rules(string file) =>
        CatalogFile.Read<List<RuleEntry>>(file) switch
        {
            [var rules] => rules,
            var several => throw AssayException.Usage($"'{file}' has {several.Count} documents.", "Write one list of rules."),
        };
}
