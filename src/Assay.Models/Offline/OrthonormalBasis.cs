namespace Assay.Models.Offline;

/// <summary>
/// Makes the columns of a tall matrix orthonormal by the Cholesky factor of its Gram matrix (CholeskyQR; twice, as in Yamamoto, Nakatsukasa, Yanagisawa,
/// Fukaya: Roundoff error analysis of the CholeskyQR2 algorithm, 2015). It is two passes over the matrix, where a Householder QR takes one for each column.
/// </summary>
internal static class OrthonormalBasis
{
    /// <summary>A column whose squared length falls below this share once the columns before it are taken out holds only rounding errors of single precision.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>A basis of the same span; fewer columns when some depend on others.</summary>
    public static DenseRows Of(DenseRows matrix, int passes, int threads)
    {
        for (var pass = 0; pass < passes; pass++)
        {
            matrix = matrix.Multiply(InverseFactor(matrix.Gram(threads)), threads);
        }

        return matrix;
    }

    /// <summary>R⁻¹ of the factor RᵀR of a Gram matrix, without the columns that depend on those before them.</summary>
    internal static double[,] InverseFactor(double[,] gram)
    {
        var size = gram.GetLength(0);
        var inverse = new double[size, size];
        var kept = 0;
        var projection = new double[size];
        for (var column = 0; column < size; column++)
        {
            // The squared length of what is left of the column: its own less its projections on the basis so far.
            var left = gram[column, column];
            for (var k = 0; k < kept; k++)
            {
                projection[k] = Projection(inverse, gram, k, column);
                left -= projection[k] * projection[k];
            }

            if (left > Tolerance * gram[column, column])
            {
                Append(inverse, projection, kept++, column, Math.Sqrt(left));
            }
        }

        return Leading(inverse, kept);
    }

    private static double Projection(double[,] inverse, double[,] gram, int k, int column)
    {
        var sum = 0.0;
        for (var i = 0; i < column; i++)
        {
            sum += inverse[k, i] * gram[column, i];
        }

        return sum;
    }

    // Basis vector n = (column − Σ projection × basis vector) / length, as coefficients of the columns; kept by rows while it is made.
    private static void Append(double[,] inverse, double[] projection, int n, int column, double length)
    {
        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i < column; i++)
            {
                inverse[n, i] -= projection[k] * inverse[k, i];
            }
        }

        for (var i = 0; i < column; i++)
        {
            inverse[n, i] /= length;
        }

        inverse[n, column] = 1 / length;
    }

    private static double[,] Leading(double[,] inverse, int kept)
    {
        var size = inverse.GetLength(0);
        var leading = new double[size, kept];
        for (var k = 0; k < kept; k++)
        {
            for (var i = 0; i < size; i++)
            {
                leading[i, k] = inverse[k, i];
            }
        }

        return leading;
    }
}
