namespace Assay.Benchmarks.Evaluating;

/// <summary>How much the bench does.</summary>
/// <param name="Cases">Cases of a usual run.</param>
/// <param name="LargeCases">Cases of a large run.</param>
/// <param name="Rounds">Runs of each contender.</param>
/// <param name="Kills">Kills.</param>
internal sealed record EvalScale(int Cases, int LargeCases, int Rounds, int Kills)
{
    /// <summary>What the page shows.</summary>
    public static readonly EvalScale Full = new(1_000, 100_000, 3, 100);

    /// <summary>A look in about a minute.</summary>
    public static readonly EvalScale Short = new(1_000, 5_000, 1, 5);
}
