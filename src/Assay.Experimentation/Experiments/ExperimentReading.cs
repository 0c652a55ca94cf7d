using Assay.Catalogs;
using Assay.Experimentation.Assignment;
using Assay.Experimentation.Flags;
using Assay.Experimentation.Flags.Conditions;

namespace Assay.Experimentation.Experiments;

/// <summary>Reads an experiment's file into parts that can be asked; whatever does not fit is an error with its place (exit code 2).</summary>
internal sealed class ExperimentReading(ExperimentFile file)
{
    /// <summary>Arms of an experiment.</summary>
    private const int MostArms = 20;

    /// <summary>The longest time that outcomes are looked for: ten years.</summary>
    private const double MostHours = 87_600;

    private readonly FaultOwner owner = FaultOwner.Experiment(file.Name);

    public Experiment Read()
    {
        Fault.CheckName(file, owner, file.Name);
        if (file.Version < 1)
        {
            throw Error(file, $"version {file.Version}.", "Versions begin with 1.");
        }

        _ = LookInterval.Of(file);
        CheckNumbers();
        var shares = new ExperimentShares(Millionths(file, "traffic", file.Traffic), ReadSlots(), ReadArms());
        if (file.Audience?.Count > Limits.Conditions)
        {
            throw Error(
                file,
                $"{file.Audience.Count} conditions of its audience; {Limits.Conditions} are allowed.",
                "Ask for a group of units instead of for each."
            );
        }

        return new Experiment(file, shares, [.. (file.Audience ?? []).Select(c => Operators.Read(c, owner))]);
    }

    private SlotRange? ReadSlots()
    {
        if (file.Slots is null)
        {
            return file.Layer is null
                ? null
                : throw Error(file, $"it is in the layer '{file.Layer}' without slots.", "Write its part of the layer in percent, such as slots: [0, 50].");
        }

        if (file.Layer is null || file.Slots.Count != 2)
        {
            throw Error(file, "its slots cannot be used.", "Name the layer, and write two numbers in percent, such as slots: [0, 50].");
        }

        var range = new SlotRange(Millionths(file, "slots", file.Slots[0]), Millionths(file, "slots", file.Slots[1]));
        return range.From < range.To
            ? range
            : throw Error(file, $"its slots [{file.Slots[0]}, {file.Slots[1]}] are empty.", "The second number is the greater one.");
    }

    private Share[] ReadArms()
    {
        if (file.Variants is not { Count: >= 2 and <= MostArms } || file.Variants.Contains(null!))
        {
            throw Error(file, $"{file.Variants.Count} arms.", $"An experiment has 2 to {MostArms}, each with a name and a weight.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var arm in file.Variants)
        {
            Fault.CheckName(arm, owner, arm.Name);
            if (!names.Add(arm.Name))
            {
                throw Error(arm, $"two arms are called '{arm.Name}'.", "Name one of them differently.");
            }
        }

        if (!names.Contains(file.Control))
        {
            throw Error(file, $"its control '{file.Control}' is none of its arms.", $"Arms: {string.Join(", ", names)}.");
        }

        // Each first: what is no share cannot be summed.
        Share[] arms = [.. file.Variants.Select(a => new Share(a.Name, Millionths(a, "weight", a.Weight)))];
        var sum = file.Variants.Sum(a => a.Weight);
        return sum == 100 ? arms : throw Error(file, $"the weights of its arms sum to {sum}.", "Let them sum to 100.");
    }

    // What only an analysis asks about is checked by it; these here stop whoever writes or reads the definition.
    private void CheckNumbers()
    {
        if (file.AttributionHours is not (> 0 and <= MostHours))
        {
            throw Error(file, $"attributionHours is {file.AttributionHours}.", $"Give hours above 0, at most {MostHours} (ten years).");
        }

        if (file.PreExposureHours is not (>= 0 and <= MostHours))
        {
            throw Error(file, $"preExposureHours is {file.PreExposureHours}.", $"Give hours from 0 to {MostHours} (ten years).");
        }

        DemandFinite(file.Analysis, "alpha", file.Analysis.Alpha);
        DemandFinite(file.Analysis, "power", file.Analysis.Power);
        foreach (var metric in file.Metrics)
        {
            if (metric is null)
            {
                throw Error(file, "one of its metrics is empty.", "Write its name and kind, or take it out.");
            }

            DemandFinite(metric, $"margin of '{metric.Name}'", metric.Margin);
            DemandFinite(metric, $"relativeMargin of '{metric.Name}'", metric.RelativeMargin);
            DemandFinite(metric, $"minimalEffect of '{metric.Name}'", metric.MinimalEffect);
        }
    }

    private void DemandFinite(CatalogEntry place, string what, double? number)
    {
        if (number is { } given && !double.IsFinite(given))
        {
            throw Error(place, $"{what} is {given}.", "Write a number.");
        }
    }

    private int Millionths(CatalogEntry place, string what, decimal percent) =>
        Percent.Millionths(percent) ?? throw Error(place, $"{what} {percent} %.", "Shares are from 0 to 100 % in steps of 0.0001 %.");

    private AssayException Error(CatalogEntry place, string problem, string fix) => Fault.At(place, owner, problem, fix);
}
