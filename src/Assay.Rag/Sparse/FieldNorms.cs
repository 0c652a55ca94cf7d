using Assay.Rag.Terms;

namespace Assay.Rag.Sparse;

/// <summary>Length normalisation of the two fields, and from it the saturated frequency of BM25F.</summary>
internal sealed class FieldNorms
{
    private readonly TermStreams streams;
    private readonly double titleAverage;
    private readonly double bodyAverage;

    public FieldNorms(TermStreams streams)
    {
        this.streams = streams;
        long title = 0;
        foreach (var length in streams.TitleLengths)
        {
            title += length;
        }

        // An empty field must not divide by zero; nothing is counted in it either.
        titleAverage = Math.Max(1e-9, (double)title / Math.Max(1, streams.ChunkCount));
        bodyAverage = Math.Max(1e-9, (double)(streams.Tokens.Length - title) / Math.Max(1, streams.ChunkCount));
    }

    /// <summary>Saturation tf/(k1+tf) with tf the weighted, length-normalised frequency over both fields; in (0, 1).</summary>
    public double Saturation(int chunk, int inTitle, int inBody)
    {
        var frequency =
            (SparseOptions.TitleWeight * inTitle / Norm(streams.TitleLengths[chunk], titleAverage)) + (inBody / Norm(streams.Body(chunk).Length, bodyAverage));
        return frequency / (SparseOptions.K1 + frequency);
    }

    /// <summary>The saturation in one byte, 1 to 255.</summary>
    public byte Impact(int chunk, int inTitle, int inBody) => (byte)Math.Clamp((int)Math.Round(Saturation(chunk, inTitle, inBody) * 255), 1, 255);

    private static double Norm(int length, double average) => 1 - SparseOptions.B + (SparseOptions.B * length / average);
}
