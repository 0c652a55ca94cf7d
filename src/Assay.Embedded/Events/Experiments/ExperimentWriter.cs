using System.Runtime.InteropServices;
using System.Text;
using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Sqlite;
using Assay.Hashing;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments;

/// <summary>Appends exposures and outcomes as they come, and then does a part of the sorting that they will need.</summary>
internal sealed class ExperimentWriter(SqliteConnection connection, EventCounts counts, RunSizes sizes) : IDisposable
{
    private readonly ExperimentNames names = new(connection, counts);
    private readonly RecentKeys recent = new();
    private readonly RunKeeper runs = new(connection, counts, sizes);
    private readonly List<UnitRecord> records = [];
    private readonly Statement insert = new(connection, "INSERT INTO experiment_fresh(body) VALUES (?)");

    /// <summary>Writes those that are new or count instead of what is there.</summary>
    public ExperimentAppend Write(EventBatch batch, LateEvents late, DateTimeOffset now)
    {
        records.Clear();
        var (exposures, outcomes) = (new List<ExposureEvent>(batch.Exposures.Count), new List<OutcomeEvent>(batch.Outcomes.Count));
        var seen = ExperimentNames.HourOf(Nanos.Of(now));
        var (tooManyExposures, tooManyOutcomes) = (0, 0);
        foreach (var exposure in batch.Exposures)
        {
            if (!late.Refuse(exposure))
            {
                Keep(RecordOf(exposure, seen), exposure, exposures, ref tooManyExposures);
            }
        }

        foreach (var outcome in batch.Outcomes)
        {
            if (!late.Refuse(outcome))
            {
                Keep(RecordOf(outcome, seen), outcome, outcomes, ref tooManyOutcomes);
            }
        }

        Store();
        return new ExperimentAppend(exposures, outcomes, new UnitEvents(tooManyExposures, tooManyOutcomes));
    }

    /// <summary>Gives room back; see <see cref="RunKeeper.DeleteStep"/>.</summary>
    public DeletionStep DeleteStep(long before)
    {
        // What comes again is no duplicate of what was deleted.
        recent.ForgetAll();
        return runs.DeleteStep(before);
    }

    /// <summary>Deletes some experiments, variants and metrics of which no event is left; gives how many.</summary>
    public int DeleteNamesStep(long before, int most) => names.DeleteStep(before, most);

    public void ForgetAll()
    {
        names.ForgetAll();
        recent.ForgetAll();
        runs.ForgetAll();
    }

    public void Dispose()
    {
        names.Dispose();
        runs.Dispose();
        insert.Dispose();
    }

    private void Keep<T>(UnitRecord? record, T item, List<T> fresh, ref int tooMany)
    {
        if (record is not { } known)
        {
            tooMany++;
            return;
        }

        var wasThere = recent.WasThere(known, out var isNeeded);
        if (isNeeded)
        {
            records.Add(known);
        }

        if (!wasThere)
        {
            fresh.Add(item);
        }
    }

    private void Store()
    {
        if (records.Count == 0)
        {
            return;
        }

        var stored = CollectionsMarshal.AsSpan(records);
        insert.Bind(1, UnitRecords.ToBytes(stored)).Run();
        var (exposures, first) = (0, counts[EventCounts.ExperimentFresh] > 0 ? counts[EventCounts.ExperimentFreshFirst] : long.MaxValue);
        foreach (ref readonly var record in stored)
        {
            exposures += record.IsExposure ? 1 : 0;
            first = Math.Min(first, record.TimeNanos);
        }

        counts[EventCounts.Exposures] += exposures;
        counts[EventCounts.Outcomes] += stored.Length - exposures;
        counts[EventCounts.ExperimentFresh] += stored.Length;
        counts[EventCounts.ExperimentFreshFirst] = first;
        runs.Work(stored.Length);
    }

    private UnitRecord? RecordOf(ExposureEvent e, long seen)
    {
        var hour = HourOf(e.TimeNanos, seen);
        var experiment = names.IdOf(Name.OfExperiment(e.Experiment), hour);
        var variant = experiment == 0 ? 0 : names.IdOf(new Name(experiment, NameKind.Variant, e.Version, e.Variant), hour);
        return variant == 0 ? null : new UnitRecord(e.Unit, e.TimeNanos, Key: 0, Value: 0, experiment, -variant);
    }

    private UnitRecord? RecordOf(OutcomeEvent e, long seen)
    {
        var hour = HourOf(e.TimeNanos, seen);
        var experiment = names.IdOf(Name.OfExperiment(e.Experiment), hour);
        var metric = experiment == 0 ? 0 : names.IdOf(new Name(experiment, NameKind.Metric, 0, e.Metric), hour);
        return metric == 0 ? null : new UnitRecord(e.Unit, e.TimeNanos, KeyOf(e.Key), e.Value, experiment, metric);
    }

    /// <summary>Two of a million outcomes of one unit are alike with a probability of 3·10⁻⁸ (n²/2⁶⁵).</summary>
    private static ulong KeyOf(string key)
    {
        Span<byte> bytes = stackalloc byte[3 * EventCheck.LongestKey];
        return XxHash64.Hash(bytes[..Encoding.UTF8.GetBytes(key, bytes)]);
    }

    /// <summary>Up to when a name is needed: until the last of its events is deleted.</summary>
    private static long HourOf(long nanos, long seen) => Math.Max(seen, ExperimentNames.HourOf(nanos));
}

/// <summary>What was new of a batch.</summary>
/// <param name="Exposures">Exposures.</param>
/// <param name="Outcomes">Outcomes.</param>
/// <param name="TooManyNames">How many were refused, as there are too many names.</param>
internal sealed record ExperimentAppend(IReadOnlyList<ExposureEvent> Exposures, IReadOnlyList<OutcomeEvent> Outcomes, UnitEvents TooManyNames);
