using System.Globalization;
using Assay.Experimentation.Experiments;

namespace Assay.Experimentation.Assignment;

/// <summary>Experiments with salts of their own, for an audit of assignment itself.</summary>
internal static class GeneratedExperiments
{
    /// <summary>Two even arms in the first, and in turn three uneven ones in the next.</summary>
    public static IReadOnlyList<Experiment> Of(int count) => ExperimentSet.Build(Enumerable.Range(1, count).Select(File)).All;

    private static ExperimentFile File(int number) =>
        new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"generated-{number:0000}"),
            Variants = number % 2 == 1 ? [Arm("control", 50), Arm("new", 50)] : [Arm("control", 60), Arm("new", 30), Arm("other", 10)],
        };

    private static ArmEntry Arm(string name, decimal weight) => new() { Name = name, Weight = weight };
}
