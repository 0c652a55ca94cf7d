using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Tests.Tidy;

/// <summary>Tests pass on a slow and busy machine too: a wait that only ends what hangs has the bound of <see cref="Patience"/>, at least a minute.</summary>
public sealed partial class PatienceTests
{
    private const double LeastSeconds = 60;

    [Fact]
    public void No_wait_of_a_test_ends_before_a_slow_machine_has_done_its_work() =>
        Repository
            .Under("tests/", ".cs")
            .Where(f => !f.EndsWith($"/{nameof(PatienceTests)}.cs", StringComparison.Ordinal))
            .SelectMany(f => Repository.Text(f).Split('\n').Select((line, i) => (File: $"{f}:{i + 1}", Line: line.Trim())))
            .Where(l => IsShort(l.Line))
            .ShouldBeEmpty("take Patience.Longest; a limit that a test is about is met by what hangs, and its name says so");

    [Fact]
    public void The_rule_sees_short_bounds()
    {
        string[] hasty =
        [
            "await task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);",
            "limit.CancelAfter(TimeSpan.FromMilliseconds(5_000));",
            "using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));",
            "SpinWait.SpinUntil(() => done, TimeSpan.FromSeconds(1)).ShouldBeTrue();",
            "using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };",
            "private static readonly TimeSpan Bound = TimeSpan.FromSeconds(59.5);",
        ];
        hasty.ShouldAllBe(line => IsShort(line));
        string[] patient =
        [
            "await task.WaitAsync(Patience.Longest, Cancel);",
            "limit.CancelAfter(TimeSpan.FromSeconds(60));",
            "Fixtures.Quick with { AttemptTimeout = TimeSpan.FromMilliseconds(50) }",
            "using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));",
        ];
        patient.ShouldAllBe(line => !IsShort(line));
    }

    private static bool IsShort(string line) =>
        Bounds()
            .Matches(line)
            .Any(m =>
                double.Parse(m.Groups["n"].Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
                    / (m.Groups["unit"].Value == "Milliseconds" ? 1000 : 1)
                < LeastSeconds
            );

    [GeneratedRegex(
        @"(\b(WaitAsync|CancelAfter|SpinUntil|WaitForExit|Flush)\([^;]*?|new CancellationTokenSource\(|\b(Timeout|Bound|Longest|Patience)\s*=\s*)TimeSpan\.From(?<unit>Milliseconds|Seconds)\((?<n>[\d_.]+)\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Bounds();
}
