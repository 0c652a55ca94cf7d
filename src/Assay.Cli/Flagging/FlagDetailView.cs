using System.Globalization;
using Assay.Cli.Showing;
using Assay.Server.Flags;

namespace Assay.Cli.Flagging;

/// <summary>One flag, for a terminal of 80 columns.</summary>
internal static class FlagDetailView
{
    /// <summary>All of it: its switch, what was decided, and what counts as YAML.</summary>
    public static IEnumerable<string> Lines(FlagDetail detail) =>
        [
            .. FlagTables.FaultLines(detail.Fault),
            Sentence(detail),
            $"file: {detail.File}",
            .. Decided(detail),
            .. detail.Flag.Stale is { } stale ? WrappedText.Lines($"! {stale}") : [],
            "",
            .. FlagYaml.Write([detail.Effective]).TrimEnd('\n').Split('\n'),
        ];

    /// <summary>What a change came to, in a line.</summary>
    public static string Sentence(FlagDetail detail)
    {
        var flag = detail.Flag;
        var shares = flag is { State: FlagSwitch.On, Rollout.Count: > 0 } ? $": {FlagWords.Shares(flag.Rollout)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{flag.Name} is {FlagWords.Switch(flag.State)}, version {flag.Version}{shares}");
    }

    private static IEnumerable<string> Decided(FlagDetail detail) =>
        detail.Override is not { } decided
            ? []
            : WrappedText.Lines(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"decided {decided.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {decided.Actor}: {FlagWords.Decided(decided)} ({decided.Reason})"
                )
            );
}
