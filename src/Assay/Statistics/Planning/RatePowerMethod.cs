namespace Assay.Statistics.Planning;

/// <summary>Which normal approximation a plan about rates uses. They agree within about one percent for rates and lifts of usual size.</summary>
public enum RatePowerMethod
{
    /// <summary>
    /// The test that pools both arms under the null hypothesis, as <c>RateDifference.Compare</c> does; the variance under the alternative is each arm's own.
    /// Fleiss, Levin and Paik 2003, ch. 4, without continuity correction.
    /// </summary>
    PooledNull,

    /// <summary>The difference of arcsines (Cohen's h), whose variance does not depend on the rates. Cohen 1988, ch. 6.</summary>
    Arcsine,

    /// <summary>Each arm's own variance under both hypotheses, as a Wald test has it. Chow, Shao and Wang 2008, 4.2.</summary>
    Unpooled,
}
