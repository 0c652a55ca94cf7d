using Assay.Stores;

namespace Assay.Server.Quality;

/// <summary>By what quality is split.</summary>
/// <param name="Name">As in <c>by=</c>.</param>
/// <param name="Dimension">The store's dimension.</param>
internal sealed record QualitySplit(string Name, Dimension Dimension)
{
    public static readonly IReadOnlyList<QualitySplit> All =
    [
        new("operation", Dimension.Operation),
        new("version", Dimension.Version),
        new("variant", Dimension.Variant),
        new("prompt", Dimension.Prompt),
        new("service", Dimension.Service),
    ];

    /// <summary>The split of a name; by operation when none is given.</summary>
    /// <exception cref="AssayException">There is no split of that name (exit code 2).</exception>
    public static QualitySplit Of(string name) =>
        name.Length == 0
            ? All[0]
            : All.FirstOrDefault(s => s.Name == name)
                ?? throw AssayException.Usage($"'by' is no split: '{name}'.", $"Give one of {string.Join(", ", All.Select(s => s.Name))}.");
}
