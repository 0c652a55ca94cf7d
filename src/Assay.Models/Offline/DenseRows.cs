using System.Numerics.Tensors;

namespace Assay.Models.Offline;

/// <summary>
/// A dense matrix by rows, and the few operations that learning needs. Work is split over threads by rows and every row is computed by one thread
/// in one order, so that the result does not depend on the number of threads.
/// </summary>
internal sealed class DenseRows(int rows, int columns)
{
    /// <summary>Rows per partial sum; fixed, because the grouping of a sum decides its last bits.</summary>
    private const int SumBlock = 1024;

    public float[] Values { get; } = new float[(long)rows * columns];

    public int Rows => rows;

    public int Columns => columns;

    public Span<float> Row(int row) => Values.AsSpan(row * columns, columns);

    /// <summary>Sparse × dense.</summary>
    public static DenseRows Multiply(SparseRows left, DenseRows right, int threads)
    {
        var product = new DenseRows(left.Rows, right.Columns);
        Parallelism.ForRanges(
            left.Rows,
            threads,
            row =>
            {
                var into = product.Row(row);
                for (var i = left.Starts[row]; i < left.Starts[row + 1]; i++)
                {
                    TensorPrimitives.MultiplyAdd(right.Row(left.Column[i]), left.Value[i], into, into);
                }
            }
        );
        return product;
    }

    /// <summary>This × a small square or narrow matrix given by rows.</summary>
    public DenseRows Multiply(double[,] small, int threads)
    {
        var width = small.GetLength(1);
        var factor = new DenseRows(columns, width);
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < width; j++)
            {
                factor.Row(i)[j] = (float)small[i, j];
            }
        }

        var product = new DenseRows(rows, width);
        Parallelism.ForRanges(
            rows,
            threads,
            row =>
            {
                var from = Row(row);
                var into = product.Row(row);
                for (var i = 0; i < from.Length; i++)
                {
                    TensorPrimitives.MultiplyAdd(factor.Row(i), from[i], into, into);
                }
            }
        );
        return product;
    }

    /// <summary>Transposed this × this, in double precision.</summary>
    public double[,] Gram(int threads)
    {
        var blocks = (rows + SumBlock - 1) / SumBlock;
        var sums = new float[blocks][];
        Parallelism.ForRanges(blocks, threads, block => sums[block] = GramOf(block));
        var gram = new double[columns, columns];
        foreach (var sum in sums)
        {
            for (var i = 0; i < columns; i++)
            {
                for (var j = i; j < columns; j++)
                {
                    gram[i, j] += sum[(i * columns) + j];
                    gram[j, i] = gram[i, j];
                }
            }
        }

        return gram;
    }

    private float[] GramOf(int block)
    {
        var sum = new float[columns * columns];
        var last = Math.Min(rows, (block + 1) * SumBlock);
        for (var row = block * SumBlock; row < last; row++)
        {
            var values = Row(row);
            for (var i = 0; i < columns; i++)
            {
                // The other half is the same.
                var into = sum.AsSpan((i * columns) + i, columns - i);
                TensorPrimitives.MultiplyAdd(values[i..], values[i], into, into);
            }
        }

        return sum;
    }
}
