using System.Globalization;
using Assay.Experimentation.Flags;

namespace Assay.Experimentation.Experiments;

/// <summary>How often the hub looks at an experiment by itself: <c>6h</c>, <c>1d</c>, <c>30m</c>, or <c>never</c>.</summary>
internal static class LookInterval
{
    /// <summary>Without another word in the file.</summary>
    public const string Default = "1d";

    private const string Never = "never";

    // A look reads every event of the experiment; a report that changes more often than this nobody reads.
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>The interval; null for never.</summary>
    /// <exception cref="AssayException">It is none (exit code 2); the message names its place.</exception>
    public static TimeSpan? Of(ExperimentFile file)
    {
        if (file.LookEvery == Never)
        {
            return null;
        }

        return Read(file.LookEvery) is { } every && every >= Shortest && every <= Longest
            ? every
            : throw Fault.At(
                file,
                FaultOwner.Experiment(file.Name),
                $"lookEvery '{file.LookEvery}' is no interval.",
                "Write minutes, hours or days from 10m to 90d, such as 30m, 6h or 1d; or never."
            );
    }

    private static TimeSpan? Read(string? text) =>
        text is { Length: > 1 }
        && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= Longest.TotalMinutes
            ? text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            }
            : null;
}
