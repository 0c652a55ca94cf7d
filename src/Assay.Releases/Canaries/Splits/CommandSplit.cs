namespace Assay.Releases.Canaries.Splits;

/// <summary>Traffic moved by a command that takes the percentage. Exit code 0 means that traffic is split so; the share is what was last confirmed that way.</summary>
/// <param name="command">The program and its arguments; <c>{percent}</c> stands for the share.</param>
/// <param name="mark">Where the share is remembered.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandSplit(IReadOnlyList<string> command, SplitMark mark, TimeProvider time) : ITrafficSplit
{
    /// <summary>What stands for the share.</summary>
    public const string Percent = "{percent}";

    public async Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken)
    {
        if (mark.Read() == percent)
        {
            return;
        }

        mark.Clear();
        await SplitCommand.RunAsync([.. command.Select(a => a.Replace(Percent, SplitMark.Text(percent)))], time, cancellationToken);
        mark.Write(percent);
    }

    public Task<decimal?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(mark.Read());
}
