using Assay.Stores;

namespace Assay.Server.Costs;

/// <summary>By what costs are split.</summary>
/// <param name="Name">As in <c>by=</c>.</param>
/// <param name="Dimension">The store's dimension; on model calls the name is the model.</param>
public sealed record CostSplit(string Name, Dimension Dimension)
{
    public static readonly CostSplit Model = new("model", Dimension.Name);

    public static readonly CostSplit Prompt = new("prompt", Dimension.Prompt);
    public static readonly CostSplit Operation = new("operation", Dimension.Operation);
    public static readonly CostSplit Version = new("version", Dimension.Version);
    public static readonly CostSplit Service = new("service", Dimension.Service);
    public static readonly CostSplit Variant = new("variant", Dimension.Variant);

    public static readonly IReadOnlyList<CostSplit> All = [Model, Prompt, Operation, Version, Service, Variant];

    /// <summary>The tables of the page, in their order.</summary>
    public static readonly IReadOnlyList<CostSplit> OnPage = [Model, Prompt, Operation, Version, Variant];

    /// <summary>The split of a name; <see cref="Model"/> when none is given.</summary>
    /// <exception cref="AssayException">There is no split of that name (exit code 2).</exception>
    public static CostSplit Of(string name) =>
        name.Length == 0
            ? Model
            : All.FirstOrDefault(s => s.Name == name)
                ?? throw AssayException.Usage($"'by' is no split: '{name}'.", $"Give one of {string.Join(", ", All.Select(s => s.Name))}.");
}
