using System.Text.Json.Serialization;
using Assay.Experimentation.Flags;

namespace Assay.Server.Flags;

/// <summary>A change of a flag that somebody asks for; what is left out stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FlagChange
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 500;

    private const int MostRules = 100;
    private const int MostShares = 100;

    /// <summary>True: the kill switch; false: undoes it.</summary>
    public bool? Killed { get; init; }

    /// <summary>Switches the flag on or off, whatever its file says.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Shares by variant in percent, instead of the file's, for units that no rule decides.</summary>
    public IReadOnlyDictionary<string, decimal>? Rollout { get; init; }

    /// <summary>Rules instead of the file's.</summary>
    public IReadOnlyList<RuleEntry>? Rules { get; init; }

    /// <summary>Whether everything is again as the file says, the kill switch included. Stands alone.</summary>
    public bool Reset { get; init; }

    /// <summary>Why: 1 to 500 characters. It stands in the history and in the audit log.</summary>
    public string? Reason { get; init; }

    /// <summary>The version that the change was made for, 0 for a flag as its file has it; any when left out.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>What the change does, in a word: <c>killed</c>, <c>restored</c>, <c>reset</c>, <c>changed</c>.</summary>
    [JsonIgnore]
    public string Kind =>
        Reset ? "reset"
        : Killed == true ? "killed"
        : Killed == false ? "restored"
        : "changed";

    private string Why => Reason?.Trim() ?? "";

    /// <exception cref="AssayException">A value is wrong, or nothing is changed (exit code 2).</exception>
    public void Check()
    {
        CheckWhatChanges();
        Require(
            Why.Length is > 0 and <= LongestReason,
            $"The reason has {Why.Length} characters.",
            $"Say why in 1 to {LongestReason} characters: it stands in the history of the flag."
        );
        Require(!Why.Any(char.IsControl), "The reason has a control character, such as a line break.", "Write it in one line.");
    }

    /// <summary>The same without asking for a reason, for what is only tried.</summary>
    /// <exception cref="AssayException">A value is wrong, or nothing is changed (exit code 2).</exception>
    public void CheckWhatChanges()
    {
        var changes = Killed is not null || Enabled is not null || Rollout is not null || Rules is not null;
        Require(changes || Reset, "Nothing is changed.", "Give one of killed, enabled, rollout, rules and reset.");
        Require(!(changes && Reset), "reset stands beside another change.", "Send reset alone, then the change.");
        Require(Rollout is not { Count: > MostShares }, $"The rollout has {Rollout?.Count} shares.", $"Give at most {MostShares}.");
        Require(Rules is not { Count: > MostRules }, $"There are {Rules?.Count} rules.", $"Give at most {MostRules}.");
        Require(ExpectedVersion is null or >= 0, $"expected_version is {ExpectedVersion}.", "Give the version that GET /api/v1/flags/NAME tells.");
    }

    /// <summary>The override that the change makes of another.</summary>
    /// <param name="before">The one in force; null for none.</param>
    /// <param name="flag">The flag.</param>
    /// <param name="actor">Who.</param>
    /// <param name="now">When; a clock that went back does not put history out of order.</param>
    public FlagOverride Over(FlagOverride? before, string flag, string actor, DateTimeOffset now)
    {
        var at = before is not null && now <= before.At ? before.At.AddTicks(1) : now;
        var kept = Reset ? null : before;
        return new FlagOverride
        {
            Flag = flag,
            Killed = Killed ?? kept?.Killed ?? false,
            Enabled = Enabled ?? kept?.Enabled,
            Rollout = Rollout ?? kept?.Rollout,
            Rules = Rules ?? kept?.Rules,
            Actor = actor,
            Reason = Why,
            At = at,
            Version = (before?.Version ?? 0) + 1,
        };
    }

    private static void Require(bool isWell, string problem, string fix)
    {
        if (!isWell)
        {
            throw AssayException.Usage(problem, fix);
        }
    }
}
