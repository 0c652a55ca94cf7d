using System.Collections.Frozen;
using Assay.Experimentation.Flags;
using Assay.Flags;

namespace Assay.Experimentation.Experiments;

/// <summary>All experiments at a moment. Never changes, is safe for any number of threads, and asking it allocates nothing.</summary>
internal sealed class ExperimentSet
{
    /// <summary>The most experiments of a set.</summary>
    public const int Most = 10_000;

    private readonly FrozenDictionary<string, Experiment> experiments;

    private ExperimentSet(IReadOnlyDictionary<string, Experiment> experiments)
    {
        this.experiments = experiments.ToFrozenDictionary(StringComparer.Ordinal);
        All = [.. experiments.Values.OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    /// <summary>No experiments.</summary>
    public static ExperimentSet Empty { get; } = Build([]);

    /// <summary>Every experiment by name.</summary>
    public IReadOnlyList<Experiment> All { get; }

    /// <summary>Experiments from files.</summary>
    /// <exception cref="AssayException">A file does not fit: weights that do not sum to 100, slots of running experiments that overlap, … (exit code 2); the message names its place.</exception>
    public static ExperimentSet Build(IEnumerable<ExperimentFile> files)
    {
        var made = new Dictionary<string, Experiment>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            Fault.Demand(file, FaultOwner.Experiment(file?.Name ?? ""));
            if (made.TryGetValue(file!.Name, out var other))
            {
                throw Fault.At(
                    file,
                    FaultOwner.Experiment(file.Name),
                    $"there are two of this name, the other at {other.Definition.Place}.",
                    "Name one of them differently."
                );
            }

            if (made.Count == Most)
            {
                throw Fault.At(file, FaultOwner.Experiment(file.Name), $"there are more than {Most} experiments.", "Remove those that are decided.");
            }

            made.Add(file.Name, new ExperimentReading(file).Read());
        }

        CheckLayers(made.Values);
        return new ExperimentSet(made);
    }

    /// <summary>An experiment, or null.</summary>
    public Experiment? Find(string? name) => name is null ? null : experiments.GetValueOrDefault(name);

    /// <summary>The arm of a unit; null when it takes no part or there is no such experiment. Never throws.</summary>
    public string? Arm(string? experiment, in Unit unit) => Find(experiment)?.Arm(in unit);

    /// <summary>Slots of an experiment that has ended are free for the next.</summary>
    private static void CheckLayers(IEnumerable<Experiment> experiments)
    {
        foreach (
            var layer in experiments.Where(e => e.Definition.Running && e.Shares.Slots is not null).GroupBy(e => e.Definition.Layer, StringComparer.Ordinal)
        )
        {
            // In order of their begin, whoever overlaps anyone overlaps a neighbour.
            var ordered = layer.OrderBy(e => e.Shares.Slots!.Value.From).ToList();
            for (var i = 1; i < ordered.Count; i++)
            {
                if (ordered[i].Shares.Slots!.Value.Overlaps(ordered[i - 1].Shares.Slots!.Value))
                {
                    throw Fault.At(
                        ordered[i].Definition,
                        FaultOwner.Experiment(ordered[i].Name),
                        $"its slots of the layer '{layer.Key}' overlap those of '{ordered[i - 1].Name}'.",
                        "Give each experiment of a layer a part of its own."
                    );
                }
            }
        }
    }
}
