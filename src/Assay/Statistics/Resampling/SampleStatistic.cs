namespace Assay.Statistics.Resampling;

/// <summary>A figure of a sample, such as its median. It must not keep the span: the buffer behind it is used again.</summary>
public delegate double SampleStatistic(ReadOnlySpan<double> sample);
