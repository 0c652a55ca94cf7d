using MathNet.Numerics.LinearAlgebra;

namespace Assay.Models.Offline;

/// <summary>
/// Learns a latent semantic space from a corpus: the leading right singular vectors of the weighted chunk × term matrix by randomised subspace iteration
/// (Halko, Martinsson, Tropp: Finding Structure with Randomness, 2011, algorithm 4.4).
/// </summary>
internal static class LsaLearner
{
    /// <summary>Dimensions of the space at most; a corpus of lower rank gets fewer.</summary>
    public const int Dimensions = 200;

    /// <summary>Directions carried along beyond those that are kept; the customary number.</summary>
    private const int Oversampling = 10;

    /// <summary>Power iterations; singular values of text fall slowly, and fewer than four lose retrieval quality.</summary>
    private const int PowerIterations = 5;

    /// <summary>Directions with less than this share of the largest squared length are noise of single precision.</summary>
    private const double RankTolerance = 1e-9;

    /// <summary>Term vectors (one row a term) of the learned space; null when the corpus has no two chunks that share a term.</summary>
    public static DenseRows? Learn(SparseRows matrix, long seed, int threads)
    {
        var width = Math.Min(Dimensions + Oversampling, Math.Min(matrix.Rows, matrix.Columns));
        if (width < 2 || matrix.Value.Length == 0)
        {
            return null;
        }

        // Both sides of the matrix span the same space; the iteration runs on the shorter one, where a basis is cheaper.
        var byTerm = matrix.Transpose();
        var overChunks = matrix.Rows <= matrix.Columns;
        var (shorter, longer) = overChunks ? (matrix, byTerm) : (byTerm, matrix);
        var basis = Gaussian(shorter.Rows, width, seed);
        for (var i = 0; i < PowerIterations; i++)
        {
            // One pass keeps the columns apart, which is all that the iteration needs; the last basis must be orthonormal, which takes two.
            var passes = i == PowerIterations - 1 ? 2 : 1;
            basis = OrthonormalBasis.Of(DenseRows.Multiply(shorter, DenseRows.Multiply(longer, basis, threads), threads), passes, threads);
        }

        var image = DenseRows.Multiply(longer, basis, threads);
        var (values, vectors) = Eigen(image.Gram(threads));
        return overChunks
            ? image.Multiply(Leading(values, vectors, value => 1 / Math.Sqrt(value)), threads)
            : basis.Multiply(Leading(values, vectors, _ => 1), threads);
    }

    private static DenseRows Gaussian(int rows, int columns, long seed)
    {
        var random = new Random(unchecked((int)seed ^ (int)(seed >> 32)));
        var matrix = new DenseRows(rows, columns);
        var values = matrix.Values;
        for (var i = 0; i < values.Length; i++)
        {
            // Box-Muller; 1 - u keeps the logarithm finite.
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return matrix;
    }

    /// <summary>Eigenvectors of the largest eigenvalues as columns, each scaled and with a fixed sign, so that the result is unique.</summary>
    private static double[,] Leading(double[] values, double[,] vectors, Func<double, double> scale)
    {
        var size = values.Length;
        var least = RankTolerance * values.Max();
        var kept = Enumerable.Range(0, size).OrderByDescending(i => values[i]).Take(Dimensions).TakeWhile(i => values[i] > least).ToList();
        var leading = new double[size, kept.Count];
        for (var k = 0; k < kept.Count; k++)
        {
            var largest = Enumerable.Range(0, size).MaxBy(i => Math.Abs(vectors[i, kept[k]]));
            var factor = scale(values[kept[k]]) * (vectors[largest, kept[k]] < 0 ? -1 : 1);
            for (var i = 0; i < size; i++)
            {
                leading[i, k] = vectors[i, kept[k]] * factor;
            }
        }

        return leading;
    }

    private static (double[] Values, double[,] Vectors) Eigen(double[,] symmetric)
    {
        var decomposition = Matrix<double>.Build.DenseOfArray(symmetric).Evd(Symmetricity.Symmetric);
        return (decomposition.EigenValues.Select(v => v.Real).ToArray(), decomposition.EigenVectors.ToArray());
    }
}
