using Assay.Catalogs;

namespace Assay.Releases.Files;

/// <summary>What is wrong with a release file.</summary>
/// <param name="Place">Where.</param>
/// <param name="Problem">What.</param>
/// <param name="Fix">What to do.</param>
internal sealed record ReleaseFault(CatalogPlace Place, string Problem, string Fix)
{
    /// <summary>All faults of a file in one error; null when there are none.</summary>
    public static AssayException? ErrorOf(IReadOnlyList<ReleaseFault> faults) =>
        faults.Count switch
        {
            0 => null,
            1 => faults[0].Place.Error(faults[0].Problem, faults[0].Fix),
            _ => AssayException.Usage(
                string.Join("\n  ", faults.Select(f => $"{f.Place}: {f.Problem} {f.Fix}")),
                "Mend these lines; docs/reference/en/releases.md shows every key."
            ),
        };
}
