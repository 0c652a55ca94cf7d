using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Files;
using Assay.Models.Calls;
using Microsoft.Win32.SafeHandles;

namespace Assay.Evaluation.Running;

/// <summary>
/// A run as its journal holds it, finished or not, in the order of the dataset whatever the order in which cases were done: what reports are made of.
/// Holds a few numbers a case; answers stay in the file until they are asked for.
/// </summary>
public sealed class RunRecord : IDisposable
{
    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly List<Place>?[] places;

    private RunRecord(string path, RunPlan plan, List<Place>?[] places, int done)
    {
        this.path = path;
        this.places = places;
        Plan = plan;
        Done = done;
        file = RecordLogReader.Open(path);
    }

    /// <summary>What the run set out to do.</summary>
    public RunPlan Plan { get; }

    /// <summary>Cases done, repeats counted.</summary>
    public int Done { get; }

    /// <summary>Whether every case is done.</summary>
    public bool IsFinished => Done == Plan.Content.Asked;

    /// <summary>Reads a journal; one that is being written to is read as far as it is.</summary>
    /// <exception cref="AssayException">The file is missing, or is no journal (exit code 2).</exception>
    public static RunRecord Open(string path)
    {
        RunPlan? plan = null;
        RunState? state = null;
        List<Place>?[] places = [];
        RecordLogReader.ReadAll(
            path,
            (offset, record) =>
            {
                var line = RunJournal.Parse(record, path);
                if (plan is null)
                {
                    plan = line.Plan ?? throw RunJournal.NoPlan(path);
                    state = new RunState(plan.Content);
                    places = new List<Place>?[plan.Content.Asked];
                    return;
                }

                state!.Add(line);
                (places[(line.Index * plan.Content.Repeats) + line.Repeat] ??= new(2)).Add(new Place(offset, record.Length));
            }
        );
        return plan is null ? throw RunJournal.NoPlan(path) : new RunRecord(path, plan, places, state!.Done);
    }

    /// <summary>The cases that are done, by their place in the dataset, then by repeat.</summary>
    public IEnumerable<CaseOutcome> Outcomes()
    {
        for (var slot = 0; slot < places.Length; slot++)
        {
            if (places[slot] is { } found && Read(found, slot) is { } outcome)
            {
                yield return outcome;
            }
        }
    }

    public void Dispose() => file.Dispose();

    private CaseOutcome? Read(List<Place> found, int slot)
    {
        CaseExcerpt? asked = null;
        Answer? answer = null;
        TargetFault? fault = null;
        var calls = new List<CallFacts>();
        var measurements = new Measurement?[Plan.Content.Metrics.Count];
        foreach (var place in found)
        {
            var line = Read(place);
            (asked, answer, fault) = (line.Case ?? asked, line.Answer ?? answer, line.Fault ?? fault);
            foreach (var measured in line.Measured ?? [])
            {
                measurements[measured.Metric] = measured.ToMeasurement();
                calls.AddRange(measured.Calls ?? []);
            }
        }

        var isWhole = asked is not null && (fault is not null || (answer is not null && !measurements.Contains(null)));
        return isWhole
            ? new CaseOutcome(
                slot / Plan.Content.Repeats,
                slot % Plan.Content.Repeats,
                asked!,
                answer,
                fault,
                fault is null ? [.. measurements.OfType<Measurement>()] : [],
                calls
            )
            : null;
    }

    private JournalLine Read(Place place)
    {
        var record = new byte[place.Length];
        return RecordLogReader.TryRead(file, place.Offset, record)
            ? RunJournal.Parse(record, path)
            : throw AssayException.Infrastructure($"'{path}' changed while it was read.", "Leave the folder of a run alone while its report is made.");
    }

    private readonly record struct Place(long Offset, int Length);
}
