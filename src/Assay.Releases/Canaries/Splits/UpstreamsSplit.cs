using System.Globalization;
using Assay.Files;
using Assay.Releases.Files;

namespace Assay.Releases.Canaries.Splits;

/// <summary>
/// Traffic moved by the weights of two servers of an nginx upstream: a file that <c>nginx.conf</c> includes is written whole or not at all, and nginx told to read it. The share counts as set only
/// when the reload ended well; the file alone moves nothing.
/// </summary>
/// <param name="entry">File, names and the reload.</param>
/// <param name="time">The clock.</param>
internal sealed class UpstreamsSplit(UpstreamsEntry entry, TimeProvider time) : ITrafficSplit
{
    // Beside the file, so that whoever moves the file moves what is known of it.
    private readonly SplitMark mark = new(entry.File + ".applied");

    public async Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken)
    {
        var text = Text(entry, percent);
        var before = TryRead();
        if (before == text && mark.Read() == percent)
        {
            return;
        }

        mark.Clear();
        AtomicFile.WriteText(entry.File, text);
        try
        {
            await SplitCommand.RunAsync(entry.Reload, time, cancellationToken);
        }
        catch (AssayException) when (percent > 0 && before is not null)
        {
            // nginx goes on with what it has; so should a restart. A file that says 0 stays: a restart may then do what the reload could not.
            AtomicFile.WriteText(entry.File, before);
            throw;
        }

        mark.Write(percent);
    }

    public Task<decimal?> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(mark.Read() is { } percent && TryRead() == Text(entry, percent) ? percent : (decimal?)null);

    /// <summary>The file for a share.</summary>
    public static string Text(UpstreamsEntry entry, decimal percent)
    {
        var (canary, control) = Weights(percent);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Written by assay: the canary has {SplitMark.Text(percent)} % of the requests. Do not edit; it is written anew at the next step.
            upstream {entry.Name} {"{"}
            {Server(entry.Control, control)}{Server(entry.Canary, canary)}{"}"}

            """
        );
    }

    // A weight of 0 is no weight of nginx: a server without a share is left out.
    private static string Server(string address, long weight) =>
        weight == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"    server {address} weight={weight};\n");

    private static (long Canary, long Control) Weights(decimal percent)
    {
        const long Whole = 1_000_000;
        var canary = (long)(percent * (Whole / 100));
        var divisor = Divisor(canary, Whole);
        return (canary / divisor, (Whole - canary) / divisor);
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);

    private string? TryRead()
    {
        try
        {
            return File.Exists(entry.File) ? File.ReadAllText(entry.File) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
