namespace Assay.Statistics.Distributions;

/// <summary>A distribution in a coordinate in which its density is log-concave: the logarithm of a gamma variable, the log-odds of a beta variable.</summary>
internal interface ILogTails
{
    /// <summary>Both tails and the density at s, as natural logarithms.</summary>
    LogTails At(double s);

    /// <summary>The derivative of the log density at s.</summary>
    double Slope(double s);
}
