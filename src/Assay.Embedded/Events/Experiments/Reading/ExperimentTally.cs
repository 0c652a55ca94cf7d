using System.Runtime.InteropServices;
using Assay.Stores;

namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>
/// The sums of an experiment over units that come one after the other, each with its exposures first and then its outcomes, every key once.
/// Of a unit only one column per name is held, however many outcomes it has.
/// </summary>
internal sealed class ExperimentTally(ExperimentPlan plan)
{
    private const long NanosOfDay = 86_400L * 1_000_000_000;

    private readonly VariantTally?[] variants = new VariantTally?[plan.Variants.Count];
    private readonly Dictionary<(int Day, int Variant), long> days = [];
    private readonly UnitColumn[] columns = new UnitColumn[plan.Columns];
    private bool hasUnit;
    private long unit;
    private int variant = ExperimentPlan.None;
    private bool isInSeveral;
    private long exposed;
    private long inSeveral;
    private long withoutExposure;
    private long tooLate;
    private long first = long.MaxValue;
    private long last = long.MinValue;

    public void Add(in UnitRecord record)
    {
        if (!hasUnit || record.Unit != unit)
        {
            CloseUnit();
            (unit, hasUnit) = (record.Unit, true);
        }

        if (record.TimeNanos >= plan.Before)
        {
            return;
        }

        if (record.IsExposure)
        {
            AddExposure(record);
        }
        else if (variant == ExperimentPlan.None)
        {
            withoutExposure++;
        }
        else if (!isInSeveral)
        {
            AddOutcome(record);
        }
    }

    /// <summary>The sums of the units so far; no more may be added.</summary>
    public ExperimentSums ToSums()
    {
        CloseUnit();
        return new ExperimentSums([.. variants.Select((v, i) => v?.ToSums(plan.Variants[i])).OfType<VariantSums>()])
        {
            InSeveral = inSeveral,
            OutcomesWithoutExposure = withoutExposure,
            OutcomesTooLate = tooLate,
            First = first <= last ? Nanos.ToTime(first) : null,
            Last = first <= last ? Nanos.ToTime(last) : null,
            ByDay =
            [
                .. days.OrderBy(d => d.Key)
                    .Select(d => new ExposedUnits(DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(d.Key.Day)), plan.Variants[d.Key.Variant], d.Value)),
            ],
        };
    }

    private void AddExposure(in UnitRecord record)
    {
        var seen = plan.VariantOf(record);
        if (seen == ExperimentPlan.None)
        {
            return;
        }

        isInSeveral |= variant != ExperimentPlan.None && variant != seen;
        exposed = variant == ExperimentPlan.None ? record.TimeNanos : Math.Min(exposed, record.TimeNanos);
        variant = seen;
    }

    private void AddOutcome(in UnitRecord record)
    {
        var after = record.TimeNanos - exposed;
        if (after > plan.Attribution)
        {
            tooLate++;
            return;
        }

        var column = plan.ColumnOf(record);
        if (column == ExperimentPlan.None || after < -plan.PreExposure)
        {
            return;
        }

        if (after < 0)
        {
            columns[column].AddPre(record.Value);
            return;
        }

        columns[column].Add(record.Value);
        TallyOf(variant).AddValue(column, record.Value);
    }

    private void CloseUnit()
    {
        if (isInSeveral)
        {
            inSeveral++;
        }
        else if (variant != ExperimentPlan.None)
        {
            CountUnit();
        }

        columns.AsSpan().Clear();
        (variant, isInSeveral) = (ExperimentPlan.None, false);
    }

    private void CountUnit()
    {
        (first, last) = (Math.Min(first, exposed), Math.Max(last, exposed));
        CollectionsMarshal.GetValueRefOrAddDefault(days, ((int)(exposed / NanosOfDay), variant), out _)++;
        TallyOf(variant).AddUnit(columns);
    }

    private VariantTally TallyOf(int place) => variants[place] ??= new VariantTally(plan);
}
