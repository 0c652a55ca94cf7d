using Assay.Statistics.Samples;

namespace Assay.Embedded.Events.Sums;

/// <summary>The state of moments in bytes.</summary>
internal static class MomentsCodec
{
    public static void Write(ByteWriter bytes, MomentsState state)
    {
        bytes.Number((ulong)state.Count);
        bytes.Number((ulong)state.NotFinite);
        foreach (
            var figure in (ReadOnlySpan<double>)
                [state.Mean, state.MeanRest, state.M2, state.M2Rest, state.M3, state.M3Rest, state.M4, state.M4Rest, state.Min, state.Max]
        )
        {
            bytes.Real(figure);
        }
    }

    public static MomentsState Read(ref ByteReader bytes) =>
        new(
            (long)bytes.Number(),
            (long)bytes.Number(),
            bytes.Real(),
            bytes.Real(),
            bytes.Real(),
            bytes.Real(),
            bytes.Real(),
            bytes.Real(),
            bytes.Real(),
            bytes.Real(),
            bytes.Real(),
            bytes.Real()
        );
}
