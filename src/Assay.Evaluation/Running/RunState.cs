using System.Collections;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Targets;
using Assay.Prices;

namespace Assay.Evaluation.Running;

/// <summary>What an earlier start of a run left done: whole cases, and answers whose measuring was interrupted.</summary>
internal sealed class RunState(RunContent content)
{
    private readonly BitArray done = new(content.Asked);
    private readonly Dictionary<int, PartialCase> partial = [];

    /// <summary>Whole cases, repeats counted.</summary>
    public int Done { get; private set; }

    /// <summary>Of those, how many had no answer.</summary>
    public int Faults { get; private set; }

    /// <summary>Measurements that failed.</summary>
    public int JudgeErrors { get; private set; }

    /// <summary>What was paid, as far as prices are known; answers from the cache left out.</summary>
    public Money Paid { get; private set; }

    public bool IsDone(int index, int repeat) => done[Slot(index, repeat)];

    /// <summary>What is there of an unfinished case; null when nothing is.</summary>
    public PartialCase? Find(int index, int repeat) => partial.GetValueOrDefault(Slot(index, repeat));

    /// <summary>Takes in one record.</summary>
    public void Add(JournalLine line)
    {
        var slot = Slot(line.Index, line.Repeat);
        Paid += Cost(line);
        if (line.Fault is not null)
        {
            Finish(slot);
            Faults++;
            return;
        }

        var found = partial.TryGetValue(slot, out var before) ? before : new PartialCase(null, []);
        var now = new PartialCase(line.Answer ?? found.Answer, [.. found.Measured, .. line.Measured ?? []]);
        JudgeErrors += line.Measured?.Count(m => m.State == MeasuredState.Error) ?? 0;
        if (now.Measured.Count >= content.Metrics.Count)
        {
            Finish(slot);
        }
        else
        {
            partial[slot] = now;
        }
    }

    private static Money Cost(JournalLine line)
    {
        var answer = line.Answer is { FromCache: false, Cost: { } cost } ? cost.Pico : 0;
        var calls = (line.Measured ?? []).SelectMany(measured => measured.Calls ?? []).Where(call => !call.FromCache);
        return new Money(answer + calls.Sum(call => call.Cost?.Pico ?? 0));
    }

    private int Slot(int index, int repeat) => (index * content.Repeats) + repeat;

    private void Finish(int slot)
    {
        partial.Remove(slot);
        Done += done[slot] ? 0 : 1;
        done[slot] = true;
    }
}

/// <summary>A case whose measuring was interrupted.</summary>
/// <param name="Answer">The answer; null until a record with it was read.</param>
/// <param name="Measured">What was measured of it.</param>
internal sealed record PartialCase(Answer? Answer, IReadOnlyList<MeasuredLine> Measured);
