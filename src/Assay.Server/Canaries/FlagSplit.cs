using Assay.Releases.Canaries;
using Assay.Server.Flags;

namespace Assay.Server.Canaries;

/// <summary>
/// A canary's traffic as a flag's percentage. 0 is the kill switch: thrown in this process first, stored afterwards, so that neither store nor files are needed to stop.
/// </summary>
/// <param name="desk">Where flags are decided.</param>
/// <param name="flag">The flag.</param>
/// <param name="variant">The variant that is the canary.</param>
internal sealed class FlagSplit(FlagDesk desk, string flag, string variant) : ITrafficSplit
{
    private const decimal Whole = 100;
    private const int Decimals = 4;

    // Traffic is away by then; nobody who wants to know waits longer for the record.
    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(5);

    public Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken) =>
        percent == 0 ? StopAsync(Short(reason), cancellationToken)
        : Read() == percent ? Task.CompletedTask
        : ChangeAsync(new FlagChange { Rollout = Shares(percent), Reason = Short(reason) }, cancellationToken);

    public Task<decimal?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Read());

    /// <summary>That the flag can carry a canary now.</summary>
    /// <exception cref="AssayException">There is no such flag or variant, a kill switch would not stop the canary, or the flag is off (exit code 2).</exception>
    public void DemandUsable()
    {
        if (!desk.State.Files.TryGetValue(flag, out var file))
        {
            throw AssayException.Usage($"There is no flag '{flag}'.", "Write its file in the catalog's folder flags, or mend split.flag of the release.");
        }

        Demand(
            EffectiveFlag.VariantsOf(file).Contains(variant),
            $"Flag '{flag}' has no variant '{variant}'.",
            $"It has {string.Join(", ", EffectiveFlag.VariantsOf(file))}: mend split.variant of the release."
        );
        Demand(
            file.Default != variant && file.WhenOff != variant,
            $"'{variant}' is what '{flag}' gives by default or when it is off.",
            "A canary is the other variant: else nobody could take its traffic away. Set default and whenOff to control's."
        );
        Demand(
            EffectiveFlag.SwitchOf(file, desk.State.OverrideOf(flag)) == FlagSwitch.On,
            $"Flag '{flag}' is switched off.",
            $"If that is over: `assay flag restore {flag} --reason …`, or enable it, then start again."
        );
    }

    private decimal? Read()
    {
        var state = desk.State;
        if (!state.Files.TryGetValue(flag, out var file))
        {
            return null;
        }

        var decided = state.InForceOf(flag);
        return EffectiveFlag.SwitchOf(file, decided) != FlagSwitch.On ? 0 : EffectiveFlag.Of(file, decided).Rollout?.GetValueOrDefault(variant) ?? 0;
    }

    private async Task StopAsync(string reason, CancellationToken cancellationToken)
    {
        if (desk.IsHeldOff(flag) || desk.State.OverrideOf(flag) is not { Killed: true })
        {
            await KillAsync(reason, cancellationToken);
        }

        await TryForgetShareAsync(cancellationToken);
    }

    private async Task KillAsync(string reason, CancellationToken cancellationToken)
    {
        desk.HoldOff(flag, reason);
        try
        {
            await ChangeAsync(new FlagChange { Killed = true, Reason = reason }, cancellationToken).WaitAsync(StoreLimit, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw AssayException.Infrastructure(
                $"Flag '{flag}' is off in this hub, but the store did not take it within {StoreLimit.TotalSeconds:0} s.",
                "It is tried again; check the disk of the data folder.",
                e
            );
        }

        desk.LetGo(flag);
    }

    /// <summary>
    /// Takes the canary's share out of the flag: who restores it would give a candidate that failed its last share again, and nobody would watch. Traffic is away by then, so it
    /// may fail.
    /// </summary>
    private async Task TryForgetShareAsync(CancellationToken cancellationToken)
    {
        var state = desk.State;
        if (!state.Files.TryGetValue(flag, out var file) || state.OverrideOf(flag) is not { } decided)
        {
            return;
        }

        if (EffectiveFlag.Of(file, decided).Rollout?.GetValueOrDefault(variant) is not > 0)
        {
            return;
        }

        var change = new FlagChange
        {
            Rollout = Shares(0),
            // What somebody changed meanwhile is theirs.
            ExpectedVersion = decided.Version,
            Reason = $"The canary is over: '{variant}' has no share when the flag is restored.",
        };
        try
        {
            await ChangeAsync(change, cancellationToken).WaitAsync(StoreLimit, cancellationToken);
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            // The flag is off, which is what was asked for.
        }
    }

    private async Task ChangeAsync(FlagChange change, CancellationToken cancellationToken)
    {
        var outcome = await desk.ChangeAsync(flag, change, CanaryMove.Controller, cancellationToken);
        if (outcome.Kind != ChangeOutcomeKind.Done)
        {
            throw AssayException.Infrastructure(
                outcome.Kind == ChangeOutcomeKind.Unknown ? $"There is no flag '{flag}' any more." : $"Somebody else changed '{flag}' at the same moment.",
                "It is tried again; see `assay flag show`."
            );
        }
    }

    // Other variants keep their shares as far as there is room.
    private Dictionary<string, decimal> Shares(decimal percent)
    {
        var state = desk.State;
        var now = state.Files.TryGetValue(flag, out var file) ? EffectiveFlag.Of(file, state.InForceOf(flag)).Rollout : null;
        var others = (now ?? []).Where(s => s.Key != variant).ToList();
        var sum = others.Sum(s => s.Value);
        var scale = sum > Whole - percent ? (Whole - percent) / sum : 1;
        var shares = others.ToDictionary(s => s.Key, s => decimal.Round(s.Value * scale, Decimals, MidpointRounding.ToZero), StringComparer.Ordinal);
        shares[variant] = percent;
        return shares;
    }

    private static string Short(string reason)
    {
        var line = string.Concat(reason.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length == 0 ? "canary"
            : line.Length <= FlagChange.LongestReason ? line
            : line[..(FlagChange.LongestReason - 1)] + "…";
    }

    private static void Demand(bool isWell, string problem, string fix)
    {
        if (!isWell)
        {
            throw AssayException.Usage(problem, fix);
        }
    }
}
