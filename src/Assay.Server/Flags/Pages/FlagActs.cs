using Assay.Server.Access;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Flags.Pages;

/// <summary>Changes that people make by forms: as those of the API they are audited, counted and followed to their end.</summary>
internal static class FlagActs
{
    /// <exception cref="AssayException">The change is wrong in itself or for the flag (exit code 2).</exception>
    public static async Task<ChangeOutcome> MakeAsync(HttpContext context, FlagDesk desk, FlagMeter meter, string flag, FlagChange change)
    {
        var outcome = await desk.ChangeAsync(flag, change, context.Caller().Actor, CancellationToken.None);
        if (outcome is { Kind: ChangeOutcomeKind.Done, Override: { } done })
        {
            context.Audits($"flag.{change.Kind}", flag, done.Reason);
            meter.Changed(change.Kind);
        }

        return outcome;
    }

    /// <summary>Shows the flag with a word of what was done.</summary>
    public static void Show(HttpContext context, string flag, FlagChange change, long version) =>
        context.Response.Redirect(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{FlagTexts.Address(flag)}?done={change.Kind}&version={version}")
        );
}
