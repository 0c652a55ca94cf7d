namespace Assay.Statistics.Resampling;

/// <summary>As many values as the sample has, drawn with replacement into one buffer that is used for every resample.</summary>
internal readonly struct Resample(int count)
{
    private readonly double[] values = new double[count];

    public ReadOnlySpan<double> Draw(ReadOnlySpan<double> sample, SeededRandom random)
    {
        foreach (ref var value in values.AsSpan())
        {
            value = sample[random.NextIndex(sample.Length)];
        }

        return values;
    }
}

/// <summary>Whole pairs drawn with replacement, into two buffers that are used for every resample.</summary>
internal readonly struct ResampledPairs(int count)
{
    private readonly double[] control = new double[count];
    private readonly double[] treatment = new double[count];

    public ReadOnlySpan<double> Control => control;

    public ReadOnlySpan<double> Treatment => treatment;

    public void Draw(ReadOnlySpan<double> ofControl, ReadOnlySpan<double> ofTreatment, SeededRandom random)
    {
        for (var i = 0; i < control.Length; i++)
        {
            var unit = random.NextIndex(control.Length);
            (control[i], treatment[i]) = (ofControl[unit], ofTreatment[unit]);
        }
    }
}
