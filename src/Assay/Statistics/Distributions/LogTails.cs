namespace Assay.Statistics.Distributions;

/// <summary>Both tails at a point as natural logarithms, and the logarithm of the density in the coordinate in which the quantile is sought.</summary>
internal readonly record struct LogTails(double Lower, double Upper, double Front)
{
    /// <summary>The tails of the mirrored variable.</summary>
    public LogTails Swap() => new(Upper, Lower, Front);

    /// <summary>The lower tail was computed; the upper is its complement. Right only where the lower is not near 1.</summary>
    public static LogTails OfLower(double lower, double front) => new(lower, NearOne.LogOfComplement(lower), front);

    /// <summary>
    /// The lower tail is e^log (1 + rest), log about 0 where the power that it stands for is small. Neither tail is 1 less the other,
    /// so both keep their digits wherever the rest is small or negative.
    /// </summary>
    public static LogTails OfPower(double log, double rest, double front)
    {
        var lower = log + NearOne.Log(rest);
        var upper = -NearOne.ExpLessOne(log) - (Math.Exp(log) * rest);
        return upper > 0.5 ? OfLower(lower, front) : new LogTails(NearOne.Log(-upper), Math.Log(upper), front);
    }

    /// <summary>The upper tail was computed; the lower is its complement. Right only where the upper is not near 1.</summary>
    public static LogTails OfUpper(double upper, double front) => new(NearOne.LogOfComplement(upper), upper, front);
}
